"""Results as the agreed JSON and CSV: one place for the web page and the command line.

The keys and their order are a contract (see the design): scripts are written against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index.query import Scope
from index.results import Facet, Hit, QuotationHit, SearchResults, Snippet

FACET_ORDER = ("country", "speaker", "year", "topic", "category")

DOCUMENT_COLUMNS = ("id", "title", "url", "published", "site", "countries", "speakers", "score")
QUOTATION_COLUMNS = (
    "speaker",
    "role",
    "organisation",
    "text",
    "published",
    "countries",
    "document_id",
    "title",
    "kind",
    "number",
    "url",
    "site",
    "score",
)


def encode_results(results: SearchResults) -> dict[str, Any]:
    """The whole answer: ``query`` is the text as typed, the rest as the contract says."""
    return {
        "query": results.query.text,
        "total": results.total,
        "took_ms": round(results.took_ms, 2),
        "hits": [encode_hit(hit) for hit in results.hits or results.quotations],
        "facets": encode_facets(results.facets),
        "suggestion": results.suggestion,
        "notice": results.notice,
        "truncated": results.truncated,
    }


def encode_hit(hit: Hit | QuotationHit) -> dict[str, Any]:
    """One hit: the CSV's columns (there with lists) and the snippets."""
    columns = QUOTATION_COLUMNS if isinstance(hit, QuotationHit) else DOCUMENT_COLUMNS
    values = {name: getattr(hit, name) for name in columns}
    values["countries"] = [country.name for country in hit.countries]
    if isinstance(hit, Hit):
        values["title"] = plain_text(hit.title)
        values["speakers"] = list(hit.speakers)
    values["score"] = round(hit.score, 6)
    values["snippets"] = [_encode_snippet(snippet) for snippet in hit.snippets]
    return values


def encode_facets(facets: Sequence[Facet]) -> dict[str, list[dict[str, Any]]]:
    """Facet name to its values; the bucket of hits that lack the field has ``value`` None."""
    by_name = {facet.name: facet for facet in facets}
    return {
        name: [
            {
                "value": value.value,
                "label": value.label,
                "count": value.count,
                "selected": value.selected,
            }
            for value in by_name[name].values
        ]
        for name in FACET_ORDER
        if name in by_name
    }


def columns_of(scope: Scope) -> tuple[str, ...]:
    """The header of a CSV of hits."""
    return QUOTATION_COLUMNS if scope == "quotations" else DOCUMENT_COLUMNS


def csv_row(hit: Hit | QuotationHit) -> list[str]:
    """One line of a CSV of hits: several values in one cell are separated by "; "."""
    return [spreadsheet_cell(value) for value in _cells(encode_hit(hit))]


def spreadsheet_cell(text: str) -> str:
    """The text, kept from being run as a formula when a spreadsheet opens the file.

    A cell that begins with ``= + - @``, a tab or a carriage return gets an apostrophe in
    front, as OWASP advises; JSON exports carry the text as it is.
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def plain_text(snippet: Snippet) -> str:
    """The spans' text, without what matched."""
    return "".join(span.text for span in snippet)


def _encode_snippet(snippet: Snippet) -> list[dict[str, Any]]:
    return [{"text": span.text, "match": span.match} for span in snippet]


def _cells(encoded: dict[str, Any]) -> Iterator[str]:
    for name, value in encoded.items():
        if name == "snippets":
            continue
        if value is None:
            yield ""
        elif isinstance(value, list):
            yield "; ".join(value)
        else:
            yield str(value)
