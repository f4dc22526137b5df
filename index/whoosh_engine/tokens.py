"""Tokens: the words of many records by number, and their inversion into postings.

Texts are numbers of words already (:mod:`~index.whoosh_engine.vocabulary`); the rest is one sort
of 64-bit keys, each a word, a record and a position packed side by side::

    word rank | record | position

Sorted, they *are* the postings. Records get their final numbers before that (see
:mod:`~index.whoosh_engine.segment` for their order), so nothing has to be renumbered after.
Keys are made and taken apart some at a time, so that only they, eight bytes for a token, are
in memory at once, and the rest in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.whoosh_engine.allocation import room
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.postings import Lists, ranges, run_lengths, run_starts
from index.whoosh_engine.segment import GAP
from index.whoosh_engine.vocabulary import Vocabulary

_BATCH = 1 << 18
"""Characters of text that are split at once."""

_KEYS_AT_ONCE = 1 << 18
_KEY_BITS = 63


@dataclass(frozen=True, slots=True)
class Inverted:
    """The postings of some words: their ranks, and the list of each."""

    words: Array
    lists: Lists


class Tokens:
    """The words of one set of postings: the texts of record after record.

    In a record each text begins :data:`GAP` positions after the one before.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._waiting: list[str] = []
        self._waiting_size = 0
        self._records: list[int] = []
        self._lengths: list[Array] = []
        self._words: list[Array] = []
        self.count = 0

    def add(self, record: int, texts: tuple[str, ...]) -> None:
        """Add the texts of a record; records come in order."""
        for text in texts:
            self._records.append(record)
            self._waiting.append(text)
            self._waiting_size += len(text)
        if self._waiting_size > _BATCH:
            self.split()

    def split(self) -> None:
        """Split what waits for it: before anything else is asked for."""
        if self._waiting:
            lengths, words = self._vocabulary.numbers(self._waiting)
            self._lengths.append(lengths)
            self._words.append(words.astype(np.int32))
            self.count += len(words)
            self._waiting, self._waiting_size = [], 0

    def lengths(self, records: int, text: int | None = None) -> Array:
        """How many tokens each record has: in all its texts, or in one of them."""
        owners, lengths, places = self._runs()
        if text is not None:
            chosen = places == text
            owners, lengths = owners[chosen], lengths[chosen]
        return np.bincount(owners, lengths, records).astype(np.int64)

    def among(self, first: int, last: int | None, numbers: Array) -> tuple[Array, Array]:
        """The numbers of the words in the texts from ``first`` to before ``last`` of each record,
        and the number that ``numbers`` gives to the record of each.
        """
        owners, lengths, places = self._runs()
        chosen = (places >= first) & (last is None or places < last)
        words = []
        text = 0
        for held, counts in zip(self._words, self._lengths, strict=True):
            mine = chosen[text : text + len(counts)]
            starts = np.cumsum(counts) - counts
            words.append(held.take(ranges(starts[mine], counts[mine])))
            text += len(counts)
        records = numbers[owners[chosen]].repeat(lengths[chosen])
        return np.concatenate(words) if words else records, records

    def invert(self, ranks: Array, numbers: Array) -> Iterator[Inverted]:
        """The postings, by rank of the word, some words at a time.

        ``ranks`` by number of the word, ``numbers`` by record as it was added. The tokens are
        gone afterwards.
        """
        if not self.count:
            return
        keys, record_bits, position_bits = self._keys(ranks, numbers)
        self._words.clear()
        keys.sort()
        for some in whole_terms(keys, record_bits + position_bits):
            postings = some >> position_bits
            first = run_starts(postings)
            postings = postings.take(first)
            words = (postings >> record_bits).astype(np.int32)
            term = run_starts(words)
            lists = Lists(
                run_lengths(term, len(words)),
                (postings & (1 << record_bits) - 1).astype(np.int32),
                run_lengths(first, len(some)).astype(np.int32),
                (some & (1 << position_bits) - 1).astype(np.int32),
            )
            yield Inverted(words.take(term), lists)

    def _keys(self, ranks: Array, numbers: Array) -> tuple[Array, int, int]:
        """The keys, not sorted, and the bits of a record and of a position in them."""
        owners, lengths, places = self._runs()
        ends = np.cumsum(lengths + GAP)
        firsts = np.flatnonzero(places == 0)
        begins = ends - lengths - GAP
        begins -= np.repeat(begins[firsts], run_lengths(firsts, len(places)))
        position_bits = int((begins + lengths).max()).bit_length()
        record_bits = int(numbers.max()).bit_length()
        if int(ranks.max()).bit_length() + record_bits + position_bits > _KEY_BITS:
            raise OverflowError("too many words, records and positions for one segment")
        begins += numbers[owners] << position_bits
        heads = ranks << record_bits + position_bits
        keys = room(self.count)
        text = token = 0
        for words, counts in zip(self._words, self._lengths, strict=True):
            made = keys[token : token + len(words)]
            heads.take(words, out=made, mode="clip")  # which all fit: unchecked, in a sixth
            made |= ranges(begins[text : text + len(counts)], counts)
            text, token = text + len(counts), token + len(words)
        return keys, record_bits, position_bits

    def _runs(self) -> tuple[Array, Array, Array]:
        """Of each text: its record, its tokens, and which text of its record it is."""
        owners = np.array(self._records, np.int64)
        lengths = np.concatenate(self._lengths) if self._lengths else owners
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        places = ranges(np.zeros(len(firsts)), run_lengths(firsts, len(owners)))
        return owners, lengths, places


def whole_terms(keys: Array, bits: int) -> Iterator[Array]:
    """Sorted keys, some at a time; those that differ only in the lowest ``bits`` together."""
    begin = 0
    while begin < len(keys):
        last = min(begin + _KEYS_AT_ONCE, len(keys)) - 1
        end = int(np.searchsorted(keys, (int(keys[last]) >> bits) + 1 << bits))
        yield keys[begin:end]
        begin = end
