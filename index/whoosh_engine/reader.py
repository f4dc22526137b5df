"""The segments of one generation, read as one: live records only, statistics over all.

Everything above this module is free of deletions: posting lists come without the records
that were deleted or replaced, and counts and averages are those of the live ones.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np

from index.query import FACETS, FacetName, Field, Scope
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.cache import Cache
from index.whoosh_engine.columns import OrdinalColumn
from index.whoosh_engine.impacts import Norms
from index.whoosh_engine.lengths import Lengths, OwnerLengths
from index.whoosh_engine.ordinals import GlobalOrdinals
from index.whoosh_engine.postings import ranges
from index.whoosh_engine.segment import Segment, Space
from index.whoosh_engine.terms import encode

EMPTY = 500
"""Bytes of a posting list without postings, measured: two or three arrays, a key, their places.
Most words are rare, so that this is most of what is held."""

Counted: TypeAlias = FacetName | Literal["year"]
COUNTED: tuple[Counted, ...] = (*FACETS, "year")
"""What is counted of records."""


@dataclass(frozen=True, slots=True)
class PostingList:
    """The live postings of one term: ``ids`` (int32, ascending) and, one for each, how often.

    ``at`` tells where the positions of each begin within the term's positions.
    """

    ids: Array
    freqs: Array | None
    at: Array | None = None

    @property
    def nbytes(self) -> int:
        """What it and its place in a cache take in memory."""
        held = (self.ids, self.freqs, self.at)
        return EMPTY + sum(a.nbytes for a in held if a is not None)

    def counts(self) -> Array:
        """How often the term stands in each record."""
        return np.ones(len(self.ids), np.int64) if self.freqs is None else self.freqs


Key: TypeAlias = tuple[Hashable, ...]
"""Whose leaf, and what of it: a posting list, the impacts of a word, what a filter lets pass."""

PostingCache: TypeAlias = Cache[Key, Any]


def posting_cache(limit: int) -> PostingCache:
    """A cache for what is decoded or worked out, shared by the readers of an engine."""
    return Cache(limit, lambda held: held.nbytes)


class Leaf:
    """A segment as one generation sees it. ``live`` marks the documents that count (None: all)."""

    def __init__(self, segment: Segment, key: str, live: Array | None, cache: PostingCache) -> None:
        self.segment = segment
        self.key = key
        self._live = live
        self.cache = cache

    def space(self, scope: Scope) -> Space:
        """Documents or quotations, deleted ones included."""
        return self.segment.space(scope)

    def live(self, scope: Scope) -> Array | None:
        """Which records of a scope count; None when all do."""
        return self._live if scope == "documents" else self._live_quotations

    @cached_property
    def _live_quotations(self) -> Array | None:
        if self._live is None:
            return None
        return self._live.take(self.segment.quotations.array("document"))

    def all(self, scope: Scope) -> Array:
        """All live records."""
        live = self.live(scope)
        if live is None:
            return np.arange(self.space(scope).size, dtype=np.int32)
        return np.flatnonzero(live).astype(np.int32)

    def count(self, scope: Scope) -> int:
        """How many live records there are."""
        live = self.live(scope)
        return self.space(scope).size if live is None else int(np.count_nonzero(live))

    def alive(self, ids: Array, scope: Scope) -> Array:
        """Those of the records that count."""
        live = self.live(scope)
        return ids if live is None else ids.compress(live.take(ids))

    def postings(self, scope: Scope, name: str, word: str) -> PostingList | None:
        """The live postings of a word; None when no record ever held it."""
        term = self.space(scope).postings(name).terms.find(encode(word))
        return None if term is None else self.postings_at(scope, name, term)

    def postings_at(self, scope: Scope, name: str, term: int) -> PostingList:
        """The same by the term's ordinal."""
        key = self.key, scope, name, term
        found: PostingList = self.cache.get(key, lambda: self._decode(scope, name, term))
        return found

    def _decode(self, scope: Scope, name: str, term: int) -> PostingList:
        reader = self.space(scope).postings(name)
        ids, freqs = reader.ids(term), reader.freqs(term)
        at: Array | None = None
        if reader.has_positions and freqs is not None:
            ends = np.cumsum(freqs, dtype=np.int64)
            at = ends - freqs
        elif reader.has_positions:
            at = np.arange(len(ids))
        live = self.live(scope)
        if live is None:
            return PostingList(ids, freqs, at)
        keep = live.take(ids)
        return PostingList(
            ids.compress(keep),
            None if freqs is None else freqs.compress(keep),
            None if at is None else at.compress(keep),
        )

    def positions(
        self, scope: Scope, name: str, term: int, held: PostingList, chosen: Array | None = None
    ) -> tuple[Array, Array]:
        """Positions of a term, and how many each of the ``chosen`` (all) of its postings has."""
        reader = self.space(scope).postings(name)
        counts, at = held.counts(), held.at
        assert at is not None  # noqa: S101 (asked only of postings that have positions)
        if chosen is not None:
            counts, at = counts.take(chosen), at.take(chosen)
        if not len(at):
            return at, counts
        every = reader.positions(term, int(at[-1]) + int(counts[-1]))
        return every.take(ranges(at, counts)), counts

    def holders(self, facet: FacetName, ordinal: int, scope: Scope) -> Array:
        """The live records with an ordinal of a facet, ascending."""
        space = self.space(scope)
        if scope == "quotations" and facet != "speaker":
            documents = self.segment.documents.column(facet).holders(ordinal)
            return self.alive(self.quotations_of(documents)[0], scope)
        return self.alive(space.column(facet).holders(ordinal), scope)

    def quotations_of(self, documents: Array) -> tuple[Array, Array]:
        """The quotations of some documents (ascending), and how many each has."""
        starts, counts = self.segment.quotations_of(documents)
        return ranges(starts, counts).astype(np.int32), counts

    def column(self, facet: FacetName, scope: Scope) -> tuple[OrdinalColumn, Array | None]:
        """A facet's column, and the document of each quotation where the column is by document."""
        if scope == "quotations" and facet != "speaker":
            owners = self.segment.quotations.array("document")
            return self.segment.documents.column(facet), owners
        return self.space(scope).column(facet), None

    def count_values(
        self, scope: Scope, ids: Array, only: Counted | None = None
    ) -> dict[Counted, Array]:
        """How many of these records hold each ordinal of each facet; or of ``only`` one."""
        documents = ids
        if scope == "quotations":
            documents = self.segment.quotations.array("document").take(ids)
        counts: dict[Counted, Array] = {}
        if only in (None, "year"):
            counts["year"] = self.segment.years.count(documents)
        if only == "year":
            return counts
        found = self.segment.rows.count(documents, only and FACETS.index(only))
        for facet, counted in zip(FACETS, found, strict=True):
            if only not in (None, facet):
                continue
            if facet == "speaker" and scope == "quotations":
                counts[facet] = self.segment.quotations.column(facet).count(ids)
            elif counted is not None:
                counts[facet] = counted
            else:
                counts[facet] = self.segment.documents.column(facet).count(documents)
        return counts

    def count_all_values(self, facet: FacetName, scope: Scope) -> Array:
        """How many live records hold each ordinal of a facet."""
        column, owners = self.column(facet, scope)
        if owners is None and self.live(scope) is None:
            return column.count_all()
        return self.count_values(scope, self.all(scope), facet)[facet]

    def lengths(self, scope: Scope, field: Field) -> Lengths:
        """The length of each record in a field."""
        if scope == "quotations" and field == "title":
            owners = self.segment.quotations.array("document")
            return OwnerLengths(self.segment.documents.lengths(field), owners)
        return self.space(scope).lengths(field)

    def by_document(self, name: str, scope: Scope) -> Array:
        """A number of each record's document."""
        numbers = self.segment.documents.array(name)
        if scope == "documents":
            return numbers
        return numbers.take(self.segment.quotations.array("document"))


