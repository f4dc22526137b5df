"""Worker processes that read pages, so that no page can harm more than itself.

A page is read in a process with a limit on its CPU time and memory. Whatever happens there
(an endless loop, a crash in a C library, the kernel's out-of-memory killer) ends in a
:class:`~archive.errors.PageError` for this one page and a fresh worker for the next.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, TypeVar

from archive.errors import PageError, PageLimitExceeded, UnreadablePage, WorkerError
from archive.interrupts import interrupts_held
from archive.limits import WORKER_LIMITS, WorkerLimits, to_raise
from archive.page import Page, UnreadableSource

Result = TypeVar("Result")
Reader = Callable[[Page], Result]

# Forked from one clean server process that has imported the parsers, so that replacing
# a worker is quick, and nothing of this process (database, lock, threads) gets into it.
_CONTEXT = multiprocessing.get_context("forkserver")
_PRELOADED = ["archive.extract", "archive.ingest"]
_MESSAGE = 500


class _Worker:
    """One process and the pipe to it. Raises WorkerError when it cannot begin to work.

    That is no page's doing, and would happen to every page.
    """

    def __init__(self, read: Reader[object], limits: WorkerLimits) -> None:
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


@dataclass(slots=True)
class _Task(Generic[Result]):
    """A page on its way; ``result`` is None while a worker reads it."""

    page: Page | UnreadableSource
    result: Result | PageError | None = None
    deadline: float = 0.0


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
        self._busy: dict[Connection, tuple[_Worker, _Task[Result]]] = {}
        _CONTEXT.set_forkserver_preload(_PRELOADED)

    def __enter__(self) -> Sandbox[Result]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker, _ in self._busy.values():
            worker.process.kill()
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.end()
        self._idle.clear()
        self._busy.clear()

    def read(
        self, pages: Iterable[Page | UnreadableSource]
    ) -> Iterator[tuple[Page | UnreadableSource, Result | PageError]]:
        """Each page with what became of it, in the order given.

        At most a few pages per worker are held in memory: behind a slow page, reading
        pauses until it is done.
        """
        source = iter(pages)
        window = 4 * self._jobs
        tasks: deque[_Task[Result]] = deque()
        more = True
        while more or tasks:
            while more and len(tasks) < window and len(self._busy) < self._jobs:
                page = next(source, None)
                if page is None:
                    more = False
                else:
                    tasks.append(self._begin(page))
            while tasks and tasks[0].result is not None:
                done = tasks.popleft()
                assert done.result is not None  # noqa: S101 (the loop's condition)
                yield done.page, done.result
                if more and len(self._busy) < self._jobs:
                    break  # a worker has nothing to do
            if tasks and tasks[0].result is None:
                self._collect()

    def _begin(self, page: Page | UnreadableSource) -> _Task[Result]:
        task: _Task[Result] = _Task(page)
        if isinstance(page, UnreadableSource):
            task.result = page.error
            return task
        worker = self._idle.pop() if self._idle else _Worker(self._read, self._limits)
        try:
            worker.pipe.send(page)
        except BrokenPipeError:  # it died while it had nothing to do: not this page's doing
            worker.end()
            worker = _Worker(self._read, self._limits)
            worker.pipe.send(page)
        task.deadline = time.monotonic() + self._limits.wall_seconds
        self._busy[worker.pipe] = (worker, task)
        return task

    def _collect(self) -> None:
        """Wait until at least one worker has answered, died or overrun its time."""
        first = min(task.deadline for _, task in self._busy.values())
        ready = wait(list(self._busy), timeout=max(first - time.monotonic(), 0))
        now = time.monotonic()
        for pipe in list(self._busy):
            worker, task = self._busy[pipe]
            if pipe in ready:
                del self._busy[pipe]
                task.result = self._receive(worker)
            elif task.deadline <= now:
                del self._busy[pipe]
                worker.process.kill()
                worker.end()
                took = f"{self._limits.wall_seconds:g} s"
                task.result = PageLimitExceeded(_over(took, "wall_seconds"), "time")

    def _receive(self, worker: _Worker) -> Result | PageError:
        try:
            result: Result | PageError | WorkerError = worker.pipe.recv()
        except (EOFError, OSError):  # it died before or while it answered
            return _cause_of_death(worker.end(), self._limits)
        if isinstance(result, WorkerError):
            worker.end()
            raise result
        if isinstance(result, PageLimitExceeded) and result.reason == "memory":
            worker.end()  # its heap is in no state to go on with
        else:
            self._idle.append(worker)
        return result


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
    """The life of a worker: a page in, a result or an error out, until the pipe closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    pipe.send(None)  # the process is up
    while True:
        try:
            page = pipe.recv()
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)  # the kernel counts in whole seconds
        resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.cpu_seconds, hard))
        answer = _attempt(read, page, limits)
        try:
            pipe.send(answer)
        except (MemoryError, RecursionError, ValueError):
            pipe.send(PageLimitExceeded("what the page says is too large to pass on", "memory"))


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
