import json

import pytest

from index.encode import columns_of, csv_row, encode_hit, encode_results, spreadsheet_cell
from index.query import Query
from index.results import (
    Facet,
    FacetValue,
    Hit,
    NamedCountry,
    QuotationHit,
    SearchResults,
    Span,
)

HIT = Hit(
    id="0123456789abcdef",
    title=(Span("Release the "), Span("poet", match=True)),
    url="https://watch.example/poet",
    published="2017-07-31",
    site="watch.example",
    kind="article",
    countries=(NamedCountry("RU", "Russia"), NamedCountry("BY", "Belarus")),
    speakers=("Mara Lind",),
    score=1.23456789,
    snippets=((Span("The "), Span("poet", match=True), Span(" was")),),
)
QUOTATION = QuotationHit(
    document_id="0123456789abcdef",
    number=3,
    title="Release the poet",
    url=None,
    published=None,
    site=None,
    countries=(),
    speaker=None,
    kind=None,
    role=None,
    organisation=None,
    text="=Let her go.",
    snippets=(),
    score=0.0,
)


def results(**changes: object) -> SearchResults:
    values: dict[str, object] = {
        "query": Query(text="poet"),
        "total": 1,
        "hits": (HIT,),
        "quotations": (),
        "facets": (),
        "took_ms": 1.23456,
    }
    return SearchResults(**(values | changes))  # type: ignore[arg-type]


def test_the_answer_has_the_agreed_keys_in_the_agreed_order() -> None:
    encoded = encode_results(results())
    assert list(encoded) == [
        "query",
        "total",
        "took_ms",
        "hits",
        "facets",
        "suggestion",
        "notice",
        "truncated",
    ]
    assert encoded["query"] == "poet"
    assert json.loads(json.dumps(encoded)) == encoded


def test_a_statement_has_the_agreed_keys() -> None:
    assert encode_hit(HIT) == {
        "id": "0123456789abcdef",
        "title": "Release the poet",
        "url": "https://watch.example/poet",
        "published": "2017-07-31",
        "site": "watch.example",
        "countries": ["Russia", "Belarus"],
        "speakers": ["Mara Lind"],
        "score": 1.234568,
        "snippets": [
            [
                {"text": "The ", "match": False},
                {"text": "poet", "match": True},
                {"text": " was", "match": False},
            ]
        ],
    }


def test_a_quotation_begins_with_the_agreed_keys() -> None:
    encoded = encode_results(results(hits=(), quotations=(QUOTATION,)))
    assert list(encoded["hits"][0])[:8] == [
        "speaker",
        "role",
        "organisation",
        "text",
        "published",
        "countries",
        "document_id",
        "title",
    ]


def test_facets_are_by_name_in_the_agreed_order_and_the_unknown_bucket_is_null() -> None:
    facets = (
        Facet("category", (FacetValue("News", "News", 2),)),
        Facet("year", (FacetValue(None, "Unknown", 1),)),
        Facet("country", (FacetValue("RU", "Russia", 3, selected=True),)),
    )
    encoded = encode_results(results(facets=facets))["facets"]
    assert list(encoded) == ["country", "year", "category"]
    assert encoded["country"] == [
        {"value": "RU", "label": "Russia", "count": 3, "selected": True},
    ]
    assert encoded["year"][0]["value"] is None


def test_a_csv_row_fits_its_header() -> None:
    row = dict(zip(columns_of("documents"), csv_row(HIT), strict=True))
    assert row["countries"] == "Russia; Belarus"
    row = dict(zip(columns_of("quotations"), csv_row(QUOTATION), strict=True))
    assert row["speaker"] == ""
    assert row["text"] == "'=Let her go."


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_no_cell(text: str) -> None:
    assert spreadsheet_cell(text) == "'" + text


def test_a_plain_cell_stays_as_it_is() -> None:
    assert spreadsheet_cell("Release the poet - now") == "Release the poet - now"
