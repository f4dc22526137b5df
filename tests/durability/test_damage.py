"""A bit flips, a file is cut off or gone: ``onrecord index check`` finds it and says what mends it.

A byte of ``archive.db`` may hold nothing: a page of SQLite's has room left, and its header counts
changes for other programs. An altered one there alters no answer, and nobody could know; what is
asserted is that such a flip leaves every row of every table as it was.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.whoosh_engine import generations, policy
from onrecord.cli import run
from onrecord.config import Home
from tests.durability.shapes import build, put, put_listing, quarantine, update

KINDS = {
    "segment": "index/segments/*.seg",
    "deletions": "index/gen-*/*.del",
    "manifest": "index/gen-*/manifest.json",
    "current": "index/CURRENT",
    "archive": "archive.db",
}
_MENDS = ("onrecord index build", "restore archive.db", "restore it from a backup", "ingest")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An archive with something in every table, and two generations with deletions."""
    home = Home(tmp_path_factory.mktemp("sound"))
    patch = pytest.MonkeyPatch()
    patch.setattr(policy, "SMALL", 1)  # deletions stay deletions
    patch.setattr(generations, "GRACE", 0)
    for step in (
        put(*range(30)),
        put_listing("a", "b", "c"),
        quarantine(99),
        build,
        put(3, 4, body="anew", instant="2021-01-01T00:00:00Z"),
        put_listing("a", "b", extractor="1"),
        update,
        put(200),
        update,
    ):
        step(home)
    with home.store():  # the last one to close writes everything into archive.db
        pass
    patch.undo()
    return home


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """One bit flipped, or now and then the end missing."""
    at = chance.randrange(len(whole))
    if chance.random() < 0.2:
        return whole[:at]
    return whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]


def harm(home: Path, kind: str, chance: random.Random) -> None:
    file = chance.choice(sorted(home.glob(KINDS[kind])))
    if chance.random() < 0.05:
        file.unlink()
    else:
        file.write_bytes(damaged(file.read_bytes(), chance))


def rows(home: Path) -> list[object]:
    """Everything that can be read of ``archive.db``."""
    with closing(sqlite3.connect(f"file:{home / 'archive.db'}?mode=ro", uri=True)) as db:
        tables = db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
        return [tables, *(db.execute(f"SELECT * FROM {name}").fetchall() for name in names)]  # noqa: S608


def cases(sound: Home, folder: Path, kind: str, count: int) -> Iterator[Home]:
    chance = random.Random(kind)  # noqa: S311 (the same cases in every run)
    for number in range(count):
        home = folder / str(number)
        shutil.copytree(sound.path, home)
        harm(home, kind, chance)
        yield Home(home)
        shutil.rmtree(home)


def find(
    sound: Home, folder: Path, kind: str, count: int, capsys: pytest.CaptureFixture[str]
) -> Counter[str]:
    """What became of so many damages of a kind."""
    outcomes: Counter[str] = Counter()
    intact = rows(sound.path)
    for home in cases(sound, folder, kind, count):
        code = run(["--home", str(home.path), "index", "check"])
        said = "".join(capsys.readouterr())
        if code == 0:
            assert kind == "archive"
            assert rows(home.path) == intact
            outcomes["nothing altered"] += 1
            continue
        outcomes["found"] += 1
        assert code in {1, 3}
        assert any(mends in said for mends in _MENDS), said
        assert "Traceback" not in said
        if kind != "archive" and outcomes["found"] % 10 == 1:
            assert run(["--home", str(home.path), "index", "build"]) == 0
            assert run(["--home", str(home.path), "index", "check"]) == 0
            capsys.readouterr()
    return outcomes


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_found_and_mended(
    sound: Home, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find(sound, tmp_path, kind, 12, capsys)["found"] >= 6


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_much_damage_is_found_and_mended(
    sound: Home, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """1,000 of the archive, and 1,000 of the index."""
    outcomes = find(sound, tmp_path, kind, 1_000 if kind == "archive" else 250, capsys)
    with capsys.disabled():
        print(f" {kind}: {dict(outcomes)}")  # noqa: T201
    assert outcomes.total() == (1_000 if kind == "archive" else 250)
