"""Pages that could not be read: kept with their reason until they can be."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable

from archive.errors import PageError
from archive.page import Page, UnreadableSource
from archive.store.captures import keep_capture, printable
from archive.store.values import QuarantineEntry


def quarantine_page(
    db: sqlite3.Connection, page: Page | UnreadableSource, error: PageError, time: str
) -> None:
    """Keep a page with its reason, in place of what was known about the same path."""
    path = printable(page.path)
    kept = isinstance(page, Page) and error.reason != "too-large"
    about: tuple[str | None, ...] = (None, page.url, None, None, None)
    if isinstance(page, Page):
        if kept:
            keep_capture(db, page)
        sha256 = page.sha256 if kept else None
        about = (sha256, page.url, page.media_type, page.charset, page.captured_at)
    db.execute(
        "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (quarantine_id(path), path, error.reason, printable(str(error)), time, *about),
    )


def quarantine_id(path: str) -> str:
    """12 hex digits, the same for the same path."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def quarantined(db: sqlite3.Connection) -> tuple[QuarantineEntry, ...]:
    """All of them, the newest first."""
    rows = db.execute(
        "SELECT id, path, reason, message, time, sha256 IS NOT NULL, url FROM quarantine"
        " ORDER BY time DESC, path"
    )
    return tuple(
        QuarantineEntry(name, path, reason, message, time, bool(kept), url)
        for name, path, reason, message, time, kept, url in rows
    )


def release(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Forget entries that stand for no page of their own any more."""
    db.executemany("DELETE FROM quarantine WHERE id = ?", [(name,) for name in ids])


def quarantined_page(db: sqlite3.Connection, entry_id: str) -> Page | None:
    """The page as it was read, None where its bytes were not kept."""
    row = db.execute(
        "SELECT path, packed, url, captured_at, media_type, charset FROM quarantine"
        " JOIN capture USING (sha256) WHERE id = ?",
        (entry_id,),
    ).fetchone()
    return Page(row[0], zlib.decompress(row[1]), *row[2:]) if row else None
