"""Facets: each value's count under the query and the selections of all *other* facets.

One pass: a record is counted in a facet when it passes all filters but, at most, that
facet's own. Counting itself is ``bincount`` over the ordinals of the records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from archive.calendar import parse_date
from index import names
from index.fields import facet_label
from index.query import FACETS, UNKNOWN, FacetName, Query, Scope
from index.results import Facet, FacetValue
from index.values import CountedValues
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.columns import UNKNOWN_ORDINAL
from index.whoosh_engine.execute import Matches
from index.whoosh_engine.ordinals import GlobalOrdinals
from index.whoosh_engine.reader import Reader
from index.whoosh_engine.sets import days_overlap

Filter = FacetName | Literal["year"]

_SHOWN = 64
"""Values that are likely to be looked at."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is selected in one facet: global ordinals, and what to show as selected."""

    included: frozenset[int] | None
    excluded: frozenset[int]
    included_values: frozenset[str | None]
    excluded_values: frozenset[str | None]

    @property
    def active(self) -> bool:
        """Whether it narrows anything."""
        return self.included is not None or bool(self.excluded)


class Filters:
    """The filters of a query, over the leaves of a reader."""

    def __init__(self, query: Query, reader: Reader) -> None:
        self._reader = reader
        self._scope: Scope = query.scope
        self.low = parse_date(query.date_from).first if query.date_from else None
        self.high = parse_date(query.date_to).last if query.date_to else None
        self.chosen = {facet: self._choose(query, facet) for facet in FACETS}

    def split(self, at: int, matches: Matches) -> Split:
        """Which of a leaf's matches pass which filter."""
        leaf, ids = self._reader.leaves[at], matches.ids
        passed: dict[Filter, Array] = {
            facet: self._passing(at, facet, chosen).take(ids)
            for facet, chosen in self.chosen.items()
            if chosen.active
        }
        if self.low is not None or self.high is not None:
            passed["year"] = days_overlap(
                leaf.by_document("first_day", self._scope).take(ids),
                leaf.by_document("last_day", self._scope).take(ids),
                self.low.toordinal() if self.low else None,
                self.high.toordinal() if self.high else None,
            )
        return Split(ids, passed)

    def _choose(self, query: Query, facet: FacetName) -> Chosen:
        included, excluded = query.include.of(facet), query.exclude.of(facet)
        if not included and not excluded:
            return Chosen(None, frozenset(), frozenset(), frozenset())
        ordinals = self._reader.ordinals(query.scope, facet)
        include, exclude = (_resolve(facet, v, ordinals) for v in (included, excluded))
        return Chosen(
            _known(include, ordinals) if included else None,
            _known(exclude, ordinals),
            include or frozenset(included),
            exclude or frozenset(excluded),
        )

    def _passing(self, at: int, facet: FacetName, chosen: Chosen) -> Array:
        """True at each record of the leaf that passes one facet's own selection."""
        size = self._reader.leaves[at].space(self._scope).size
        passing = np.ones(size, bool)
        if chosen.included is not None:
            passing = self._holding(at, facet, chosen.included)
        if chosen.excluded:
            passing &= ~self._holding(at, facet, chosen.excluded)
        return passing

    def _holding(self, at: int, facet: FacetName, ordinals: frozenset[int]) -> Array:
        leaf = self._reader.leaves[at]
        local = self._reader.ordinals(self._scope, facet).locals(at, ordinals)
        column, owners = leaf.column(facet, self._scope)
        size = leaf.space("documents" if owners is not None else self._scope).size
        held = np.zeros(size, bool)
        for ordinal in local:
            held[column.holders(ordinal)] = True
        return held if owners is None else held.take(owners)


@dataclass(frozen=True, slots=True)
class Split:
    """A leaf's matches, and for each active filter which of them pass."""

    ids: Array
    passed: dict[Filter, Array]

    def without(self, left_out: Filter | None = None) -> Array:
        """The ids that pass all filters but, maybe, one."""
        asked = [passed for name, passed in self.passed.items() if name != left_out]
        if not asked:
            return self.ids
        every = asked[0]
        for passed in asked[1:]:
            every = every & passed
        return self.ids.compress(every)


