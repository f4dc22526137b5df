"""What does a process take, with all that it starts: memory, and time on two processors?

**Memory** is the proportional set size (``Pss`` of ``/proc/PID/smaps_rollup``): what several of
the processes share, mapped files included, counts once. It is looked at five times a second:
more would cost time.

**Two processors.** What the clock says of several processes is worth nothing while others use
the machine. So it is worked out from CPU time: of each second of the run, how long would two
idle processors have needed for what was done in it? No less than half of the CPU time of all
processes, no less than that of the busiest one, and no more than the larger of both where the
processes do not wait for each other within the second (McNaughton's rule). The sum keeps the
order of what waits for what. What the disk takes is in neither this nor CPU time.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_PAUSE = 0.2
_SECOND = 1.0
_OWN, _OF_CHILDREN = (11, 12), (13, 14)
"""Where /proc/PID/stat has the CPU time, behind the name: user's, system's."""


class Watch:
    """While it is open: ``megabytes``, the most of all processes together, and
    ``two_processors``, the seconds that two idle processors would have needed.
    """

    def __init__(self, pid: int) -> None:
        self.megabytes = 0
        self.two_processors = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        used, ended_used = self._used(), _cpu(self._pid, _OF_CHILDREN)
        begun = time.monotonic()
        ended = False
        while not ended:
            ended = self._ended.wait(_PAUSE)
            kilobytes = sum(_pss(pid) for pid in _family(self._pid))
            self.megabytes = max(self.megabytes, kilobytes // 1024)
            if ended or time.monotonic() - begun >= _SECOND:
                before, used, begun = used, self._used(), time.monotonic()
                spent = [seconds - before.get(pid, 0.0) for pid, seconds in used.items()]
                # What those spent at last that have ended, as if they had been one.
                known = sum(seconds for pid, seconds in before.items() if pid not in used)
                earlier, ended_used = ended_used, _cpu(self._pid, _OF_CHILDREN)
                spent.append(max(0.0, ended_used - earlier - known))
                self.two_processors += max([sum(spent) / 2, *spent])

    def _used(self) -> dict[int, float]:
        return {pid: _cpu(pid) for pid in _family(self._pid)}


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _cpu(pid: int, fields: tuple[int, int] = _OWN) -> float:
    """CPU seconds of a process that runs, or of its children that have ended; 0 where it has."""
    try:
        values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(values[at]) for at in fields) / os.sysconf("SC_CLK_TCK")
