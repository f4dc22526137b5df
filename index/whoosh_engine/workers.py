"""Building in several processes: documents are taken, segments come back.

Few documents never leave this process. With two, this one reads and stores what a helper inverts
(:mod:`~index.whoosh_engine.pair`). Any further ones are builders of their own: they are handed
batches of documents, and the pair takes those for which all of them are busy, so that no
processor waits for another one.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from archive.document import Document
from index.whoosh_engine.builder import MAX_TOKENS, SegmentBuilder, characters
from index.whoosh_engine.helper import Helper, Written, finish_documents, invert_documents
from index.whoosh_engine.pair import Pair

_BATCH = 2 << 20
"""Characters of text in a batch: some hundred documents."""

_ALONE = 4 << 20
"""So many characters are sooner inverted here than a helper has started."""

_WAITING = 2
"""Batches that a builder has before it: one that it inverts, and the next."""


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
        self._jobs = jobs
        self._limit = MAX_TOKENS // max(1, jobs - 1)
        self._builder: SegmentBuilder | Pair = SegmentBuilder(self._limit)
        self._written: list[Written] = []
        self._batch: list[Document] = []
        self._size = 0
        self._helpers: list[Helper] = []

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different between two calls of :meth:`drain`."""
        if self._jobs == 1 or (self._jobs == 2 and self._helpers):
            self._build(document)
            return
        self._batch.append(document)
        self._size += characters(document)
        if self._size >= (_BATCH if self._helpers else _ALONE):
            self._hand_out()

    def drain(self) -> list[Written]:
        """All segments since the last call."""
        self._build_batch()
        if len(self._builder):
            self._write()
        for helper in self._helpers[1:]:
            helper.begin(finish_documents, self._new_path())
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

    def _build(self, document: Document) -> None:
        self._builder.add(document)
        if self._builder.full:
            self._write()

    def _build_batch(self) -> None:
        batch, self._batch, self._size = self._batch, [], 0
        for document in batch:
            self._build(document)

    def _write(self) -> None:
        out = self._builder.write(self._new_path())
        if out:
            written = Written.by(out)
            self._finished(written)
            self._written.append(written)
        self._builder = self._builder.next()
        self._collect()

    def _hand_out(self) -> None:
        if not self._helpers:
            self._helpers = [Helper(self._finished) for _ in range(self._jobs - 1)]
            self._builder = Pair(self._limit, self._helpers[0])
        self._collect()
        builders = self._helpers[1:]
        free = min(builders, key=lambda helper: helper.waiting, default=None)
        if free and free.waiting < _WAITING:
            free.begin(invert_documents, self._batch, self._limit, self._new_path())
            self._batch, self._size = [], 0
        else:
            self._build_batch()

    def _collect(self) -> None:
        for helper in self._helpers:
            self._written += helper.written()