def count_facets(
    reader: Reader, scope: Scope, filters: Filters, splits: Sequence[Split], hits: Sequence[Array]
) -> tuple[Facet, ...]:
    """All facets of an answer; ``hits`` are what passes all filters."""
    if sum(map(len, hits)) < reader.records(scope):
        # NumPy gathers by its own kind of number twice as fast. (Everything is counted already.)
        hits = [ids.astype(np.intp) for ids in hits]

    def counted(name: Filter) -> Sequence[Array]:
        active = any(name in split.passed for split in splits)
        return [split.without(name) for split in splits] if active else hits

    return (
        *(_facet(reader, scope, name, filters.chosen[name], counted(name)) for name in FACETS),
        _years(reader, scope, filters, counted("year")),
    )


def _facet(
    reader: Reader, scope: Scope, name: FacetName, chosen: Chosen, found: Sequence[Array]
) -> Facet:
    ordinals = reader.ordinals(scope, name)
    if sum(map(len, found)) == reader.records(scope):
        return Facet(name, _Values(name, ordinals, ordinals.counts, chosen))
    counts = np.zeros(len(ordinals), np.int64)
    for at, (leaf, ids) in enumerate(zip(reader.leaves, found, strict=True)):
        counts += ordinals.count(at, leaf.count_values(name, scope, ids))
    return Facet(name, _Values(name, ordinals, counts, chosen))


class _Values(CountedValues):
    def __init__(
        self, name: FacetName, ordinals: GlobalOrdinals, counts: Array, chosen: Chosen
    ) -> None:
        self._name = name
        self._ordinals = ordinals
        self._chosen = chosen
        self._marked = chosen.included_values | chosen.excluded_values
        # By count, then by ordinal, which is by label: both in one number, so that it is sorted
        # without its place.
        held = np.flatnonzero(counts[1:]) + 1
        self._keys = held - counts.take(held) * len(ordinals)
        self._keys.sort()
        self._first: list[int] = self._keys[:_SHOWN].tolist()
        missing = [
            value
            for value in self._marked
            if value is not None
            and (value not in ordinals.ordinal or not counts[ordinals.ordinal[value]])
        ]
        others = sorted(
            (self._value(value, 0) for value in missing),
            key=lambda other: (other.label, other.value),
        )
        if counts[UNKNOWN_ORDINAL] or None in self._marked:
            others.append(self._value(None, int(counts[UNKNOWN_ORDINAL])))
        super().__init__(len(self._keys), others)

    def counted(self, at: int) -> FacetValue:
        key = self._first[at] if at < _SHOWN else int(self._keys[at])
        count, ordinal = divmod(key, len(self._ordinals))
        return self._value(self._ordinals.value(ordinal), -count)

    def _value(self, value: str | None, count: int) -> FacetValue:
        label = facet_label(self._name, value)
        if value not in self._marked:
            return FacetValue(value, label, count)
        chosen = self._chosen
        marks = value in chosen.included_values, value in chosen.excluded_values
        return FacetValue(value, label, count, *marks)


def _years(reader: Reader, scope: Scope, filters: Filters, found: Sequence[Array]) -> Facet:
    every = sum(map(len, found)) == reader.records(scope)
    counts = reader.years(scope) if every else reader.count_years(scope, found)
    held = np.flatnonzero(counts)
    values = []
    for year, count in zip(held.tolist(), counts.take(held).tolist(), strict=True):
        if year:
            name = f"{year:04}"
            values.append(FacetValue(name, name, count, selected=_covers(year, filters)))
    if counts[0]:
        values.append(FacetValue(None, facet_label("year", None), int(counts[0])))
    return Facet("year", tuple(values))


def _covers(year: int, filters: Filters) -> bool:
    low, high = filters.low, filters.high
    if low is None and high is None:
        return False
    return (high is None or year <= high.year) and (low is None or year >= low.year)


def _resolve(
    facet: FacetName, chosen: Sequence[str], ordinals: GlobalOrdinals
) -> frozenset[str | None]:
    resolved: set[str | None] = set()
    for value in chosen:
        if value == UNKNOWN:
            resolved.add(None)
        elif facet == "country":
            resolved.add(value)
        else:
            resolved |= names.resolve(value, ordinals.ordinal)
    return frozenset(resolved)


def _known(values: frozenset[str | None], ordinals: GlobalOrdinals) -> frozenset[int]:
    return frozenset(
        UNKNOWN_ORDINAL if value is None else ordinals.ordinal[value]
        for value in values
        if value is None or value in ordinals.ordinal
    )
