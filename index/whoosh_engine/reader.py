"""The segments of one generation, read as one: live records only, statistics over all.

Everything above this module is free of deletions: posting lists come without the records
that were deleted or replaced, and counts and averages are those of the live ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from index import fields, scoring
from index.query import FacetName, Field, Scope
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.cache import Cache
from index.whoosh_engine.columns import OrdinalColumn
from index.whoosh_engine.ordinals import GlobalOrdinals
from index.whoosh_engine.postings import ranges
from index.whoosh_engine.segment import Segment, Space
from index.whoosh_engine.terms import encode

_EMPTY = 500
"""Bytes of a posting list without postings, measured: two or three arrays, a key, their places.
Most words are rare, so that this is most of what is held."""


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
        return _EMPTY + sum(a.nbytes for a in held if a is not None)

    def counts(self) -> Array:
        """How often the term stands in each record."""
        return np.ones(len(self.ids), np.int64) if self.freqs is None else self.freqs


PostingKey: TypeAlias = tuple[str, Scope, str, int]
"""Whose leaf, which postings, and the ordinal of the term."""

PostingCache: TypeAlias = Cache[PostingKey, PostingList]


def posting_cache(limit: int) -> PostingCache:
    """A cache for decoded posting lists, shared by the readers of an engine."""
    return Cache(limit, lambda held: held.nbytes)


class Leaf:
    """A segment as one generation sees it. ``live`` marks the documents that count (None: all)."""

    def __init__(self, segment: Segment, key: str, live: Array | None, cache: PostingCache) -> None:
        self.segment = segment
        self.key = key
        self._live = live
        self._cache = cache

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
        return self._cache.get(
            (self.key, scope, name, term), lambda: self._decode(scope, name, term)
        )

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

    def count_values(self, facet: FacetName, scope: Scope, ids: Array) -> Array:
        """How many of these records hold each ordinal of a facet."""
        column, owners = self.column(facet, scope)
        return column.count(ids if owners is None else owners.take(ids))

    def count_all_values(self, facet: FacetName, scope: Scope) -> Array:
        """The same of all live records."""
        column, owners = self.column(facet, scope)
        if owners is None and self.live(scope) is None:
            return column.count_all()
        return self.count_values(facet, scope, self.all(scope))

    def by_document(self, name: str, scope: Scope) -> Array:
        """A number of each record's document."""
        numbers = self.segment.documents.array(name)
        if scope == "documents":
            return numbers
        return numbers.take(self.segment.quotations.array("document"))


class Reader:
    """All leaves of a generation."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = tuple(leaves)
        self._records: dict[Scope, int] = {}
        self._norms: dict[tuple[Scope, Field], list[Array]] = {}
        self._values: dict[tuple[Scope, FacetName], GlobalOrdinals] = {}
        self._years: dict[Scope, Array] = {}

    def records(self, scope: Scope) -> int:
        """How many live records there are."""
        if scope not in self._records:
            self._records[scope] = sum(leaf.count(scope) for leaf in self.leaves)
        return self._records[scope]

    def norms(self, scope: Scope, field: Field) -> list[Array]:
        """Per leaf, for each record what scoring adds to tf in the denominator (float64)."""
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
            )
        return held

    def years(self, scope: Scope) -> Array:
        """How many live records there are of each year; of 0: undated."""
        if scope not in self._years:
            everything = [leaf.all(scope) for leaf in self.leaves]
            self._years[scope] = self.count_years(scope, everything)
        return self._years[scope]

    def count_years(self, scope: Scope, found: Sequence[Array]) -> Array:
        """The same of some records of each leaf."""
        counts = np.zeros(1, np.int64)
        for leaf, ids in zip(self.leaves, found, strict=True):
            more = np.bincount(leaf.by_document("year", scope).take(ids), minlength=len(counts))
            more[: len(counts)] += counts
            counts = more
        return counts

    def _make_norms(self, scope: Scope, field: Field) -> list[Array]:
        parts = fields.parts(field, scope)
        lengths = [leaf.segment.weighted_length(parts, scope) for leaf in self.leaves]
        total = sum(
            float(length.sum() if live is None else length.compress(live).sum())
            for leaf, length in zip(self.leaves, lengths, strict=True)
            for live in (leaf.live(scope),)
        )
        average = total / max(1, self.records(scope)) or 1.0
        k1, b = scoring.K1, scoring.B
        return [k1 * (1 - b + b * length / average) for length in lengths]
