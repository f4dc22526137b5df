from typing import Any

import pytest

from index.errors import BadQuery, QueryLimit
from index.query import UNKNOWN, Selection, Term
from index.request import build_query


def test_a_question_is_built_from_loose_parts() -> None:
    query = build_query(
        " vpn ",
        scope="quotations",
        country=["Russian Federation", "by", "RU", " "],
        not_country=["unknown"],
        speaker=["Orlova", "Orlova ", ""],
        date_from="2017",
        date_to=" 2017-06 ",
        sort="oldest",
        page=2,
        per_page=50,
    )
    assert query.tree == Term("vpn")
    assert query.include == Selection(country=("RU", "BY"), speaker=("Orlova",))
    assert query.exclude == Selection(country=(UNKNOWN,))
    assert query.offset == 50
    assert query.order == "oldest"
    assert query.parameters() == (
        ("q", "vpn"),
        ("country", "RU"),
        ("country", "BY"),
        ("speaker", "Orlova"),
        ("not.country", "unknown"),
        ("from", "2017"),
        ("to", "2017-06"),
        ("sort", "oldest"),
        ("page", "2"),
        ("per_page", "50"),
        ("in", "quotations"),
    )


def test_the_notice_of_the_parser_is_kept() -> None:
    assert "not closed" in str(build_query("(vpn").notice)


@pytest.mark.parametrize(
    ("name", "notice"),
    [
        ("korea", "“korea” is taken for South Korea here; North Korea is KP."),
        ("South Korea", None), ("KR", None), ("Republic of Korea", None), ("Niger", None),
        ("unknown", None),
    ],
)  # fmt: skip
def test_the_name_of_two_countries_is_told(name: str, notice: str | None) -> None:
    assert build_query(country=[name]).notice == notice
    assert build_query(not_country=["Chad", name]).notice == notice


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"country": ["Rwonda"]}, "“Rwonda” is not a country that we know: did you mean “Rwanda”?"),
        ({"country": ["Qqqqqq"]}, "give its English name or ISO code"),
        ({"not_country": ["Atlantis"]}, "“Atlantis” is not a country"),
        ({"date_from": "soon"}, "The date “from” cannot be read: “soon” is not a date: write YYYY"),
        ({"date_to": "2017-02-30"}, "The date “to” cannot be read"),
        ({"date_from": "2018", "date_to": "2017-12"}, "2018 is later than 2017-12"),
        ({"sort": "best"}, "“best” is no order: choose relevance, newest, oldest"),
        ({"scope": "people"}, "“people” is no scope: choose documents, quotations"),
        ({"page": 0}, "Pages count from 1"),
        ({"per_page": 0}, "at least 1 result"),
    ],
)
def test_a_bad_question_is_refused_with_a_sentence(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(BadQuery) as refusal:
        build_query(**parts)
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    "parts",
    [
        {"text": "a" * 257},
        {"per_page": 101},
        {"page": 502},
        {"page": 10**30},
        {"topic": [str(n) for n in range(101)]},
        {"speaker": ["a" * 257]},
        {"country": ["a" * 100_000]},
    ],
)
def test_a_question_over_a_limit_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(BadQuery):
        build_query(**parts)


def test_the_last_page_within_the_limit_is_answered() -> None:
    assert build_query(page=501).offset == 10_000


def test_a_limit_is_told_apart_from_a_mistake() -> None:
    with pytest.raises(QueryLimit, match="at most 100"):
        build_query(per_page=101)


def test_a_range_within_one_year_is_not_empty() -> None:
    query = build_query(date_from="2017-06", date_to="2017")
    assert (query.date_from, query.date_to) == ("2017-06", "2017")
