"""Three nodes with replicas: one dies, and nobody who reads or writes loses anything."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import pytest
from opensearchpy import OpenSearch

from archive.document import Document
from index.errors import SearchError
from index.open import open_engine, open_writer
from index.opensearch_engine import bulk
from index.request import build_query
from tests import opensearch_node
from tests.index.documents import make_document, quote
from tests.opensearch_distribution import PLAIN
from tests.opensearch_node import Cluster, Node

pytestmark = [pytest.mark.opensearch, pytest.mark.slow]

SIZE = 3_000
QUERIES = (build_query("court"), build_query("cour* OR zeb*", topic=["press"]))
_aliases = (f"news-{number}" for number in count(1))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    if not PLAIN.is_here():
        pytest.skip("no distribution was fetched (python -m tests.opensearch_node fetch)")
    with opensearch_node.running(3) as cluster:
        yield cluster


@pytest.fixture
def location(cluster: Cluster) -> str:
    cluster.wait()
    hosts = ",".join(url.removeprefix("http://") for url in cluster.urls)
    return f"opensearch+http://{hosts}/{next(_aliases)}?shards=3"


def archive(size: int, title: str = "A court decides") -> Iterator[Document]:
    for number in range(size):
        yield make_document(
            f"d{number:05}",
            f"{title} {number}",
            f"The court said so {number}. " * 20,
            published="2020-01-01",
            topics=["Press"],
            quotations=[quote("So it is", "Anna Orlova")],
        )


class Readers:
    """Threads that ask all the time: what they saw, and what failed."""

    def __init__(self, location: str, number: int = 2) -> None:
        self.seen: Counter[tuple[int, int | None]] = Counter()
        self.failed: list[str] = []
        self._location = location
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(number)]

    def _read(self) -> None:
        engine = open_engine(self._location)
        for query in QUERIES * 1_000_000:
            if self._end.is_set():
                break
            try:
                engine.refresh()
                found = engine.search(query)
            except SearchError as error:
                self.failed.append(repr(error))
            else:
                self.seen[found.total, sum(v.count for v in found.facets[2].values)] += 1
        engine.close()

    def until(self, enough: Callable[[Counter[tuple[int, int | None]]], bool]) -> None:
        """Wait until they have seen enough, however long this machine takes for it."""
        end = time.monotonic() + opensearch_node.READY_SECONDS
        while not enough(self.seen):
            assert time.monotonic() < end, (self.seen, self.failed)
            time.sleep(0.05)

    def go_on(self, answers: int = 20) -> None:
        """Wait for so many more answers."""
        before = self.seen.total()
        self.until(lambda seen: seen.total() >= before + answers)

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()


@contextmanager
def asking(cluster: Cluster) -> Iterator[OpenSearch]:
    client = OpenSearch(hosts=cluster.urls, max_retries=5, retry_on_timeout=True, timeout=20)
    try:
        yield client
    finally:
        client.close()


def manager(cluster: Cluster) -> Node:
    with asking(cluster) as client:
        name = client.cat.cluster_manager(params={"h": "node"}).strip()
    return next(node for node in cluster.nodes if node.name == name)


def test_a_rebuild_under_readers_disturbs_nobody(location: str) -> None:
    writer = open_writer(location)
    writer.rebuild(archive(SIZE), revision=1, extractor_version="1")
    with Readers(location) as readers:
        for extra in (1, 2, 3):
            writer.rebuild(archive(SIZE + extra), revision=1, extractor_version="1")
            readers.until(lambda seen, size=SIZE + extra: (size, size) in seen)  # type: ignore[misc]
        before = readers.seen[SIZE + 2, SIZE + 2]
        writer.rollback()
        readers.until(lambda seen: seen[SIZE + 2, SIZE + 2] > before)
    assert readers.failed == []
    assert set(readers.seen) == {(SIZE + extra, SIZE + extra) for extra in range(4)}


@pytest.mark.parametrize("which", ["the elected manager", "another node"])
def test_a_killed_node_costs_no_answer_and_no_document(
    cluster: Cluster, location: str, which: str
) -> None:
    writer = open_writer(location)
    writer.rebuild(archive(SIZE), revision=1, extractor_version="1")
    elected = manager(cluster)
    others = [node for node in cluster.nodes if node is not elected]
    killed = elected if which == "the elected manager" else others[0]
    with Readers(location) as readers:
        readers.go_on()
        cluster.kill(killed)
        changed = [replace(d, title=f"Zebra {d.id}") for d in archive(SIZE // 3)]
        writer.update(changed, revision=2, extractor_version="1")
        cluster.wait(2, "yellow")
        readers.go_on()
        cluster.start(killed)
        cluster.wait()
    assert readers.failed == []
    assert {total for total, _ in readers.seen} == {SIZE}
    engine = open_engine(location)
    assert engine.search(build_query("zebra")).total == SIZE // 3
    assert engine.status().documents == engine.status().quotations == SIZE
    assert engine.check() == ()


def test_a_node_killed_during_a_rebuild_harms_no_reader(
    cluster: Cluster, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new index has no replicas yet: it is finished when the node is back."""
    # A node that starts on a busy machine may take longer than a writer has patience.
    monkeypatch.setattr(bulk, "ATTEMPTS", 30)
    writer = open_writer(location)
    writer.rebuild(archive(SIZE), revision=1, extractor_version="1")
    killed = manager(cluster)
    back = threading.Timer(5, lambda: cluster.start(killed))

    def documents() -> Iterator[Document]:
        for number, document in enumerate(archive(SIZE + 1)):
            if number == SIZE // 2:
                cluster.kill(killed)
                back.start()
            yield document

    with Readers(location) as readers:
        status = writer.rebuild(documents(), revision=2, extractor_version="1")
        back.join()
        cluster.wait()
    assert status.documents == SIZE + 1
    assert readers.failed == []
    assert set(readers.seen) <= {(SIZE, SIZE), (SIZE + 1, SIZE + 1)}
