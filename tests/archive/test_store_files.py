"""The file itself: who may write, what a reader sees, versions and damage."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from archive.aliases import Aliases, AliasFile
from archive.errors import (
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreOutdated,
    StoreVersionError,
)
from archive.store import Store, schema
from tests.archive.making import article, extraction, make_page


def put(store: Store, number: int) -> None:
    page = make_page(f"/{number}")
    store.put(page, extraction(page, article(f"/{number}", body=f"Number {number}.")))


def test_an_archive_is_not_made_by_looking(tmp_path: Path) -> None:
    for readonly in (True, False):
        with pytest.raises(StoreMissing, match="onrecord ingest"):
            Store.open(tmp_path / "home", readonly=readonly)
    assert list(tmp_path.iterdir()) == []


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    home = tmp_path / "100% öffentlich? #1"
    with Store.open(home, create=True) as store:
        put(store, 1)
    with Store.open(home, readonly=True) as store:
        assert store.counts().documents == 1


def test_no_page_is_put_by_a_look_at_all_that_is_held(tmp_path: Path) -> None:
    asked: list[str] = []
    with Store.open(tmp_path, create=True) as store, store._database.reading() as db:
        db.set_trace_callback(asked.append)
        page, document = make_page("/1"), article("/1", body="One.")
        for _ in range(2):
            store.statements_read(page, "reader")
            store.put(page, extraction(page, document))
        store.put(make_page("/1", "anew"), extraction(page, article("/1", body="Two.")))
        db.set_trace_callback(None)
        plans = [
            f"{step[3]}: {statement}"
            for statement in asked
            if statement.startswith(("SELECT", "UPDATE", "DELETE"))
            for step in db.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    small = r"SCAN (?:state|json_each|VIRTUAL|\(subquery)"
    assert [plan for plan in plans if "SCAN" in plan and not re.match(small, plan)] == []


def test_no_new_entry_is_looked_for_in_whole_tables(tmp_path: Path) -> None:
    """What waits for its reference is found by an index, or each new row would read them all."""
    Store.open(tmp_path, create=True).close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        tables = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        waiting = {
            (name, re.sub(r"FOREIGN KEY \(", "", line).split()[0].strip(")"))
            for name, sql in tables
            for line in map(str.strip, sql.splitlines())
            if "DEFERRED" in line
        }
        found = {
            (name, column)
            for name, _ in tables
            for index in db.execute("SELECT name FROM pragma_index_list(?)", (name,)).fetchall()
            for (column,) in db.execute(
                "SELECT name FROM pragma_index_info(?) WHERE seqno = 0", index
            )
        }
    assert ("entry", "document") in waiting
    assert waiting <= found


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True):
        started = time.monotonic()
        with pytest.raises(StoreLocked, match=f"process {os.getpid()} "):
            Store.open(tmp_path, wait=0.2)
        assert 0.2 <= time.monotonic() - started < 5
    Store.open(tmp_path).close()


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    first = Store.open(tmp_path, create=True)
    threading.Timer(0.2, first.close).start()
    Store.open(tmp_path, wait=10).close()


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from archive.store import Store;"
        "store = Store.open(Path(sys.argv[1]), create=True); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, tmp_path], env=environment, check=False)
    Store.open(tmp_path, wait=0).close()


def test_readers_see_the_last_commit_and_do_not_wait(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, Store.open(tmp_path, readonly=True) as reader:
        put(store, 1)
        with store.batch():
            put(store, 2)
            assert reader.counts().documents == 1
            Store.open(tmp_path, readonly=True).close()
        assert reader.counts().documents == 2


def test_many_threads_read_while_one_writes(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def read(reader: Store) -> None:
        try:
            while not done.is_set():
                found = [document.id for document in reader.documents()]
                assert len(found) == len(set(found))
                assert reader.counts().documents >= len(found)
        except BaseException as error:
            failures.append(error)

    with Store.open(tmp_path, create=True) as store, Store.open(tmp_path, readonly=True) as reader:
        threads = [threading.Thread(target=read, args=(reader,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(60):
            put(store, number)
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "archive.db") as database:
        database.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    database.close()
    for readonly in (True, False):
        with pytest.raises(StoreVersionError, match="install a newer"):
            Store.open(tmp_path, readonly=readonly)


NEWER = f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}"


def change(home: Path, *statements: str) -> None:
    """What another program does to the archive."""
    with closing(sqlite3.connect(home / "archive.db", isolation_level=None)) as db:
        db.create_function("row_sum", -1, lambda *_: 0)
        for statement in statements:
            db.execute(statement)


def test_a_reader_goes_on_when_a_newer_version_brings_the_file_forward(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, 1)
    with Store.open(tmp_path, readonly=True) as reader:
        change(tmp_path, "CREATE TABLE novelty (x)", NEWER)
        all_at_once = threading.Barrier(4)

        class Meeting(AliasFile):  # so that each thread needs a connection of its own
            def current(self) -> Aliases:
                all_at_once.wait(10)
                return Aliases()

        meeting = Store(reader._database, Meeting(tmp_path / "none"))
        (name,) = (name for name, _ in reader.fingerprints())
        with ThreadPoolExecutor(4) as threads:
            assert len({found and found.id for found in threads.map(meeting.get, [name] * 4)}) == 1


@pytest.mark.parametrize(
    "change_of_tables",
    [
        "ALTER TABLE document RENAME COLUMN json TO written",
        "UPDATE document SET json = replace(json, '\"title\"', '\"heading\"')",
    ],
)
def test_a_reader_that_no_longer_fits_says_what_to_do(
    tmp_path: Path, change_of_tables: str
) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, 1)
    with Store.open(tmp_path, readonly=True) as reader:
        change(tmp_path, change_of_tables, NEWER)
        with pytest.raises(StoreVersionError, match="restart `onrecord serve`"):
            reader.newest_entries()


def test_a_document_that_is_none_is_damage(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, 1)
    change(tmp_path, "UPDATE document SET json = '{}'")
    with Store.open(tmp_path, readonly=True) as reader, pytest.raises(StoreDamaged):
        reader.newest_entries()


def test_an_older_file_is_brought_forward_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, 1)
    steps = (*schema.MIGRATIONS, "CREATE TABLE novelty (x)", "INSERT INTO novelty VALUES (7)")
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    with pytest.raises(StoreOutdated, match="onrecord index update"):
        Store.open(tmp_path, readonly=True)
    with Store.open(tmp_path) as store:
        assert store.counts().documents == 1
    with Store.open(tmp_path, readonly=True) as store:
        assert store.check() == []


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, 1)
    with monkeypatch.context() as patch:
        patch.setattr(
            schema, "MIGRATIONS", (*schema.MIGRATIONS, "DROP TABLE document; DROP nothing")
        )
        with pytest.raises(StoreError):
            Store.open(tmp_path)
    with Store.open(tmp_path) as store:
        assert store.counts().documents == 1


@pytest.mark.parametrize("readonly", [True, False])
def test_what_is_no_archive_is_not_touched(tmp_path: Path, readonly: bool) -> None:
    file = tmp_path / "archive.db"
    file.write_bytes(b"Certainly not a database. " * 100)
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path, readonly=readonly)
    assert file.read_bytes() == b"Certainly not a database. " * 100
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE somebody_elses (x)")
    database.close()
    with pytest.raises(StoreDamaged, match="not an archive"):
        Store.open(tmp_path, readonly=readonly)


def test_damage_is_found(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        for number in range(100):
            put(store, number)
        assert store.check() == []
    with sqlite3.connect(tmp_path / "archive.db") as database:
        database.create_function("row_sum", -1, lambda *_: 0)
        database.execute("UPDATE document SET json = replace(json, 'Number 7.', 'Number 8.')")
        database.execute(
            "UPDATE capture SET packed = x'00' WHERE rowid = (SELECT min(rowid) FROM capture)"
        )
    database.close()
    with Store.open(tmp_path, readonly=True) as store:
        found = [problem.partition(" ")[0] for problem in store.check()]
        assert found == ["document", "capture", "table", "table"]


def test_a_torn_file_is_reported_as_damaged(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        for number in range(300):
            put(store, number)
    file = tmp_path / "archive.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    file.write_bytes(data)
    with Store.open(tmp_path, readonly=True) as store:
        assert store.check() != []
        with pytest.raises(StoreDamaged, match="restore it"):
            list(store.documents())


@contextmanager
def without_permission_to_write(folder: Path) -> Iterator[None]:
    """As root, who may write everywhere, as somebody else."""
    root = os.geteuid() == 0
    folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_who_may_not_write_reads_a_copy_and_is_told_so() -> None:
    with TemporaryDirectory() as name, TemporaryDirectory() as other:  # others may enter these
        home, copy = Path(name), Path(other)
        with Store.open(home, create=True) as store:
            put(store, 1)
        with (
            without_permission_to_write(home),
            pytest.raises(StoreError, match=f"{home} may not be written to.*VACUUM INTO"),
        ):
            Store.open(home, readonly=True)
        change(home, f"VACUUM INTO '{copy / 'archive.db'}'")
        with without_permission_to_write(copy), Store.open(copy, readonly=True) as store:
            assert store.counts().documents == 1
            assert store.check() == []
