"""The bytes of pages: kept once per SHA-256, with every place where they were met."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import zlib

from archive.page import Page
from archive.store.values import Capture

_LEVEL = 3
"""Of zlib: a ninth more disk than its default, in less than half the time."""

UTC_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def now() -> str:
    """This instant, as the store writes instants: sortable, UTC."""
    return dt.datetime.now(dt.UTC).strftime(UTC_FORMAT)


def utc(instant: str | None) -> str:
    """An ISO 8601 instant made sortable, "" when it is unknown or none."""
    try:
        moment = dt.datetime.fromisoformat(instant or "")
    except ValueError:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).strftime(UTC_FORMAT)


def printable(path: str) -> str:
    r"""A file name as text: bytes that are no UTF-8 become ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def page_key(page: Page, url: str | None) -> str:
    """What stays the same when the page is captured again: its URL, else where its file is."""
    return url or page.url or f"file:{os.path.abspath(printable(page.path))}"  # noqa: PTH100 (text)


def keep_capture(db: sqlite3.Connection, page: Page) -> None:
    """Keep the bytes, once."""
    if db.execute("SELECT 1 FROM capture WHERE sha256 = ?", (page.sha256,)).fetchone() is None:
        packed = zlib.compress(page.data, _LEVEL)
        db.execute("INSERT INTO capture VALUES (?, ?)", (page.sha256, packed))


def keep_sighting(
    db: sqlite3.Connection, page: Page, key: str, time: str, reading: str | None, statements: int
) -> None:
    """Remember where the bytes were met, and what read them; a later capture of them counts."""
    db.execute(
        "INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " captured_at = ifnull(max(ifnull(captured_at, ''), excluded.captured_at), captured_at),"
        " reading = excluded.reading, statements = excluded.statements",
        (
            key,
            page.sha256,
            printable(page.path),
            page.url,
            page.media_type,
            page.charset,
            page.captured_at,
            time,
            reading,
            statements,
        ),
    )


def statements_read(db: sqlite3.Connection, page: Page, reading: str) -> int | None:
    """How many statements that reading of the page found, None where it was not the last one.

    A page in quarantine is to be read again in any case.
    """
    row = db.execute(
        "SELECT statements FROM sighting WHERE sha256 = ?1 AND path = ?2 AND reading = ?3"
        " AND NOT EXISTS (SELECT 1 FROM quarantine WHERE path = ?2 OR sha256 = ?1)",
        (page.sha256, printable(page.path), reading),
    ).fetchone()
    return int(row[0]) if row else None


def find_capture(db: sqlite3.Connection, sha256: str) -> Capture | None:
    """The bytes with this SHA-256, as last met."""
    row = db.execute(
        "SELECT packed, media_type, charset, url, path, captured_at FROM capture"
        " JOIN sighting USING (sha256) WHERE sha256 = ?"
        " ORDER BY captured_at DESC, ingested_at DESC, path LIMIT 1",
        (sha256,),
    ).fetchone()
    return Capture(sha256, zlib.decompress(row[0]), *row[1:]) if row else None
