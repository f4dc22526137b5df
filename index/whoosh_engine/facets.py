"""Facets: each value's count under the query and the selections of all *other* facets.

One pass: a record is counted in a facet when it passes all filters but, at most, that
facet's own. Counting itself is ``bincount`` over the ordinals of the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import repeat

import numpy as np

from archive.calendar import parse_date
from index import names
from index.fields import facet_label
from index.query import FACETS, UNKNOWN, FacetName, Query, Scope
from index.results import Facet, FacetValue
from index.values import CountedValues
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.columns import UNKNOWN_ORDINAL
from index.whoosh_engine.matches import Matches
from index.whoosh_engine.ordinals import GlobalOrdinals
from index.whoosh_engine.reader import Counted, Leaf, Reader
from index.whoosh_engine.sets import days_overlap

_SHOWN = 64
"""Values that are likely to be looked at: of many, only they are sorted at first."""

_MANY = 256

_VALUE: Callable[[Iterable[object]], FacetValue] = partial(tuple.__new__, FacetValue)
"""Makes a value as its ``_make`` does, in a third of the time: an answer has a hundred of them."""


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


_NOTHING = Chosen(None, frozenset(), frozenset(), frozenset())


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
        passed: dict[Counted, Array] = {
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
            return _NOTHING
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
        if chosen.included is None:
            return ~self._holding(at, facet, chosen.excluded)
        passing = self._holding(at, facet, chosen.included)
        if chosen.excluded:
            passing = passing & ~self._holding(at, facet, chosen.excluded)
        return passing

    def _holding(self, at: int, facet: FacetName, ordinals: frozenset[int]) -> Array:
        """True at each record of the leaf with some ordinals of a facet; kept, because who
        narrows a question goes on to ask with the same filters.
        """
        leaf, scope = self._reader.leaves[at], self._scope
        local = self._reader.ordinals(scope, facet).locals(at, ordinals)
        key = leaf.key, "filter", scope, facet, tuple(local)
        passing: Array = leaf.cache.get(key, lambda: _mask(leaf, scope, facet, local))
        return passing


def _mask(leaf: Leaf, scope: Scope, facet: FacetName, ordinals: Sequence[int]) -> Array:
    column, owners = leaf.column(facet, scope)
    held = np.zeros(leaf.space("documents" if owners is not None else scope).size, bool)
    for ordinal in ordinals:
        held[column.holders(ordinal)] = True
    return held if owners is None else held.take(owners)


@dataclass(frozen=True, slots=True)
class Split:
    """A leaf's matches, and for each active filter which of them pass."""

    ids: Array
    passed: dict[Counted, Array]

    def without(self, left_out: Counted | None = None) -> Array:
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
    counts = dict(_count(reader, scope, hits))
    for name in {name for split in splits for name in split.passed}:
        counts[name] = _count(reader, scope, [s.without(name) for s in splits], name)[name]
    facets = [
        Facet(name, _Values(reader.ordinals(scope, name), counts[name], filters.chosen[name]))
        for name in FACETS
    ]
    return (*facets, Facet("year", _years(counts["year"], filters)))


def _count(
    reader: Reader, scope: Scope, found: Sequence[Array], only: Counted | None = None
) -> Mapping[Counted, Array]:
    if sum(map(len, found)) == reader.records(scope):
        return reader.count_all_values(scope)
    # NumPy gathers by its own kind of number twice as fast.
    return reader.count_values(scope, [ids.astype(np.intp) for ids in found], only)


class _Values(CountedValues):
    def __init__(self, ordinals: GlobalOrdinals, counts: Array, chosen: Chosen) -> None:
        self._ordinals = ordinals
        self._chosen = chosen
        self._marked = chosen.included_values | chosen.excluded_values
        # By count, then by ordinal, which is by label: both in one number, so that it is sorted
        # without its place.
        known = counts[1:]
        held = known.nonzero()[0]
        self._keys = keys = held - known.take(held) * len(ordinals)
        if len(keys) > _MANY:
            keys = np.partition(keys, _SHOWN)[:_SHOWN]
        keys.sort()
        self._first: list[int] = keys[:_SHOWN].tolist()
        unknown = int(counts[UNKNOWN_ORDINAL])
        others: list[FacetValue] = []
        if self._marked:
            missing = (
                value
                for value in self._marked
                if value is not None
                and (value not in ordinals.ordinal or not counts[ordinals.ordinal[value]])
            )
            others = sorted(
                (self._value(value, ordinals.label(value), 0) for value in missing),
                key=lambda other: (other.label, other.value),
            )
        if unknown or None in self._marked:
            others.append(self._value(None, ordinals.label(None), unknown))
        super().__init__(len(self._keys), others)

    def counted(self, places: Sequence[int]) -> Iterable[FacetValue]:
        size, marked = len(self._ordinals), self._marked
        keys = [self._first[at] if at < _SHOWN else int(self._sorted[at]) for at in places]
        counts = [-(key // size) for key in keys]
        named = self._ordinals.named([key % size + 1 for key in keys])
        values, labels = zip(*named, strict=True)
        if marked.isdisjoint(values):
            return map(_VALUE, zip(values, labels, counts, repeat(False), repeat(False)))
        return map(self._value, values, labels, counts)

    @cached_property
    def _sorted(self) -> Array:
        return np.sort(self._keys)

    def _value(self, value: str | None, label: str, count: int) -> FacetValue:
        chosen = self._chosen
        marks = value in chosen.included_values, value in chosen.excluded_values
        return FacetValue(value, label, count, *marks)


def _years(counts: Array, filters: Filters) -> tuple[FacetValue, ...]:
    held = counts.nonzero()[0]
    counted = counts.take(held).tolist()
    years = held.tolist()
    undated = counted.pop(0) if years and not years[0] else 0
    names = [_year_name(year) for year in years if year]
    selected: Iterable[bool] = repeat(False)
    if filters.low or filters.high:
        selected = [_covers(year, filters) for year in years if year]
    values = tuple(map(_VALUE, zip(names, names, counted, selected, repeat(False))))
    if undated:
        values += (FacetValue(None, facet_label("year", None), undated),)
    return values


@lru_cache(maxsize=10_000)
def _year_name(year: int) -> str:
    return f"{year:04}"


def _covers(year: int, filters: Filters) -> bool:
    low, high = filters.low, filters.high
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
