"""Rebuilding, updating and going back, on the real server."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from opensearchpy import OpenSearch

from archive.document import Document
from index.engine import CompletionField, SearchEngine
from index.errors import IndexLocked, IndexMissing, WriteRefused
from index.memory_engine import MemoryEngine
from index.open import open_engine, open_writer
from index.opensearch_engine import engine as engine_module
from index.opensearch_engine import lease, records
from index.opensearch_engine.location import parse_location
from index.query import Query
from index.request import build_query
from tests import opensearch_server
from tests.index.conformance import assert_same_answer
from tests.index.documents import ARCHIVE, make_document

pytestmark = pytest.mark.opensearch

FIELDS: tuple[CompletionField, ...] = ("speaker", "title", "country")
ONCE: dict[str, Any] = {"revision": 1, "extractor_version": "1"}
AGAIN: dict[str, Any] = {"revision": 2, "extractor_version": "2"}


@pytest.fixture
def location() -> Iterator[str]:
    with opensearch_server.place() as location:
        yield location


@pytest.fixture
def server() -> Iterator[OpenSearch]:
    with opensearch_server.client() as server:
        yield server


def indices(server: OpenSearch, location: str) -> list[str]:
    alias = parse_location(location).alias
    return sorted(name.removeprefix(alias) for name in server.indices.get_alias(index=f"{alias}-*"))


def total(engine: SearchEngine) -> int:
    return engine.search(Query(), facets=False, snippets=False).total


def test_a_rebuild_keeps_the_one_before_and_no_older_one(location: str, server: OpenSearch) -> None:
    writer = open_writer(location)
    for size in (1, 2, 3):
        status = writer.rebuild(ARCHIVE[:size], **ONCE)
        assert status.documents == size
    assert indices(server, location) == ["-gen-000002", "-gen-000003", "-lease"]
    assert status.generation
    assert status.generation.endswith("-gen-000003")


def test_readers_of_the_old_index_go_on_and_move_on(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "FRESH", 1_000)
    writer = open_writer(location)
    writer.rebuild(ARCHIVE[:1], **ONCE)
    engine = open_engine(location)
    writer.rebuild(ARCHIVE[:2], **ONCE)
    assert not engine.refresh()  # it was asked a moment ago
    assert total(engine) == 1
    monkeypatch.setattr(engine_module, "FRESH", 0)
    assert engine.refresh()
    assert not engine.refresh()
    assert total(engine) == 2


def test_a_reader_whose_index_is_gone_moves_on_by_itself(location: str) -> None:
    writer = open_writer(location)
    writer.rebuild(ARCHIVE[:1], **ONCE)
    engine = open_engine(location)
    for size in (2, 3):
        writer.rebuild(ARCHIVE[:size], **ONCE)
    assert total(engine) == 3


def test_an_update_is_seen_at_once_and_noted(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "FRESH", 0)
    writer = open_writer(location)
    writer.rebuild(ARCHIVE, **ONCE)
    engine = open_engine(location)
    new = replace(ARCHIVE[1], title="Zebra", quotations=ARCHIVE[1].quotations[:1])
    status = writer.update([ARCHIVE[0], new], [ARCHIVE[5].id, "never-held"], **AGAIN)
    assert (status.revision, status.extractor_version) == (2, "2")
    held = {d.id: d for d in ARCHIVE} | {new.id: new}
    del held[ARCHIVE[5].id]
    oracle = MemoryEngine(held.values())
    for scope in ("documents", "quotations"):
        for question in ("", "zebra", "court", "protesters"):
            assert_same_answer(engine, oracle, build_query(question, scope=scope))
    assert engine.check() == ()
    assert engine.refresh()
    assert engine.status().revision == 2


def test_the_last_of_several_versions_counts(location: str) -> None:
    first, last = ARCHIVE[1], replace(ARCHIVE[1], title="Last", quotations=())
    writer = open_writer(location)
    for change in (writer.rebuild, writer.update):
        change([first, ARCHIVE[0], last], **ONCE)
        with_last = open_engine(location)
        assert with_last.search(build_query("title:last")).total == 1
        assert with_last.search(build_query("detained", scope="quotations")).total == 0
        assert with_last.check() == ()
    assert writer.update([last, first], **AGAIN).quotations == len(first.quotations) + 1


def test_a_rollback_undoes_the_last_rebuild_once(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "FRESH", 0)
    writer = open_writer(location)
    writer.rebuild(ARCHIVE[:1], **ONCE)
    writer.rebuild(ARCHIVE, **AGAIN)
    engine = open_engine(location)
    status = writer.rollback()
    assert (status.documents, status.revision) == (1, 1)
    assert engine.refresh()
    assert total(engine) == 1
    with pytest.raises(IndexMissing, match="no previous"):
        writer.rollback()
    assert writer.rebuild(ARCHIVE[:2], **AGAIN).documents == 2
    assert writer.rollback().documents == 1


def test_a_rebuild_that_fails_leaves_everything_as_it_was(
    location: str, server: OpenSearch
) -> None:
    def documents() -> Iterator[Document]:
        yield from ARCHIVE
        raise OSError("the disk is gone")

    writer = open_writer(location)
    writer.rebuild(ARCHIVE[:1], **ONCE)
    before = indices(server, location)
    with pytest.raises(OSError, match="the disk is gone"):
        writer.rebuild(documents(), **AGAIN)
    assert indices(server, location) == before
    assert total(open_engine(location)) == 1


def test_what_a_dead_writer_left_is_removed(location: str, server: OpenSearch) -> None:
    writer = open_writer(location)
    writer.rebuild(ARCHIVE[:1], **ONCE)
    alias = parse_location(location).alias
    server.indices.create(index=f"{alias}-gen-000002", body={})
    with pytest.raises(IndexMissing):  # it is nothing to go back to
        writer.rollback()
    assert writer.rebuild(ARCHIVE, **ONCE).generation == f"{alias}-gen-000003"
    assert indices(server, location) == ["-gen-000001", "-gen-000003", "-lease"]


def test_a_record_that_the_server_does_not_take_stops_the_rebuild(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = open_writer(location)
    writer.rebuild(ARCHIVE[:1], **ONCE)
    monkeypatch.setattr(records, "_dates", lambda document: {"first": "never"})
    with pytest.raises(WriteRefused, match=r"did not take \d+ of .* failed to parse field"):
        writer.rebuild(ARCHIVE, **AGAIN)
    too_long = make_document("x" * 600, "An id of more than the 512 bytes that it takes")
    with pytest.raises(WriteRefused, match="takes no such request"):
        writer.rebuild([too_long], **AGAIN)
    assert total(open_engine(location)) == 1


def test_two_writers_exclude_each_other(location: str) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def documents() -> Iterator[Document]:
        yield ARCHIVE[0]
        inside.set()
        go_on.wait(30)

    slow = threading.Thread(target=lambda: open_writer(location).rebuild(documents(), **ONCE))
    slow.start()
    assert inside.wait(30)
    other = open_writer(location)
    with pytest.raises(IndexLocked, match="is writing to"):
        other.rebuild(ARCHIVE, **ONCE)
    with pytest.raises(IndexLocked):
        other.rollback()
    go_on.set()
    slow.join()
    assert other.rebuild(ARCHIVE, **AGAIN).documents == len(ARCHIVE)


def test_a_dead_writers_lease_runs_out(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = open_writer(location)
    monkeypatch.setattr(lease, "SECONDS", -1)
    where = parse_location(location)
    with opensearch_server.client() as server:
        lease.Lease(server, where)  # never released
        monkeypatch.undo()
        assert writer.rebuild(ARCHIVE, **ONCE).documents == len(ARCHIVE)


def test_who_lost_the_lease_stops(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where = parse_location(location)
    with opensearch_server.client() as server:
        monkeypatch.setattr(lease, "SECONDS", -1)
        slow = lease.Lease(server, where)
        monkeypatch.setattr(lease, "_RENEW", 0)
        slow.renew()
        lease.Lease(server, where)
        with pytest.raises(IndexLocked, match="taken over"):
            slow.renew()


def test_a_stream_stays_what_it_was_begun_with(location: str) -> None:
    writer = open_writer(location)
    many = [make_document(f"d{n:04}", f"Title {n}") for n in range(2_500)]
    writer.rebuild(many, **ONCE)
    stream = open_engine(location).stream(Query())
    first = next(stream)
    writer.update([], [d.id for d in many], **AGAIN)
    assert len({first, *stream}) == 2_500
    assert total(open_engine(location)) == 0


def test_several_shards_answer_as_one() -> None:
    with opensearch_server.place("?shards=3") as location:
        open_writer(location).rebuild(ARCHIVE, **ONCE)
        engine, oracle = open_engine(location), MemoryEngine(ARCHIVE)
        for scope in ("documents", "quotations"):
            for question in ("", "court", "fre*", "fredom", '"freedom press"~2', "orlova"):
                for speaker in ((), ("orlova",)):
                    query = build_query(question, scope=scope, speaker=speaker)
                    assert_same_answer(engine, oracle, query)
        for prefix in ("a", "court", "ru"):
            for field in FIELDS:
                assert engine.complete(prefix, field) == oracle.complete(prefix, field)
