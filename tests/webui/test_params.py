from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.errors import BadQuery
from index.query import FACETS, Query, Selection
from index.request import build_query
from webui.params import (
    around,
    query_from_args,
    quoted,
    unfiltered,
    url_for_query,
    with_dates,
    with_scope,
    with_sort,
    with_value,
    without_value,
)
from webui.paths import web_address

ASKED = build_query("poet", country=["RU"], not_topic=["Prisons"], date_from="2017", page=3)


def test_the_address_of_a_question_is_canonical() -> None:
    args = MultiDict(
        [
            ("in", "quotations"),
            ("to", "2018"),
            ("from", "2017-02"),
            ("country", "Turkey"),
            ("country", "RU"),
            ("not.topic", "A & B"),
            ("q", ' "exact words" '),
            ("utm_source", "mail"),
            ("page", "2"),
        ]
    )
    assert url_for_query(query_from_args(args)) == (
        "/search?q=%22exact%20words%22&country=TR&country=RU&not.topic=A%20%26%20B"
        "&from=2017-02&to=2018&page=2&in=quotations"
    )


def test_an_address_without_parameters_asks_for_everything() -> None:
    assert query_from_args(MultiDict()) == build_query()
    assert url_for_query(Query()) == "/search"


def test_empty_fields_of_a_form_count_as_not_given() -> None:
    args = MultiDict([("q", ""), ("from", ""), ("to", ""), ("country", ""), ("page", "")])
    assert query_from_args(args) == build_query()


@pytest.mark.parametrize(
    "args",
    [
        {"page": "0"},
        {"page": "two"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"page": "٣"},
        {"per_page": "101"},
        {"page": "600"},
        {"from": "yesterday"},
        {"from": "2018", "to": "2017"},
        {"country": "Atlantis"},
        {"sort": "random"},
        {"in": "everything"},
        {"q": "x" * 257},
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(args: dict[str, str]) -> None:
    with pytest.raises(BadQuery, match=r"\w+ \w+"):
        query_from_args(MultiDict(args))


def test_every_change_of_a_filter_goes_back_to_page_one() -> None:
    changed = [
        with_value(ASKED, "country", "BY"),
        without_value(ASKED, "country", "RU"),
        with_dates(ASKED, "2018", None),
        with_sort(ASKED, "oldest"),
        with_scope(ASKED, "quotations"),
        unfiltered(ASKED),
    ]
    assert [query.page for query in changed] == [1] * len(changed)


def test_values_are_added_once_and_a_value_is_never_chosen_and_excluded() -> None:
    query = with_value(with_value(ASKED, "topic", "Prisons"), "topic", "Prisons")
    assert query.include.topic == ("Prisons",)
    assert query.exclude.topic == ()


@given(
    st.sampled_from([ASKED, Query(), with_value(ASKED, "topic", "Prisons")]),
    st.text("aé &=/?#\u200f", min_size=1, max_size=9),
)
def test_an_address_around_a_value_is_the_canonical_one(query: Query, value: str) -> None:
    query = query.on_page(1)
    for facet in FACETS:
        wider = with_value(query, facet, value)
        before, after = around(query, facet)
        if value not in query.include.of(facet) and not query.exclude.of(facet):
            assert f"{before}{facet}={quoted(value)}{after}" == url_for_query(wider)
        exclude = replace(query.exclude, **{facet: (*query.exclude.of(facet), value)})
        before, after = around(query, f"not.{facet}")
        address = f"{before}not.{facet}={quoted(value)}{after}"
        if value not in query.exclude.of(facet):
            assert address == url_for_query(replace(query, exclude=exclude))
    before, after = around(with_dates(query, None, None), "to")
    assert f"{before}from=2017&to=2017{after}" == url_for_query(with_dates(query, "2017", "2017"))


def test_the_bucket_of_missing_values_is_unknown_in_addresses() -> None:
    assert with_value(Query(), "country", None).include == Selection(country=("unknown",))


def test_taking_a_value_back_takes_back_what_stood_for_it() -> None:
    query = build_query(speaker=["lind"])
    assert without_value(query, "speaker", "Mara Lind").include.speaker == ()


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=20), max_size=3))
def test_a_canonical_address_asks_the_same_question_again(text: str, topics: list[str]) -> None:
    from urllib.parse import parse_qsl, urlsplit

    try:
        query = build_query(text, topic=topics)
    except BadQuery:
        return
    try:
        url = url_for_query(query)
    except UnicodeEncodeError:  # a lone surrogate cannot come from an address
        return
    args = MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    assert query_from_args(args) == query


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//host/x",
        "file:///etc/passwd",
        "https:",
        "http://[",
        "",
        None,
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_an_address_of_the_web_is_a_link() -> None:
    assert web_address("https://watch.example/poet") == "https://watch.example/poet"
