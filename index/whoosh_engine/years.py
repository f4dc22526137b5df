"""Years of documents: a segment numbers its documents newest first, so each year is one run.

Records that match are counted by where the runs end among them: two bisections a year, however
many match. Arrays under a name::

    NAME/values   the years that there are, newest first; 0, undated, is the last
    NAME/ends     where the run of each ends
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest
from index.whoosh_engine.postings import run_starts

_EPOCH = dt.date(1970, 1, 1).toordinal()


class YearRuns:
    """Counts documents by year."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._values = file[f"{name}/values"].astype(np.intp)
        self._ends = file[f"{name}/ends"].astype(np.intp)
        self._size = int(self._values.max(initial=0)) + 1
        if self._size > dt.MAXYEAR + 1:
            raise ValueError("years beyond the calendar")

    def count(self, ids: Array) -> Array:
        """How many of these documents (ascending, repetitions count) are of each year from 0 on."""
        counts = np.zeros(self._size, np.int64)
        reached = ids.searchsorted(self._ends)
        counts[self._values] = reached
        counts[self._values[1:]] -= reached[:-1]
        return counts


def write_years(out: ArrayFileWriter, name: str, first_days: Array) -> None:
    """Write the runs from the first day of each document in turn, as ``date.toordinal()``."""
    dates = (first_days - _EPOCH).astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    years[first_days == 0] = 0
    starts = run_starts(years)
    out.extend(f"{name}/values", smallest(years[starts]))
    out.extend(f"{name}/ends", smallest(np.append(starts[1:], len(years))[: len(starts)]))
