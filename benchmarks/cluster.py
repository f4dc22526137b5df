"""A server or the embedded engine: what a document and a question cost with each, as ratios.

    python benchmarks/cluster.py [--documents 10000,100000] [--shards N] [--url URL]

The same invented documents are built into both, one after the other; then both are asked the same
questions in turns: a whole page (ten hits, exact total, five facets of which ten values are read,
snippets). Totals and facets are compared. Times are medians in wall milliseconds. Beside them
stands the processors' time, ours and the server's together, which others who use the machine do
not change much. Without ``--url`` a node of our own is asked, with a heap of 1 GB; the processors'
time of another server is not known.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.engines.corpus import Invented, to_document
from benchmarks.engines.own import to_query
from benchmarks.engines.peer import SHOWN
from benchmarks.engines.questions import choose
from index.credentials import NOBODY
from index.engine import SearchEngine
from index.open import open_engine, open_writer
from index.opensearch_engine.connection import connect
from index.opensearch_engine.location import parse_location
from tests import opensearch_node
from tests.opensearch_distribution import PLAIN

ENGINES = ("embedded", "server")

WARM = 3
"""How often the server is asked each question before it counts."""


def main() -> None:
    """Build, ask, compare and print, for each size."""
    arguments = _arguments()
    with contextlib.ExitStack() as stack:
        url = arguments.url
        server = None
        if not url:
            if not PLAIN.is_here():
                print("no server: python -m tests.opensearch_node fetch")
                return
            steady = opensearch_node.running(java_options=opensearch_node.STEADY)
            [node] = stack.enter_context(steady).nodes
            url, server = node.url, node.process.pid if node.process else None
        clock = Clock(server)
        for count in (int(size) for size in arguments.documents.split(",")):
            with places(url, arguments.shards) as locations:
                compare(count, locations, arguments.questions, arguments.repeat, clock)


class Clock:
    """Wall time, and the processors' time of this process, its children and the server."""

    def __init__(self, server: int | None) -> None:
        self._server = Path(f"/proc/{server}/stat") if server else None

    def now(self) -> Moment:
        """Both, in seconds, from some moment on."""
        return Moment(time.perf_counter(), self._cpu())

    def since(self, before: Moment) -> Moment:
        """What has passed."""
        now = self.now()
        return Moment(now.wall - before.wall, now.cpu - before.cpu)

    def _cpu(self) -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        used = [resource.getrusage(kind) for kind in kinds]
        ours = sum(one.ru_utime + one.ru_stime for one in used)
        if self._server is None or not self._server.exists():
            return ours
        ticks = self._server.read_text().rpartition(")")[2].split()[11:13]
        return ours + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


class Moment(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def compare(count: int, locations: Mapping[str, str], each: int, repeat: int, clock: Clock) -> None:
    """One size: building, then questions."""
    print(f"\n{count:,} documents")
    built = {engine: build(locations[engine], count, clock) for engine in ENGINES}
    for engine, (took, size) in built.items():
        speed = f"{count / took.wall:8,.0f} docs/s, {took.cpu / count * 1000:.2f} ms CPU a document"
        print(f"{engine:9} {took.wall:7.1f} s {speed}, {size / count:,.0f} bytes a document")
    (embedded, _), (server, _) = (built[engine] for engine in ENGINES)
    print(
        f"the server builds at {embedded.wall / server.wall:.2f} of the speed, "
        f"with {server.cpu / embedded.cpu:.1f} times the CPU"
    )
    opened = {name: open_engine(locations[name]) for name in ENGINES}
    records = Invented().records(min(count, 10_000))
    ask(opened, choose(records, each), repeat, clock)
    for one in opened.values():
        one.close()


def build(location: str, count: int, clock: Clock) -> tuple[Moment, int]:
    """What it took, and the bytes of the index."""
    documents = (to_document(record) for record in Invented().records(count))
    before = clock.now()
    status = open_writer(location).rebuild(documents, revision=1, extractor_version="1")
    return clock.since(before), status.bytes


def ask(
    opened: Mapping[str, SearchEngine], questions: Sequence[Any], repeat: int, clock: Clock
) -> None:
    """A line per kind of question: medians of both engines and their ratio."""
    for question in questions:  # a server is slow until it has been asked a while
        for _ in range(WARM):
            opened["server"].search(to_query(question))
    times: dict[str, dict[str, list[Moment]]] = defaultdict(lambda: defaultdict(list))
    different = []
    for question in questions:
        answers = {}
        for turn in range(repeat + 1):
            for name, engine in opened.items():
                before = clock.now()
                answers[name] = engine.search(to_query(question))
                shown = [facet.values[:SHOWN] for facet in answers[name].facets]
                if turn and shown:
                    times[question["kind"]][name].append(clock.since(before))
        one, other = (answers[name] for name in ENGINES)
        if (one.total, [*map(list, _counts(one))]) != (other.total, [*map(list, _counts(other))]):
            different.append(question)
    _print_times(times)
    print(f"{len(questions)} questions, {len(different)} answered differently {different[:2]}")


def _print_times(times: Mapping[str, Mapping[str, Sequence[Moment]]]) -> None:
    ratios, spent = [], dict.fromkeys(ENGINES, 0.0)
    for kind, found in times.items():
        medians = [statistics.median(took.wall for took in found[name]) for name in ENGINES]
        ratios.append(medians[1] / medians[0])
        for name in ENGINES:
            spent[name] += statistics.fmean(took.cpu for took in found[name]) / len(times)
        print(f"{kind:9}{medians[0] * 1000:9.2f} ms {medians[1] * 1000:9.2f} ms {ratios[-1]:7.1f}")
    mean = statistics.geometric_mean(ratios)
    print(f"geometric mean {mean:.1f} times the embedded engine's time")
    cpu = " and ".join(f"{spent[name] * 1000:.1f} ms ({name})" for name in ENGINES)
    print(
        f"CPU a page, mean over the kinds: {cpu}, {spent['server'] / spent['embedded']:.1f} times"
    )


def _counts(results: Any) -> Iterator[Any]:
    return (facet.values for facet in results.facets)


@contextlib.contextmanager
def places(url: str, shards: int) -> Iterator[dict[str, str]]:
    """Where the indexes are made, and removed again."""
    server = f"opensearch+{url.rstrip('/')}/onrecord-benchmark?shards={shards}"
    location = parse_location(server)
    client = connect(location, NOBODY)
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield {"embedded": f"whoosh:{folder}", "server": server}
        finally:
            client.indices.delete(index=f"{location.alias}-*")
            client.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", default="2000", help="sizes, separated by commas")
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--questions", type=int, default=3, help="of every kind")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--url", help="a running server, as in http://127.0.0.1:9200")
    return parser.parse_args()


if __name__ == "__main__":
    main()
