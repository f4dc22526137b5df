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
from archive.store import samples
from archive.store.documents import body_words, from_packed
from archive.store.writing import Writing

_CANDIDATES = 20
"""Documents whose text is compared with a teaser, those first that share most hashes."""

_SHARED = 25
"""One shared hash for so many shingles of the teaser makes a candidate. A sample has at least
one of ten in a row, so half of what an article with 80 % of the teaser shares at least."""

_CHUNK = 500
"""Entries sampled at a time."""


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


def merged(writing: Writing, document_id: str, contributions: list[Contribution]) -> Document:
    """One document of what pages say about it; what one page says of a new one is known."""
    alone = contributions[0].fragment
    if len(contributions) == 1 and alone.id == document_id:
        return writing.once(_alone, alone)
    return merge(document_id, contributions)


def _alone(fragment: Document) -> Document:
    return merge(fragment.id, [Contribution(fragment.id, "", "", fragment)])


def register(writing: Writing, entry: str) -> set[str]:
    """Take note of an entry's present text; the entries whose place this may change."""
    db = writing.db
    document = _own(writing, entry)
    twin = twin_key(document)
    sampled = samples.are_looked_up(db)
    if twin is not None and not sampled:
        last: int | None = 0
        while last is not None:
            last = sample_after(writing, last)
        sampled = True
    hashes = _hashes(writing, document) if sampled else array("I")
    concerned = {entry}
    if entry not in writing.new:
        old = db.execute("SELECT number, twin, sample FROM entry WHERE id = ?", (entry,)).fetchone()
        concerned |= twins_of(db, old[1])
        samples.forget(db, old[0], old[2])
    (number,) = db.execute(
        "INSERT INTO entry (id, document, linkless, twin, sample) VALUES (?1, ?1, ?2, ?3, ?4)"
        " ON CONFLICT (id) DO UPDATE SET linkless = ?2, twin = ?3, sample = ?4 RETURNING number",
        (entry, is_linkless(document), twin, hashes.tobytes()),
    ).fetchone()
    if hashes:
        samples.keep(db, [(number, hashes)])
    if is_linkless(document):
        return concerned | twins_of(db, twin)
    return concerned | _teasers(db, entry, hashes) if sampled else concerned


def sample_after(writing: Writing, number: int) -> int | None:
    """Sample the next entries after this one that have no sample; the last one, if there is any."""
    db = writing.db
    found = db.execute(
        "SELECT number, id FROM entry WHERE number > ? AND sample = x'' AND EXISTS"
        " (SELECT 1 FROM contribution WHERE entry = id) ORDER BY number LIMIT ?",
        (number, _CHUNK),
    ).fetchall()
    owned = ((each, _own(writing, entry)) for each, entry in found)
    made = [(each, samples.hashes_of(own, body_words(own))) for each, own in owned]
    db.executemany(
        "UPDATE entry SET sample = ? WHERE number = ?",
        ((hashes.tobytes(), each) for each, hashes in made),
    )
    samples.keep(db, made)
    return found[-1][0] if found else None


def settle(writing: Writing, entry: str) -> set[str]:
    """Find the document that an entry belongs to; the documents that it left and joined."""
    if writing.leads(entry):
        return set()
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
    hashes = _hashes(writing, teaser)
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


def _hashes(writing: Writing, document: Document) -> array[int]:
    return samples.hashes_of(document, writing.once(body_words, document))


def _own(writing: Writing, entry: str) -> Document:
    """What the pages say about an entry alone, without the teasers that belong to it."""
    if entry in writing.new:
        return merged(writing, entry, [writing.spoken[entry]])
    rows = writing.db.execute(
        "SELECT entry, page, captured_at, packed FROM contribution WHERE entry = ?", (entry,)
    )
    return merged(writing, entry, [_contribution(writing, *row) for row in rows])


def _contribution(
    writing: Writing, entry: str, page: str, captured_at: str, packed: bytes
) -> Contribution:
    spoken = writing.spoken.get(entry)
    if spoken is not None and spoken.page == page:
        return spoken
    return Contribution(entry, page, captured_at, from_packed(packed))
