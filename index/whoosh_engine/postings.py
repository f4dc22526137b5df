"""Postings: for each term the ids of the records that hold it, how often, and where.

Arrays under a name; T is the number of terms, and `terms` is their dictionary
(:mod:`~index.whoosh_engine.terms`)::

    NAME/df            T    in how many records the term stands (at least 1)
    NAME/first         T    the lowest id
    NAME/widths        T    the widths of its three streams, two bits each: ids, frequencies << 2,
                            positions << 4 (0: there is nothing; 1, 2, 3: u1, u2, u4, but of
                            frequencies half, u1, u4)
    NAME/ids.at        T    where its ids begin in the stream of that width; likewise
    NAME/freqs.at      T    its frequencies, and
    NAME/positions.at  T    its positions (only where a set has positions)
    NAME/ids.WIDTH          the ids of a term, each as its distance from the one before
                            (the first: 0); nothing for a term of one record
    NAME/freqs.WIDTH        the frequencies; nothing where all are 1. half: two in a byte, the
                            first in its lower half; each list begins with a new byte
    NAME/positions.WIDTH    for each record its positions, as they are, in order

One width serves a whole list, so that it is decoded in one sweep, and positions can be read
for some of the records alone. Most lists need one byte per id, half of one per frequency, and
two per position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.whoosh_engine.arrays import (
    Array,
    ArrayFile,
    ArrayFileWriter,
    LazyArray,
    smallest,
)
from index.whoosh_engine.terms import TermDictionary, write_terms

_HALF = "half"
_WIDTHS = {
    "ids": ("", "u1", "u2", "u4"),
    "freqs": ("", _HALF, "u1", "u4"),
    "positions": ("", "u1", "u2", "u4"),
}
_STREAMS = tuple(_WIDTHS)
_BITS = {_HALF: 4, "u1": 8, "u2": 16, "u4": 32}


def ranges(starts: Array, counts: Array) -> Array:
    """The numbers of all ranges, laid one after the other: start, start + 1, ..."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    steps = np.repeat(starts.astype(np.int64) - (ends - counts), counts)
    steps += np.arange(total)
    return steps


def run_starts(*keys: Array) -> Array:
    """Where, in sorted rows, a new combination of keys begins."""
    if not len(keys[0]):
        return np.zeros(0, np.int64)
    new = np.zeros(len(keys[0]), bool)
    new[0] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new)


def run_lengths(starts: Array, total: int) -> Array:
    """How long each run is, of so many rows that all lie in runs."""
    lengths = np.empty(len(starts), np.int64)
    if len(starts):
        np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
        lengths[-1] = total - starts[-1]
    return lengths


def sort_order(major: Array, minor: Array) -> Array:
    """The stable order that sorts rows by two keys, none below 0.

    Sorting numbers into which both keys and the row are packed is three times as quick as
    ``argsort``, and nearly always they fit.
    """
    if not len(major):
        return np.zeros(0, np.int64)
    minor_bits, row_bits = int(minor.max()).bit_length(), len(minor).bit_length()
    if int(major.max()).bit_length() + minor_bits + row_bits > 63:
        return np.lexsort((minor, major))
    packed = major.astype(np.int64)
    packed <<= minor_bits
    packed |= minor
    packed <<= row_bits
    packed |= np.arange(len(minor))
    packed.sort()
    packed &= (1 << row_bits) - 1
    return packed


@dataclass(frozen=True, slots=True)
class Lists:
    """The postings of several terms in a row, decoded: one list after the other.

    ``counts`` has an entry per term, ``ids`` and ``freqs`` one per posting, ``positions`` one
    per occurrence (None where the set has none).
    """

    counts: Array
    ids: Array
    freqs: Array
    positions: Array | None


