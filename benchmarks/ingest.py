"""How fast do saved pages become documents, and in how much memory?

    python -m benchmarks.ingest [PATH...] [--jobs N] [--json]

Reads the pages into a fresh archive, then again (when nothing changes). The CPU time and
the peak memory are those of this process and all its workers, as the kernel counts them.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.ingest import ingest
from archive.profiles import load_profiles
from archive.store import Store

PAGES = Path(__file__).parents[2] / "shared/data/amnesty_org"
_SAMPLED = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """Figures of one ingest. Memory in MiB; the workers' is that of the largest one."""

    run: str
    jobs: int
    pages: int
    statements: int
    seconds: float
    cpu_seconds: float
    pages_per_second: float
    pages_per_core_second: float
    statements_per_core_second: float
    parent_mib: float
    worker_mib: float


class Meter:
    """Watches this process and its descendants while a ``with`` block runs."""

    def __init__(self) -> None:
        self._cpu: dict[int, float] = {}
        self._peak: dict[int, float] = {}
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Meter:
        self._sample()
        self._before = sum(self._cpu.values())
        self._started = time.perf_counter()
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._started
        self._over.set()
        self._watch.join()
        self._sample()
        self.cpu_seconds = sum(self._cpu.values()) - self._before

    @property
    def parent_mib(self) -> float:
        """Most memory that this process held."""
        return self._peak[os.getpid()]

    @property
    def worker_mib(self) -> float:
        """Most memory that any one of the others held."""
        return max((peak for pid, peak in self._peak.items() if pid != os.getpid()), default=0)

    def _run(self) -> None:
        while not self._over.wait(_SAMPLED):
            self._sample()

    def _sample(self) -> None:
        for pid in family():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:  # it has ended since
                continue
            self._cpu[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
            _, found, rest = status.partition("VmHWM:")
            if found:
                self._peak[pid] = int(rest.split()[0]) / 1024


def family() -> set[int]:
    """The ids of this process and its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def measure(name: str, paths: list[Path], home: Path, jobs: int) -> Run:
    """Ingest once."""
    with Store.open(home, create=True) as store, Meter() as meter:
        report = ingest(paths, store, profiles=load_profiles(), jobs=jobs)
    return Run(
        run=name,
        jobs=jobs,
        pages=report.pages,
        statements=report.seen - report.quarantined,
        seconds=round(meter.seconds, 2),
        cpu_seconds=round(meter.cpu_seconds, 2),
        pages_per_second=round(report.pages / meter.seconds, 1),
        pages_per_core_second=round(report.pages / meter.cpu_seconds, 1),
        statements_per_core_second=round((report.seen - report.quarantined) / meter.cpu_seconds, 1),
        parent_mib=round(meter.parent_mib, 1),
        worker_mib=round(meter.worker_mib, 1),
    )


def main() -> None:
    """Print the figures of a fresh ingest and of the same again."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[PAGES])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        parser.error(f"there are no pages at {missing[0]}: name a folder of saved pages")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        runs = [measure(name, arguments.paths, home, arguments.jobs) for name in ("fresh", "again")]
    if arguments.json:
        print(json.dumps([asdict(run) for run in runs], indent=2))
        return
    for field in asdict(runs[0]):
        values = "".join(f"{getattr(run, field)!s:>12}" for run in runs)
        print(f"{field.replace('_', ' '):28}{values}")


if __name__ == "__main__":
    main()
