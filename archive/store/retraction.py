"""What becomes of an id when no page speaks of its entry any more.

That happens when the same bytes are read again, by a better extractor or profile, and the
entry turns out never to have been one. Its document goes on in the one that has its words now,
so that the id keeps resolving; else it ends, and its versions are kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from archive.document import Document
from archive.merge import belongs
from archive.store import samples
from archive.store.documents import from_text
from archive.store.entries import document_of, teasers_of, twins_of


def is_spoken_of(db: sqlite3.Connection, entry: str) -> bool:
    """Whether any page still says something about the entry."""
    row = db.execute("SELECT 1 FROM contribution WHERE entry = ? LIMIT 1", (entry,)).fetchone()
    return row is not None


def silence(db: sqlite3.Connection, entry: str) -> set[str]:
    """Let nothing be found by an entry any more; the entries whose place this may change."""
    number, twin, sample = db.execute(
        "SELECT number, twin, sample FROM entry WHERE id = ?", (entry,)
    ).fetchone()
    concerned = twins_of(db, twin) | teasers_of(db, entry)
    samples.forget(db, number, sample)
    db.execute("UPDATE entry SET linkless = 0, twin = NULL, sample = x'' WHERE id = ?", (entry,))
    return concerned - {entry}


def successor(db: sqlite3.Connection, document_id: str, present: Collection[str]) -> str | None:
    """The document of one of the ``present`` entries that has the words of one that ends."""
    ended = _document(db, document_id)
    if ended is None:
        return None
    ids = {found for entry in present if (found := document_of(db, entry))} - {document_id}
    heirs = [heir for name in sorted(ids) if (heir := _document(db, name))]
    shares = {heir.id: max(belongs(ended, heir), belongs(heir, ended)) for heir in heirs}
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best and shares[best] else None


def hand_over(db: sqlite3.Connection, document_id: str, into: str) -> None:
    """Let the silent entries of a document that ends stand for another one."""
    db.execute("UPDATE entry SET document = ? WHERE document = ?", (into, document_id))


def _document(db: sqlite3.Connection, document_id: str) -> Document | None:
    row = db.execute("SELECT json FROM document WHERE id = ?", (document_id,)).fetchone()
    return from_text(row[0]) if row else None
