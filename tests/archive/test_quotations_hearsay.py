"""Words that pass through somebody: who was told them, who quotes them, who never said them."""

import pytest

from archive.quotations import find_quotations

WORDS = "The berths are full tonight and the sheds as well"


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("Ines Okafor was told by Peter Ndlovu", "Peter Ndlovu"),
        ("Ines Okafor was told by Peter Ndlovu, a pilot", "Peter Ndlovu"),
        ("Ines Okafor was told by Peter Ndlovu and Mara Lindqvist", None),
        ("Ines Okafor was told", None),
        ("Ines Okafor was accused", None),
        ("Ines Okafor was intrigued by the idea", None),
        ("Ines Okafor had later been informed on Monday", None),
        ("Ines Okafor, a pilot, is asked by Peter Ndlovu", "Peter Ndlovu"),
        ("the crews were being warned", None),
        ("she was reminded by Peter Ndlovu", "Peter Ndlovu"),
        ("Ines Okafor was telling the crews", "Ines Okafor"),
        ("Ines Okafor had told Peter Ndlovu", "Ines Okafor"),
        ("Ines Okafor never said", None),
    ],
)
def test_who_is_told_does_not_speak(told: str, speaker: str | None) -> None:
    (quotation,) = find_quotations(f"“{WORDS},” {told}.")
    assert quotation.speaker == speaker


@pytest.mark.parametrize(
    "lead",
    ["Ines Okafor was told", "Ines Okafor was later told", "Ines Okafor has since been told"],
)
def test_who_was_told_before_the_words_does_not_speak(lead: str) -> None:
    (quotation,) = find_quotations(f"{lead}: “{WORDS}.”")
    assert quotation.speaker is None


@pytest.mark.parametrize(
    ("body", "speaker", "role"),
    [
        ("Peter Ndlovu quoted Ines Okafor as saying: “{}.”", "Ines Okafor", None),
        ("Peter Ndlovu quoted Ines Okafor as saying “{}”.", "Ines Okafor", None),
        ("Peter Ndlovu quoted Ines Okafor, a pilot, as saying: “{}.”", "Ines Okafor", "pilot"),
        ("The Harbour Times quotes a pilot as saying, “{}.”", None, "pilot"),
        ("Peter Ndlovu quoted her as saying: “{}.”", None, None),
        ("“{},” the Harbour Times quoted Ines Okafor as saying.", "Ines Okafor", None),
        ("“{},” Peter Ndlovu cited Ines Okafor as telling the crews.", "Ines Okafor", None),
        ("“{},” Peter Ndlovu quoted her as saying.", None, None),
        ("Ines Okafor was quoted as saying: “{}.”", "Ines Okafor", None),
        ("“{},” Ines Okafor was quoted as saying.", "Ines Okafor", None),
        ("“{},” Peter Ndlovu quoted.", "Peter Ndlovu", None),
    ],
)
def test_who_is_quoted_speaks(body: str, speaker: str | None, role: str | None) -> None:
    (quotation,) = find_quotations(body.format(WORDS))
    assert (quotation.speaker, quotation.role) == (speaker, role)


@pytest.mark.parametrize("apart", [" ", "\n\n"])
@pytest.mark.parametrize("did", ["did not issue", "has never issued"])
def test_a_statement_that_nobody_issued_is_nobodys(did: str, apart: str) -> None:
    body = f"Ines Okafor {did} the following statement:{apart}“{WORDS}.”"
    assert [quotation.kind for quotation in find_quotations(body)] == [None]


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("Her successor takes office today.", None),
        ("The crews waited for news.", "Ines Okafor"),
    ],
)
def test_the_minister_may_be_the_successor(told: str, speaker: str | None) -> None:
    body = f"The minister, Ines Okafor, resigned. {told} “{WORDS},” the minister said."
    (quotation,) = find_quotations(body)
    assert (quotation.speaker, quotation.role) == (speaker, "minister")


def test_a_successor_told_of_before_the_minister_is_no_other() -> None:
    body = (
        f"The successor was named. It is Ines Okafor, the minister. “{WORDS},” the minister said."
    )
    (quotation,) = find_quotations(body)
    assert quotation.speaker == "Ines Okafor"


