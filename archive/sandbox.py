"""Worker processes that read pages, so that no page can harm more than itself.

A page is read in a process with a limit on its CPU time and memory. Whatever happens there
(an endless loop, a crash in a C library, the kernel's out-of-memory killer) ends in a
:class:`~archive.errors.PageError` for this one page and a fresh worker for the next.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, TypeVar

from archive.errors import PageError, PageLimitExceeded, UnreadablePage, WorkerError
from archive.interrupts import interrupts_held
from archive.limits import WORKER_LIMITS, WorkerLimits, to_raise
from archive.page import Arrival, Page, ReadBefore, UnreadableSource

Result = TypeVar("Result")
Reader = Callable[[Page], Result]

# Forked from one clean server process that has imported the parsers, so that replacing
# a worker is quick, and nothing of this process (database, lock, threads) gets into it.
_CONTEXT = multiprocessing.get_context("forkserver")
_PRELOADED = ["archive.extract", "archive.ingest"]
_MESSAGE = 500

_AHEAD_SECONDS = 0.1
"""A worker is given as many pages as it reads in this time, and left alone meanwhile: a process
that wakes up for each page finds its caches cold, and takes twice as long for what it does."""

_AHEAD_PAGES = 16
_AHEAD_BYTES = 1 << 19
"""More pages, or bytes, are not given to it."""

_SPENT = 0.5
"""Of the memory that a worker may take: with so much it reads no more pages. What one page leaves
behind in caches and gaps of the heap would count against another one."""

_HELD_BYTES = 1 << 22
"""Pages of so many bytes may be held for each worker before one more is taken."""


@dataclass(slots=True)
class _Task(Generic[Result]):
    """A page on its way; ``result`` is None until a worker has read it."""

    page: Arrival
    result: Result | PageError | ReadBefore | None = None

    @property
    def size(self) -> int:
        return len(self.page.data) if isinstance(self.page, Page) else 0


class _Worker:
    """One process and the pipe to it. Raises WorkerError when it cannot begin to work.

    That is no page's doing, and would happen to every page. ``tasks``: of those ``given`` to it at
    ``begun``, those that it has not answered; the first must be done at ``deadline``.
    """

    def __init__(self, read: Reader[object], limits: WorkerLimits) -> None:
        self.tasks: deque[_Task[Any]] = deque()
        self.given = 0
        self.peak_bytes = 0
        self.begun = self.deadline = 0.0
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(
            target=_work, args=(theirs, read, limits), daemon=True
        )
        resource_tracker.ensure_running()  # starts with the others otherwise, and lifts the mask
        with interrupts_held():
            self.process.start()
        theirs.close()
        try:
            self.pipe.recv()
        except EOFError as error:
            self.end()
            raise WorkerError(
                "a process that reads pages ended before its first page, and has said why above. "
                "A script that ingests must be a file that guards what it does by "
                '`if __name__ == "__main__":`'
            ) from error

    def end(self) -> int:
        """Stop it if it still runs; its exit code (negative: the signal that ended it)."""
        self.pipe.close()
        self.process.join(timeout=1)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        return code


class Sandbox(Generic[Result]):
    """Reads pages in ``jobs`` worker processes. A context manager; leaving it ends them.

    ``read`` must be picklable. What it returns is pickled too.
    """

    def __init__(
        self, read: Reader[Result], *, jobs: int = 1, limits: WorkerLimits = WORKER_LIMITS
    ) -> None:
        self._read = read
        self._jobs = jobs
        self._limits = limits
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Worker] = {}
        self._waiting: deque[_Task[Result]] = deque()
        self._pace = _AHEAD_SECONDS
        _CONTEXT.set_forkserver_preload(_PRELOADED)

    def __enter__(self) -> Sandbox[Result]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._busy.values():
            worker.process.kill()
        for worker in [*self._idle, *self._busy.values()]:
            worker.end()
        self._idle.clear()
        self._busy.clear()

    def read(
        self, pages: Iterable[Arrival]
    ) -> Iterator[tuple[Arrival, Result | PageError | ReadBefore]]:
        """Each page with what became of it, in the order given; what is none passes through.

        A few pages per worker are held in memory: behind a slow page, reading pauses until it is
        done.
        """
        source = iter(pages)
        tasks: deque[_Task[Result]] = deque()
        held = 0
        more = True
        while more or tasks:
            if self._waiting and self._has_spare_worker():
                self._begin()
            while tasks and tasks[0].result is not None:
                done = tasks.popleft()
                held -= done.size
                assert done.result is not None  # noqa: S101 (the loop's condition)
                yield done.page, done.result
                if more and self._has_spare_worker():
                    break
            while more and self._wants() and self._has_room(len(tasks), held):
                page = next(source, None)
                if page is None:
                    more = False
                    break
                task: _Task[Result] = _Task(page)
                held += task.size
                tasks.append(task)
                if isinstance(page, Page):
                    self._waiting.append(task)
                else:
                    task.result = page.error if isinstance(page, UnreadableSource) else page
            if self._busy and not (self._waiting and self._has_spare_worker()):
                self._collect()

    def _has_spare_worker(self) -> bool:
        return len(self._busy) < self._jobs

    def _has_room(self, pages: int, size: int) -> bool:
        return pages < self._jobs * _AHEAD_PAGES and size < self._jobs * _HELD_BYTES

    def _wants(self) -> bool:
        """Whether the next worker could do with one more page."""
        most = min(_AHEAD_SECONDS / self._pace, _AHEAD_PAGES)
        size = sum(task.size for task in self._waiting)
        return not self._waiting or (len(self._waiting) < most and size < _AHEAD_BYTES)

    def _begin(self) -> None:
        """Give the pages that wait to a worker."""
        worker = self._idle.pop() if self._idle else _Worker(self._read, self._limits)
        pages = [task.page for task in self._waiting]
        try:
            worker.pipe.send(pages)
        except BrokenPipeError:  # it died while it had nothing to do: not these pages' doing
            worker.end()
            worker = _Worker(self._read, self._limits)
            worker.pipe.send(pages)
        worker.tasks, self._waiting = self._waiting, deque()
        worker.begun = time.monotonic()
        worker.deadline = worker.begun + self._limits.wall_seconds
        worker.given = len(worker.tasks)
        self._busy[worker.pipe] = worker

    def _collect(self) -> None:
        """Wait until at least one worker has answered, died or overrun its time."""
        time.sleep(max(0, min(self._nearly_done(worker) for worker in self._busy.values())))
        first = min(worker.deadline for worker in self._busy.values())
        ready = wait(list(self._busy), timeout=max(first - time.monotonic(), 0))
        now = time.monotonic()
        for worker in list(self._busy.values()):
            if worker.pipe in ready:
                self._receive(worker)
            elif worker.deadline <= now:
                took = f"{self._limits.wall_seconds:g} s"
                error = PageLimitExceeded(_over(took, "wall_seconds"), "time")
                self._end(worker, error, kill=True)

    def _nearly_done(self, worker: _Worker) -> float:
        """In how many seconds a worker has, as it seems, one page left."""
        most = min((worker.given - 1) * self._pace, _AHEAD_SECONDS)
        return worker.begun + most - time.monotonic()

    def _receive(self, worker: _Worker) -> None:
        """Take the answers that are there, at least one."""
        while worker.tasks:
            try:
                result: Result | PageError | WorkerError
                result, peak_bytes = worker.pipe.recv()
            except (EOFError, OSError):  # it died before or while it answered
                self._end(worker, _cause_of_death(worker.end(), self._limits))
                return
            if isinstance(result, WorkerError):
                raise result
            if isinstance(result, PageLimitExceeded) and result.reason == "memory":
                # Its heap is in no state to go on with; whose doing that was its size tells.
                self._end(worker, None if self._is_spent(worker) else result, kill=True)
                return
            worker.peak_bytes = peak_bytes
            worker.tasks.popleft().result = result
            if worker.tasks and not worker.pipe.poll():
                worker.deadline = time.monotonic() + self._limits.wall_seconds
                return
        self._pace = (time.monotonic() - worker.begun) / worker.given
        del self._busy[worker.pipe]
        if self._is_spent(worker):
            worker.end()
        else:
            self._idle.append(worker)

    def _is_spent(self, worker: _Worker) -> bool:
        return worker.peak_bytes > _SPENT * self._limits.memory_bytes

    def _end(self, worker: _Worker, error: PageError | None, *, kill: bool = False) -> None:
        """Let a worker end; what it was given and has not answered waits for the next one.

        ``error``: what became of the first of these pages; None when that one waits too.
        """
        del self._busy[worker.pipe]
        if kill:
            worker.process.kill()
            worker.end()
        if error is not None:
            worker.tasks.popleft().result = error
        self._waiting.extendleft(reversed(worker.tasks))


def _cause_of_death(exit_code: int, limits: WorkerLimits) -> PageError:
    if exit_code == -signal.SIGXCPU:
        return PageLimitExceeded(_over(f"{limits.cpu_seconds} s CPU", "cpu_seconds"), "cpu")
    if exit_code == -signal.SIGKILL:
        return PageLimitExceeded("the system ended the worker, as it does without memory", "memory")
    how = signal.Signals(-exit_code).name if exit_code < 0 else f"exit code {exit_code}"
    return UnreadablePage(f"reading the page crashed its worker ({how})", "crash")


def _over(took: str, setting: str) -> str:
    return f"reading the page took over {took}: {to_raise(setting, 'worker')}"


def _work(pipe: Connection, read: Reader[object], limits: WorkerLimits) -> None:
    """The life of a worker: pages in, a result or an error out for each, until the pipe closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    pipe.send(None)  # the process is up
    while True:
        try:
            pages = pipe.recv()
        except EOFError:
            return
        for page in pages:
            used = resource.getrusage(resource.RUSAGE_SELF)
            spent = int(used.ru_utime + used.ru_stime)  # the kernel counts in whole seconds
            resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.cpu_seconds, hard))
            answer = _attempt(read, page, limits)
            peak = _peak_bytes()
            try:
                pipe.send((answer, peak))
            except (MemoryError, RecursionError, ValueError):
                too_large = "what the page says is too large to pass on"
                pipe.send((PageLimitExceeded(too_large, "memory"), peak))


def _peak_bytes() -> int:
    """Most memory that this process has held at a time."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def _attempt(read: Reader[object], page: Page, limits: WorkerLimits) -> object:
    try:
        return read(page)
    except PageError as error:
        return error
    except MemoryError:
        took = f"{limits.memory_bytes >> 20} MiB of memory"
        return PageLimitExceeded(_over(took, "memory_bytes"), "memory")
    except RecursionError:
        return PageLimitExceeded("the page is nested too deeply", "depth")
    except ImportError as error:
        return WorkerError(
            f"pages cannot be read, because a part of On Record does not load ({error}): "
            "install it again"
        )
    except Exception as error:
        message = f"reading the page failed: {type(error).__name__}: {error}"
        return UnreadablePage(message[:_MESSAGE], "error")
