"""A sum over every row of every table, so that no row changes unnoticed.

SQLite checks the structure of its file, not what is in it. Triggers keep, for each table, the sum
of a CRC-32 of each row; ``index check`` adds up anew. A byte that is altered in a row changes the
CRC of that row alone, and so the sum.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from array import array
from collections.abc import Iterator

_TABLES = {
    "capture": "sha256 packed",
    "sighting": (
        "page sha256 path url media_type charset captured_at ingested_at reading statements"
    ),
    "document": "id revision fingerprint statement text_key quotations entered_at json",
    "version": "document number json replaced_at",
    "removal": "id revision",
    "entry": "number id document linkless twin sample",
    "contribution": "entry page sha256 captured_at taken_at fingerprint packed",
    "quarantine": "id path reason message time sha256 url media_type charset captured_at",
    "state": "revision",
}
"""The columns of each table but ``shingle``, which is derived from ``entry.sample``."""

_FIRST_TABLES = {
    **_TABLES,
    "sighting": "page sha256 path url media_type charset captured_at ingested_at",
}
"""Those of the first version that kept sums."""

_HEAD = struct.Struct("<cQ").pack
_KINDS: dict[type, bytes] = {
    kind: kind.__name__[:1].encode() for kind in (str, bytes, int, float, type(None))
}


def _sum(columns: str, row: str = "") -> str:
    return f"row_sum({', '.join(f'{row}{column}' for column in columns.split())})"


def _total(columns: str) -> str:
    return f"ifnull(sum({_sum(columns)}), 0)"


def _trigger(table: str, event: str, change: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN"  # noqa: S608 (names of ours)
        f" UPDATE content_sum SET sum = sum {change} WHERE name = '{table}'; END;"
    )


def _triggers(table: str, columns: str) -> Iterator[str]:
    new, old = _sum(columns, "NEW."), _sum(columns, "OLD.")
    yield f"INSERT INTO content_sum SELECT '{table}', {_total(columns)} FROM {table};"  # noqa: S608 (names of ours)
    yield _trigger(table, "INSERT", f"+ {new}")
    yield _trigger(table, "DELETE", f"- {old}")
    yield _trigger(table, "UPDATE", f"- {old} + {new}")


def _script() -> Iterator[str]:
    yield "CREATE TABLE content_sum (name TEXT PRIMARY KEY, sum INTEGER NOT NULL);"
    for table, columns in _FIRST_TABLES.items():
        yield from _triggers(table, columns)


SCRIPT = "\n".join(_script())
"""What makes the sums of an archive, whatever it holds, and keeps them."""


def script_of_changed(table: str) -> str:
    """What makes the sum of a table anew that got other columns, and keeps it."""
    dropped = (f"DROP TRIGGER {table}_{event};" for event in ("INSERT", "DELETE", "UPDATE"))
    gone = f"DELETE FROM content_sum WHERE name = '{table}';"  # noqa: S608 (names of ours)
    return "\n".join((*dropped, gone, *_triggers(table, _TABLES[table])))


def row_sum(*values: object) -> int:
    """CRC-32 of a row, as :data:`SCRIPT` calls it."""
    parts: list[bytes] = []
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        parts += (_HEAD(_KINDS[type(value)], len(data)), data)
    return zlib.crc32(b"".join(parts))


def register(connection: sqlite3.Connection) -> None:
    """Let a connection write: the triggers need the function."""
    connection.create_function("row_sum", -1, row_sum, deterministic=True)
    connection.execute("PRAGMA recursive_triggers = ON")  # or REPLACE would delete unseen


def problems(db: sqlite3.Connection) -> Iterator[str]:
    """A sentence for each table with a row that is not what was written."""
    kept = dict(db.execute("SELECT name, sum FROM content_sum"))
    for table, columns in _TABLES.items():
        (found,) = db.execute(f"SELECT {_total(columns)} FROM {table}").fetchone()  # noqa: S608 (names of ours)
        if kept.pop(table, None) != found:
            yield f"table {table} is not what was written"
    if kept:
        yield "table content_sum is not what was written"
    samples = db.execute("SELECT number, sample FROM entry")
    sampled = sum(row_sum(value, n) for n, sample in samples for value in array("I", sample))
    if sampled != sum(row_sum(*row) for row in db.execute("SELECT hash, entry FROM shingle")):
        yield "table shingle is not what was written"
