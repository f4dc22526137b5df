"""Documents in the database: as JSON, with their revision and their earlier versions."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from typing import Literal

from archive.document import Document
from archive.merge import same_text_key
from archive.shingles import words
from archive.store.writing import Writing

Change = Literal["added", "changed", "relisted", "same", "retracted"]
"""What became of a document; "relisted": only where it is listed, or its evidence, changed."""


def body_words(document: Document) -> list[bytes]:
    """The words by which bodies are compared."""
    return words(document.body)


def to_text(document: Document) -> str:
    """The document's JSON. A lone surrogate stays an escape: SQLite holds UTF-8."""
    return document.to_text().encode("utf-8", "backslashreplace").decode()


def from_text(text: str) -> Document:
    """The inverse of :func:`to_text`."""
    return Document.from_json(json.loads(text))


def packed(text: str) -> bytes:
    """A document's JSON in as few bytes as is quick."""
    return zlib.compress(text.encode(), 1)


@lru_cache(maxsize=64)
def from_packed(data: bytes) -> Document:
    """The document; what another page says is asked for up to four times in a row."""
    return from_text(zlib.decompress(data).decode())


def write_document(writing: Writing, document: Document) -> Change:
    """Put the document in place of what stands under its id, which becomes a version."""
    db = writing.db
    text = writing.once(to_text, document)
    fingerprint, statement = document.fingerprints()
    old = None
    if document.id not in writing.new:
        old = db.execute(
            "SELECT fingerprint, statement, json FROM document WHERE id = ?", (document.id,)
        ).fetchone()
    if old is not None and old[0] == fingerprint:
        if old[2] != text:  # another capture says the same: only the source moves on
            db.execute("UPDATE document SET json = ? WHERE id = ?", (text, document.id))
        return "same"
    if old is not None and old[1] != statement:
        keep_version(writing, document.id, old[2])
    db.execute(
        "INSERT INTO document VALUES (:id, :revision, :fingerprint, :statement, :text_key,"
        " :quotations, :time, :text) ON CONFLICT (id) DO UPDATE SET revision = :revision,"
        " fingerprint = :fingerprint, statement = :statement, text_key = :text_key,"
        " quotations = :quotations, json = :text",
        {
            "id": document.id,
            "revision": writing.next_revision(),
            "fingerprint": fingerprint,
            "statement": statement,
            "text_key": same_text_key(writing.once(body_words, document)),
            "quotations": len(document.quotations),
            "time": writing.time,
            "text": text,
        },
    )
    if old is None:
        db.execute("DELETE FROM removal WHERE id = ?", (document.id,))
        return "added"
    return "relisted" if old[1] == statement else "changed"


def absorb_document(writing: Writing, absorbed: str, into: str) -> bool | None:
    """Let a document that has become part of another one live on in that one's versions.

    Returns whether the two said the same; None when there was no such document. The time
    of entry is the earlier one.
    """
    db = writing.db
    row = db.execute(
        "SELECT json, statement, entered_at FROM document WHERE id = ?", (absorbed,)
    ).fetchone()
    if row is None:
        return None
    text, statement, entered_at = row
    (kept,) = db.execute("SELECT statement FROM document WHERE id = ?", (into,)).fetchone()
    for (version,) in db.execute(
        "SELECT json FROM version WHERE document = ? ORDER BY number", (absorbed,)
    ).fetchall():
        keep_version(writing, into, version)
    if statement != kept:
        keep_version(writing, into, text)
    db.execute("DELETE FROM version WHERE document = ?", (absorbed,))
    db.execute("DELETE FROM document WHERE id = ?", (absorbed,))
    db.execute("INSERT OR REPLACE INTO removal VALUES (?, ?)", (absorbed, writing.next_revision()))
    db.execute(
        "UPDATE document SET entered_at = min(entered_at, ?) WHERE id = ?", (entered_at, into)
    )
    return bool(statement == kept)


def retract_document(writing: Writing, document_id: str) -> bool:
    """End a document of which no page speaks any more; it is kept as the last of its versions.

    Returns whether there was one.
    """
    db = writing.db
    row = db.execute("SELECT json FROM document WHERE id = ?", (document_id,)).fetchone()
    db.execute("DELETE FROM entry WHERE document = ?", (document_id,))
    if row is None:
        return False
    keep_version(writing, document_id, row[0])
    db.execute("DELETE FROM document WHERE id = ?", (document_id,))
    db.execute(
        "INSERT OR REPLACE INTO removal VALUES (?, ?)", (document_id, writing.next_revision())
    )
    return True


def keep_version(writing: Writing, document_id: str, text: str) -> None:
    """Add what a document was until now to its earlier versions."""
    writing.db.execute(
        "INSERT INTO version SELECT ?1, 1 + count(*), ?2, ?3 FROM version WHERE document = ?1",
        (document_id, text, writing.time),
    )
