"""People across documents: proposals, decisions, and what the index makes of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.cli import run
from onrecord.config import Home
from tests.onrecord.support import ARTICLE, Done, start
from webui.app import create_app
from webui.config import WebConfig

SAID = """<p>Six wells in Chad are locked at night, Lantern Watch said today, and nobody in the
villages around them has been told who holds the keys.</p>
<p>“{words} and water is not a favour that anybody may grant,” said {name}, Chad Researcher at
Lantern Watch.</p>"""

PAGES = {
    "one": ("Sergei Karbenko", "The keys are with nobody"),
    "two": ("Sergei Karbenko", "The wells were open last year"),
    "three": ("Sergey Karbenko", "The pumps have been sold"),
    "four": ("Amina Doubaye", "The rains are late this year"),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    site = tmp_path / "pages" / "lantern.example"
    site.mkdir(parents=True)
    for name, (speaker, words) in PAGES.items():
        text = ARTICLE.format(
            title=f"Chad: Wells, part {name}",
            name=name,
            date="2016-04-08",
            topic="Water",
            body=SAID.format(name=speaker, words=words),
        )
        (site / f"{name}.html").write_text(text, "utf-8")
    home = tmp_path / "home"
    done = start("--home", str(home), "ingest", str(site.parent))
    assert done.code == 0, done.err
    return home


@pytest.fixture
def onrecord(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    def call(*arguments: str) -> Done:
        code = run(["--home", str(home), *arguments])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return call


def names(onrecord: Callable[..., Done]) -> dict[str, int]:
    rows = json.loads(onrecord("speakers", "list", "--format", "json").out)
    return {row["name"]: row["statements"] for row in rows}


def test_what_is_proposed_is_decided_and_taken_back(
    onrecord: Callable[..., Done], home: Path
) -> None:
    (proposed,) = json.loads(onrecord("speakers", "suggest", "--format", "json").out)
    assert (proposed["alias"], proposed["name"]) == ("Sergey Karbenko", "Sergei Karbenko")
    assert (proposed["alias_statements"], proposed["name_statements"]) == (1, 2)
    assert proposed["reasons"][0] == "one name in two transliterations"
    before = names(onrecord)
    hint = "To decide: `onrecord --home {} speakers alias 'Sergey Karbenko' 'Sergei Karbenko'`"
    assert hint.format(home) in onrecord("speakers", "suggest").err
    assert "Nothing is decided" in onrecord("speakers", "alias").err

    done = onrecord("speakers", "alias", proposed["alias"], proposed["name"])
    assert done.code == 0, done.err
    assert names(onrecord) == {"Sergei Karbenko": 3, "Amina Doubaye": 1}
    nobody = onrecord("speakers", "suggest")
    assert (nobody.out, "No two names" in nobody.err) == ("", True)
    assert onrecord("index", "check").code == 0
    old = json.loads(onrecord("search", "--speaker", "Sergey Karbenko", "--format", "json").out)
    assert old["total"] == 3
    quotes = json.loads(onrecord("quotes", "pumps", "--format", "json").out)["hits"]
    assert [quote["speaker"] for quote in quotes] == ["Sergei Karbenko"]
    shown = json.loads(onrecord("show", quotes[0]["document_id"], "--format", "json").out)
    assert [speaker["name"] for speaker in shown["speakers"]] == ["Sergei Karbenko"]
    listed = json.loads(onrecord("speakers", "alias", "--format", "json").out)
    assert [(row["alias"], row["name"]) for row in listed] == [
        ("Sergey Karbenko", "Sergei Karbenko")
    ]

    assert onrecord("speakers", "alias", "--remove", "sergey karbenko").code == 0
    assert names(onrecord) == before
    assert (home / "speakers.txt").read_text("utf-8").startswith("# Which spellings")


def test_an_old_spelling_finds_the_person_on_the_page_and_typed(
    onrecord: Callable[..., Done], home: Path
) -> None:
    assert onrecord("speakers", "alias", "Sergey Karbenko", "Sergei Karbenko").code == 0
    typed = onrecord("search", 'speaker:"Sergey Karbenko"', "--format", "json")
    assert json.loads(typed.out)["total"] == 3
    opened = Home(home)
    with opened.store(readonly=True) as store:
        client = create_app(opened.engine(), store, WebConfig()).test_client()
        for address in (
            "/search.json?speaker=Sergey+Karbenko",
            "/search.json?q=speaker:%22Sergey+Karbenko%22",
            "/speaker/Sergey%20Karbenko.json",
        ):
            assert json.loads(client.get(address).data)["total"] == 3, address
        others = client.get("/search.json?not.speaker=Sergey+Karbenko")
        assert json.loads(others.data)["total"] == 1


def test_a_decision_written_by_hand_is_noticed(onrecord: Callable[..., Done], home: Path) -> None:
    lines = onrecord("speakers", "suggest", "--format", "lines").out
    assert lines.startswith("# Sergey Karbenko = Sergei Karbenko    # one name")
    (home / "speakers.txt").write_text(lines.removeprefix("# "), "utf-8")
    status = json.loads(onrecord("index", "status", "--format", "json").out)
    assert (status["missing"], status["stale"], status["extra"]) == (0, 1, 0)
    assert onrecord("index", "check").code == 1
    assert onrecord("index", "update").code == 0
    assert onrecord("index", "check").code == 0
    assert names(onrecord)["Sergei Karbenko"] == 3


def test_the_next_ingest_brings_a_changed_file_into_the_index(
    onrecord: Callable[..., Done], home: Path
) -> None:
    (home / "speakers.txt").write_text("Sergey Karbenko = Sergei Karbenko\n", "utf-8")
    assert onrecord("ingest", "--jobs", "1", str(home.parent / "pages")).code == 0
    assert names(onrecord)["Sergei Karbenko"] == 3
    (home / "speakers.txt").unlink()
    assert onrecord("index", "update").code == 0
    assert names(onrecord)["Sergey Karbenko"] == 1


def test_what_cannot_be_decided_is_refused(onrecord: Callable[..., Done], home: Path) -> None:
    unknown = onrecord("speakers", "alias", "--no-index", "Nobody Here", "Somebody Else")
    assert (unknown.code, "Nobody in the index is called “Nobody Here”" in unknown.err) == (0, True)
    text = (home / "speakers.txt").read_text("utf-8")
    twice = onrecord("speakers", "alias", "Nobody Here", "Another One")
    assert (twice.code, "“Nobody Here” is “Somebody Else”" in twice.err) == (2, True)
    assert (home / "speakers.txt").read_text("utf-8") == text
    assert onrecord("speakers", "alias", "Only One").code == 2
    assert onrecord("speakers", "alias", "Only One", "Only One").code == 2
    assert onrecord("speakers", "alias", "--remove").code == 2
    assert onrecord("speakers", "alias", "--remove", "Only One").code == 1
    (home / "speakers.txt").write_text("Ana Ruiz\n", "utf-8")
    broken = onrecord("index", "update")
    assert broken.code == 2
    assert "speakers.txt line 1: write “spelling = name”" in broken.err
