"""Readers never fail and never wait while one writes, rebuilds or rolls back."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from archive.store import Store
from index.query import Query, Term
from onrecord import indexing
from onrecord.config import Home
from tests.archive.making import article, extraction, make_page

DOCUMENTS = 40
REOPEN = 200
"""Searches after which a reader opens index and archive anew, as a new process does."""


def write_round(home: Home, number: int) -> None:
    """Every document says in which round it was written; all change in one commit."""
    instant = f"2020-01-01T00:00:00.{number:06d}Z"
    with home.store(create=True) as store:
        with store.batch():
            for n in range(DOCUMENTS):
                page = make_page(f"/{n}", f"{n} in round {number}", captured_at=instant)
                document = article(f"/{n}", title=f"Court {n}", category=f"round {number}")
                store.put(page, extraction(page, document))
        if number % 3 == 0:
            indexing.build(home, store)
        else:
            indexing.update(home, store)
    if number % 3 == 2:
        home.writer().rollback()


def read(path: Path, seconds: float) -> tuple[int, float]:
    """Search for a while; how many searches, and how many seconds the slowest took.

    Raises when an answer is not from one generation, or the archive not from one commit.
    """
    home = Home(path)
    searches, slowest = 0, 0.0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with closing(home.engine()) as engine, home.store(readonly=True) as store:
            for _ in range(REOPEN):
                started = time.perf_counter()
                engine.refresh()
                results = engine.search(Query(tree=Term("court")))
                slowest = max(slowest, time.perf_counter() - started)
                searches += 1
                assert results.total == DOCUMENTS
                facet = results.facet("category")
                assert facet is not None
                assert [value.count for value in facet.values] == [DOCUMENTS]
            assert one_commit(store)
    return searches, slowest


def one_commit(store: Store) -> bool:
    """Whether all documents are of one round.

    They are few enough to be read in one question; one that changes meanwhile comes again behind.
    """
    documents = list(islice(store.documents(), DOCUMENTS))
    return len(documents) == DOCUMENTS and len({d.category for d in documents}) == 1


def read_while_writing(home: Home, readers: int, seconds: float) -> tuple[int, int, float]:
    """Searches, rounds of writing, and the slowest search in seconds."""
    write_round(home, 0)
    rounds = 0
    with ProcessPoolExecutor(readers, multiprocessing.get_context("spawn")) as pool:
        tasks = [pool.submit(read, home.path, seconds) for _ in range(readers)]
        while not all(task.done() for task in tasks):
            rounds += 1
            write_round(home, rounds)
        done = [task.result() for task in tasks]
    return sum(count for count, _ in done), rounds, max(slowest for _, slowest in done)


def test_readers_do_not_notice_a_writer(tmp_path: Path) -> None:
    searches, rounds, _ = read_while_writing(Home(tmp_path), readers=2, seconds=2)
    assert searches >= REOPEN
    assert rounds >= 3


@pytest.mark.slow
def test_eight_readers_do_not_notice_a_writer_for_ten_minutes(tmp_path: Path) -> None:
    searches, rounds, slowest = read_while_writing(Home(tmp_path), readers=8, seconds=600)
    print(f"{searches} searches, {rounds} rounds, slowest {slowest:.3f} s")  # noqa: T201
    assert searches >= 100_000
