"""Connections, transactions and errors of the SQLite file; nothing about documents.

A writer has one connection and the writer lock. Readers take a connection from a pool for
each question, so that no two threads share one; thanks to WAL they see the last commit and
neither wait nor make anyone wait. The version of the file is asked for when it is opened: who
could read it then goes on reading when a newer version brings it forward, until a question no
longer fits its tables.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from archive.durable import make_folder
from archive.errors import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreOutdated,
)
from archive.interrupts import interrupts_held
from archive.store import schema, sums
from archive.store.lock import WriterLock

FILE = "archive.db"
_BUSY_SECONDS = 10.0
_CACHE_KIB = 16_384
"""Of pages that a writer holds: a batch of 64 pages of a site changes as many."""
_TRANSACTION = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_STEP = ("SAVEPOINT step", "RELEASE step", ("ROLLBACK TO step", "RELEASE step"))
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Database:
    """One open ``archive.db``, for reading or for writing."""

    def __init__(self, path: Path, *, create: bool, readonly: bool, wait: float) -> None:
        self.path = path
        self.readonly = readonly
        self._idle: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._writing = threading.RLock()
        self._lock: WriterLock | None = None
        if not path.exists() and (readonly or not create):
            raise self._missing()
        with translated(path):
            try:
                if readonly:
                    self._idle.append(self._open_reader())
                else:
                    self._open_writer(wait)
            except BaseException:
                self.close()
                raise

    def _open_reader(self) -> sqlite3.Connection:
        connection = self._connect("ro")
        try:
            self._require_current(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _require_current(self, connection: sqlite3.Connection) -> None:
        if schema.is_current(connection):
            return
        if schema.is_empty(connection):  # a crash came before the first page was in
            raise self._missing()
        message = f"{self.path} is from an older version: “onrecord index update” brings it forward"
        raise StoreOutdated(message)

    def _missing(self) -> StoreMissing:
        return StoreMissing(
            f"there is no archive in {self.path.parent}: make one with “onrecord ingest PATH”"
        )

    def _open_writer(self, wait: float) -> None:
        make_folder(self.path.parent)
        self._lock = WriterLock(self.path.with_suffix(".lock"), wait)
        self._writer = connection = self._connect("rwc")
        current = schema.is_current(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if not current:
            schema.migrate(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        # What a step may have to undo: in a file, four fifths of all that an ingest writes.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def _connect(self, mode: str) -> sqlite3.Connection:
        # check_same_thread: the pool hands a connection to one thread at a time.
        connection = sqlite3.connect(
            f"file:{quote(str(self.path.absolute()).encode(errors='surrogateescape'))}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
        )
        sums.register(connection)
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question."""
        with translated(self.path):
            if self._writer is not None:
                with self._writing:
                    yield self._writer
                return
            try:
                connection = self._idle.pop()  # atomic, as append is
            except IndexError:
                connection = self._connect("ro")
            try:
                yield connection
            except sqlite3.OperationalError as error:
                # "no such table", "no such column": whoever brought it forward is the reason
                if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
                    self._require_current(connection)
                raise
            finally:
                self._idle.append(connection)

    def require_current(self) -> None:
        """Raises StoreVersionError or StoreOutdated when it has not, or no longer, our tables."""
        with self.reading() as connection:
            self._require_current(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, committed at the end unless a transaction is already open around it."""
        if self._writer is None:
            message = f"{self.path} was opened for reading only"
            raise StoreError(message)
        with self._writing, translated(self.path):
            begin, end, undo = _STEP if self._writer.in_transaction else _TRANSACTION
            self._writer.execute(begin)
            try:
                yield self._writer
                self._writer.execute(end)
            except BaseException:
                if self._writer.in_transaction:  # a full disk makes SQLite undo it by itself
                    for statement in undo:
                        self._writer.execute(statement)
                raise

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """The same for one change. Ctrl-C waits for its end: of one that fell into a function that
        a trigger calls, SQLite would make an error like that of a broken disk.
        """
        with interrupts_held(), self.writing() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection and let the next writer in."""
        for connection in [*self._idle, *([self._writer] if self._writer else [])]:
            connection.close()
        self._idle.clear()
        self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the store's: what happened, why, and what to do next."""
    try:
        yield
    except UnicodeDecodeError as error:  # of the driver, where SQLite quotes what it found
        raise damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if extended == sqlite3.SQLITE_READONLY_ROLLBACK:  # only before it is in WAL mode
            message = f"{path} was never finished: the next “onrecord ingest PATH” makes it"
            raise StoreMissing(message) from error
        code = extended & 0xFF
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN} and _bars_its_log(path):
            message = (
                f"{path} cannot be opened: SQLite keeps a log beside it, also for who only reads, "
                f"and {path.parent} may not be written to: give this account write "
                "permission there, run this as the account that ingests, or read a copy made by "
                "VACUUM INTO"
            )
            raise StoreError(message) from error
        # The driver says this by itself, without a code: a text that is none.
        if code in _DAMAGE or "Could not decode to UTF-8" in str(error):
            raise damaged(path, error) from error
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            message = f"{path} is in use by another program ({error}): try again when it is done"
            raise StoreLocked(message) from error
        if code == sqlite3.SQLITE_FULL:
            message = f"the disk of {path} is full: make room and run the same command again"
            raise StoreFull(message) from error
        if isinstance(error, sqlite3.OperationalError):
            message = f"{path} cannot be used ({error}): check the disk's space and permissions"
            raise StoreError(message) from error
        raise


def _bars_its_log(path: Path) -> bool:
    """Whether this account may read the file, and may not make another one beside it."""

    def may(what: Path, mode: int) -> bool:
        return os.access(what, mode, effective_ids=os.access in os.supports_effective_ids)

    return may(path, os.R_OK) and not may(path.parent, os.W_OK)


def damaged(path: Path, error: Exception) -> StoreDamaged:
    """What to say of a file in which something is not what was put there."""
    return StoreDamaged(
        f"{path} is damaged ({error}): restore it from a backup, or move it away and "
        "ingest the pages again"
    )
