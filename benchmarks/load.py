"""The server under load: readers, a writer, hostile questions; errors, latency and memory.

    python benchmarks/load.py [--minutes 30] [--documents 2000] [--readers 4]

Starts ``onrecord serve`` as people do, on two processors. Readers ask without pause, one question
in ten out of ``tests/security/questions.py``, while a writer ingests changed pages and builds the
index anew, over and over. Memory is what the server's processes hold by themselves (RssAnon), since
mapped files of an index are not theirs: the median of the last tenth of the time against that of
the second tenth. The medians of all ten are printed, and how busy the machine was. At the end the
server gets SIGTERM while questions are under way, which must all be answered. Exits with 1 on any
error, or when memory grew by 5 % or more.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit

from archive.store import Store
from benchmarks.engines.corpus import Invented, to_document
from benchmarks.web import put
from index.open import open_writer
from tests.security.questions import hostile_address

PROCESSORS = 2
MOST_GROWTH = 0.05
PAGES = 20
_PAGE = """<!doctype html><html lang=en><title>Report {number}</title><article>
<h1>Report {number} is out</h1><p>3 March 20{year:02}</p>
<p>The report was changed for the {round}th time in Chad, Lantern Watch said today, and it may be
changed again before the winter comes.</p>
<p>“We count to {round},” said Mara Lind, Director of Lantern Watch.</p></article></html>"""


@dataclass
class Seen:
    """What the readers met; shared by their threads, of which each only appends."""

    took: dict[str, list[float]] = field(default_factory=lambda: {"plain": [], "hostile": []})
    statuses: dict[int, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    rounds: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Build an archive, load it, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--readers", type=int, default=4)
    options = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    seen, invented = Seen(), Invented()
    with TemporaryDirectory() as scratch:
        home = Path(scratch, "home")
        with Store.open(home, create=True) as store:
            with store.batch():
                for record in invented.records(options.documents):
                    put(store, to_document(record, quotations=3))
            writer = open_writer(f"whoosh:{home}/index")
            writer.rebuild(store.documents(), revision=store.revision, extractor_version="1")
            ids = [document.id for document in store.documents()][:200]
        server = subprocess.Popen(
            [
                *_command(home),
                "serve",
                "--port",
                "0",
                "--workers",
                str(PROCESSORS),
                "--log",
                "none",
            ],
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert server.stdout
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address
        questions = _questions(invented, ids)
        threads = [
            threading.Thread(target=_read, args=(seen, address[0], questions, seed))
            for seed in range(options.readers)
        ]
        threads.append(threading.Thread(target=_write, args=(seen, home, Path(scratch))))
        for thread in threads:
            thread.start()
        _watch(seen, server, address[0], options.minutes * 60)
        ended = _end(seen, server)
        for thread in threads:
            thread.join()
    sys.exit(_print(seen, options.minutes * 60, ended))


def _command(home: Path) -> list[str]:
    return [sys.executable, "-m", "onrecord", "--home", str(home)]


def _questions(invented: Invented, ids: list[str]) -> list[str]:
    """What people ask: searches with filters, statements, lists, data."""
    words = [record["title"].split()[0] for record in invented.records(60)]
    return [
        *(f"/search?q={quote(word)}" for word in words),
        *(f"/search?q={quote(word)}&country=RU&in=quotations" for word in words[:20]),
        *(f"/search?q={quote(a)}+{quote(b)}&from=2016" for a, b in pairwise(words)),
        *(f"/search.json?q={quote(word)}" for word in words[:20]),
        *(f"/statement/{id_}" for id_ in ids[:60]),
        *("/", "/search", "/speakers", "/countries", "/country/RU", "/search.atom?country=RU"),
        *("/facet/speaker", "/complete.json?q=re", "/help"),
    ]


def _ask(address: str, path: str) -> tuple[int, float]:
    """Status and seconds. Raises OSError or HTTPException."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    begun = time.perf_counter()
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
    finally:
        connection.close()
    return response.status, time.perf_counter() - begun


