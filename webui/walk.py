"""From one result to the next without going back to the list."""

from __future__ import annotations

from dataclasses import replace

from index.engine import SearchEngine
from index.errors import SearchError
from index.query import Query
from index.results import Hit, QuotationHit
from webui.language import gettext
from webui.params import url_for_query
from webui.paths import statement_path
from webui.presenters import words
from webui.presenters.statement import Walk


def walk_from(
    engine: SearchEngine, query: Query, place: int | None, document_id: str
) -> Walk | None:
    """The way on from a statement that was the result number ``place`` (from 1) of a query.

    None where no question led here; without a place, when the results have changed since, or
    without an index, only the way back.
    """
    back = url_for_query(query)
    if place is None:
        return Walk(back, "", None, None) if query.parameters() else None
    try:
        here, total = _hit_at(engine, query, place)
        if here is None or _document_id(here) != document_id:
            return Walk(back, "", None, None)
        previous, following = _path(engine, query, place - 1), _path(engine, query, place + 1)
    except SearchError:  # a page that is read does not fail for want of an index
        return Walk(back, "", None, None)
    said = gettext(
        "Result %(place)s of %(total)s", place=words.number(place), total=words.number(total)
    )
    return Walk(back, said, previous, following)


def _path(engine: SearchEngine, query: Query, place: int) -> str | None:
    hit, _ = _hit_at(engine, query, place)
    if hit is None:
        return None
    number = hit.number if isinstance(hit, QuotationHit) else None
    listed = query.on_page((place - 1) // query.per_page + 1)
    return statement_path(_document_id(hit), listed, place=place, number=number)


def _hit_at(
    engine: SearchEngine, query: Query, place: int
) -> tuple[Hit | QuotationHit | None, int]:
    if not 1 <= place <= query.limits.offset:
        return None, 0
    results = engine.search(replace(query, page=place, per_page=1), facets=False, snippets=False)
    hits: tuple[Hit | QuotationHit, ...] = results.hits or results.quotations
    return (hits[0] if hits else None), results.total


def _document_id(hit: Hit | QuotationHit) -> str:
    return hit.id if isinstance(hit, Hit) else hit.document_id
