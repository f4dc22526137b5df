"""How much memory does a process take, with all that it starts?

Counted is the proportional set size (``Pss`` of ``/proc/PID/smaps_rollup``): what several of
the processes share, mapped files included, counts once. It is looked at five times a second:
more would cost time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_PAUSE = 0.2


class Peak:
    """The most that a process and its children took together while this was open: ``megabytes``."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Peak:
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
        while not self._ended.wait(_PAUSE):
            kilobytes = sum(_pss(pid) for pid in _family(self._pid))
            self.megabytes = max(self.megabytes, kilobytes // 1024)


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