class Reader:
    """All leaves of a generation. What fails within ``reading`` fails for what they hold."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        reading: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.leaves = tuple(leaves)
        self.reading = reading
        self._records: dict[Scope, int] = {}
        self._norms: dict[tuple[Scope, Field], list[Norms]] = {}
        self._values: dict[tuple[Scope, FacetName], GlobalOrdinals] = {}
        self._everything: dict[Scope, dict[Counted, Array]] = {}

    def records(self, scope: Scope) -> int:
        """How many live records there are."""
        if scope not in self._records:
            self._records[scope] = sum(leaf.count(scope) for leaf in self.leaves)
        return self._records[scope]

    def norms(self, scope: Scope, field: Field) -> list[Norms]:
        """Those of each leaf."""
        held = self._norms.get((scope, field))
        if held is None:
            held = self._norms[scope, field] = self._make_norms(scope, field)
        return held

    def ordinals(self, scope: Scope, facet: FacetName) -> GlobalOrdinals:
        """The values of a facet over all leaves."""
        held = self._values.get((scope, facet))
        if held is None:
            held = self._values[scope, facet] = GlobalOrdinals(
                facet,
                [leaf.column(facet, scope)[0].values for leaf in self.leaves],
                [leaf.count_all_values(facet, scope) for leaf in self.leaves],
                self.reading,
            )
        return held

    def count_values(
        self, scope: Scope, found: Sequence[Array], only: Counted | None = None
    ) -> dict[Counted, Array]:
        """How many of some records of each leaf have each value of each facet, by global ordinal;
        or of ``only`` one. Of the year, by the year; 0: undated.
        """
        each = [
            leaf.count_values(scope, ids, only)
            for leaf, ids in zip(self.leaves, found, strict=True)
        ]
        return {
            facet: self._laid_together(scope, facet, [counts[facet] for counts in each])
            for facet in COUNTED
            if only in (None, facet)
        }

    def _laid_together(self, scope: Scope, facet: Counted, each: Sequence[Array]) -> Array:
        if facet != "year":
            return self.ordinals(scope, facet).count(each)
        if len(each) == 1:
            return each[0]
        total = np.zeros(max(map(len, each), default=1), np.int64)
        for counts in each:
            total[: len(counts)] += counts
        return total

    def count_all_values(self, scope: Scope) -> dict[Counted, Array]:
        """The same of all live records."""
        if scope not in self._everything:
            every = [leaf.all(scope) for leaf in self.leaves]
            counts: dict[Counted, Array] = {
                facet: self.ordinals(scope, facet).counts for facet in FACETS
            }
            counts |= self.count_values(scope, every, "year")
            self._everything[scope] = counts
        return self._everything[scope]

    def _make_norms(self, scope: Scope, field: Field) -> list[Norms]:
        lengths = [leaf.lengths(scope, field) for leaf in self.leaves]
        total = sum(
            each.sum() if leaf.live(scope) is None else int(each.take(leaf.all(scope)).sum())
            for leaf, each in zip(self.leaves, lengths, strict=True)
        )
        average = total / max(1, self.records(scope)) or 1.0
        return [Norms(each, average) for each in lengths]
