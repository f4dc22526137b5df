"""Entries: the ids that were given out, what pages say about each, and whose they are.

An entry leads its own document, unless it is a linkless teaser: that one belongs to the
document which its words were cut from (:func:`archive.merge.belongs`), or else shares one
with its twins on other listings, under the smallest of their ids. Whose an entry is depends
on nothing but the contributions that are there.
"""

from __future__ import annotations

import json
import sqlite3
from array import array

from archive.document import Document
from archive.merge import Contribution, belongs, is_linkless, merge, twin_key
from archive.shingles import WINDOW, sample, shingles_of, words
from archive.store.documents import body_words, from_packed
from archive.store.writing import Writing

_CANDIDATES = 20
"""Documents whose text is compared with a teaser, those first that share most hashes."""

_SHARED = 25
"""One shared hash for so many shingles of the teaser makes a candidate. A sample has at least
one of ten in a row, so half of what an article with 80 % of the teaser shares at least."""


def document_of(db: sqlite3.Connection, entry: str) -> str | None:
    """The id of the document that an entry is part of, None for an id never given out."""
    row = db.execute("SELECT document FROM entry WHERE id = ?", (entry,)).fetchone()
    return str(row[0]) if row else None


def contributions_of(writing: Writing, document_id: str) -> list[Contribution]:
    """All contributions to a document."""
    rows = writing.db.execute(
        "SELECT contribution.entry, page, captured_at, packed FROM contribution"
        " JOIN entry ON entry.id = contribution.entry WHERE document = ?",
        (document_id,),
    )
    return [_contribution(writing, *row) for row in rows]


def register(writing: Writing, entry: str) -> set[str]:
    """Take note of an entry's present text; the entries whose place this may change."""
    db = writing.db
    document = _own(writing, entry)
    linkless = is_linkless(document)
    twin = twin_key(document) if linkless else None
    hashes = _hashes(writing, document, linkless=linkless)
    concerned = {entry}
    if entry not in writing.new:
        old = db.execute("SELECT number, twin, sample FROM entry WHERE id = ?", (entry,)).fetchone()
        concerned |= twins_of(db, old[1])
        db.executemany(
            "DELETE FROM shingle WHERE hash = ? AND entry = ?",
            ((value, old[0]) for value in array("I", old[2])),
        )
    (number,) = db.execute(
        "INSERT INTO entry (id, document, linkless, twin, sample) VALUES (?1, ?1, ?2, ?3, ?4)"
        " ON CONFLICT (id) DO UPDATE SET linkless = ?2, twin = ?3, sample = ?4 RETURNING number",
        (entry, linkless, twin, hashes.tobytes()),
    ).fetchone()
    db.executemany("INSERT INTO shingle VALUES (?, ?)", ((value, number) for value in hashes))
    return concerned | (twins_of(db, twin) if linkless else _teasers(db, entry, hashes))


def settle(writing: Writing, entry: str) -> set[str]:
    """Find the document that an entry belongs to; the documents that it left and joined."""
    db = writing.db
    old, linkless = db.execute(
        "SELECT document, linkless FROM entry WHERE id = ?", (entry,)
    ).fetchone()
    new = _leader(writing, _own(writing, entry)) if linkless else entry
    if new == old:
        return set()
    db.execute("UPDATE entry SET document = ? WHERE id = ?", (new, entry))
    return {old, new}


def _leader(writing: Writing, teaser: Document) -> str:
    """Whose a linkless teaser is: its article's, its linked teaser's, its first twin's."""
    db = writing.db
    hashes = _hashes(writing, teaser, linkless=True)
    rows = db.execute(
        "SELECT id FROM shingle JOIN entry ON number = entry"
        " WHERE hash IN (SELECT value FROM json_each(?)) AND NOT linkless"
        " GROUP BY id HAVING count(*) * ? >= ? ORDER BY count(*) DESC, id LIMIT ?",
        (json.dumps(hashes.tolist()), _SHARED, len(hashes), _CANDIDATES),
    ).fetchall()
    hosts = [_own(writing, row[0]) for row in rows]
    ranked = [(host.kind != "article", -belongs(teaser, host), host.id) for host in hosts]
    fitting = min((rank for rank in ranked if rank[1]), default=None)
    return fitting[2] if fitting else min(twins_of(db, twin_key(teaser)) | {teaser.id})


def _teasers(db: sqlite3.Connection, host: str, hashes: array[int]) -> set[str]:
    """The linkless teasers that belong to ``host``, or now may."""
    rows = db.execute(
        "SELECT id FROM entry WHERE document = ? AND linkless UNION SELECT id FROM ("
        " SELECT id, length(sample) / ? AS size, count(*) AS shared"
        " FROM shingle JOIN entry ON number = entry"
        " WHERE hash IN (SELECT value FROM json_each(?)) AND linkless GROUP BY id)"
        " WHERE shared * ? >= size",
        (host, hashes.itemsize, json.dumps(hashes.tolist()), _SHARED),
    )
    return {row[0] for row in rows}


def teasers_of(db: sqlite3.Connection, document_id: str) -> set[str]:
    """The linkless teasers that belong to a document."""
    rows = db.execute("SELECT id FROM entry WHERE document = ? AND linkless", (document_id,))
    return {row[0] for row in rows}


def twins_of(db: sqlite3.Connection, twin: str | None) -> set[str]:
    """The linkless teasers with this key, itself included; none where there is no key."""
    rows = db.execute("SELECT id FROM entry WHERE twin = ?", (twin,))
    return {row[0] for row in rows}


def _hashes(writing: Writing, document: Document, *, linkless: bool) -> array[int]:
    """The hashes to find a text by: all of a teaser's, a sample of any other's."""
    body = writing.once(body_words, document)
    if not linkless:
        return array("I", sorted(sample(shingles_of(words(document.title) + body))))
    hashes = shingles_of(body)
    return array("I", sorted(set(hashes)) if len(hashes) >= WINDOW else ())


def _own(writing: Writing, entry: str) -> Document:
    """What the pages say about an entry alone, without the teasers that belong to it."""
    if entry in writing.new:
        return merge(entry, [writing.spoken[entry]])
    rows = writing.db.execute(
        "SELECT entry, page, captured_at, packed FROM contribution WHERE entry = ?", (entry,)
    )
    return merge(entry, [_contribution(writing, *row) for row in rows])


def _contribution(
    writing: Writing, entry: str, page: str, captured_at: str, packed: bytes
) -> Contribution:
    spoken = writing.spoken.get(entry)
    if spoken is not None and spoken.page == page:
        return spoken
    return Contribution(entry, page, captured_at, from_packed(packed))