class PostingsReader:
    """Reads one set of postings."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self.terms = TermDictionary(file, name)
        self._df = file.lazy(f"{name}/df")
        self._first = file.lazy(f"{name}/first")
        self._widths = file.lazy(f"{name}/widths")
        self.has_positions = f"{name}/positions.at" in file

    def df(self, term: int) -> int:
        """In how many records a term stands, deleted ones included."""
        return self._df.at(term)

    def ids(self, term: int) -> Array:
        """The ids of the records that hold a term, ascending (int32)."""
        df, first = self._df.at(term), self._first.at(term)
        steps = self._slice("ids", term, df)
        if steps is None:
            return np.array([first], np.int32)
        ids = np.cumsum(steps, dtype=np.int32)
        ids += np.int32(first)
        return ids

    def freqs(self, term: int) -> Array | None:
        """How often the term stands in each; None where that is once everywhere."""
        return self._slice("freqs", term, self._df.at(term))

    def positions(self, term: int, occurrences: int) -> Array:
        """All positions of a term, record after record."""
        found = self._slice("positions", term, occurrences)
        return np.zeros(0, np.uint16) if found is None else found

    def stop(self, first: int, postings: int) -> int:
        """The ordinal after the last of some terms that together have so many postings, or
        one term more than ``first``.
        """
        reached = 0
        terms = len(self._df)
        while first < terms and reached < postings:
            counts = np.cumsum(self._df.read(first, min(first + 4096, terms)), dtype=np.int64)
            fits = int(np.searchsorted(counts, postings - reached, "right"))
            if fits < len(counts):
                return first + max(fits, int(reached == 0))
            first, reached = first + len(counts), reached + int(counts[-1])
        return first

    def lists(self, first: int, last: int, *, positions: bool = True) -> Lists:
        """The postings of the terms from ordinal ``first`` to before ``last``."""
        counts = self._df.read(first, last).astype(np.int64)
        starts = np.cumsum(counts) - counts
        steps = self._gather("ids", first, last, counts, 0)
        sums = np.cumsum(steps)
        ids = sums + np.repeat(
            self._first.read(first, last).astype(np.int64) - sums[starts], counts
        )
        freqs = self._gather("freqs", first, last, counts, 1)
        where = None
        if positions and self.has_positions:
            occurrences = np.add.reduceat(freqs, starts)
            where = self._gather("positions", first, last, occurrences, 0, np.int32)
        return Lists(counts, ids, freqs, where)

    def _array(self, name: str) -> LazyArray:
        return self._file.lazy(f"{self._name}/{name}")

    def _slice(self, stream: str, term: int, count: int) -> Array | None:
        width = _WIDTHS[stream][self._widths.at(term) >> 2 * _STREAMS.index(stream) & 3]
        if not width:
            return None
        at = self._array(f"{stream}.at").at(term)
        values = self._array(f"{stream}.{width}")
        if width == _HALF:
            return _unpacked(values.read(at, at + (count + 1) // 2))[:count]
        return values.read(at, at + count)

    def _gather(
        self,
        stream: str,
        first: int,
        last: int,
        counts: Array,
        absent: int,
        dtype: type[np.signedinteger] = np.int64,
    ) -> Array:
        """The values of neighbouring terms, of whatever width, in the order of the terms."""
        codes = self._widths.read(first, last) >> 2 * _STREAMS.index(stream) & 3
        self._fit(stream, codes, counts)
        each = codes.repeat(counts)
        values = np.full(len(each), absent, dtype)
        at = self._array(f"{stream}.at")
        for code, width in enumerate(_WIDTHS[stream][1:], 1):
            mine = np.flatnonzero(codes == code)
            if not len(mine):
                continue
            sizes = counts[mine]
            begin = at.at(first + int(mine[0]))
            end = begin + int(_stored(sizes, width).sum())
            read = self._array(f"{stream}.{width}").read(begin, end)
            values[each == code] = _unpadded(_unpacked(read), sizes) if width == _HALF else read
        return values

    def _fit(self, stream: str, codes: Array, counts: Array) -> None:
        """Make room for no more values than there are: a forged number may claim billions."""
        for code, width in enumerate(_WIDTHS[stream][1:], 1):
            mine = counts.compress(codes == code)
            if len(mine) and _stored(mine, width).sum() > len(self._array(f"{stream}.{width}")):
                raise ValueError(f"{stream} that claim impossible numbers")
        if stream == "ids" and counts.compress(codes == 0).max(initial=1) > 1:
            raise ValueError("a list of one record that claims more")


class PostingsWriter:
    """Writes one set of postings, some terms at a time, in the order of the terms."""

    def __init__(self, out: ArrayFileWriter, name: str, *, positions: bool) -> None:
        self._out = out
        self._name = name
        self._streams = _STREAMS if positions else _STREAMS[:2]
        self._terms: list[bytes] = []
        self._columns: dict[str, list[Array]] = {}
        self._written: dict[str, int] = {}

    def add(self, terms: Sequence[bytes], lists: Lists) -> None:
        """Append the postings of these terms; all come after those added before."""
        if not terms:
            return
        self._terms += terms
        starts = np.cumsum(lists.counts) - lists.counts
        steps = np.empty_like(lists.ids)
        np.subtract(lists.ids[1:], lists.ids[:-1], out=steps[1:])
        steps[starts] = 0
        single = lists.counts == 1
        widths = self._put("ids", steps, starts, lists.counts, single)
        once = np.maximum.reduceat(lists.freqs, starts) == 1
        widths |= self._put("freqs", lists.freqs, starts, lists.counts, once) << 2
        if lists.positions is not None:
            occurrences = np.add.reduceat(lists.freqs, starts)
            begins = np.cumsum(occurrences) - occurrences
            nothing = np.zeros(len(terms), bool)
            widths |= self._put("positions", lists.positions, begins, occurrences, nothing) << 4
        self._column("df", lists.counts)
        self._column("first", lists.ids[starts])
        self._column("widths", widths)

    def finish(self) -> None:
        """Write the dictionary and the columns of the terms."""
        write_terms(self._out, self._name, self._terms)
        for column in ("df", "first", "widths", *(f"{stream}.at" for stream in self._streams)):
            chunks = self._columns.get(column, [np.zeros(0, np.uint8)])
            self._out.extend(f"{self._name}/{column}", smallest(np.concatenate(chunks)))

    def _column(self, column: str, values: Array) -> None:
        self._columns.setdefault(column, []).append(smallest(values))

    def _put(self, stream: str, values: Array, starts: Array, counts: Array, left: Array) -> Array:
        """Append values to the streams of their width; the code of the width of each list.

        Lists in ``left`` are not written.
        """
        widths = _WIDTHS[stream]
        top = np.maximum.reduceat(values, starts)
        narrow, wide = (top >= 1 << _BITS[width] for width in widths[1:3])
        codes = np.where(left, 0, 1 + narrow + wide).astype(np.uint8)
        at = np.zeros(len(counts), np.int64)
        per_value = np.repeat(codes, counts)
        for code, width in enumerate(widths[1:], 1):
            mine = codes == code
            if not mine.any():
                continue
            name = f"{self._name}/{stream}.{width}"
            sizes = _stored(counts[mine], width)
            at[mine] = self._written.get(name, 0) + np.cumsum(sizes) - sizes
            self._written[name] = self._written.get(name, 0) + int(sizes.sum())
            chosen = values[per_value == code]
            packed = _packed(chosen, counts[mine]) if width == _HALF else chosen.astype(width)
            self._out.extend(name, packed)
        self._column(f"{stream}.at", at)
        return codes


def _stored(counts: Array, width: str) -> Array:
    """How many numbers are stored for lists of so many values."""
    return (counts + 1) // 2 if width == _HALF else counts


def _packed(values: Array, counts: Array) -> Array:
    """Values below 16, two in a byte; a list of an odd number ends with an empty half."""
    odd = np.cumsum(counts).compress(counts & 1)
    halves = np.insert(values.astype(np.uint8), odd, 0)
    return halves[::2] | halves[1::2] << 4


def _unpacked(packed: Array) -> Array:
    """The inverse, with the empty halves."""
    halves = np.empty((len(packed), 2), np.uint8)
    np.bitwise_and(packed, 15, out=halves[:, 0])
    np.right_shift(packed, 4, out=halves[:, 1])
    return halves.reshape(-1)


def _unpadded(halves: Array, counts: Array) -> Array:
    """What was unpacked for lists of so many values, without their empty halves."""
    held = np.ones(len(halves), bool)
    held[(2 * np.cumsum((counts + 1) // 2) - 1).compress(counts & 1)] = False
    return halves.compress(held)
