"""Opening an index or an archive that somebody else made runs nothing of theirs."""

from __future__ import annotations

import ast
import os
import pickle
import shutil
import sqlite3
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from whoosh.query import Prefix as WhooshPrefix
from whoosh.query import Term as WhooshTerm
from whoosh.scoring import BM25F

from archive.errors import ArchiveError
from archive.store import Store
from index.engine import CompletionField
from index.errors import SearchError
from index.open import open_writer
from index.query import Query
from index.request import build_query
from index.whoosh_engine import policy
from index.whoosh_engine.codec import searcher
from index.whoosh_engine.engine import WhooshEngine
from onrecord.cli import run
from tests.index.documents import make_document
from tests.webui.site import make_site

ROOMS = ("archive", "index", "webui", "onrecord")
QUERIES: tuple[Query, ...] = (
    build_query("report winter"),
    build_query('"report 7"', sort="newest"),
    build_query("win* -poet", country=("RU",)),
    build_query("crime", scope="quotations"),
    build_query("reprot~ poets", topic=("unknown",)),
    build_query("reprot"),
)
WHOOSH_QUERIES = (WhooshTerm("stems", "report"), WhooshPrefix("text", "win"))
COMPLETED: tuple[CompletionField, ...] = ("title", "speaker", "country")
ADDED = make_document("f" * 16, "Added", "A report of this winter.")
ran: list[str] = []
"""What was unpickled or run while it was forbidden."""
_watching = False


def _spy(event: str, args: tuple[object, ...]) -> None:
    if _watching and event in ("pickle.find_class", "os.system"):
        ran.append(f"{event} {args!r}")


