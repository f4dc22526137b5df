"""Trouble at a system call of one's choice: strace kills a process there, or lets the call fail.

strace sees what SQLite writes as well as what Python writes. A *point* is a system call by name
and number: the n-th ``pwrite64`` of a transaction. The process under test is a fork of this one,
so that nothing has to be imported anew for each of some thousand points.
"""

from __future__ import annotations

import functools
import mmap
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CHANGING = (
    "write,pwrite64,writev,fsync,fdatasync,rename,renameat2,unlink,unlinkat,mkdir,rmdir,"
    "ftruncate,fallocate,openat"
)
"""The calls that change what is on disk; ``openat`` where it makes a file."""

_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+|\?)(?: (\w+))?")


@dataclass(frozen=True, slots=True)
class Point:
    """The ``number``-th call of that name (from 1), and what it was called with."""

    call: str
    number: int
    arguments: str = ""

    def __str__(self) -> str:
        return f"{self.call} {self.number}: {self.arguments[:80]}"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process ended: its exit code (negative: the signal), and how many steps were
    acknowledged before.
    """

    code: int
    acknowledged: int


@functools.cache
def why_not() -> str | None:
    """Why strace cannot be used here, None where it can."""
    if sys.platform != "linux" or not shutil.which("strace"):
        return "strace is not installed"
    try:
        run([lambda: None], "trace=none")
    except OSError as error:
        return f"strace cannot trace here: {error}"
    return None


def points(steps: Sequence[Callable[[], object]], log: Path) -> list[Point]:
    """The points of these steps that change the disk. They are run once, and must end well."""
    ending = run(steps, f"trace={CHANGING}", log)
    assert ending == Ending(0, len(steps)), ending
    found = []
    counts: Counter[str] = Counter()
    for line in log.read_text("utf-8", "replace").splitlines():
        if call := _CALL.match(line):
            counts[call[1]] += 1
            if call[1] != "openat" or "O_CREAT" in call[2]:
                found.append(Point(call[1], counts[call[1]], call[2]))
    return found


def kill(steps: Sequence[Callable[[], object]], at: Point) -> Ending:
    """Run the steps; SIGKILL ends the process on entering the call."""
    return run(steps, f"inject={at.call}:signal=SIGKILL:when={at.number}")


def fail(
    steps: Sequence[Callable[[], object]], at: Point, error: str, *, for_good: bool = False
) -> Ending:
    """Run the steps; the call fails with this error, once or from then on."""
    return run(steps, f"inject={at.call}:error={error}:when={at.number}{'+' * for_good}")


def run(steps: Sequence[Callable[[], object]], expression: str, log: Path | None = None) -> Ending:
    """Run the steps in a fork under strace. An exception of theirs is exit code 1."""
    with mmap.mmap(-1, 1) as acknowledged:  # shared; and no system call to acknowledge
        with warnings.catch_warnings():
            # Python 3.12 warns of threads that the child will lack: it needs none.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            _work(steps, acknowledged)
        os.waitpid(child, os.WUNTRACED)
        tracer = subprocess.Popen(
            ["strace", "-p", str(child), "-o", str(log or os.devnull), "-e", expression],
            stderr=subprocess.PIPE,
        )
        try:
            _wait_until_traced(child, tracer)
        except OSError:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
        tracer.communicate(timeout=60)
        return Ending(os.waitstatus_to_exitcode(status), acknowledged[0])


def _work(steps: Sequence[Callable[[], object]], acknowledged: mmap.mmap) -> None:
    """The life of the process under test."""
    code = 1
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
        for number, step in enumerate(steps, start=1):
            step()
            acknowledged[0] = number
        code = 0
    finally:
        os._exit(code)


def _wait_until_traced(child: int, tracer: subprocess.Popen[bytes]) -> None:
    """Raises OSError when strace gives up."""
    while True:
        status = Path(f"/proc/{child}/status").read_text("ascii")
        if "TracerPid:\t0\n" not in status:
            return
        if tracer.poll() is not None:
            _, said = tracer.communicate()
            raise OSError(said.decode("utf-8", "replace").strip())
        time.sleep(0.002)
