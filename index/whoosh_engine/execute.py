"""Execution: a query tree becomes, for each leaf, the ids that match and what they score.

Ids are sorted arrays; AND, OR and NOT are set operations on them. Scores are worked out
afterwards and only for the ids that are asked for, by the formula in :mod:`index.scoring`
and in its order of operations, so that equal texts have equal scores to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from sys import getsizeof

import numpy as np

from index import scoring
from index.matching import too_many_words
from index.query import (
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
from index.whoosh_engine.impacts import Impacts, Norms
from index.whoosh_engine.lookup import Lookup, Occurrences
from index.whoosh_engine.matches import Matches, Summed, Unscored, Weighted
from index.whoosh_engine.reader import EMPTY, Leaf, Reader
from index.whoosh_engine.sets import NONE, SPARSE, among, days_overlap, mask, subtract, union
from index.whoosh_engine.terms import encode


class Execution:
    """Runs trees over all leaves of a reader, in one scope.

    ``prefix_terms``: how many words a prefix may meet.
    """

    def __init__(self, reader: Reader, scope: Scope, prefix_terms: int) -> None:
        self._reader = reader
        self._leaves = reader.leaves
        self._scope: Scope = scope
        self._prefix_terms = prefix_terms

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
            by_length = sorted(here, key=lambda matches: len(matches.ids))
            ids = by_length[0].ids if by_length else leaf.all(self._scope)
            for matches in by_length[1:]:
                ids = _within(ids, matches, size)
            for each in unwanted:
                ids = _outside(ids, each[at], size)
            found.append(Summed(ids, here, size))
        return found

    def _any_of(self, children: Sequence[Node]) -> list[Matches]:
        each = [self.run(child) for child in children]
        found: list[Matches] = []
        for at, leaf in enumerate(self._leaves):
            here = [matches[at] for matches in each]
            size = leaf.space(self._scope).size
            found.append(Summed(_any(here, size), here, size))
        return found

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
        if isinstance(node, Term):
            found = [lookup.term(node.text) for lookup in lookups]
        else:
            found = self._as_one_word(node, lookups)
        if node.field not in scoring.SCORED:
            return [Unscored(ids) for ids, _ in found]
        if isinstance(node, Phrase):
            weight = sum(
                self._idf(sum(lookup.holding(word) for lookup in lookups)) for word in node.words
            )
        else:
            weight = self._idf(sum(len(ids) for ids, _ in found))
        norms = self._reader.norms(self._scope, node.field)
        return [
            Weighted(*hits, weight, norm, self._impacts(leaf, node, hits, norm))
            for leaf, hits, norm in zip(self._leaves, found, norms, strict=True)
        ]

    def _impacts(self, leaf: Leaf, node: Node, hits: Occurrences, norms: Norms) -> Impacts | None:
        """Those of a word that is frequent enough to keep them."""
        ids, tf = hits
        if len(ids) * SPARSE < len(norms):
            return None
        key = leaf.key, "impacts", self._scope, node, norms.average
        return Impacts(leaf.cache, key, ids, tf, norms)

    def _idf(self, matching: int) -> float:
        return scoring.idf(matching, self._reader.records(self._scope))

    def _as_one_word(
        self, node: Phrase | Prefix | Fuzzy, lookups: Sequence[Lookup]
    ) -> list[Occurrences]:
        """A phrase, or all words that a prefix or a near word meets, as one word in each leaf."""
        found = []
        for leaf, lookup in zip(self._leaves, lookups, strict=True):
            key = leaf.key, "as one word", self._scope, node
            found.append(leaf.cache.get(key, partial(self._work_out, node, lookup)))
        if not isinstance(node, Phrase):
            met = set().union(*(one.words for one in found))
            if len(met) > self._prefix_terms:
                raise too_many_words(node, self._prefix_terms)
        return [(one.ids, one.tf) for one in found]

    def _work_out(self, node: Phrase | Prefix | Fuzzy, lookup: Lookup) -> _AsOneWord:
        if isinstance(node, Phrase):
            return _AsOneWord(node.words, *lookup.phrase(node))
        if lookup.certainly_over(node, self._prefix_terms):
            raise too_many_words(node, self._prefix_terms)
        words, ids, tf = lookup.expand(node)
        return _AsOneWord(tuple(words), *_one_word(ids, tf, lookup.size))


@dataclass(frozen=True, slots=True)
class _AsOneWord:
    """Occurrences that were worked out: kept like a posting list, because who narrows a question,
    or reads on, asks for the same. ``words``: those of the phrase, or that were met.
    """

    words: tuple[str | bytes, ...]
    ids: Array
    tf: Array | None

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        arrays = self.ids.nbytes + (0 if self.tf is None else self.tf.nbytes)
        return EMPTY + arrays + getsizeof(self.words) + sum(map(getsizeof, self.words))


def _within(ids: Array, matches: Matches, size: int) -> Array:
    """The ids that match; there are at least as many matches."""
    held = matches.held()
    return among(ids, matches.ids, size) if held is None else ids.compress(held.take(ids))


def _any(each: Sequence[Matches], size: int) -> Array:
    """The ids that match one of several."""
    at_hand = [(matches, matches.held()) for matches in each]
    arrays = [held for _, held in at_hand if held is not None]
    lists = [matches.ids for matches, held in at_hand if held is None]
    return union(lists, size, arrays)


def _outside(ids: Array, matches: Matches, size: int) -> Array:
    """The ids that do not match."""
    held = matches.held()
    if held is None:
        return subtract(ids, matches.ids, size)
    return ids.compress(held.take(ids) == 0)


def _one_word(ids: Array, tf: Array, size: int) -> Occurrences:
    """The occurrences of several words, laid together."""
    if len(ids) * SPARSE < size:
        held, rows = np.unique(ids, return_inverse=True)
        return held, np.bincount(rows, tf, len(held))
    held = mask(ids, size).nonzero()[0].astype(np.int32)
    return held, np.bincount(ids, tf, size).take(held)
