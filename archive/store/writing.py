"""One page on its way into the database, and what need not be worked out twice for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from archive.document import Document
from archive.merge import Contribution, is_linkless

Answer = TypeVar("Answer")


class Writing:
    """Where and when the statements of one page are written: in an open transaction.

    ``spoken``: the contributions written so far, by entry. ``new``: the entries whose id was not
    given out before, of which no table has anything else.
    """

    def __init__(self, db: sqlite3.Connection, time: str) -> None:
        self.db = db
        self.time = time
        self.spoken: dict[str, Contribution] = {}
        self.new: set[str] = set()
        self._answers: dict[tuple[int, Callable[[Document], Any]], tuple[Document, Any]] = {}
        self._revision: int | None = None

    def once(self, ask: Callable[[Document], Answer], document: Document) -> Answer:
        """What ``ask`` says of a document, worked out once: most are what the page itself says."""
        key = (id(document), ask)
        if key not in self._answers:
            self._answers[key] = (document, ask(document))  # which keeps its id from another one
        answer: Answer = self._answers[key][1]
        return answer

    def leads(self, entry: str) -> bool:
        """Whether an entry is new and no linkless teaser: then it leads its own document."""
        return entry in self.new and not is_linkless(self.spoken[entry].fragment)

    def next_revision(self) -> int:
        """Count one change."""
        if self._revision is None:
            (self._revision,) = self.db.execute("SELECT revision FROM state").fetchone()
        assert self._revision is not None  # noqa: S101 (an archive has a state)
        self._revision += 1
        return self._revision

    def finish(self) -> None:
        """Write down how many changes were counted."""
        if self._revision is not None:
            self.db.execute("UPDATE state SET revision = ?", (self._revision,))
