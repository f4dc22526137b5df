"""Rows of values, against counting one by one."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.whoosh_engine.arrays import ArrayFile, ArrayFileWriter, smallest
from index.whoosh_engine.rows import MAX_VALUES, FacetRows, Values, write_rows

SIZES = (5, 240, 300)
documents = st.lists(
    st.tuples(*(st.lists(st.integers(0, n - 1), min_size=1, max_size=4) for n in SIZES)),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(documents, st.data(), st.booleans())
def test_values_are_counted_as_one_by_one(
    held: list[tuple[list[int], ...]], data: st.DataObject, crowded: bool
) -> None:
    if crowded:
        held = [*held, ([0], list(range(MAX_VALUES + 1)), [0])]
    columns = list(zip(*held, strict=True))
    values = [
        Values(size, np.array([len(row) for row in column]), smallest(np.concatenate(column)))
        for size, column in zip(SIZES, columns, strict=True)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        with ArrayFileWriter(path) as out:
            write_rows(out, "facets", values)
            out.finish()
        rows = FacetRows(ArrayFile(path), "facets", SIZES)
        asked = data.draw(st.lists(st.integers(0, len(held) - 1), max_size=30))
        ids = np.array(asked, np.int64)
        every = rows.count(ids)
        for facet, (size, column) in enumerate(zip(SIZES, columns, strict=True)):
            expected = Counter(ordinal for at in asked for ordinal in column[at])
            alone = rows.count(ids, facet)[facet]
            for counted in (every[facet], alone):
                if crowded and facet == 1:
                    assert counted is None
                else:
                    assert counted is not None
                    assert counted.tolist() == [expected[ordinal] for ordinal in range(size)]
