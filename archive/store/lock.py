"""One writer at a time: a lock file beside the database that names its holder.

The kernel drops the lock with the process, however it ends, so there are no stale locks.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from pathlib import Path

from archive.errors import StoreLocked

_PAUSE = 0.05


class WriterLock:
    """Holds ``path`` locked from construction until :meth:`release`."""

    def __init__(self, path: Path, wait: float) -> None:
        """Wait at most ``wait`` seconds; raise StoreLocked saying who holds it."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        deadline = time.monotonic() + wait
        while not self._try():
            if time.monotonic() >= deadline:
                refusal = self._refusal(path)
                os.close(self._descriptor)
                raise StoreLocked(refusal)
            time.sleep(_PAUSE)
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next writer in. The file stays: removing it would race with them."""
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _refusal(self, path: Path) -> str:
        pid, _, host = os.pread(self._descriptor, 300, 0).decode("utf-8", "replace").partition(" ")
        holder = f"process {pid} on {host.strip()}" if pid.isdigit() else "another process"
        return f"{holder} is writing to {path.parent}: wait until it is done, then try again"
