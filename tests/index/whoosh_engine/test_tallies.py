"""Amounts by term and record against a plain count of them."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.whoosh_engine.arrays import ArrayFile, ArrayFileWriter
from index.whoosh_engine.postings import PostingsReader
from index.whoosh_engine.tallies import Tallies

WORDS = [b"court", b"law", b"right", b"trial"]

amounts = st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 5) | st.just(5000))
batches = st.lists(st.lists(amounts, max_size=30), max_size=3)


@settings(deadline=None)
@given(batches, st.sampled_from([10, 1 << 50]))
def test_what_a_term_counts_in_a_record_is_one_sum(
    added: list[list[tuple[int, int, int]]], records: int
) -> None:
    """With very many records an amount has few bits of a key: it is divided among several."""
    tallies = Tallies(len(WORDS), records)
    expected: Counter[tuple[bytes, int]] = Counter()
    for batch in added:
        terms, owners, worth = np.array(batch, np.int32).reshape(-1, 3).T
        tallies.add(terms, owners, worth)
        for term, owner, amount in batch:
            expected[WORDS[term], owner] += amount
    with TemporaryDirectory() as folder:
        with ArrayFileWriter(Path(folder, "tallies")) as out:
            tallies.write(out, "words", WORDS)
            out.finish()
        reader = PostingsReader(ArrayFile(Path(folder, "tallies")), "words")
        found = {}
        for at, word in enumerate(reader.terms.terms()):
            lists = reader.lists(at, at + 1)
            for record, amount in zip(lists.ids.tolist(), lists.freqs.tolist(), strict=True):
                found[word, record] = amount
    assert found == expected
    assert list(found) == sorted(expected)