@pytest.mark.parametrize(
    ("body", "speaker", "role"),
    [
        ("“{},” said Ines Okafor, quoting Peter Ndlovu.", "Ines Okafor", None),
        ("“{},” said Ines Okafor, praising pilot Peter Ndlovu.", "Ines Okafor", None),
        ("Ines Okafor, quoting Peter Ndlovu, said: “{}.”", "Ines Okafor", None),
        ("Mara Lindqvist thanked Ines Okafor, who said: “{}.”", "Ines Okafor", None),
        ("The captain thanked pilot Ines Okafor, who said: “{}.”", "Ines Okafor", "pilot"),
        ("“{},” said Ines Okafor, acting mayor of Split.", "Ines Okafor", "acting mayor of Split"),
        ("“{},” said Ines Okafor, managing director.", "Ines Okafor", "managing director"),
        ("The retired pilot Ines Okafor said: “{}.”", "Ines Okafor", "retired pilot"),
    ],
)
def test_what_somebody_does_is_no_role(body: str, speaker: str, role: str | None) -> None:
    (quotation,) = find_quotations(body.format(WORDS))
    assert (quotation.speaker, quotation.role) == (speaker, role)


@pytest.mark.parametrize(
    "body",
    [
        f"“{WORDS},” Ines Okafor told the crews, according to Peter Ndlovu, a pilot.",
        f"Ines Okafor said “{WORDS.lower()},” according to court papers.",
        f"Ines Okafor shouted “{WORDS.lower()},” according to Peter Ndlovu.",
        f"According to Peter Ndlovu, Ines Okafor said: “{WORDS}.”",
    ],
)
def test_by_whom_we_know_of_the_words_is_not_who_spoke(body: str) -> None:
    (quotation,) = find_quotations(body)
    assert quotation.speaker == "Ines Okafor"


@pytest.mark.parametrize(
    "between",
    [
        "Ines Okafor said, and her husband cut in:",
        "Ines Okafor said, and her husband broke in,",
        "said Ines Okafor, a pilot. Her husband cut in.",
    ],
)
def test_who_cuts_in_speaks_next(between: str) -> None:
    first, second = find_quotations(f"“{WORDS},” {between} “And nobody asked us about it.”")
    assert first.speaker == "Ines Okafor"
    assert (second.speaker, (second.role or "").casefold()) == (None, "her husband")


@pytest.mark.parametrize(
    "names",
    ["Ines Okafor and Peter Ndlovu", "Ines Okafor, a pilot, and Peter Ndlovu, a captain"],
)
def test_two_names_before_a_colon_are_nobody(names: str) -> None:
    (quotation,) = find_quotations(f"{names}: “{WORDS}.”")
    assert quotation.speaker is None


@pytest.mark.parametrize(
    ("body", "speaker", "kind"),
    [
        (
            f"“{WORDS},” according to section 12 of the Berths Act.",
            "section 12 of the Berths Act",
            1,
        ),
        (f"“{WORDS},” according to Article 12.", "Article 12", 1),
        (f"“{WORDS},” according to the Berths Act.", "Berths Act", 1),
        (f"The Berths Act says: “{WORDS}.”", "Berths Act", 1),
        (f"“{WORDS},” according to the Berths Board.", "Berths Board", 0),
        (f"In a statement, the Berths Board and the Pilots’ Union said: “{WORDS}.”", None, None),
    ],
)
def test_a_law_is_a_document_and_two_bodies_are_nobody(
    body: str, speaker: str | None, kind: int | None
) -> None:
    (quotation,) = find_quotations(body)
    expected = None if kind is None else ("organisation", "document")[kind]
    assert (quotation.speaker, quotation.kind) == (speaker, expected)


def test_what_goes_on_is_nobody() -> None:
    body = f"“{WORDS},” said Ines Okafor. Okafor said the strike goes on. “{WORDS}.”"
    assert find_quotations(body)[-1].speaker == "Ines Okafor"


def test_two_given_names_are_who_has_them_before_a_patronymic() -> None:
    body = f"“{WORDS},” said Jón Þór Ingvarsson. “{WORDS},” Jón Þór added."
    assert find_quotations(body)[-1].speaker == "Jón Þór Ingvarsson"


@pytest.mark.parametrize(
    "denial",
    [
        "Ines Okafor denied that she had said",
        "Ines Okafor denies ever saying",
        "Ines Okafor denied having told the crews",
    ],
)
def test_what_somebody_denies_is_not_said(denial: str) -> None:
    (quotation,) = find_quotations(f"{denial} “{WORDS.lower()}.”")
    assert quotation.speaker is None


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("A leaflet pushed under the doors warned:", "leaflet"),
        ("A banner hung across the quay read:", "banner"),
        ("Ines Okafor spoke under a banner that said,", "banner"),
    ],
)
def test_what_stands_in_a_place_speaks_and_not_the_place(lead: str, speaker: str) -> None:
    (quotation,) = find_quotations(f"{lead} “{WORDS}.”")
    assert (quotation.speaker, quotation.kind) == (speaker, "document")
