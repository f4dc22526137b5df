"""What stays in memory between questions is bounded, and holds no file that is gone."""

from __future__ import annotations

import gc
import tracemalloc
import weakref
from pathlib import Path

import numpy as np
import pytest

from index.query import Phrase, Query, Term
from index.whoosh_engine.cache import Cache
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.reader import PostingList, posting_cache
from index.whoosh_engine.segment import Segment
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document


def test_the_least_recently_used_goes_first() -> None:
    cache: Cache[str, bytes] = Cache(30, len)
    for key in ("a", "b", "c", "a", "d"):
        cache.get(key, lambda: bytes(10))
    made: list[str] = []
    for key in ("a", "c", "d", "b"):
        cache.get(key, lambda key=key: made.append(key) or bytes(10))  # type: ignore[misc, func-returns-value]
    assert made == ["b"]


def test_what_is_not_wanted_any_more_is_let_go() -> None:
    cache: Cache[str, bytes] = Cache(30, len)
    cache.get("old", lambda: bytes(20))
    cache.keep(lambda key: key.startswith("new"))
    for key in ("new", "newer", "old", "newest"):
        assert cache.get(key, lambda: bytes(10)) == bytes(10)
    assert cache.peek("old") is None
    assert cache.get("new", lambda: b"") == bytes(10)


def test_a_posting_list_says_what_it_takes() -> None:
    mapped = np.zeros(1 << 20, np.uint8)
    lists = 2_000
    cache = posting_cache(1 << 30)
    tracemalloc.start()
    for n in range(lists):
        held = PostingList(np.arange(n % 7, dtype=np.int32), mapped[n : n + 7], np.arange(n % 7))
        cache.get(("a segment", "documents", "text", n + 1_000), lambda held=held: held)  # type: ignore[misc]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken / lists == pytest.approx(held.nbytes, rel=0.4)


def test_phrases_count_with_their_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 400_000
    monkeypatch.setattr("index.whoosh_engine.engine.POSTING_MEMORY", limit)
    archive = [make_document("a", "A court")]
    WhooshWriter(tmp_path).rebuild(archive, revision=1, extractor_version="1")
    engine = WhooshEngine(tmp_path)
    tracemalloc.start()
    for asked in range(1_500):
        words = tuple(f"a word of a phrase: {asked} {place}" for place in range(10))
        assert not engine.search(Query(Phrase(words)), facets=False, snippets=False).total
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1.4 * limit


def test_a_segment_is_unmapped_with_its_last_user(tmp_path: Path) -> None:
    WhooshWriter(tmp_path).rebuild(
        [make_document("a", "A court")], revision=1, extractor_version="1"
    )
    (path,) = tmp_path.glob("segments/*")
    segment = Segment(path)
    assert list(segment.contents())
    file = weakref.ref(segment.file)
    gc.disable()
    del segment
    gc.enable()
    assert file() is None


def test_an_engine_lets_go_of_files_that_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh_engine.generations.GRACE", 0)
    documents = [make_document(f"{n}", "A court", "The court, the court.") for n in range(20)]
    writer = WhooshWriter(tmp_path)
    writer.rebuild(documents, revision=1, extractor_version="1")
    engine = WhooshEngine(tmp_path)
    for revision in range(2, 6):
        assert engine.search(Query(tree=Term("court"))).total == 20
        writer.rebuild(documents, revision=revision, extractor_version="1")
        assert engine.refresh()
    gc.collect()  # readers and their lists know one another
    maps = Path("/proc/self/maps").read_text("utf-8").splitlines()
    assert [line for line in maps if str(tmp_path) in line and "(deleted)" in line] == []


def test_a_question_that_ends_late_leaves_nothing_of_files_that_are_gone(tmp_path: Path) -> None:
    documents = [make_document(f"{n}", "A court", "The court, the court.") for n in range(20)]
    writer = WhooshWriter(tmp_path)
    writer.rebuild(documents, revision=1, extractor_version="1")
    engine = WhooshEngine(tmp_path)
    (leaf,) = engine._open.reader.leaves
    writer.rebuild(documents, revision=2, extractor_version="1")
    assert engine.refresh()
    assert leaf.postings("documents", "text", "court") is not None  # asked before the refresh
    assert engine.search(Query(tree=Term("court"))).total == 20
    (now,) = engine._open.reader.leaves
    assert {key[0] for key in engine._cache._held} == {now.key}
