"""Looking words up: where a word, a phrase or a family of words stands in one leaf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from index import fields
from index.analysis import stem
from index.query import Field, Fuzzy, Phrase, Prefix, Scope
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.reader import Leaf, PostingList
from index.whoosh_engine.sets import NONE, common, intersect, places
from index.whoosh_engine.terms import encode

Occurrences: TypeAlias = tuple[Array, Array | None]
"""Ids, ascending, and for each the tf as scoring defines it (None: 1)."""


_SETS = {"title": "text.title", "speaker": "speakers"}
"""Fields whose words have postings of their own; those of the others are among all words."""


class Lookup:
    """Looks words of one field up in one leaf."""

    def __init__(self, leaf: Leaf, scope: Scope, field: Field) -> None:
        self._leaf = leaf
        self._field = field
        self.size = leaf.space(scope).size
        # The title of a quotation is that of its document: found there, then handed down.
        self._by_document = scope == "quotations" and field == "title"
        self._home: Scope = "documents" if self._by_document else scope
        self._space = leaf.space(self._home)
        self._name = _SETS.get(field, "text")
        self._words = self._space.postings(self._name)
        self._parts = fields.parts(field, self._home)
        self._parted = self._home == "documents" and field != "speaker"

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
        name = "speakers" if self._field == "speaker" else "text"  # only these have positions
        dictionary = self._space.postings(name).terms
        found = [dictionary.find(encode(word)) for word in phrase.words]
        terms = [term for term in found if term is not None]
        if len(terms) < len(found):
            return NONE, None
        lists = {term: self._leaf.postings_at(self._home, name, term) for term in terms}
        ids = intersect([held.ids for held in lists.values()], self._space.size)
        keys = {term: self._keys(name, term, held, ids) for term, held in lists.items()}
        every = [keys[term] for term in terms]
        starts = _runs(every, phrase.slop) if phrase.slop else _side_by_side(every)
        tf = self._tf(ids, starts >> 32, starts & 0xFFFFFFFF)
        held = np.flatnonzero(tf)
        return self._hand_down(ids.take(held), tf.take(held))

    def holding(self, word: str) -> int:
        """How many live records hold this very word in the field."""
        term = self._words.terms.find(encode(word))
        if term is None:
            return 0
        if self._field == "body" or self._by_document:
            return len(self._occurrences(range(term, term + 1))[1])
        return len(self._leaf.postings_at(self._home, self._name, term).ids)

    def holding_all(self, words: Sequence[str], beginning: str) -> list[int]:
        """The records that hold all of these very words, and one with that beginning."""
        terms = self._words.terms
        found = [terms.with_prefix(encode(beginning))]
        for word in words:
            at = terms.find(encode(word))
            found.append(range(0) if at is None else range(at, at + 1))
        ids: list[int] = intersect(
            [np.unique(self._occurrences(family)[1]) for family in found], self.size
        ).tolist()
        return ids

    def certainly_over(self, node: Prefix | Fuzzy, most: int) -> bool:
        """Whether more words than ``most`` are met, as far as that can be told at once."""
        certain = self._field != "body" and self._leaf.live(self._home) is None
        return certain and len(self._family(node)) > most

    def expand(self, node: Prefix | Fuzzy) -> tuple[list[bytes], Array, Array]:
        """The words that are met, and all their occurrences, word after word."""
        family = self._family(node)
        rows, ids, tf = self._occurrences(family)
        terms = self._words.terms.of(family)
        present = np.bincount(rows, minlength=len(terms)).nonzero()[0].tolist()
        return [terms[row] for row in present], ids, tf

    def counts(self, prefix: str) -> list[tuple[bytes, int]]:
        """Each word of the field that begins with a prefix, and how many records hold it."""
        family = self._words.terms.with_prefix(encode(prefix))
        rows, _, _ = self._occurrences(family)
        held = np.bincount(rows, minlength=len(family)).tolist()
        return [(term, n) for term, n in zip(self._words.terms.of(family), held, strict=True) if n]

    def _family(self, node: Prefix | Fuzzy) -> Sequence[int]:
        if isinstance(node, Prefix):
            return self._words.terms.with_prefix(encode(node.text))
        return self._words.terms.within_one_edit(node.text)

    def _occurrences(self, family: Sequence[int]) -> tuple[Array, Array, Array]:
        """The occurrences of some unstemmed words: which word, which record, its tf."""
        if not family:
            return np.zeros(0, np.int64), NONE, np.zeros(0, np.int64)
        rows, ids, freqs = self._postings(self._name, family)
        tf = freqs
        if self._name == "text.title":
            tf = WEIGHTS["title"] * freqs
        elif self._parted:
            tf = WEIGHTS["body"] * freqs
            # All words are counted as those of the body are: the parts make up the difference.
            for part in ("title", "references"):
                more = (WEIGHTS[part] if part in self._parts else 0) - WEIGHTS["body"]
                if more:
                    self._add(more, part, family, rows << 32 | ids, tf)
        held = None if tf.all() else tf > 0
        live = self._leaf.live(self._home)
        if live is not None:
            held = live.take(ids) if held is None else held & live.take(ids)
        if held is not None:
            rows, ids, tf = rows.compress(held), ids.compress(held), tf.compress(held)
        if not self._by_document:
            return rows, ids, tf
        quotations, counts = self._leaf.quotations_of(ids)
        return np.repeat(rows, counts), quotations, np.repeat(tf, counts)

    def _postings(self, name: str, family: Sequence[int]) -> tuple[Array, Array, Array]:
        """The postings of some words: which word, which record, how often. Those of neighbours
        are decoded together, deleted records included; a few single ones are remembered.
        """
        if isinstance(family, range):
            words = self._space.postings(name)
            lists = words.lists(family.start, family.stop, positions=False)
            return np.repeat(np.arange(len(family)), lists.counts), lists.ids, lists.freqs
        each = [self._leaf.postings_at(self._home, name, term) for term in family]
        rows = np.repeat(np.arange(len(each)), [len(held.ids) for held in each])
        ids = np.concatenate([held.ids for held in each])
        return rows, ids, np.concatenate([held.counts() for held in each]).astype(np.int64)

    def _add(self, more: int, part: str, family: Sequence[int], keys: Array, tf: Array) -> None:
        """Add so much to the tf of each occurrence of some words in a part; ``keys``: of which
        word and record each tf is.
        """
        terms = self._words.terms.of(family)
        dictionary = self._space.postings(f"text.{part}").terms
        if isinstance(family, range):
            first, last = dictionary.bisect(terms[0]), dictionary.bisect(terms[-1] + b"\0")
            among: Sequence[int] = range(first, last)
        else:
            among = [at for at in map(dictionary.find, terms) if at is not None]
        if not among:
            return
        rows, ids, freqs = self._postings(f"text.{part}", among)
        place = {term: row for row, term in enumerate(terms)}
        row_of = np.array([place[term] for term in dictionary.of(among)])
        tf[np.searchsorted(keys, row_of.take(rows) << 32 | ids)] += more * freqs

    def _in_body(self, found: PostingList, stemmed: str) -> Occurrences:
        """What is left of a stem's occurrences without the other parts."""
        body = _whole(found)
        for part in ("title", "references"):
            others = self._leaf.postings(self._home, f"stems.{part}", stemmed)
            if others is not None:
                body[np.searchsorted(found.ids, others.ids)] -= WEIGHTS[part] * _whole(others)
        held = np.flatnonzero(body)
        return found.ids.take(held), body.take(held)

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

    def _keys(self, name: str, term: int, held: PostingList, ids: Array) -> Array:
        """Each occurrence in these records as one number: place of the record << 32 | position."""
        chosen = places(held.ids, ids, self._space.size) if len(held.ids) != len(ids) else None
        positions, counts = self._leaf.positions(self._home, name, term, held, chosen)
        return np.repeat(np.arange(len(ids)) << 32, counts) | positions

    def _hand_down(self, ids: Array, tf: Array) -> Occurrences:
        """From documents to their quotations, where the field is the document's."""
        if not self._by_document:
            return ids, tf
        quotations, counts = self._leaf.quotations_of(ids)
        return quotations, np.repeat(tf, counts)


def _side_by_side(words: Sequence[Array]) -> Array:
    """Where the first of some words stands with the others right behind it, one after the other."""
    starts, *others = words
    for behind, positions in enumerate(others, 1):
        starts = common(starts, positions - behind)
    return starts


def _runs(words: Sequence[Array], slop: int) -> Array:
    """The same with at most ``slop`` other words in between."""
    starts = ends = words[0]
    for following in words[1:]:
        # The nearest next word each time makes the tightest run.
        at = np.searchsorted(following, ends, "right")
        reached = np.flatnonzero(at < len(following))
        starts, ends = starts.take(reached), following.take(at.take(reached))
    return starts.compress(ends - starts < len(words) + slop)


def _plain(found: PostingList | None) -> Occurrences:
    return (NONE, None) if found is None else (found.ids, found.freqs)


def _whole(found: PostingList) -> Array:
    """How often in each record, in numbers that can be subtracted."""
    if found.freqs is None:
        return np.ones(len(found.ids), np.int64)
    return found.freqs.astype(np.int64)
