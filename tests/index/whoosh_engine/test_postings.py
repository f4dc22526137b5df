"""Postings come back as they were written, whatever their widths."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.whoosh_engine.arrays import ArrayFile, ArrayFileWriter
from index.whoosh_engine.postings import Lists, PostingsReader, PostingsWriter

RECORDS = st.sampled_from((300, 70_000, 200_000))
TF = st.sampled_from((1, 1, 1, 2, 15, 16, 255, 256, 70_000))


@st.composite
def postings(draw: st.DrawFn) -> list[dict[int, int]]:
    """For each term the records that hold it, and how often."""
    most = draw(RECORDS)
    held = st.dictionaries(st.integers(0, most), TF, min_size=1, max_size=9)
    return draw(st.lists(held, min_size=1, max_size=12))


@settings(deadline=None)
@given(postings(), st.integers(1, 5))
def test_postings_come_back(terms: list[dict[int, int]], at_once: int) -> None:
    names = [b"%04d" % at for at in range(len(terms))]
    with TemporaryDirectory() as folder:
        path = Path(folder, "postings")
        with ArrayFileWriter(path) as out:
            writer = PostingsWriter(out, "text", positions=False)
            for first in range(0, len(terms), at_once):
                writer.add(names[first : first + at_once], as_lists(terms[first : first + at_once]))
            writer.finish()
            out.finish()
        reader = PostingsReader(ArrayFile(path), "text")
        for term, held in enumerate(terms):
            freqs = reader.freqs(term)
            often = [1] * len(held) if freqs is None else freqs.tolist()
            assert reader.ids(term).tolist() == sorted(held)
            assert often == [held[at] for at in sorted(held)]
        for first, last in windows(len(terms)):
            lists, expected = reader.lists(first, last), as_lists(terms[first:last])
            assert lists.counts.tolist() == expected.counts.tolist()
            assert lists.ids.tolist() == expected.ids.tolist()
            assert lists.freqs.tolist() == expected.freqs.tolist()


def windows(size: int) -> Iterator[tuple[int, int]]:
    return ((first, last) for first in range(size) for last in range(first + 1, size + 1))


def as_lists(terms: list[dict[int, int]]) -> Lists:
    return Lists(
        np.array([len(held) for held in terms]),
        np.array([at for held in terms for at in sorted(held)]),
        np.array([held[at] for held in terms for at in sorted(held)]),
        None,
    )
