"""A helper: a process that inverts, and what it does there.

It either inverts texts, for a builder elsewhere that stores the documents
(:mod:`~index.whoosh_engine.pair`), or is a builder of its own, that is given whole documents.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from archive.interrupts import interrupts_held
from index.whoosh_engine.allocation import keep_memory, release_memory
from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter
from index.whoosh_engine.invert import Inversion, Searched

if TYPE_CHECKING:  # a process that inverts texts makes no document
    from archive.document import Document
    from index.whoosh_engine.builder import SegmentBuilder

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Written:
    """A finished segment file."""

    path: Path
    size: int
    sha256: str

    @classmethod
    def by(cls, out: ArrayFileWriter) -> Written:
        """The file that a writer has finished."""
        return cls(out.path, out.size, out.sha256)


class Helper:
    """The process as the one that started it sees it: a pool of one, for it remembers.

    ``finished`` is told of each segment when it is durable, in any thread.
    """

    def __init__(self, finished: Callable[[Written], None]) -> None:
        self.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _prepare)
        self._tasks: list[Future[Any]] = []
        self._finished = finished

    @property
    def waiting(self) -> int:
        """How many tasks it has before it."""
        return sum(not task.done() for task in self._tasks)

    def begin(self, task: Callable[..., Result], *given: object) -> Future[Result]:
        """Give it something to do, of which a segment may come."""
        with interrupts_held():  # the first task starts the process
            future = self.pool.submit(task, *given)
        future.add_done_callback(self._note)
        self._tasks.append(future)
        return future

    def written(self, *, wait: bool = False) -> list[Written]:
        """The segments of the tasks that are done, or of all; raises what went wrong in them."""
        done = [task for task in self._tasks if wait or task.done()]
        self._tasks = [task for task in self._tasks if task not in done]
        results = [task.result() for task in done]
        return [result for result in results if isinstance(result, Written)]

    def _note(self, task: Future[Any]) -> None:
        if not task.cancelled() and task.exception() is None:
            written = task.result()
            with contextlib.suppress(OSError):  # a full disk will end the rebuild soon enough
                if isinstance(written, Written):
                    self._finished(written)


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


_inversion = Inversion()
_builder: SegmentBuilder | None = None
"""What it has collected: texts or documents."""

_begun: list[ArrayFileWriter] = []
"""At most one segment, of which only postings and lengths are there."""


def invert_texts(texts: Sequence[Searched]) -> int:
    """Collect what is searched of some documents; the tokens of all so far."""
    for searched in texts:
        _inversion.add(searched)
    return _inversion.tokens


def begin_segment(path: Path, documents: Array, quotations: Array) -> None:
    """Begin a segment with the postings of all texts since the last one, under these numbers."""
    global _inversion
    inversion, _inversion = _inversion, _inversion.next()
    out = ArrayFileWriter(path)
    inversion.write(out, documents, quotations)
    _begun.append(out)


def finish_segment(records: Path) -> Written:
    """Finish the segment with a file of everything else."""
    with _begun.pop() as out:
        out.adopt(ArrayFile(records))
        out.finish()
    records.unlink()
    return Written.by(out)


def invert_documents(documents: Sequence[Document], limit: int, path: Path) -> Written | None:
    """Collect some documents, and make a segment when they are enough."""
    global _builder
    if _builder is None:
        from index.whoosh_engine.builder import SegmentBuilder

        _builder = SegmentBuilder(limit)
    for document in documents:
        _builder.add(document)
    return finish_documents(path) if _builder.full else None


def finish_documents(path: Path) -> Written | None:
    """Make a segment of what is left."""
    global _builder
    if not _builder:
        return None
    builder, _builder = _builder, _builder.next()
    return Written.by(builder.write(path))


def emptied(task: Callable[..., Result], *given: object) -> Result:
    """Run a task in a helper that forgets the words it knew: no texts come now."""
    global _builder, _inversion
    _builder, _inversion = None, Inversion()
    release_memory()
    return task(*given)
