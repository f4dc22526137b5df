"""Samples of entries' texts, by which a teaser's article is found, and an article's teasers.

They are only looked up for linkless teasers that may be part of another document. Few archives
have any, so no text is sampled before the first of them comes; then all are, and from then on each
entry when it is registered.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from typing import TypeAlias

from archive.document import Document
from archive.merge import is_linkless
from archive.shingles import WINDOW, sample, shingles_of, words

Hashes: TypeAlias = "array[int]"
"""Sorted, 32 bits each."""


def are_looked_up(db: sqlite3.Connection) -> bool:
    """Whether there is a teaser that they are for: then every entry has its sample."""
    row = db.execute("SELECT 1 FROM entry WHERE twin > '' LIMIT 1").fetchone()  # by its index
    return row is not None


def hashes_of(document: Document, body: list[bytes]) -> Hashes:
    """The hashes to find a text by: all of a linkless teaser's, a sample of any other's.

    ``body``: the words of the document's body.
    """
    if not is_linkless(document):
        return array("I", sorted(sample(shingles_of(words(document.title) + body))))
    hashes = shingles_of(body)
    return array("I", sorted(set(hashes)) if len(hashes) >= WINDOW else ())


def keep(db: sqlite3.Connection, samples: Iterable[tuple[int, Hashes]]) -> None:
    """Let entries be found by their hashes. ``samples``: the number of each, with its hashes."""
    rows = sorted((value, number) for number, hashes in samples for value in hashes)
    db.executemany("INSERT INTO shingle VALUES (?, ?)", rows)


def forget(db: sqlite3.Connection, number: int, kept: bytes) -> None:
    """Let an entry no longer be found by its hashes; ``kept`` is its sample."""
    db.executemany(
        "DELETE FROM shingle WHERE hash = ? AND entry = ?",
        ((value, number) for value in array("I", kept)),
    )
