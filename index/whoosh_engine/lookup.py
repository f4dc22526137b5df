"""Looking words up: where a word, a phrase or a family of words stands in one leaf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from index import fields
from index.analysis import stem
from index.query import LIMITS, Field, Fuzzy, Phrase, Prefix, Scope
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.postings import Lists
from index.whoosh_engine.reader import Leaf, PostingList
from index.whoosh_engine.sets import NONE, intersect
from index.whoosh_engine.terms import decode, encode

Occurrences: TypeAlias = tuple[Array, Array | None]
"""Ids, ascending, and for each the tf as scoring defines it (None: 1)."""


class Lookup:
    """Looks words of one field up in one leaf."""

    def __init__(self, leaf: Leaf, scope: Scope, field: Field) -> None:
        self._leaf = leaf
        self._field = field
        self.size = leaf.space(scope).size
        # The title of a quotation is that of its document: found there, then handed down.
        self._by_document = scope == "quotations" and field == "title"
        self._home: Scope = "documents" if self._by_document else scope
        self._name = "speakers" if field == "speaker" else "text"
        self._words = leaf.space(self._home).postings(self._name)
        self._parts = fields.parts(field, self._home)
        self._parted = self._home == "documents" and field != "speaker"
        self._whole = not self._parted or field == "text"

    def term(self, word: str) -> Occurrences:
        """Where words with the same stem stand (in ``speaker``: this very word)."""
        if self._field == "speaker":
            return _plain(self._leaf.postings(self._home, "speakers", word))
        if self._field == "title":
            titles = self._leaf.postings(self._home, "stems.title", stem(word))
            if titles is None:
                return NONE, None
            return self._hand_down(titles.ids, WEIGHTS["title"] * _whole(titles))
        found = self._leaf.postings(self._home, "stems.text", stem(word))
        if found is None or self._field == "text" or not self._parted:
            return _plain(found)
        return self._in_body(found, stem(word))

    def phrase(self, phrase: Phrase) -> Occurrences:
        """Where the words stand in their order."""
        found = [self._words.terms.find(encode(word)) for word in phrase.words]
        terms = [term for term in found if term is not None]
        if len(terms) < len(found):
            return NONE, None
        lists = {term: self._leaf.postings_at(self._home, self._name, term) for term in terms}
        size = self._leaf.space(self._home).size
        ids = intersect([held.ids for held in lists.values()], size)
        keys = {term: self._keys(term, held, ids) for term, held in lists.items()}
        starts = ends = keys[terms[0]]
        for term in terms[1:]:
            # The nearest next word each time makes the tightest run.
            following = keys[term]
            at = np.searchsorted(following, ends, "right")
            reached = np.flatnonzero(at < len(following))
            starts, ends = starts.take(reached), following.take(at.take(reached))
        starts = starts.compress(ends - starts < len(terms) + phrase.slop)
        tf = self._tf(ids, starts >> 32, starts & 0xFFFFFFFF)
        held = np.flatnonzero(tf)
        return self._hand_down(ids.take(held), tf.take(held))

    def holding(self, word: str) -> int:
        """How many live records hold this very word in the field."""
        term = self._words.terms.find(encode(word))
        if term is None:
            return 0
        if self._whole:
            return len(self._leaf.postings_at(self._home, self._name, term).ids)
        return len(self._exact(term)[0])

    def holding_all(self, words: Sequence[str], beginning: str) -> list[int]:
        """The records that hold all of these very words, and one with that beginning."""
        _, begun, _ = self._occurrences(self._words.terms.with_prefix(encode(beginning)))
        found = [np.unique(begun)]
        for word in words:
            term = self._words.terms.find(encode(word))
            found.append(NONE if term is None else self._exact(term)[0])
        ids: list[int] = intersect(found, self.size).tolist()
        return ids

    def certainly_over(self, node: Prefix | Fuzzy) -> bool:
        """Whether more words than allowed are met, as far as that can be told at once."""
        certain = self._whole and self._leaf.live(self._home) is None
        return certain and len(self._family(node)) > LIMITS.prefix_terms

    def expand(self, node: Prefix | Fuzzy) -> tuple[list[bytes], Array, Array]:
        """The words that are met, and all their occurrences, word after word."""
        family = self._family(node)
        if isinstance(family, range):
            return self._neighbours(family)
        each = [(term, *self._exact(term)) for term in family]
        words = [self._words.terms.term(term) for term, ids, _ in each if len(ids)]
        ids = np.concatenate([NONE, *(ids for _, ids, _ in each)])
        counts = [np.ones(len(ids)) if tf is None else tf for _, ids, tf in each]
        return words, ids, np.concatenate([np.zeros(0), *counts])

    def counts(self, prefix: str) -> list[tuple[bytes, int]]:
        """Each word of the field that begins with a prefix, and how many records hold it."""
        family = self._words.terms.with_prefix(encode(prefix))
        rows, _, _ = self._occurrences(family)
        held = np.bincount(rows, minlength=len(family)).tolist()
        terms = self._words.terms.terms(family.start, family.stop)
        return [(term, count) for term, count in zip(terms, held, strict=True) if count]

    def _family(self, node: Prefix | Fuzzy) -> Sequence[int]:
        if isinstance(node, Prefix):
            return self._words.terms.with_prefix(encode(node.text))
        return self._words.terms.within_one_edit(node.text)

    def _neighbours(self, family: range) -> tuple[list[bytes], Array, Array]:
        rows, ids, tf = self._occurrences(family)
        present = np.flatnonzero(np.bincount(rows)).tolist()
        terms = self._words.terms.terms(family.start, family.stop)
        return [terms[row] for row in present], ids, tf

    def _occurrences(self, family: range) -> tuple[Array, Array, Array]:
        """The occurrences of neighbouring words: which word, which record, its tf."""
        if not family:
            return np.zeros(0, np.int64), NONE, np.zeros(0)
        lists = self._words.lists(family.start, family.stop, positions=not self._whole)
        rows = np.repeat(np.arange(len(lists.counts)), lists.counts)
        tf = self._all_tf(lists, family)
        held = tf > 0
        live = self._leaf.live(self._home)
        if live is not None:
            held &= live.take(lists.ids)
        ids = lists.ids
        if not held.all():
            rows, ids, tf = rows.compress(held), ids.compress(held), tf.compress(held)
        if not self._by_document:
            return rows, ids, tf
        quotations, counts = self._leaf.quotations_of(ids)
        return np.repeat(rows, counts), quotations, np.repeat(tf, counts)

    def _all_tf(self, lists: Lists, family: range) -> Array:
        if not self._parted:
            return lists.freqs
        if lists.positions is not None:
            owners = np.repeat(np.arange(len(lists.ids)), lists.freqs)
            return self._tf(lists.ids, owners, lists.positions)
        # Where a word stands in no part that counts for more, its frequency says all.
        tf = lists.freqs * float(WEIGHTS["body"])
        words = map(decode, self._words.terms.terms(family.start, family.stop))
        chosen = np.flatnonzero(self._weightier({stem(word) for word in words}).take(lists.ids))
        positions = self._words.some_positions(family.start, lists, chosen)
        owners = np.repeat(np.arange(len(chosen)), lists.freqs.take(chosen))
        tf[chosen] = self._tf(lists.ids.take(chosen), owners, positions)
        return tf

    def _weightier(self, stems: Iterable[str]) -> Array:
        """True at each record that holds a word with one of these stems in a part whose weight is
        not the body's.
        """
        held = np.zeros(self._leaf.space(self._home).size, bool)
        for part in ("title", "references"):
            if WEIGHTS[part] != WEIGHTS["body"]:
                for word in stems:
                    found = self._leaf.postings(self._home, f"stems.{part}", word)
                    if found is not None:
                        held[found.ids] = True
        return held

    def _in_body(self, found: PostingList, stemmed: str) -> Occurrences:
        """What is left of a stem's occurrences without the other parts."""
        body = _whole(found)
        for part in ("title", "references"):
            others = self._leaf.postings(self._home, f"stems.{part}", stemmed)
            if others is not None:
                body[np.searchsorted(found.ids, others.ids)] -= WEIGHTS[part] * _whole(others)
        held = np.flatnonzero(body)
        return found.ids.take(held), body.take(held)

    def _exact(self, term: int) -> Occurrences:
        """The occurrences of one unstemmed word."""
        found = self._leaf.postings_at(self._home, self._name, term)
        if not self._parted:
            return _plain(found)
        if self._whole:
            return found.ids, self._whole_tf(term, found)
        positions, counts = self._leaf.positions(self._home, self._name, term, found)
        tf = self._tf(found.ids, np.repeat(np.arange(len(found.ids)), counts), positions)
        held = np.flatnonzero(tf)
        return self._hand_down(found.ids.take(held), tf.take(held))

    def _whole_tf(self, term: int, found: PostingList) -> Array:
        """The weighted frequencies of an unstemmed word in all parts together."""
        tf = found.counts() * float(WEIGHTS["body"])
        weightier = self._weightier({stem(decode(self._words.terms.term(term)))})
        chosen = np.flatnonzero(weightier.take(found.ids))
        positions, counts = self._leaf.positions(self._home, self._name, term, found, chosen)
        owners = np.repeat(np.arange(len(chosen)), counts)
        tf[chosen] = self._tf(found.ids.take(chosen), owners, positions)
        return tf

    def _tf(self, ids: Array, owners: Array, positions: Array) -> Array:
        """Per id its occurrences, weighted by part; ``owners`` says at which of the ids each is."""
        if not self._parted:
            return np.bincount(owners, minlength=len(ids))
        body, references = self._leaf.segment.part_starts
        record = ids.take(owners)
        part = (positions >= body.take(record)).astype(np.intp)
        part += positions >= references.take(record)
        weights = [
            WEIGHTS[name] * (name in self._parts) for name in ("title", "body", "references")
        ]
        return np.bincount(owners, np.array(weights, np.float64).take(part), len(ids))

    def _keys(self, term: int, held: PostingList, ids: Array) -> Array:
        """Each occurrence in these records as one number: place of the record << 32 | position."""
        chosen = np.searchsorted(held.ids, ids) if len(held.ids) != len(ids) else None
        positions, counts = self._leaf.positions(self._home, self._name, term, held, chosen)
        return np.repeat(np.arange(len(ids)) << 32, counts) | positions

    def _hand_down(self, ids: Array, tf: Array) -> Occurrences:
        """From documents to their quotations, where the field is the document's."""
        if not self._by_document:
            return ids, tf
        quotations, counts = self._leaf.quotations_of(ids)
        return quotations, np.repeat(tf, counts)


def _plain(found: PostingList | None) -> Occurrences:
    return (NONE, None) if found is None else (found.ids, found.freqs)


def _whole(found: PostingList) -> Array:
    """How often in each record, in numbers that can be subtracted."""
    if found.freqs is None:
        return np.ones(len(found.ids), np.int64)
    return found.freqs.astype(np.int64)
