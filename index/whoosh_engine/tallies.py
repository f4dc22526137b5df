"""Tallies: how much each term counts in each record, summed up from single occurrences.

The sum is made in a sort, of 64-bit keys::

    term rank | record | amount
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.whoosh_engine.allocation import room
from index.whoosh_engine.arrays import Array, ArrayFileWriter
from index.whoosh_engine.postings import Lists, PostingsWriter, run_lengths, run_starts
from index.whoosh_engine.tokens import whole_terms


class Tallies:
    """Amounts (at least 1) of so many terms, known by their ranks, in so many records."""

    def __init__(self, terms: int, records: int) -> None:
        self._record_bits = records.bit_length()
        self._amount_bits = 63 - self._record_bits - terms.bit_length()
        self._keys: list[Array] = []

    def add(self, terms: Array, records: Array, amounts: Array) -> None:
        """Add an amount to what each of these terms counts in its record."""
        most = np.int64((1 << self._amount_bits) - 1)
        while len(terms):
            keys = terms.astype(np.int64)
            keys <<= self._record_bits
            keys |= records
            keys <<= self._amount_bits
            keys |= np.minimum(amounts, most)
            self._keys.append(keys)
            more = np.flatnonzero(amounts > most)  # the rest of it counts as another amount
            terms, records, amounts = terms[more], records[more], amounts[more] - most

    def write(self, out: ArrayFileWriter, name: str, terms: Sequence[bytes]) -> None:
        """Write them as postings without positions, with the sums as frequencies."""
        keys = room(sum(map(len, self._keys)))
        if self._keys:
            np.concatenate(self._keys, out=keys)
        self._keys.clear()
        keys.sort()
        writer = PostingsWriter(out, name, positions=False)
        for some in whole_terms(keys, self._record_bits + self._amount_bits):
            postings = some >> self._amount_bits
            first = run_starts(postings)
            postings = postings.take(first)
            ranks = (postings >> self._record_bits).astype(np.int32)
            term = run_starts(ranks)
            lists = Lists(
                run_lengths(term, len(ranks)),
                (postings & (1 << self._record_bits) - 1).astype(np.int32),
                _sums(some & (1 << self._amount_bits) - 1, first),
                None,
            )
            writer.add([terms[rank] for rank in ranks.take(term).tolist()], lists)
        writer.finish()


def _sums(values: Array, begins: Array) -> Array:
    """The sums of runs of values: several times as quick as ``np.add.reduceat`` on short runs."""
    totals = np.cumsum(values)
    sums = totals.take(np.append(begins[1:], len(values)) - 1)
    sums[1:] -= sums[:-1].copy()
    return sums
