"""Inverting in several processes: documents go out in batches, segments come back.

A batch is a task of its own that leaves a finished segment. What a process learns from it are
words: each is folded and stemmed once in each process. Few documents never leave this one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archive.document import Document
from archive.interrupts import interrupts_held
from index.whoosh_engine.allocation import keep_memory, release_memory
from index.whoosh_engine.invert import SegmentBuilder

Result = TypeVar("Result")

_BATCH = 16 << 20
"""Characters of text in a batch: some thousand documents."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished segment file."""

    path: Path
    size: int
    sha256: str


class Inverter:
    """Turns documents into segments, in ``jobs`` processes. ``new_path`` names a segment.

    ``finished`` is told of each segment when it is durable, in any thread.
    """

    def __init__(
        self,
        new_path: Callable[[], Path],
        jobs: int = 1,
        finished: Callable[[Written], None] = lambda _: None,
    ) -> None:
        self._new_path = new_path
        self._jobs = jobs
        self._finished = finished
        self._builder = SegmentBuilder()
        self._written: list[Written] = []
        self._batch: list[Document] = []
        self._size = 0
        self._pool: ProcessPoolExecutor | None = None
        self._tasks: list[Future[Written]] = []

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different between two calls of :meth:`drain`."""
        if self._jobs == 1:
            self._invert(document)
            return
        self._batch.append(document)
        self._size += len(document.body)
        if self._size >= _BATCH:
            self._send()

    def drain(self) -> list[Written]:
        """All segments since the last call."""
        if self._pool and self._batch:
            self._send()
        for document in self._batch:
            self._invert(document)
        self._batch, self._size = [], 0
        if len(self._builder):
            self._write()
        written = self._written + [task.result() for task in self._tasks]
        self._written, self._tasks = [], []
        return written

    def close(self) -> None:
        """End the processes."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    @property
    def pool(self) -> Executor | None:
        """The processes, once there was enough to do for them."""
        return self._pool

    def _invert(self, document: Document) -> None:
        self._builder.add(document)
        if self._builder.full:
            self._write()

    def _write(self) -> None:
        written = _finish(self._builder, self._new_path())
        self._finished(written)
        self._written.append(written)
        self._builder = self._builder.next()

    def _send(self) -> None:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, context, _prepare)
        waiting = [task for task in self._tasks if not task.done()]
        if len(waiting) > self._jobs:
            waiting[0].result()  # what waits lies in memory: never more than a batch ahead
        with interrupts_held():  # the first task starts the processes
            task = self._pool.submit(invert_batch, self._batch, self._new_path())
        task.add_done_callback(self._note)
        self._tasks.append(task)
        self._batch, self._size = [], 0

    def _note(self, task: Future[Written]) -> None:
        if not task.cancelled() and task.exception() is None:
            with contextlib.suppress(OSError):  # a full disk will end the rebuild soon enough
                self._finished(task.result())


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be held from the start
    keep_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Processes of a pool do not notice by themselves when who started them was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


_builder = SegmentBuilder()
"""In a process of the pool: empty, but it knows the words of the tasks before."""


def invert_batch(documents: list[Document], path: Path) -> Written:
    """Make one segment of some documents: the task of a process."""
    global _builder
    builder, _builder = _builder, _builder.next()
    for document in documents:
        builder.add(document)
    return _finish(builder, path)


def emptied(task: Callable[..., Result], *given: object) -> Result:
    """Run a task in a process of the pool that forgets the words it knew: no texts come now."""
    global _builder
    _builder = SegmentBuilder()
    release_memory()
    return task(*given)


def _finish(builder: SegmentBuilder, path: Path) -> Written:
    out = builder.write(path)
    return Written(path, out.size, out.sha256)
