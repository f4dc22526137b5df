import os
from pathlib import Path

import pytest

from archive.aliases import AliasFile, parse_aliases, read_aliases
from archive.document import Document, Quotation, Speaker
from archive.errors import AliasError
from archive.store import Store
from tests.archive.making import article, extraction, make_page

FILE = Path("speakers.txt")


def quotation(speaker: str | None, kind: str = "person") -> Quotation:
    return Quotation(speaker, kind, None, None, ("A few words.",), 0, 12)  # type: ignore[arg-type]


def quoting(*speakers: Speaker, path: str = "/1") -> Document:
    said = tuple(quotation(s.name, s.kind) for s in speakers)
    return article(path, speakers=speakers, quotations=said)


def test_lines_comments_and_blanks() -> None:
    aliases = parse_aliases("# decided\n\n Ana  Ruiz = Ana Ruíz   # an accent\n", FILE)
    assert [(d.alias, d.name, d.line) for d in aliases.decisions] == [("Ana Ruiz", "Ana Ruíz", 3)]
    assert aliases.name_of("ANA RUIZ") == "Ana Ruíz"
    assert aliases.name_of("Ana Ruíz") == "Ana Ruíz"
    assert aliases.name_of("Eva Ruiz") == "Eva Ruiz"


def test_a_name_that_was_given_another_name_later_is_followed() -> None:
    aliases = parse_aliases("A. Ruiz = Ana Ruiz\nAna Ruiz = Ana Ruiz Soto\n", FILE)
    assert aliases.name_of("A. Ruiz") == "Ana Ruiz Soto"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Ana Ruiz\n", "line 1: write “spelling = name”, not “Ana Ruiz”"),
        ("# one\nAna Ruiz =\n", "line 2: write"),
        ("= Ana Ruiz", "line 1: write"),
        ("... = Ana Ruiz", "line 1: write"),
        ("A = B = C", "line 1: write"),
        ("A. R = Ana\nA R = Eva\n", "line 2: “A R” is “Ana” in line 1"),
        ("A = B\nB = C\nC = A\n", "“C” and “A” stand for each other"),
    ],
)
def test_a_wrong_line_is_named(text: str, message: str) -> None:
    with pytest.raises(AliasError, match="speakers") as caught:
        parse_aliases(text, FILE)
    assert message in str(caught.value)


def test_the_digest_changes_with_what_is_decided_alone() -> None:
    one = parse_aliases("A B = C D\n", FILE)
    assert one.digest == parse_aliases("# why\nA B = C D\n", FILE).digest
    assert one.digest != parse_aliases("A B = C E\n", FILE).digest
    assert parse_aliases("", FILE).digest == ""


def test_names_are_put_in_place_and_people_counted_once() -> None:
    aliases = parse_aliases("Sergey Nikitin = Sergei Nikitin", FILE)
    document = quoting(
        Speaker("Sergey Nikitin", "person", "Director"),
        Speaker("Sergei Nikitin", "person", None, "Example Watch"),
        Speaker("Sergey Nikitin", "organisation"),
        Speaker(None, "spokesperson", None, "Example Watch"),
    )
    applied = aliases.apply(document)
    assert applied.speakers == (
        Speaker("Sergei Nikitin", "person", "Director", "Example Watch"),
        *document.speakers[2:],
    )
    names = [q.speaker for q in applied.quotations]
    assert names == ["Sergei Nikitin", "Sergei Nikitin", "Sergey Nikitin", None]
    assert applied.body == document.body


def test_who_is_not_concerned_stays_the_same_object() -> None:
    document = quoting(Speaker("Ana Ruiz", "person"))
    assert parse_aliases("Eva Ruiz = Eva Soto", FILE).apply(document) is document
    assert parse_aliases("", FILE).apply(document) is document


def test_a_file_is_read_again_when_it_changes_and_held_when_it_breaks(tmp_path: Path) -> None:
    path = tmp_path / "speakers.txt"
    held = AliasFile(path)
    assert not held.current()
    for number, (text, name) in enumerate(
        [("A B = C D", "C D"), ("A B =", "C D"), ("A B = C E", "C E")], start=1
    ):
        path.write_text(text, "utf-8")
        os.utime(path, ns=(number, number))
        assert held.current().name_of("A B") == name
    path.unlink()
    assert held.current().name_of("A B") == "A B"


def test_a_broken_file_is_told_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "speakers.txt"
    path.write_bytes(b"\xff = \xfe")
    with pytest.raises(AliasError, match="cannot be read"):
        read_aliases(path)
    with pytest.raises(AliasError):
        AliasFile(path)


def test_the_store_hands_out_names_and_keeps_what_was_said(tmp_path: Path) -> None:
    said, other = quoting(Speaker("Sergey Nikitin", "person")), article("/2", body="Wells.")
    path = tmp_path / "speakers.txt"
    path.write_text("Sergey Nikitin = Sergei Nikitin", "utf-8")
    with Store.open(tmp_path, create=True, aliases=AliasFile(path)) as store:
        for document in (said, other):
            page = make_page(
                document.url.removeprefix("https://watch.example") if document.url else ""
            )
            store.put(page, extraction(page, document))
        shown = store.get(said.id)
        assert shown is not None
        assert [s.name for s in shown.speakers] == ["Sergei Nikitin"]
        assert shown in list(store.documents())
        assert dict(store.fingerprints()) == {
            said.id: shown.fingerprint(),
            other.id: other.fingerprint(),
        }
        assert {d.id: d.fingerprint() for d in store.documents()} == dict(store.fingerprints())
        assert store.check() == []
    with Store.open(tmp_path, readonly=True) as plain:
        assert plain.get(said.id) == said
        assert dict(plain.fingerprints())[said.id] == said.fingerprint()
