"""Updating: how soon is a change seen, and do many small ones slow questions down?

    python benchmarks/update.py [--documents N] [--updates N] [--keep FOLDER]

To an index of invented documents one document after another is added, changed or removed, each
in a commit of its own, as the policy of merging likes it least. ``seen`` is from the document to
an open engine that finds it (or finds it no more), on a line the medians since the line above,
``worst`` the longest; ``page`` is the CPU time of a whole page of results, the mean over twelve
kinds of questions. The clock counts what others do on the machine, and waiting for the disk.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.document import Document
from benchmarks.build import measure, working_folder, write_corpus
from benchmarks.engines.corpus import Record, read, to_document
from benchmarks.engines.own import to_query
from benchmarks.engines.questions import choose
from index.query import Query, Term
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.writer import WhooshWriter

_NEW = 1 << 60
_LINES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; times are milliseconds."""

    updates: int
    segments: int
    seen_cpu: float
    seen_clock: float
    worst_cpu: float
    worst_clock: float
    page_cpu: float


def main() -> None:
    """Build, then update a copy and print the table."""
    arguments = _arguments()
    with working_folder(arguments.keep) as folder:
        corpus = write_corpus(folder, arguments.documents, real_text=False)
        if not (folder / "own").exists():
            measure("own", corpus, folder)
        copy = folder / "own-updated"
        shutil.copytree(folder / "own", copy)
        try:
            lines = list(update(copy, corpus, arguments.updates))
        finally:
            shutil.rmtree(copy)
        print(json.dumps({"documents": arguments.documents, "lines": [asdict(x) for x in lines]}))


def update(index: Path, corpus: Path, count: int) -> Iterator[Line]:
    """Make ``count`` updates and print a line now and then."""
    sample = [record for record, _ in zip(read(corpus), range(2000), strict=False)]
    questions = [to_query(question) for question in choose(sample, 3)]
    engine, writer = WhooshEngine(index), WhooshWriter(index)
    print("".join(f"{name:>12}" for name in Line.__dataclass_fields__))
    done = 0
    while done <= count:
        times = [
            _timed(_change, engine, writer, sample, number)
            for number in range(max(0, done - count // _LINES), done)
        ]
        cpu, clock = [[each[at] for each in times] or [0.0] for at in (0, 1)]
        pages = [_timed(engine.search, question)[0] for question in questions * 2]
        line = Line(
            done,
            engine.status().segments,
            statistics.median(cpu),
            statistics.median(clock),
            max(cpu),
            max(clock),
            statistics.mean(pages[len(questions) :]),
        )
        print("".join(f"{value:>12.4g}" for value in asdict(line).values()), flush=True)
        yield line
        done += count // _LINES


def _change(engine: WhooshEngine, writer: WhooshWriter, sample: list[Record], number: int) -> None:
    """Of six updates four add a document, one changes another and one removes one."""
    word = f"brandnew{number}"
    changed: list[Document] = []
    removed: list[str] = []
    if number % 6 == 5:
        removed = [to_document(sample[number // 6 % len(sample)]).id]
    else:
        id_ = sample[-1 - number // 6 % len(sample)]["id"] if number % 6 == 4 else _NEW + number
        record = sample[number % len(sample)]
        changed = [to_document({**record, "id": id_, "title": word})]
    writer.update(changed, removed, revision=2 + number, extractor_version="1")
    engine.refresh()
    found = engine.search(Query(tree=Term(word)), facets=False)
    assert found.total == len(changed)


def _timed(act: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Milliseconds of CPU time, and by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    act(*arguments)
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--updates", type=int, default=120)
    parser.add_argument("--keep", type=Path, help="where corpus and index lie, or are left")
    return parser.parse_args()


if __name__ == "__main__":
    main()
