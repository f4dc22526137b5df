"""Archives as older versions made them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.store import schema, sums


def bring_back(home: Path, version: int) -> None:
    """Give the archive of this home, which nobody has open, the tables of an older version."""
    new, old = home / "archive.db", home / "older.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        sums.register(db)
        db.executescript(";".join(schema.MIGRATIONS[:version]))
        db.execute("ATTACH ? AS new", (str(new),))
        tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
        for (table,) in db.execute(f"{tables} AND name != 'content_sum'").fetchall():
            found = db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
            columns = ", ".join(name for (name,) in found)
            db.execute(f"DELETE FROM main.{table}")  # noqa: S608 (names of ours)
            copied = f"SELECT {columns} FROM new.{table}"  # noqa: S608 (names of ours)
            db.execute(f"INSERT INTO main.{table} {copied}")
        db.execute("DETACH new")
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {version}")
    old.replace(new)
