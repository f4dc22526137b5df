"""One writer at a time: an advisory lock on ``INDEX/LOCK`` that dies with its process.

The file holds the writer's process id, for the message that another one gets. Readers never
lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from index.errors import IndexLocked

_PAUSE = 0.05


@contextlib.contextmanager
def writer_lock(folder: Path, patience: float) -> Iterator[None]:
    """Hold the lock. Raises IndexLocked after ``patience`` seconds."""
    descriptor = os.open(folder / "LOCK", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, folder, time.monotonic() + patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, folder: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 20, 0).decode("ascii", "replace") or "unknown"
                raise IndexLocked(
                    f"Another process (pid {holder}) is writing to {folder}: "
                    "wait until it is done, then try again."
                ) from error
            time.sleep(_PAUSE)
        else:
            return
