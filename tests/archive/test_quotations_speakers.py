"""Who speaks where names stand together, and what is no name, in words of our own."""

import pytest

from archive.document import Quotation
from archive.quotations import find_quotations

WORDS = "The harbour must stay open for every ship that is in need"


def only(body: str, **known: str | None) -> Quotation:
    found = find_quotations(body, **known)
    assert len(found) == 1, [(q.speaker, q.text) for q in found]
    return found[0]


def test_a_person_speaks_rather_than_the_body_behind_the_comma() -> None:
    quotation = only(f"Mara Lindqvist, River Trust: “{WORDS}.”")
    assert (quotation.kind, quotation.speaker) == ("person", "Mara Lindqvist")
    assert quotation.organisation == "River Trust"


def test_a_phrase_before_the_comma_is_no_person() -> None:
    assert only(f"In Split, Mara Lindqvist: “{WORDS}.”").speaker == "Mara Lindqvist"


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("King Edwin II", "Edwin II", "King"),
        ("Pope Marcellus XVI", "Marcellus XVI", "Pope"),
        ("Amos Tillery Jr.", "Amos Tillery Jr.", None),
        ("Amos Tillery III", "Amos Tillery III", None),
        ("Amos Tillery, Jr., director of River Trust", "Amos Tillery Jr.", "director"),
    ],
)
def test_a_name_keeps_its_number_and_its_suffix(written: str, name: str, role: str | None) -> None:
    quotation = only(f"“{WORDS},” said {written}.")
    assert (quotation.speaker, quotation.role) == (name, role)


@pytest.mark.parametrize(
    ("written", "short", "name"),
    [
        ("King Edwin II", "Edwin", "Edwin II"),
        ("Amos Tillery Jr.", "Tillery", "Amos Tillery Jr."),
    ],
)
def test_a_short_name_is_the_one_with_a_suffix(written: str, short: str, name: str) -> None:
    assert only(f"{written} came to the port.\n\n“{WORDS},” said {short}.").speaker == name
