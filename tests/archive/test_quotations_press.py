"""Who is quoted in press releases and in the teasers of listing pages, in words of our own."""

import pytest

from archive.document import Quotation
from archive.quotations import find_quotations

WORDS = "The harbour must stay open for every ship that is in need"


def only(body: str, **known: str | None) -> Quotation:
    found = find_quotations(body, **known)
    assert len(found) == 1, [(q.speaker, q.text) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("U. S. Senators Mara Lindqvist and Ines Okafor", "Senator"),
        ("Senators Mara Lindqvist and Ines Okafor", "Senator"),
        ("Sens. Mara Lindqvist and Ines Okafor", "Senator"),
    ],
)
def test_a_title_in_the_plural_is_no_part_of_a_name(name: str, office: str) -> None:
    quotation = only(f"{name} met.\n\n“{WORDS},” said Senator Lindqvist.")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", office)


def test_a_name_ends_with_its_possessive() -> None:
    body = (
        "Yesterday Mara Lindqvist’s Harbour Director Ines Okafor left.\n\n"
        f"“{WORDS},” said Lindqvist."
    )
    assert only(body).speaker == "Mara Lindqvist"


def test_a_country_and_what_belongs_to_it_are_nobody() -> None:
    body = (
        "The leader of Belarus’ sailors, Mara Lindqvist, called for Belarus’ European future. "
        f"“{WORDS},” she said."
    )
    assert only(body).speaker == "Mara Lindqvist"


@pytest.mark.parametrize("pair", ["Belarus European", "Norwegian Arctic", "France Germany"])
def test_words_for_places_alone_are_nobody(pair: str) -> None:
    assert only(f"{pair} ties were the theme. “{WORDS},” she said.").speaker is None


@pytest.mark.parametrize("name", ["Jordan Lindqvist", "Mara Holland", "India Lindqvist"])
def test_a_place_may_be_a_part_of_a_name(name: str) -> None:
    assert only(f"{name} left the hall. “{WORDS},” she said.").speaker == name


@pytest.mark.parametrize(
    "office",
    ["Park Harbour City Administrator", "HARB Regional Coordinator", "Harbour Nurse"],
)
def test_an_office_of_several_words_before_a_name(office: str) -> None:
    quotation = only(f"“{WORDS},” said {office} Mara Lindqvist.")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", office)


@pytest.mark.parametrize(
    "heading", ["Statement Re", "Statement Regarding Fees", "Thursday", "Remarks"]
)
def test_what_a_heading_says_behind_a_name_is_no_part_of_it(heading: str) -> None:
    body = f"Anna Lindqvist {heading}\n\n“{WORDS},” said Lindqvist."
    assert only(body).speaker == "Anna Lindqvist"


@pytest.mark.parametrize("thing", ["World Harbour Day", "Fair Ports Report"])
def test_a_day_and_a_document_are_nobody(thing: str) -> None:
    assert only(f"{thing} came.\n\n“{WORDS},” she said.").speaker is None


def test_a_verb_that_is_a_word_of_a_name_says_nothing() -> None:
    body = f"She wrote this because the United States “cannot simply keep {WORDS.lower()}”."
    assert only(body).speaker is None
