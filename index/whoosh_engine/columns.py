"""Doc values: what is known of each record, by its id.

A number per record is an array as it is. A facet has any number of values per record, and
knows them by *ordinals*::

    NAME/terms.*    its values in order; ordinal 0 means "unknown", value i has ordinal i + 1
    NAME/starts     n + 1   where the ordinals of each record begin
    NAME/ordinals           the ordinals of record after record, at least one for each
    NAME/holders.at         where the holders of each ordinal begin (one more than ordinals)
    NAME/holders            the ids of the records of ordinal after ordinal, ascending

Answers are counted by :mod:`~index.whoosh_engine.rows`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest
from index.whoosh_engine.postings import ranges
from index.whoosh_engine.rows import Values
from index.whoosh_engine.terms import TermDictionary, encode, write_terms

UNKNOWN_ORDINAL = 0
_UNKNOWN = (None,)


class OrdinalColumn:
    """Reads a facet's column."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.values = TermDictionary(file, name)
        self._file = file
        self._name = name
        self._at = file[f"{name}/holders.at"]
        self._holders = file.lazy(f"{name}/holders")

    @property
    def starts(self) -> Array:
        """Where the ordinals of each record begin, and the last one's end."""
        return self._file[f"{self._name}/starts"]

    @property
    def ordinals(self) -> Array:
        """The ordinals of record after record."""
        return self._file[f"{self._name}/ordinals"]

    def __len__(self) -> int:
        """How many ordinals there are, "unknown" included."""
        return len(self.values) + 1

    def holders(self, ordinal: int) -> Array:
        """The ids of the records with that ordinal, ascending."""
        return self._holders.read(int(self._at[ordinal]), int(self._at[ordinal + 1]))

    def count_all(self) -> Array:
        """How many records hold each ordinal."""
        return np.diff(self._at.astype(np.int64))

    def count(self, ids: Array) -> Array:
        """How many of these records (repetitions count) hold each ordinal."""
        if len(self.ordinals) == len(self.starts) - 1:
            held = self.ordinals.take(ids)
        else:
            starts = self.starts.take(ids)
            lengths = self.starts[1:].take(ids) - starts
            held = self.ordinals.take(ranges(starts, lengths))
        if held.max(initial=0) >= len(self):
            raise ValueError("ordinals of values that a facet has not")
        return np.bincount(held, minlength=len(self))


def write_ordinals(out: ArrayFileWriter, name: str, rows: Sequence[tuple[str, ...]]) -> Values:
    """Write a facet's column from the values of record after record; these by their ordinals."""
    values = sorted(set(itertools.chain.from_iterable(rows)))
    ordinal: dict[str | None, int] = {value: at for at, value in enumerate(values, 1)}
    ordinal[None] = UNKNOWN_ORDINAL
    counts = np.array([len(row) or 1 for row in rows], np.int64)
    held = itertools.chain.from_iterable([row or _UNKNOWN for row in rows])
    ordinals = np.fromiter(map(ordinal.__getitem__, held), np.int64, int(counts.sum()))
    write_ordinal_arrays(out, name, [encode(value) for value in values], counts, ordinals)
    return Values(len(values) + 1, counts, ordinals)


def write_ordinal_arrays(
    out: ArrayFileWriter, name: str, values: Sequence[bytes], counts: Array, ordinals: Array
) -> None:
    """Write a facet's column from its values, the number of ordinals per record, and these."""
    write_terms(out, name, values)
    out.extend(f"{name}/starts", smallest(np.concatenate(([0], np.cumsum(counts)))))
    out.extend(f"{name}/ordinals", smallest(ordinals))
    records = np.repeat(np.arange(len(counts)), counts)
    out.extend(f"{name}/holders", smallest(records[np.argsort(ordinals, kind="stable")]))
    sizes = np.bincount(ordinals, minlength=len(values) + 1)
    out.extend(f"{name}/holders.at", smallest(np.concatenate(([0], np.cumsum(sizes)))))
