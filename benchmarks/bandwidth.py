"""Bandwidth: how far the page for a common word is from what memory can deliver.

    python benchmarks/bandwidth.py [--documents N] [--keep FOLDER]

Counts the bytes that the answer must read or write once per hit (ids, impacts, bounds, rows of
values, their counts) and sets the CPU time that this takes against what NumPy needs to sum and
to copy an array that no cache holds. What is left of the page is shown apart: fixed work, and
ten hits with their snippets. Medians.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import build
from benchmarks.engines.corpus import read
from benchmarks.engines.own import Own, to_query
from benchmarks.engines.questions import choose
from index.query import Query
from index.whoosh_engine.question import Question
from index.whoosh_engine.reader import Reader

REPEAT = 15
_LARGE = 1 << 28


def main() -> None:
    """Ask the common words and print a line for each part of the work."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--keep", type=Path, help="where corpus and index lie, or are left")
    arguments = parser.parse_args()
    with build.working_folder(arguments.keep) as folder:
        corpus = build.write_corpus(folder, arguments.documents, real_text=False)
        if not (folder / "own").exists():
            build.measure("own", corpus, folder)
        sample = (record for record, _ in zip(read(corpus), range(10_000), strict=False))
        questions = [q for q in choose(sample, 5) if q["kind"] == "common"]
        own = Own()
        own.open(str(folder / "own"))
        reader = own._engine._open.reader
        large = np.ones(_LARGE >> 3)  # written, so that it is in memory
        copied = np.empty_like(large)
        limits = {
            "sum of a large array": (_LARGE, milliseconds(large.sum)),
            "copy of a large array": (2 * _LARGE, milliseconds(lambda: np.copyto(copied, large))),
        }
        for name, (size, taken) in limits.items():
            print_line(name, size, taken)
        for asked in questions:
            query = to_query(asked)
            question = Question(query, reader)
            hits, width = question.total, reader.leaves[0].segment.rows.width
            # An id is read, its impact fetched, its bound written and read.
            print(f"“{asked['words'][0]}”: {hits:,} hits")
            taken = milliseconds(partial(_choose, query, reader))
            print_line("  match, choose ten", hits * (4 + 1 + 4 + 4), taken)
            # A row is read, laid out for NumPy, and each of its numbers added to a count.
            taken = milliseconds(question.facets)
            print_line("  count five facets", hits * width * (2 + 8 + 8), taken)
            taken = milliseconds(partial(question.page, snippets=True))
            print_line("  ten hits, snippets", 0, taken)


def _choose(query: Query, reader: Reader) -> None:
    for _ in Question(query, reader)._best(query.per_page):
        pass


def milliseconds(work: Callable[[], object]) -> float:
    """CPU milliseconds that it takes."""
    times = []
    for _ in range(REPEAT):
        before = time.process_time()
        work()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def print_line(name: str, size: int, taken: float) -> None:
    """What was done, its bytes, time, and gigabytes a second."""
    rate = f"{size / taken / 1e6:8.1f} GB/s" if size else ""
    print(f"{name:24}{size / 1e6:10.2f} MB{taken:10.2f} ms{rate}")


if __name__ == "__main__":
    main()