sys.addaudithook(_spy)


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = str(marker)

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (self.marker,)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose index has two segments, and deletions."""
    home = tmp_path_factory.mktemp("home")
    site = make_site(home)
    with site.store as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "SMALL", 1)  # two segments stay two
        held = list(store.documents())
        writer = open_writer(f"whoosh:{home / 'index'}")
        writer.rebuild(held[:-4], revision=1, extractor_version="1")
        writer.update(held[-4:], [held[0].id], revision=store.revision, extractor_version="1")
    assert len(list((home / "index").glob("segments/*.seg"))) == 2
    assert len(list((home / "index").glob("gen-*/*.del"))) == 1
    return home


@pytest.fixture
def watched() -> Iterator[None]:
    global _watching
    _watching = True
    try:
        yield
    finally:
        _watching = False
        ran.clear()


def use(index: Path) -> object:
    """Everything that is read of an index: answers, or the clean error."""
    try:
        with closing(WhooshEngine(index)) as engine:
            answers = [engine.search(query) for query in QUERIES]
            streamed = [list(engine.stream(query)) for query in QUERIES]
            completed = [engine.complete("re", field) for field in COMPLETED]
            listed = sorted(engine.contents())
            status = replace(engine.status(), built_at="")
            by_whoosh = searcher(engine._open.reader.leaves, "documents", BM25F())
            walked = [list(by_whoosh.docs_for_query(query)) for query in WHOOSH_QUERIES]
    except SearchError as error:
        return type(error)
    found = [(a.total, a.hits, a.facets, a.suggestion) for a in answers]
    return found, streamed, completed, listed, status, walked


def use_merged(index: Path) -> object:
    """The same of what an update makes of it that merges all its segments."""
    changed = index.with_name("changed")
    shutil.copytree(index, changed)
    try:
        writer = open_writer(f"whoosh:{changed}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(policy, "FEW", 1)
            done = writer.update([ADDED], ["0" * 16], revision=9, extractor_version="1")
        assert done.segments == 1
        return use(changed)
    except SearchError as error:
        return type(error)
    finally:
        shutil.rmtree(changed)


def test_our_rooms_know_no_way_to_run_data() -> None:
    forbidden = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "code"}
    calls = {"eval", "exec", "compile", "__import__"}
    found = []
    for path in (
        p for room in ROOMS for p in Path(__file__).parents[2].joinpath(room).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
            called = (
                node.func.id
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and not all(isinstance(it, ast.Constant) for it in node.args)  # code, not data
                else ""
            )
            pickles = any(
                k.arg == "allow_pickle"
                and not (isinstance(k.value, ast.Constant) and k.value.value is False)
                for k in getattr(node, "keywords", ())
            )
            if names & forbidden or called in calls or pickles:
                found.append(f"{path}:{getattr(node, 'lineno', 0)}")
    assert found == []


def _places(data: bytes, poison: bytes) -> Iterator[bytes]:
    """The poison instead of a file, before it, behind it, and over every eighth of it."""
    yield poison
    yield poison + data
    yield data + poison
    for eighth in range(8):
        start = len(data) * eighth // 8
        yield data[:start] + poison + data[start + len(poison) :]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_poisoned_index_runs_nothing(home: Path, tmp_path: Path, protocol: int) -> None:
    """Every file, and those in which Whoosh keeps pickles: TOC, segments, headers, fields."""
    marker = tmp_path / "ran"
    poison = pickle.dumps(Payload(marker), protocol=protocol)
    index = tmp_path / "index"
    shutil.copytree(home / "index", index)
    files = [path for path in index.rglob("*") if path.is_file()]
    assert len(files) >= 5
    for path in files:
        whole = path.read_bytes()
        for data in _places(whole, poison):
            path.write_bytes(data)
            use(index)
        path.write_bytes(whole)
    toc = b"\x00" * 8 + poison  # what Whoosh would open first
    for name in (
        "_MAIN_1.toc",
        "MAIN_aaaaaaaaaaaaaaaa.seg",
        "MAIN_a.trm",
        "MAIN_a.pst",
        "MAIN_a.vps",
    ):
        (index / name).write_bytes(poison + toc)
        (index / "segments" / name).write_bytes(toc)
    assert not isinstance(use(index), type)
    assert not marker.exists()
    assert ran == []


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("packed", [False, True])
def test_a_poisoned_archive_runs_nothing(
    home: Path, tmp_path: Path, packed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = tmp_path / "ran"
    poison = pickle.dumps(Payload(marker))
    poison = zlib.compress(poison) if packed else poison
    with closing(sqlite3.connect(home / "archive.db")) as db:
        columns = [
            (table, column)
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for _, column, *_ in db.execute(f"PRAGMA table_info({table})")
        ]
    assert len(columns) > 20
    for number, (table, column) in enumerate(columns):
        copy = tmp_path / f"home-{number}"
        copy.mkdir()
        shutil.copy(home / "archive.db", copy)
        with closing(sqlite3.connect(copy / "archive.db")) as db:
            try:
                db.execute(f"UPDATE OR REPLACE {table} SET {column} = ?", (poison,))  # noqa: S608
                db.commit()
            except sqlite3.Error:
                continue  # a column that takes no bytes
        try:
            with Store.open(copy, readonly=True) as store:
                documents = list(store.documents())
                for document in documents[:3]:
                    store.versions(document.id)
                    store.capture(document.source.sha256 or "")
                store.quarantined()
        except (ArchiveError, sqlite3.Error, ValueError, KeyError, TypeError, zlib.error):
            pass  # whatever it says, it runs nothing
        run(["--home", str(copy), "index", "check"])
        capsys.readouterr()
        shutil.rmtree(copy)
    assert not marker.exists()
    assert ran == []


def mutate(random: Random, data: bytes) -> bytes:
    """One byte changed, a piece cut out, doubled or zeroed, or the end cut off."""
    if not data:
        return b"\0"
    at = random.randrange(len(data))
    length = random.choice((1, 8, 64))
    match random.randrange(10):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + length :]
        case 2:
            return data[:at] + data[at : at + length] * 2 + data[at + length :]
        case 3:
            return data[:at] + bytes(length) + data[at + length :]
        case 4:
            return data[:at] + b"\xff" * length + data[at + length :]
    return data[:at] + bytes((data[at] ^ (1 << random.randrange(8)),)) + data[at + 1 :]


def _mutations(
    home: Path, tmp_path: Path, seed: int, count: int, use: Callable[[Path], object] = use
) -> Counter[str]:
    """What became of so many changed indexes. Any other exception than ours fails the test."""
    random = Random(seed)  # noqa: S311 (repeatable)
    index = tmp_path / "index"
    shutil.copytree(home / "index", index)
    right = use(index)
    files = sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        path = random.choice(files)
        whole = path.read_bytes()
        path.write_bytes(mutate(random, whole))
        found = use(index)
        if found == right:
            outcomes["right"] += 1
        else:
            outcomes["error" if isinstance(found, type) else "other"] += 1
        path.write_bytes(whole)
    return outcomes


@pytest.mark.usefixtures("watched")
def test_a_changed_index_is_answered_from_or_refused(home: Path, tmp_path: Path) -> None:
    outcomes = _mutations(home, tmp_path, 5, 100)
    assert outcomes["error"] > 20
    assert outcomes["other"] == 0
    assert ran == []


def test_a_merge_carries_no_damage_on(home: Path, tmp_path: Path) -> None:
    outcomes = _mutations(home, tmp_path, 6, 20, use_merged)
    assert outcomes["error"] > 5
    assert outcomes["other"] == 0


@pytest.mark.slow
@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_changed_indexes(home: Path, tmp_path: Path, seed: int) -> None:
    """2,500 each."""
    outcomes = _mutations(home, tmp_path, seed, 2_500)
    print(dict(outcomes))  # noqa: T201 (figures)
    assert sum(outcomes.values()) == 2_500
    assert outcomes["other"] == 0
    assert ran == []


@pytest.mark.slow
def test_a_thousand_merges_carry_no_damage_on(home: Path, tmp_path: Path) -> None:
    outcomes = _mutations(home, tmp_path, 7, 1_000, use_merged)
    print(dict(outcomes))  # noqa: T201 (figures)
    assert outcomes["error"] > 250
    assert outcomes["other"] == 0
