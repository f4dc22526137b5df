"""Inverting in several processes: documents go out in batches, segments come back.

This process reads the documents, hands batches of them to its helpers, and inverts a batch
itself whenever all of them are busy: so no processor waits for another one. Each process collects
until its builder is full or the documents end, and folds and stems each word once. Few
documents never leave this one.
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
from index.whoosh_engine.invert import MAX_TOKENS, SegmentBuilder

Result = TypeVar("Result")

_BATCH = 2 << 20
"""Characters of text in a batch: some hundred documents."""

_ALONE = 4 << 20
"""So many characters are sooner inverted here than a helper has started."""

_WAITING = 2
"""Batches that a helper has before it: one that it inverts, and the next."""


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
        self._finished = finished
        self._limit = MAX_TOKENS // jobs
        self._builder = SegmentBuilder(self._limit)
        self._written: list[Written] = []
        self._batch: list[Document] = []
        self._size = 0
        self._alone = _ALONE
        self._most_helpers = jobs - 1
        self._helpers: list[_Helper] = []

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different between two calls of :meth:`drain`."""
        if not self._most_helpers:
            self._invert(document)
            return
        self._batch.append(document)
        self._size += len(document.body)
        if self._size >= _BATCH:
            self._hand_out()

    def drain(self) -> list[Written]:
        """All segments since the last call."""
        for document in self._batch:
            self._invert(document)
        self._batch, self._size = [], 0
        for helper in self._helpers:
            helper.begin(finish_batches, self._new_path())
        if len(self._builder):
            self._write()
        for helper in self._helpers:
            self._written += helper.written(wait=True)
        written, self._written = self._written, []
        return written

    def close(self) -> None:
        """End the processes."""
        for helper in self._helpers:
            helper.pool.shutdown(cancel_futures=True)

    @property
    def pools(self) -> list[Executor]:
        """The helpers, once there was enough to do for them: a process each."""
        return [helper.pool for helper in self._helpers]

    def _invert(self, document: Document) -> None:
        self._builder.add(document)
        if self._builder.full:
            self._write()

    def _write(self) -> None:
        written = _finish(self._builder, self._new_path())
        self._finished(written)
        self._written.append(written)
        self._builder = self._builder.next()

    def _hand_out(self) -> None:
        self._alone -= self._size
        helper = self._free_helper() if self._alone < 0 else None
        if helper:
            helper.begin(invert_batch, self._batch, self._new_path())
        else:
            for document in self._batch:
                self._invert(document)
        self._batch, self._size = [], 0

    def _free_helper(self) -> _Helper | None:
        """The one with the least to do; None when all have enough."""
        for helper in self._helpers:
            self._written += helper.written()
        if len(self._helpers) < self._most_helpers:
            self._helpers.append(_Helper(self._limit, self._finished))
        helper = min(self._helpers, key=lambda helper: len(helper.tasks))
        return helper if len(helper.tasks) < _WAITING else None


class _Helper:
    """A process that inverts: a pool of one, so that its batches come into one builder."""

    def __init__(self, limit: int, finished: Callable[[Written], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pool = ProcessPoolExecutor(1, context, _prepare, (limit,))
        self.tasks: list[Future[Written | None]] = []
        self._finished = finished

    def begin(self, task: Callable[..., Written | None], *given: object) -> None:
        """Give it something to do."""
        with interrupts_held():  # the first task starts the process
            future = self.pool.submit(task, *given)
        future.add_done_callback(self._note)
        self.tasks.append(future)

    def written(self, *, wait: bool = False) -> list[Written]:
        """What came of the tasks that are done, or of all; raises what went wrong in them."""
        done = [task for task in self.tasks if wait or task.done()]
        self.tasks = [task for task in self.tasks if task not in done]
        results = [task.result() for task in done]
        return [result for result in results if result]

    def _note(self, task: Future[Written | None]) -> None:
        if not task.cancelled() and task.exception() is None:
            written = task.result()
            with contextlib.suppress(OSError):  # a full disk will end the rebuild soon enough
                if written:
                    self._finished(written)


def _prepare(limit: int) -> None:
    global _builder
    _builder = SegmentBuilder(limit)
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
"""In a helper: what it has collected."""


def invert_batch(documents: list[Document], path: Path) -> Written | None:
    """Collect some documents, and make a segment when they are enough: the task of a helper."""
    global _builder
    for document in documents:
        _builder.add(document)
    if not _builder.full:
        return None
    builder, _builder = _builder, _builder.next()
    return _finish(builder, path)


def finish_batches(path: Path) -> Written | None:
    """Make a segment of what is left: the last task of a helper."""
    global _builder
    builder, _builder = _builder, _builder.next()
    return _finish(builder, path) if len(builder) else None


def emptied(task: Callable[..., Result], *given: object) -> Result:
    """Run a task in a helper that forgets the words it knew: no texts come now."""
    global _builder
    _builder = SegmentBuilder()
    release_memory()
    return task(*given)


def _finish(builder: SegmentBuilder, path: Path) -> Written:
    out = builder.write(path)
    return Written(path, out.size, out.sha256)
