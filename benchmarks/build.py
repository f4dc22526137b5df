"""Building an index: documents a second, bytes and memory, ours against its peers.

    python benchmarks/build.py [--documents N] [--real] [--engines own,fts5,…] [--keep FOLDER]

All get the same file of documents, one JSON object a line, and read it themselves; ours finds in
it the fingerprints of the documents, which an archive keeps beside them. docs/s are
those of CPU seconds, so that what else runs on the machine matters little: trust the ratios.
"own:2" is our engine in two processes, of which one reads: its docs/s are those of the
seconds that two idle processors would have needed, worked out from the CPU time of its processes.
How, and how the memory of all of them is summed: benchmarks/engines/watch.py.
"own ×" is how many times as many docs/s ours makes, "size ×" how large its index is beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines.corpus import Invented, Record, real, to_document
from benchmarks.engines.process import ENGINES, Process
from benchmarks.engines.watch import Watch
from index.query import Query, Term
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.writer import WhooshWriter


def main() -> None:
    """Build with each engine, then add one document to ours, and print it all."""
    arguments = _arguments()
    engines = arguments.engines.split(",")
    with working_folder(arguments.keep) as folder:
        corpus = write_corpus(folder, arguments.documents, real_text=arguments.real)
        results = [measure(engine, corpus, folder) for engine in engines]
        print_table(results)
        if "own" in engines:
            print(f"visible after adding one document: {add_one(folder / 'own', corpus):.0f} ms")
        print(
            json.dumps(
                {"documents": arguments.documents, "real": arguments.real, "engines": results}
            )
        )


def write_corpus(folder: Path, count: int, *, real_text: bool) -> Path:
    """The file of documents, made once."""
    path = folder / f"{'real' if real_text else 'invented'}-{count}.jsonl"
    if not path.exists():
        records: Iterator[Record] = real(count) if real_text else Invented().records(count)
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            for record in records:
                kept = {**record, "fingerprint": to_document(record).fingerprint()}
                file.write(json.dumps(kept, ensure_ascii=False) + "\n")
        unfinished.rename(path)
    return path


def measure(engine: str, corpus: Path, folder: Path) -> dict[str, Any]:
    """Build an index and say what it took. One of an earlier run is removed."""
    path = folder / engine.replace(":", "-")
    shutil.rmtree(path, ignore_errors=True)
    name, _, jobs = engine.partition(":")
    process = Process(name, BENCH_JOBS=jobs or "1")
    try:
        process.call("import")
        with Watch(process.pid) as watch:
            done = process.call("build", path=str(path), corpus=str(corpus))
    finally:
        process.close()
    with corpus.open() as lines:
        count = sum(1 for _ in lines)
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    seconds = watch.two_processors if jobs else done["cpu"]
    return {
        "engine": engine,
        "cpu_s": round(done["cpu"], 2),
        "two_processors_s": round(watch.two_processors, 2) if jobs else None,
        "wall_s": round(done["wall"], 2),
        "docs_per_s": round(count / seconds),
        "megabytes": round(size / 1e6, 1),
        "peak_memory_mb": watch.megabytes,
    }


def add_one(index: Path, corpus: Path) -> float:
    """Milliseconds from a new document to an engine that finds it: the median of nine."""
    with corpus.open(encoding="utf-8") as lines:
        record = json.loads(next(lines))
    copy = index.with_name("own-and-more")
    shutil.copytree(index, copy)
    engine, writer = WhooshEngine(copy), WhooshWriter(copy)
    times = []
    for number in range(9):
        document = to_document(record | {"id": (1 << 60) + number, "title": f"brandnew{number}"})
        before = time.perf_counter()
        writer.update([document], revision=2 + number, extractor_version="1")
        engine.refresh()
        found = engine.search(Query(tree=Term(f"brandnew{number}")), facets=False)
        times.append((time.perf_counter() - before) * 1000)
        assert found.total == 1
    shutil.rmtree(copy)
    return sorted(times)[4]


def print_table(results: Sequence[dict[str, Any]]) -> None:
    """One line per engine; how many times quicker ours is, and how large beside it."""
    ours = [result for result in results if result["engine"].startswith("own")]
    titles = ["docs/s", "CPU s", "wall s", "MB", "peak MB"]
    titles += [f"{own['engine']} ×" for own in ours] + ["size ×"] * bool(ours)
    print(" " * 9 + "".join(f"{title:>9}" for title in titles))
    for r in results:
        line = f"{r['engine']:9}{r['docs_per_s']:9,}{r['cpu_s']:9.1f}{r['wall_s']:9.1f}"
        line += f"{r['megabytes']:9.1f}{r['peak_memory_mb']:9,}"
        line += "".join(f"{own['docs_per_s'] / r['docs_per_s']:9.2f}" for own in ours)
        line += "".join(f"{own['megabytes'] / r['megabytes']:9.2f}" for own in ours[:1])
        print(line)


@contextlib.contextmanager
def working_folder(kept: Path | None) -> Iterator[Path]:
    """The folder to work in, removed afterwards unless it is to be kept."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument(
        "--real", action="store_true", help="press releases of the development data"
    )
    parser.add_argument("--engines", default="own,own:2,fts5,tantivy", help=",".join(ENGINES))
    parser.add_argument(
        "--keep", type=Path, help="where to leave corpus and indexes, for search.py"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
