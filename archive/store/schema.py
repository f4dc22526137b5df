"""The tables of ``archive.db`` and how an older file becomes a newer one.

::

    capture ──< sighting          bytes by SHA-256; where and when they were met
    entry ──< contribution        an id that was given out; what each page says about it
      │  └──< shingle             samples of its text, to find teasers' articles by
      └──> document ──< version   the current statement; what it was before
    removal                       ids of documents that became part of another one, or ended
    quarantine                    pages that could not be read
    state                         the last revision
    content_sum                   what the rows of each table add up to, see sums

An entry whose ``document`` is not its own id is an alias. An entry is only deleted when its
document was retracted and no other has its words.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from archive.errors import StoreDamaged, StoreVersionError
from archive.store import sums

APPLICATION_ID = 0x4F6E5265  # "OnRe": tells our file from any other SQLite database

_FIRST = """
CREATE TABLE capture (
    sha256  TEXT PRIMARY KEY,
    packed  BLOB NOT NULL                   -- zlib
);
CREATE TABLE sighting (
    page         TEXT NOT NULL,             -- URL, or "file:…" where none is known
    sha256       TEXT NOT NULL REFERENCES capture,
    path         TEXT NOT NULL,
    url          TEXT,
    media_type   TEXT NOT NULL,
    charset      TEXT,
    captured_at  TEXT,                      -- as the source says it
    ingested_at  TEXT NOT NULL,
    PRIMARY KEY (page, sha256, path)
);
CREATE INDEX sighting_by_capture ON sighting (sha256);
CREATE TABLE document (
    id           TEXT PRIMARY KEY,
    revision     INTEGER NOT NULL UNIQUE,
    fingerprint  TEXT NOT NULL,
    statement    TEXT NOT NULL,             -- fingerprint of the statement without its listings
    text_key     TEXT,                      -- equal for equal words; NULL for a few words
    quotations   INTEGER NOT NULL,
    entered_at   TEXT NOT NULL,
    json         TEXT NOT NULL
);
CREATE INDEX document_by_text ON document (text_key) WHERE text_key IS NOT NULL;
CREATE INDEX document_by_entry ON document (entered_at, id);
CREATE TABLE version (
    document     TEXT NOT NULL,
    number       INTEGER NOT NULL,
    json         TEXT NOT NULL,
    replaced_at  TEXT NOT NULL,
    PRIMARY KEY (document, number)
);
CREATE TABLE removal (
    id           TEXT PRIMARY KEY,
    revision     INTEGER NOT NULL
);
CREATE TABLE entry (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    document     TEXT NOT NULL REFERENCES document DEFERRABLE INITIALLY DEFERRED,
    linkless     INTEGER NOT NULL,          -- 1: a teaser without a link of its own
    twin         TEXT,                      -- linkless only: equal for the same teaser
    sample       BLOB NOT NULL              -- its shingles in the table of that name, 32 bits each
);
CREATE INDEX entry_by_document ON entry (document);
CREATE INDEX entry_by_twin ON entry (twin) WHERE twin IS NOT NULL;
CREATE TABLE contribution (
    entry        TEXT NOT NULL,
    page         TEXT NOT NULL,
    sha256       TEXT NOT NULL REFERENCES capture,
    captured_at  TEXT NOT NULL,             -- UTC, "" when unknown
    taken_at     TEXT NOT NULL,             -- captured_at, or the time of its ingest
    fingerprint  TEXT NOT NULL,
    packed       BLOB NOT NULL,             -- zlib of the fragment's JSON
    PRIMARY KEY (entry, page),
    FOREIGN KEY (entry) REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE shingle (
    hash         INTEGER NOT NULL,
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (hash, entry)
) WITHOUT ROWID;
CREATE TABLE quarantine (
    id           TEXT PRIMARY KEY,
    path         TEXT NOT NULL UNIQUE,
    reason       TEXT NOT NULL,
    message      TEXT NOT NULL,
    time         TEXT NOT NULL,
    sha256       TEXT REFERENCES capture,   -- NULL where the bytes were not kept
    url          TEXT,
    media_type   TEXT,
    charset      TEXT,
    captured_at  TEXT
);
CREATE INDEX quarantine_by_capture ON quarantine (sha256);
CREATE TABLE state (revision INTEGER NOT NULL);
INSERT INTO state VALUES (0);
"""

_LOOSE_SHINGLES = """
ALTER TABLE shingle RENAME TO shingle_before;
CREATE TABLE shingle (
    hash         INTEGER NOT NULL,
    entry        INTEGER NOT NULL,          -- number of an entry
    PRIMARY KEY (hash, entry)
) WITHOUT ROWID;
INSERT INTO shingle SELECT hash, entry FROM shingle_before;
DROP TABLE shingle_before;
"""
"""Shingles no longer refer to their entry: SQLite looked through all of them at each new entry.

It does so for every table that refers to another one, while a reference that may be mended until
the end of the transaction is open. What they must be, the sums of the archive know.
"""

_CONTRIBUTIONS_BY_PAGE = "CREATE INDEX contribution_by_page ON contribution (page)"
"""What a page has said is asked for whenever it is met again: all contributions were looked at."""

_SAMPLES_WHEN_LOOKED_UP = """
DELETE FROM shingle WHERE NOT EXISTS (SELECT 1 FROM entry WHERE twin IS NOT NULL);
UPDATE entry SET sample = x'' WHERE NOT EXISTS (SELECT 1 FROM entry WHERE twin IS NOT NULL);
"""
"""Samples are made when the first teaser comes that needs them, see samples. The version before
took every entry to have its own, so it must not write what this one wrote.
"""

_READINGS = f"""
ALTER TABLE sighting ADD COLUMN reading TEXT;
ALTER TABLE sighting ADD COLUMN statements INTEGER;
{sums.script_of_changed("sighting")}
"""
"""A sighting says what read its page last, see reader, and how many statements it found."""

MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    sums.SCRIPT,
    _LOOSE_SHINGLES,
    _CONTRIBUTIONS_BY_PAGE,
    _SAMPLES_WHEN_LOOKED_UP,
    _READINGS,
)
"""The script at position n makes version n + 1 out of version n; a released one stays as it is.

Servers of the version before go on reading what it made. So a column never gets another meaning:
it gets another name, and their questions end in an error that says what to do.
"""


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the file has this version's tables.

    Raises StoreVersionError for a newer file and StoreDamaged for one that is not ours.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID and not is_empty(connection):
        message = "archive.db is not an archive of On Record: move it away, or use another home"
        raise StoreDamaged(message)
    if version > len(MIGRATIONS):
        message = (
            f"archive.db has schema version {version}, this On Record knows up to "
            f"{len(MIGRATIONS)}: install a newer On Record, and restart `onrecord serve` if it runs"
        )
        raise StoreVersionError(message)
    return bool(version == len(MIGRATIONS))


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether the file has no tables at all."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return not tables


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this version, in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.executescript(
        f"BEGIN IMMEDIATE; {';'.join(MIGRATIONS[version:])};"
        f"PRAGMA application_id = {APPLICATION_ID};"
        f"PRAGMA user_version = {len(MIGRATIONS)}; COMMIT"
    )


def is_as_made(connection: sqlite3.Connection) -> bool:
    """Whether the tables, indexes and triggers are those that the migrations make."""
    everything = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        sums.register(fresh)
        migrate(fresh)
        return connection.execute(everything).fetchall() == fresh.execute(everything).fetchall()
