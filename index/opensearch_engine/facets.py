"""Facets: what the server is asked to count, and its counts as values.

Every facet is counted under the filters of all *others*. The server hands out all values, because
how many there are is part of the answer; what a page does not look at is not made into a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from archive.calendar import parse_date
from index import fields
from index.opensearch_engine.compile import Clause
from index.opensearch_engine.words import Resolved
from index.query import FACETS, FacetName, Query
from index.results import Facet, FacetValue
from index.values import CountedValues

FACET_VALUES = 14_000
"""Values of one facet that are counted: the server hands out 65,535 in one answer."""

YEARS = 9_999

Counted = dict[str, Any]
"""The server's answer for one facet."""


def counting(filters: Callable[[str], Clause]) -> dict[str, Any]:
    """What the server is asked. ``filters(facet)``: those of all other facets."""
    return {
        name: {
            "filter": filters(name),
            "aggs": {
                "values": {"terms": {"field": name, "size": size, "shard_size": size}},
                "unknown": {"missing": {"field": name}},
            },
        }
        for name, size in (*((name, FACET_VALUES) for name in FACETS), ("year", YEARS))
    }


def facets(
    query: Query, include: Resolved, exclude: Resolved, counted: dict[str, Counted]
) -> tuple[Facet, ...]:
    """All facets, from the server's answer to :func:`counting`."""
    named = (_named(query, name, include[name], exclude[name], counted[name]) for name in FACETS)
    return (*named, _years(query, counted["year"]))


def truncated(counted: dict[str, Counted]) -> bool:
    """Whether a facet has more values than were counted."""
    return any(facet["values"]["sum_other_doc_count"] for facet in counted.values())


class _Values(CountedValues):
    """In the server's order."""

    def __init__(
        self,
        buckets: Sequence[dict[str, Any]],
        included: frozenset[str | None],
        excluded: frozenset[str | None],
        others: Sequence[FacetValue],
    ) -> None:
        super().__init__(len(buckets), others)
        self._buckets = buckets
        self._included = included
        self._excluded = excluded

    def counted(self, places: Sequence[int]) -> Iterator[FacetValue]:
        for at in places:
            bucket = self._buckets[at]
            value = bucket["key"]
            marks = value in self._included, value in self._excluded
            yield FacetValue(value, value, bucket["doc_count"], *marks)


def _named(
    query: Query,
    name: FacetName,
    meant: frozenset[str | None],
    shunned: frozenset[str | None],
    counted: Counted,
) -> Facet:
    # The typed value itself where nothing bears such a name.
    included = meant or frozenset(query.include.of(name))
    excluded = shunned or frozenset(query.exclude.of(name))

    def value(value: str | None, count: int) -> FacetValue:
        label = fields.facet_label(name, value)
        return FacetValue(value, label, count, value in included, value in excluded)

    buckets: list[dict[str, Any]] = counted["values"]["buckets"]
    unknown = counted["unknown"]["doc_count"]
    chosen = included | excluded
    missing = chosen - {None} - {bucket["key"] for bucket in buckets} if chosen else chosen
    others = sorted((value(one, 0) for one in missing), key=_by_count)
    if unknown or None in chosen:
        others.append(value(None, unknown))
    if name == "country":  # whose labels are in another order than its codes
        labelled = (value(bucket["key"], bucket["doc_count"]) for bucket in buckets)
        return Facet(name, (*sorted(labelled, key=_by_count), *others))
    return Facet(name, _Values(buckets, included, excluded, others))


def _by_count(value: FacetValue) -> tuple[int, str, str]:
    return -value.count, value.label, value.value or ""


def _years(query: Query, counted: Counted) -> Facet:
    """The years, with those that from and to select."""
    low = parse_date(query.date_from).first if query.date_from else None
    high = parse_date(query.date_to).last if query.date_to else None

    def covered(year: str) -> bool:
        return bool(low or high) and parse_date(year).overlaps(low, high)

    found = sorted((b["key"], b["doc_count"]) for b in counted["values"]["buckets"])
    values = [FacetValue(year, year, count, selected=covered(year)) for year, count in found]
    if counted["unknown"]["doc_count"]:
        label = fields.facet_label("year", None)
        values.append(FacetValue(None, label, counted["unknown"]["doc_count"]))
    return Facet("year", tuple(values))