def _read(seen: Seen, address: str, questions: list[str], seed: int) -> None:
    random = Random(seed)
    while not seen.stopping.is_set():
        kind = "hostile" if random.random() < 0.1 else "plain"
        path = hostile_address(random)[:3_900] if kind == "hostile" else random.choice(questions)
        try:
            status, took = _ask(address, path)
        except ConnectionRefusedError:
            if not seen.stopping.is_set():
                seen.errors.append(f"refused: {path}")
            continue
        except (OSError, http.client.HTTPException) as error:
            seen.errors.append(f"{error!r}: {path}")
            continue
        with seen.lock:
            seen.statuses[status] = seen.statuses.get(status, 0) + 1
        seen.took[kind].append(took)
        if status >= 500 or (kind == "plain" and status != 200):
            seen.errors.append(f"{status}: {path}")


def _write(seen: Seen, home: Path, scratch: Path) -> None:
    """Ingest pages that changed, and build the index now and then."""
    folder = scratch / "lantern.example"
    folder.mkdir()
    while not seen.stopping.is_set():
        for number in range(PAGES):
            page = _PAGE.format(number=number, year=number, round=seen.rounds)
            (folder / f"{number}.html").write_text(page, "utf-8")
        verb = (
            ["index", "build"] if seen.rounds % 20 == 19 else ["ingest", str(folder), "--jobs", "1"]
        )
        done = subprocess.run(
            [*_command(home), *verb], capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            seen.errors.append(f"{verb[0]} ended with {done.returncode}: {done.stderr[-300:]}")
        seen.rounds += 1
        seen.stopping.wait(1)


def _watch(seen: Seen, server: subprocess.Popen[str], address: str, seconds: float) -> None:
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        time.sleep(min(5, seconds / 50))
        seen.memory.append((passed / seconds, _memory(server.pid)))
        seen.busy.append(os.getloadavg()[0])
        try:
            status, _ = _ask(address, "/healthz")
        except (OSError, http.client.HTTPException) as error:
            seen.errors.append(f"health: {error!r}")
        else:
            if status != 200:
                seen.errors.append(f"health: {status}")


def _memory(process: int) -> int:
    """Bytes that a process and its children hold by themselves."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    total = 0
    for each in (process, *map(int, children)):
        found = re.search(r"RssAnon:\s+(\d+) kB", Path(f"/proc/{each}/status").read_text("utf-8"))
        total += int(found[1]) * 1024 if found else 0
    return total


def _end(seen: Seen, server: subprocess.Popen[str]) -> float:
    """SIGTERM under load; seconds until the server was gone."""
    seen.stopping.set()  # before the signal: whoever is answered then has asked in time
    begun = time.monotonic()
    server.send_signal(signal.SIGTERM)
    if server.wait(timeout=60):
        seen.errors.append(f"the server ended with {server.returncode}")
    return time.monotonic() - begun


def _print(seen: Seen, seconds: float, ended: float) -> int:
    total = sum(seen.statuses.values())
    print(f"{total:,} requests in {seconds / 60:g} minutes ({total / seconds:.0f}/s)", end=", ")
    print(f"{seen.rounds} rounds of writing, statuses {dict(sorted(seen.statuses.items()))}")
    for kind, took in seen.took.items():
        if len(took) > 1:
            cuts = statistics.quantiles(took, n=100)
            p50, p95, p99 = (round(cuts[n] * 1000) for n in (49, 94, 98))
            print(f"{kind:8} {len(took):8,}  p50 {p50} ms, p95 {p95} ms, p99 {p99} ms", end="")
            print(f", worst {max(took) * 1000:.0f} ms")
    tenths = [
        statistics.median(m for at, m in seen.memory if n <= at * 10 < n + 1) for n in range(10)
    ]
    early, late = tenths[1], tenths[9]
    growth = late / early - 1
    print(
        f"memory {early / 2**20:.1f} -> {late / 2**20:.1f} MiB ({growth:+.1%})", end="; by tenth:"
    )
    print("".join(f" {tenth / 2**20:.1f}" for tenth in tenths))
    print(f"load average of the machine: {statistics.median(seen.busy):.1f}", end=", ")
    print(f"{os.cpu_count()} processors")
    print(f"SIGTERM to the end: {ended:.1f} s; errors: {len(seen.errors)}")
    for error in seen.errors[:20]:
        print(f"  {error[:300]}")
    return 1 if seen.errors or growth >= MOST_GROWTH else 0


if __name__ == "__main__":
    main()
