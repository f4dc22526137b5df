"""Rows: the values of a document in all facets side by side, so that one sweep counts them all.

Columns are good for one facet of many documents. An answer wants all facets of some: with a row
for each, one line of memory is fetched per document instead of five, and neighbours that are
counted are never the same value, which a processor would have to count one after the other. It
takes three fifths of the time of a sweep per facet, and a quarter where hits are few.

A value is known by one number over all facets: its ordinal after the ordinals of the facets
before. Arrays under a name::

    NAME/rows      n * w   for each document its numbers, filled up with the number after the last
    NAME/bases     f + 1   where the numbers of each facet begin, and that of the filling
    NAME/places    f + 1   where the numbers of each facet begin in a row, and its width

A facet of which some document has more values than :data:`MAX_VALUES` has no places in the row,
and is counted by its column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest, unsigned
from index.whoosh_engine.postings import ranges

MAX_VALUES = 8

_BOUNDED = 2
"""Bytes of a number that cannot be large enough to make counting it costly."""

_AT_ONCE = 1 << 12
"""Rows that are counted at once: NumPy counts numbers of eight bytes, and memory that was not
used before costs more than the counting.
"""


@dataclass(frozen=True, slots=True)
class Values:
    """What all documents have in one facet: the number of ordinals that there are, how many of
    them each document has, and these, document after document.
    """

    size: int
    counts: Array
    ordinals: Array


class FacetRows:
    """Counts the values of documents."""

    def __init__(self, file: ArrayFile, name: str, sizes: Sequence[int]) -> None:
        """``sizes``: how many ordinals each facet has. Raises ValueError where they differ."""
        self._bases: list[int] = file[f"{name}/bases"].tolist()
        self._places: list[int] = file[f"{name}/places"].tolist()
        self._rows = file.lazy(f"{name}/rows")
        if self._bases != [sum(sizes[:at]) for at in range(len(sizes) + 1)]:
            raise ValueError("rows of other values than their facets have")

    @property
    def width(self) -> int:
        """How many numbers a row has."""
        return self._places[-1]

    def count(self, ids: Array, only: int | None = None) -> list[Array | None]:
        """How many of these documents (repetitions count) hold each ordinal, facet after facet;
        of ``only`` one. None for a facet that is not in the rows.
        """
        bases, places = self._bases, self._places
        counts = np.zeros(bases[-1] + 1, np.int64)
        for at in range(0, len(ids), _AT_ONCE):
            held = self._rows.rows(ids[at : at + _AT_ONCE], self.width)
            if only is not None:
                held = held[:, places[only] : places[only + 1]]
            # Column by column what is not all of a row: that is copied many times as quickly.
            values = held.ravel("K" if only is None else "F")
            if values.itemsize > _BOUNDED and values.max() >= len(counts):
                raise ValueError("rows of values that no facet has")
            counts += np.bincount(values, minlength=len(counts))
        return [
            counts[bases[at] : bases[at + 1]] if places[at] < places[at + 1] else None
            for at in range(len(bases) - 1)
        ]


def write_rows(out: ArrayFileWriter, name: str, facets: Sequence[Values]) -> None:
    """Write the rows from the values of all facets."""
    documents = len(facets[0].counts)
    widths = [int(values.counts.max(initial=0)) for values in facets]
    widths = [width if width <= MAX_VALUES else 0 for width in widths]
    places = np.concatenate(([0], np.cumsum(widths)))
    bases = np.concatenate(([0], np.cumsum([values.size for values in facets])))
    filling = int(bases[-1])
    rows = np.full((documents, int(places[-1])), filling, unsigned(filling))
    for values, width, base, place in zip(facets, widths, bases, places, strict=False):
        if width:
            owners = np.repeat(np.arange(documents), values.counts)
            at = ranges(np.zeros_like(values.counts), values.counts)
            # Before NumPy 2 the sum would be of the ordinals' own type, and overflow.
            rows[owners, place + at] = base + values.ordinals.astype(np.int64)
    out.extend(f"{name}/rows", rows.ravel())
    out.extend(f"{name}/bases", smallest(bases))
    out.extend(f"{name}/places", smallest(places))
