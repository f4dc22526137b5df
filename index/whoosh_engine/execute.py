"""Execution: a query tree becomes, for each leaf, the ids that match and what they score.

Ids are sorted arrays; AND, OR and NOT are set operations on them. Scores are worked out
afterwards and only for the ids that are asked for, by the formula in :mod:`index.scoring`
and in its order of operations, so that equal texts have equal scores to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index import scoring
from index.matching import too_many_words
from index.query import (
    LIMITS,
    All,
    And,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Scope,
    Term,
)
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.lookup import Lookup, Occurrences
from index.whoosh_engine.reader import Leaf, Reader
from index.whoosh_engine.sets import NONE, SPARSE, days_overlap, intersect, subtract, union
from index.whoosh_engine.terms import encode

FEW = 4
"""A list that is that many times as long as what is asked for is searched, not read."""


class Matches(Protocol):
    """What a node finds in one leaf."""

    @property
    def ids(self) -> Array:
        """What matches, ascending."""

    def scores(self, ids: Array) -> Array | None:
        """The score of each of these ids (ascending), 0 where it does not match; None: all 0."""

    def add_to(self, total: Array) -> bool:
        """Add the scores of all matches to an array by record; False where they are worth none."""


@dataclass(frozen=True, slots=True)
class Unscored:
    """Matches that are worth nothing."""

    ids: Array

    def scores(self, ids: Array) -> Array | None:
        """See :class:`Matches`."""
        return None

    def add_to(self, total: Array) -> bool:
        """See :class:`Matches`."""
        return False


@dataclass(frozen=True, slots=True)
class Weighted:
    """Matches of one leaf of the tree: ``tf`` of each (None: 1), ``norms`` by record."""

    ids: Array
    tf: Array | None
    weight: float
    norms: Array

    def scores(self, ids: Array) -> Array | None:
        """See :class:`Matches`."""
        if ids is self.ids:
            return self._values(self.ids, self.tf)
        values = np.zeros(len(ids))
        if len(self.ids):
            at = np.searchsorted(self.ids, ids)
            at[at == len(self.ids)] = 0
            here = np.flatnonzero(self.ids.take(at) == ids)
            at = at.take(here)
            tf = None if self.tf is None else self.tf.take(at)
            values[here] = self._values(ids.take(here), tf)
        return values

    def add_to(self, total: Array) -> bool:
        """See :class:`Matches`."""
        total[self.ids] += self._values(self.ids, self.tf)
        return True

    def _values(self, ids: Array, tf: Array | None) -> Array:
        norms = self.norms.take(ids)
        if tf is None:
            return (self.weight * (scoring.K1 + 1)) / (1.0 + norms)
        exact = tf.astype(np.float64)
        norms += exact
        exact *= self.weight
        exact *= scoring.K1 + 1
        exact /= norms
        return exact


@dataclass(frozen=True, slots=True)
class Summed:
    """Matches of several nodes: the sum of those that match; ``size``: how many records are."""

    ids: Array
    children: Sequence[Matches]
    size: int

    def scores(self, ids: Array) -> Array | None:
        """See :class:`Matches`."""
        # Few of many are looked up in each list; of more, all scores are worked out in one array.
        if len(ids) * SPARSE > self.size and len(ids) * FEW > max(
            (len(child.ids) for child in self.children), default=0
        ):
            every = np.zeros(self.size)
            return every.take(ids) if self.add_to(every) else None
        total: Array | None = None
        for child in self.children:
            subset = child.ids if ids is self.ids and len(child.ids) == len(ids) else ids
            more = child.scores(subset)
            if more is not None:
                total = more if total is None else total + more
        return total

    def add_to(self, total: Array) -> bool:
        """See :class:`Matches`."""
        nested = [child for child in self.children if isinstance(child, Summed)]
        # A sum within a sum is added up first, as the formula has it.
        sums = {id(child): np.zeros(self.size) for child in nested}
        scored = False
        for child in self.children:
            own = sums.get(id(child))
            scored |= child.add_to(total if own is None else own)
            if own is not None:
                total += own
        return scored


class Execution:
    """Runs trees over all leaves of a reader, in one scope."""

    def __init__(self, reader: Reader, scope: Scope) -> None:
        self._reader = reader
        self._leaves = reader.leaves
        self._scope: Scope = scope

    def run(self, node: Node) -> list[Matches]:
        """Per leaf what matches. Raises QueryLimit when a prefix meets too many words."""
        match node:
            case All():
                return [Unscored(leaf.all(self._scope)) for leaf in self._leaves]
            case Range():
                return [Unscored(self._within(leaf, node)) for leaf in self._leaves]
            case And(children):
                return self._all_of(children)
            case Or(children):
                return self._any_of(children)
            case Not(child):
                return self._all_of((Not(child),))
            case Term(text, "country"):
                return [Unscored(self._in_country(leaf, text)) for leaf in self._leaves]
            case _:
                return self._words(node)

    # --- sets ---

    def _all_of(self, children: Sequence[Node]) -> list[Matches]:
        wanted = [self.run(child) for child in children if not isinstance(child, Not)]
        unwanted = [self.run(child.child) for child in children if isinstance(child, Not)]
        found: list[Matches] = []
        for at, leaf in enumerate(self._leaves):
            here = [matches[at] for matches in wanted]
            size = leaf.space(self._scope).size
            ids = leaf.all(self._scope) if not here else intersect([m.ids for m in here], size)
            for matches in unwanted:
                ids = subtract(ids, matches[at].ids, size)
            found.append(Summed(ids, here, size))
        return found

    def _any_of(self, children: Sequence[Node]) -> list[Matches]:
        each = [self.run(child) for child in children]
        return [
            Summed(
                union([m[at].ids for m in each], leaf.space(self._scope).size),
                [m[at] for m in each],
                leaf.space(self._scope).size,
            )
            for at, leaf in enumerate(self._leaves)
        ]

    def _within(self, leaf: Leaf, dates: Range) -> Array:
        return leaf.alive(
            np.flatnonzero(
                days_overlap(
                    leaf.by_document("first_day", self._scope),
                    leaf.by_document("last_day", self._scope),
                    dates.low.toordinal() if dates.low else None,
                    dates.high.toordinal() if dates.high else None,
                )
            ).astype(np.int32),
            self._scope,
        )

    def _in_country(self, leaf: Leaf, code: str) -> Array:
        at = leaf.segment.documents.column("country").values.find(encode(code))
        return NONE if at is None else leaf.holders("country", at + 1, self._scope)

    # --- words ---

    def _words(self, node: Term | Phrase | Prefix | Fuzzy) -> list[Matches]:
        lookups = [Lookup(leaf, self._scope, node.field) for leaf in self._leaves]
        if isinstance(node, Prefix | Fuzzy):
            found = self._expanded(node, lookups)
        elif isinstance(node, Phrase):
            found = [lookup.phrase(node) for lookup in lookups]
        else:
            found = [lookup.term(node.text) for lookup in lookups]
        if node.field not in scoring.SCORED:
            return [Unscored(ids) for ids, _ in found]
        if isinstance(node, Phrase):
            weight = sum(
                self._idf(sum(lookup.holding(word) for lookup in lookups)) for word in node.words
            )
        else:
            weight = self._idf(sum(len(ids) for ids, _ in found))
        norms = self._reader.norms(self._scope, node.field)
        return [Weighted(*hits, weight, norm) for hits, norm in zip(found, norms, strict=True)]

    def _idf(self, matching: int) -> float:
        return scoring.idf(matching, self._reader.records(self._scope))

    def _expanded(self, node: Prefix | Fuzzy, lookups: Sequence[Lookup]) -> list[Occurrences]:
        """All words that a prefix or a near word meets, as one word."""
        met: set[bytes] = set()
        found = []
        for lookup in lookups:
            if lookup.certainly_over(node):
                raise too_many_words(node)
            words, ids, tf = lookup.expand(node)
            met.update(words)
            found.append(_one_word(ids, tf, lookup.size))
        if len(met) > LIMITS.prefix_terms:
            raise too_many_words(node)
        return found


def _one_word(ids: Array, tf: Array, size: int) -> Occurrences:
    """The occurrences of several words, laid together."""
    if len(ids) * SPARSE < size:
        held, rows = np.unique(ids, return_inverse=True)
        return held, np.bincount(rows, tf, len(held))
    by_record = np.bincount(ids, tf, size)
    held = np.flatnonzero(by_record).astype(np.int32)
    return held, by_record.take(held)
