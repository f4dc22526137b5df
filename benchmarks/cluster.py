"""A server or the embedded engine: what a document and a question cost with each, as ratios.

    python benchmarks/cluster.py [--documents 10000,100000] [--shards N] [--url URL]

The same invented documents are built into both, one after the other; then both are asked the same
questions in turns. Times are wall milliseconds of a whole page (ten hits, exact total, five
facets, snippets), medians, since the server's work is done in another process; totals and facets
are compared. Without ``--url`` a node of our own is asked, with a heap of 384 MB.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.engines.corpus import Invented, to_document
from benchmarks.engines.own import to_query
from benchmarks.engines.questions import choose
from index.credentials import NOBODY
from index.engine import SearchEngine
from index.open import open_engine, open_writer
from index.opensearch_engine.connection import connect
from index.opensearch_engine.location import parse_location
from tests import opensearch_node
from tests.opensearch_distribution import PLAIN

ENGINES = ("embedded", "server")


def main() -> None:
    """Build, ask, compare and print, for each size."""
    arguments = _arguments()
    with contextlib.ExitStack() as stack:
        url = arguments.url
        if not url:
            if not PLAIN.is_here():
                print("no server: python -m tests.opensearch_node fetch")
                return
            url = stack.enter_context(
                opensearch_node.running(java_options=opensearch_node.STEADY)
            ).urls[0]
        for count in (int(size) for size in arguments.documents.split(",")):
            with places(url, arguments.shards) as locations:
                compare(count, locations, arguments.questions, arguments.repeat)


def compare(count: int, locations: Mapping[str, str], each: int, repeat: int) -> None:
    """One size: building, then questions."""
    print(f"\n{count:,} documents")
    built = {engine: build(locations[engine], count) for engine in ENGINES}
    for engine, (seconds, cpu, size) in built.items():
        speed = f"{count / seconds:8,.0f} docs/s, {cpu:.1f} s CPU of ours"
        print(f"{engine:9} {seconds:7.1f} s {speed}, {size / 1e6:,.0f} MB")
    print(f"the server builds at {built['embedded'][0] / built['server'][0]:.2f} of the speed")
    opened = {name: open_engine(locations[name]) for name in ENGINES}
    records = Invented().records(min(count, 10_000))
    ask(opened, choose(records, each), repeat)
    for one in opened.values():
        one.close()


def build(location: str, count: int) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds of this process, and bytes of the index."""
    documents = (to_document(record) for record in Invented().records(count))
    cpu, before = _cpu(), time.perf_counter()
    status = open_writer(location).rebuild(documents, revision=1, extractor_version="1")
    return time.perf_counter() - before, _cpu() - cpu, status.bytes


def ask(opened: Mapping[str, SearchEngine], questions: Sequence[Any], repeat: int) -> None:
    """A line per kind of question: medians of both engines and their ratio."""
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    different = []
    for question in questions:
        query = to_query(question)
        answers = {}
        for turn in range(repeat + 1):
            for name, engine in opened.items():
                before = time.perf_counter()
                answers[name] = engine.search(query)
                if turn:
                    took = (time.perf_counter() - before) * 1000
                    times[question["kind"]][name].append(took)
        one, other = (answers[name] for name in ENGINES)
        if (one.total, [*map(list, _counts(one))]) != (other.total, [*map(list, _counts(other))]):
            different.append(question)
    ratios = []
    for kind, found in times.items():
        medians = [statistics.median(found[name]) for name in ENGINES]
        ratios.append(medians[1] / medians[0])
        print(f"{kind:9}{medians[0]:9.2f} ms {medians[1]:9.2f} ms {ratios[-1]:7.1f} times")
    print(
        f"geometric mean {statistics.geometric_mean(ratios):.1f} times the embedded engine's time"
    )
    print(f"{len(questions)} questions, {len(different)} answered differently {different[:2]}")


def _counts(results: Any) -> Iterator[Any]:
    return (facet.values for facet in results.facets)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


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
