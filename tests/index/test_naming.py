"""A question asked for a spelling means the person whose name was decided."""

import pytest

from index.naming import under_names
from index.request import build_query

NAMES = {"sergey karbenko": "Sergei Karbenko", "karb": "Sergei Karbenko"}


def name_of(spelling: str) -> str:
    return NAMES.get(spelling.casefold(), spelling)


def test_chosen_and_excluded_speakers() -> None:
    query = build_query(speaker=["Sergey Karbenko", "Mara Lind"], not_speaker=["Karb"])
    named = under_names(query, name_of)
    assert named.include.speaker == ("Sergei Karbenko", "Mara Lind")
    assert named.exclude.speaker == ("Sergei Karbenko",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('speaker:"Sergey Karbenko"', 'speaker:"Sergei Karbenko"'),
        ("speaker:karb", 'speaker:"Sergei Karbenko"'),
        ("ships -speaker:karb", 'ships -speaker:"Sergei Karbenko"'),
        ("(ships OR speaker:karb)", '(ships OR speaker:"Sergei Karbenko")'),
    ],
)
def test_typed_speakers(typed: str, meant: str) -> None:
    assert under_names(build_query(typed), name_of).tree == build_query(meant).tree


@pytest.mark.parametrize("typed", ["karb", '"Sergey Karbenko"', "title:karb", "speaker:kar*", ""])
def test_what_names_no_speaker_stays(typed: str) -> None:
    query = build_query(typed, topic=["karb"])
    assert under_names(query, name_of) is query
