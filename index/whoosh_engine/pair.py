"""A pair of processes that build together: this one stores documents, a helper inverts their texts.

What is searched of a document is about all of it, and yet inverting it is half of the work; the
other half stays here. So each does what the other need not know of, no word is learnt twice, and
one segment comes of it, which need not be merged.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from pathlib import Path

from archive.document import Document
from index.whoosh_engine.arrays import ArrayFileWriter
from index.whoosh_engine.builder import MAX_RECORDS, characters, searched
from index.whoosh_engine.helper import Helper, begin_segment, finish_segment, invert_texts
from index.whoosh_engine.invert import Searched
from index.whoosh_engine.records import Records

_BATCH = 1 << 20
"""Characters of text that are sent at once."""

_AHEAD = 16 << 20
"""Characters that may wait for the helper, while it writes."""


class Pair:
    """Collects documents; the helper writes them as a segment. Full with ``limit`` tokens."""

    def __init__(self, limit: int, helper: Helper) -> None:
        self._limit = limit
        self._helper = helper
        self._records = Records()
        self._texts: list[Searched] = []
        self._size = 0
        self._sent: deque[tuple[Future[int], int]] = deque()
        self._tokens = 0

    def __len__(self) -> int:
        """How many documents and quotations there are."""
        return len(self._records)

    @property
    def full(self) -> bool:
        """Whether it is time to write, as far as the helper has counted."""
        return self._tokens >= self._limit or len(self._records) >= MAX_RECORDS

    def next(self) -> Pair:
        """An empty one with the same helper."""
        return Pair(self._limit, self._helper)

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different."""
        self._texts.append(searched(document))
        self._size += characters(document)
        if self._size >= _BATCH:
            self._send()
        self._records.add(document)

    def write(self, path: Path) -> None:
        """Let the helper write the segment, while the next documents may come."""
        self._send()
        numbers = self._records.numbers()
        self._helper.begin(begin_segment, path, numbers.documents, numbers.quotations)
        with ArrayFileWriter(path.with_suffix(".records")) as out:
            self._records.write(out, numbers)
            out.finish(durable=False)
        self._helper.begin(finish_segment, out.path)

    def _send(self) -> None:
        self._sent.append((self._helper.begin(invert_texts, self._texts), self._size))
        self._texts, self._size = [], 0
        while sum(size for _, size in self._sent) > _AHEAD or (
            self._sent and self._sent[0][0].done()
        ):
            self._tokens = self._sent.popleft()[0].result()
