"""Is what the store holds what was put into it?"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator

from archive.store import schema, sums
from archive.store.documents import from_text

_RESTORE = "restore archive.db from a backup, or move it away and ingest the pages again"


def problems(db: sqlite3.Connection) -> list[str]:
    """One sentence for each thing that is wrong. Reads the whole file."""
    try:
        found = [*_sqlite(db), *_documents(db), *_captures(db)]
        found += [f"{problem}: {_RESTORE}" for problem in sums.problems(db)]
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        return [f"the database cannot be read ({error}): {_RESTORE}"]
    return found


def _sqlite(db: sqlite3.Connection) -> Iterator[str]:
    for (finding,) in db.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield f"SQLite: {finding}: {_RESTORE}"
    if not schema.is_as_made(db):
        yield f"the tables are not those that were made: {_RESTORE}"
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points at nothing in {parent}"


def _documents(db: sqlite3.Connection) -> Iterator[str]:
    for name, fingerprint, text in db.execute("SELECT id, fingerprint, json FROM document"):
        try:
            sound = from_text(text).fingerprint() == fingerprint
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            yield f"document {name} is not what was put: ingest its page again"


def _captures(db: sqlite3.Connection) -> Iterator[str]:
    for sha256, packed in db.execute("SELECT sha256, packed FROM capture"):
        try:
            sound = hashlib.sha256(zlib.decompress(packed)).hexdigest() == sha256
        except zlib.error:
            sound = False
        if not sound:
            yield f"capture {sha256} is damaged: ingest its page again"
