"""One person is one speaker, and two people are never one."""

from archive.document import Quotation, QuotationKind, Speaker
from archive.people import speakers_of


def said(
    speaker: str | None,
    kind: QuotationKind | None = "person",
    role: str | None = None,
    organisation: str | None = None,
) -> Quotation:
    return Quotation(speaker, kind, role, organisation, ("Words.",), 0, 8)


def test_one_person_under_two_organisation_strings() -> None:
    found = speakers_of(
        [
            said("Ines Okafor", role="Director", organisation="Example Watch Croatia"),
            said("Ines Okafor", role="Director", organisation="Example Watch’s Split office"),
        ]
    )
    assert found == (Speaker("Ines Okafor", "person", "Director", "Example Watch Croatia"),)


def test_a_bare_surname_later_and_before() -> None:
    assert [s.name for s in speakers_of([said("Ines Okafor"), said("Okafor")])] == ["Ines Okafor"]
    assert [s.name for s in speakers_of([said("Mrs Okafor"), said("Ines Okafor")])] == [
        "Ines Okafor"
    ]


def test_a_surname_of_two_people_is_nobodys() -> None:
    names = [s.name for s in speakers_of([said("Ines Okafor"), said("Dan Okafor"), said("Okafor")])]
    assert names == ["Ines Okafor", "Dan Okafor", "Okafor"]


def test_different_people_stay_different() -> None:
    assert (
        len(speakers_of([said("Ines Okafor"), said("Ines Okafor Ruiz"), said("Ina Okafor")])) == 3
    )


def test_diacritics_and_case_make_no_other_person() -> None:
    assert [s.name for s in speakers_of([said("Inès Okafor"), said("Ines Okafor")])] == [
        "Inès Okafor"
    ]


def test_role_and_organisation_are_taken_from_where_they_are_stated() -> None:
    found = speakers_of(
        [said("Ines Okafor"), said("Okafor", role="Director", organisation="Watch")]
    )
    assert found == (Speaker("Ines Okafor", "person", "Director", "Watch"),)


def test_who_is_no_speaker() -> None:
    assert speakers_of([]) == ()
    assert speakers_of([said(None, None), said("charter", "document")]) == ()
    assert speakers_of([said(None, "person", role="one young sailor")]) == ()
    assert speakers_of([said(None, "spokesperson", role="spokesperson")]) == ()


def test_an_unnamed_spokesperson_of_a_known_organisation_and_an_organisation() -> None:
    found = speakers_of(
        [
            said(None, "spokesperson", "spokeswoman", "Harbour Ministry"),
            said(None, "spokesperson", "spokeswoman", "Harbour Ministry"),
            said("Example Watch", "organisation"),
        ]
    )
    assert found == (
        Speaker(None, "spokesperson", "spokeswoman", "Harbour Ministry"),
        Speaker("Example Watch", "organisation"),
    )
