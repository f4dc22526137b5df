"""How fast do saved pages become documents, and in how much memory?

    python -m benchmarks.ingest [PATH...] [--jobs N] [--json]

Reads the pages into a fresh archive; then with another limit, so that all are read once more and
nothing changes; then again, when what they say is known. Workers take a second to
start and are slow with their first pages, however many follow: what was spent until the first
eight pages were stored is "start", and all other figures are those of the pages after them. Times
are CPU time as the kernel counts it, of the workers that were up by then ("reading") and of this
process ("storing", commits included).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from multiprocessing import active_children
from pathlib import Path

from archive.errors import PageError
from archive.extract import Extraction
from archive.ingest import ingest
from archive.limits import LIMITS
from archive.page import Page, UnreadableSource
from archive.profiles import load_profiles
from archive.store import Outcome, Store

PAGES = Path(__file__).parents[2] / "shared/data/amnesty_org"
_STARTING = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Figures of one ingest. Memory in MiB; the workers' is that of the largest one."""

    run: str
    jobs: int
    start_cpu_seconds: float
    pages: int
    statements: int
    pages_per_second: float
    pages_per_core_second: float
    statements_per_core_second: float
    reading_ms: float
    storing_ms: float
    parent_mib: float
    worker_mib: float


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that this process and its workers worked, and seconds by the clock, up to now."""

    storing: float = 0.0
    reading: float = 0.0
    clock: float = 0.0

    @classmethod
    def now(cls) -> Spent:
        """What was spent until now; workers that have ended are not counted."""
        schedules = (Path(f"/proc/{one.pid}/schedstat").read_text() for one in active_children())
        reading = sum(int(schedule.split()[0]) for schedule in schedules) / 1e9
        return cls(time.process_time(), reading, time.perf_counter())


class WatchedStore(Store):
    """A store that knows what was spent when its first pages were in, and its last one."""

    pages = statements = 0
    worker_mib = 0.0
    start = end = Spent()

    def put(
        self, page: Page, extraction: Extraction, *, reading: str | None = None
    ) -> tuple[Outcome, ...]:
        """Take in a page, and count it."""
        outcomes = super().put(page, extraction, reading=reading)
        self._count(len(outcomes))
        return outcomes

    def statements_read(self, page: Page, reading: str) -> int | None:
        """Count a page that need not be read."""
        statements = super().statements_read(page, reading)
        if statements is not None:
            self._count(statements)
        return statements

    def quarantine(self, page: Page | UnreadableSource, error: PageError) -> None:
        """Keep a page that could not be read, and count it."""
        super().quarantine(page, error)
        self._count(0)

    def _count(self, statements: int) -> None:
        self.pages += 1
        self.statements += statements
        self.end = Spent.now()
        if self.pages == _STARTING:
            self.start, self.statements = self.end, 0
        if self.pages % _STARTING == 0:
            peaks = (peak_mib(child.pid) for child in active_children())
            self.worker_mib = max([self.worker_mib, *peaks])


def peak_mib(pid: int | None) -> float:
    """Most memory that a process ever held."""
    status = Path(f"/proc/{pid or 'self'}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


RUNS = {
    "fresh": LIMITS,
    "reread": replace(LIMITS, links=LIMITS.links + 1),
    "again": replace(LIMITS, links=LIMITS.links + 1),
}


def measure(name: str, paths: list[Path], home: Path, jobs: int) -> Run:
    """Ingest once."""
    before = Spent.now()
    with WatchedStore.open(home, create=True) as store:
        ingest(paths, store, profiles=load_profiles(), jobs=jobs, limits=RUNS[name])
        storing = time.process_time() - store.start.storing
        reading = store.end.reading - store.start.reading
        pages = store.pages - _STARTING
        return Run(
            run=name,
            jobs=jobs,
            start_cpu_seconds=round(store.start.storing - before.storing + store.start.reading, 2),
            pages=pages,
            statements=store.statements,
            pages_per_second=round(pages / (store.end.clock - store.start.clock), 1),
            pages_per_core_second=round(pages / (storing + reading), 1),
            statements_per_core_second=round(store.statements / (storing + reading), 1),
            reading_ms=round(1000 * reading / pages, 2),
            storing_ms=round(1000 * storing / pages, 2),
            parent_mib=round(peak_mib(None), 1),
            worker_mib=round(store.worker_mib, 1),
        )


def main() -> None:
    """Print the figures of a fresh ingest and of two more of the same pages."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[PAGES])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        parser.error(f"there are no pages at {missing[0]}: name a folder of saved pages")
    if sum(path.is_file() for root in arguments.paths for path in (root, *root.rglob("*"))) < 16:
        parser.error("too few pages to measure: name a folder with 16 at least")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        runs = [measure(name, arguments.paths, home, arguments.jobs) for name in RUNS]
    if arguments.json:
        print(json.dumps([asdict(run) for run in runs], indent=2))
        return
    for field in asdict(runs[0]):
        values = "".join(f"{getattr(run, field)!s:>12}" for run in runs)
        print(f"{field.replace('_', ' '):28}{values}")


if __name__ == "__main__":
    main()
