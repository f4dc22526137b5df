"""A rebuild that was killed or interrupted goes on from what it had finished."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from archive.document import Document
from index.errors import BuildBroken
from index.whoosh_engine import builder, journal, pair, workers
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document

OLD = [make_document("old", "What was there before")]


def archive(changed: Iterable[int] = ()) -> list[Document]:
    return [
        make_document(f"d{n:02}", f"Court {n}", "changed" if n in changed else "as it was")
        for n in range(40)
    ]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for builds in (builder.SegmentBuilder, pair.Pair):
        monkeypatch.setattr(builds, "full", property(lambda held: len(held) >= 5))
    for module in (pair, workers):
        monkeypatch.setattr(module, "_BATCH", 600)
    monkeypatch.setattr(workers, "_ALONE", 0)


@pytest.fixture
def inverted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that this process inverts."""
    ids: list[str] = []
    add = builder.SegmentBuilder.add

    def noting(one: builder.SegmentBuilder, document: Document) -> None:
        ids.append(document.id)
        add(one, document)

    monkeypatch.setattr(builder.SegmentBuilder, "add", noting)
    return ids


def broken_off(documents: list[Document], error: BaseException) -> Iterator[Document]:
    yield from documents
    raise error


def await_segments(path: Path) -> None:
    """Until three are finished, by whatever process."""
    while len((path / "BUILDING").read_bytes().splitlines()) < 4:
        time.sleep(0.01)


def rebuild(path: Path, documents: Iterable[Document], jobs: int = 1) -> None:
    WhooshWriter(path, jobs=jobs).rebuild(documents, revision=1, extractor_version="1")


def contents(path: Path) -> dict[str, str]:
    engine = WhooshEngine(path)
    assert engine.check() == ()
    found = list(engine.contents())
    assert len(found) == len(dict(found))
    return dict(found)


def expected(documents: Iterable[Document]) -> dict[str, str]:
    return {document.id: document.fingerprint() for document in documents}


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_an_interrupted_rebuild_goes_on(tmp_path: Path, inverted: list[str], jobs: int) -> None:
    rebuild(tmp_path, OLD)

    def documents() -> Iterator[Document]:
        yield from archive()[:30]
        await_segments(tmp_path)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path, documents(), jobs)
    assert contents(tmp_path) == expected(OLD)
    inverted.clear()
    now = [d for d in archive(changed=[3, 35]) if d.id != "d05"]
    rebuild(tmp_path, now)
    assert contents(tmp_path) == expected(now)
    assert "d03" in inverted
    assert len(inverted) < 30
    assert not (tmp_path / "BUILDING").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), BrokenProcessPool()])
def test_what_nobody_goes_on_from_does_not_wait(tmp_path: Path, error: BaseException) -> None:
    rebuild(tmp_path, OLD)

    def documents() -> Iterator[Document]:
        (tmp_path / "segments" / "half.records").write_bytes(b"of a segment that was cut short")
        yield from broken_off(archive(), error)

    with pytest.raises((KeyboardInterrupt, BuildBroken)):
        rebuild(tmp_path, documents())
    live = {entry.file for entry in Generations(tmp_path).current().segments}
    finished = set(journal.BuildJournal(tmp_path).named())
    assert len(finished) >= 2
    left = {f"segments/{path.name}" for path in (tmp_path / "segments").iterdir()}
    assert left == {file.path for file in live | finished}


def test_a_build_goes_on_whose_process_was_killed(tmp_path: Path, inverted: list[str]) -> None:
    """As the kernel does it where memory runs out."""
    rebuild(tmp_path, OLD)

    def documents() -> Iterator[Document]:
        for number, document in enumerate(archive()):
            if number == 30:
                await_segments(tmp_path)
                for process in multiprocessing.active_children():
                    process.kill()
            yield document

    with pytest.raises(BuildBroken, match="onrecord index build"):
        rebuild(tmp_path, documents(), jobs=2)
    assert contents(tmp_path) == expected(OLD)
    inverted.clear()
    rebuild(tmp_path, archive())
    assert contents(tmp_path) == expected(archive())
    assert len(inverted) < 40


def test_a_document_that_changed_meanwhile_counts_once(tmp_path: Path) -> None:
    twice = [*archive(), *archive(changed=[1])[:5]]
    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path, broken_off([*twice, *archive()[10:]], KeyboardInterrupt()))
    rebuild(tmp_path, archive(changed=[1]))
    assert contents(tmp_path) == expected(archive(changed=[1]))


def test_a_failed_rebuild_leaves_nothing_on_a_full_disk(tmp_path: Path) -> None:
    rebuild(tmp_path, OLD)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError, match="full"):
        rebuild(tmp_path, broken_off(archive(), OSError("full")))
    assert sorted(tmp_path.rglob("*")) == before


def test_an_update_forgets_an_unfinished_rebuild(tmp_path: Path) -> None:
    rebuild(tmp_path, OLD)
    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path, broken_off(archive(), KeyboardInterrupt()))
    assert len(list((tmp_path / "segments").iterdir())) > 3
    WhooshWriter(tmp_path).update([], ["old"], revision=2, extractor_version="1")
    assert contents(tmp_path) == {}
    assert len(list((tmp_path / "segments").iterdir())) == 1  # of the generation before


@pytest.mark.parametrize(
    "harm", ["torn line", "altered line", "altered segment", "another version"]
)
def test_what_is_not_as_it_was_written_is_made_anew(tmp_path: Path, harm: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if harm == "another version":
            patch.setattr(journal, "_VERSIONS", [0, 0])
        with pytest.raises(KeyboardInterrupt):
            rebuild(tmp_path, broken_off(archive(), KeyboardInterrupt()))
    path = tmp_path / "BUILDING"
    if harm == "torn line":
        path.write_bytes(path.read_bytes()[:-7])
    elif harm == "altered line":
        before, name, size = path.read_bytes().partition(b'"size": ')
        path.write_bytes(before + name + bytes([size[0] ^ 1]) + size[1:])
    elif harm == "altered segment":
        segment = next((tmp_path / "segments").iterdir())
        data = bytearray(segment.read_bytes())
        data[200] ^= 1
        segment.write_bytes(data)
    rebuild(tmp_path, archive())
    assert contents(tmp_path) == expected(archive())
    assert len(list((tmp_path / "segments").iterdir())) == 1


def test_a_damaged_index_is_made_anew_and_is_none_to_go_back_to(tmp_path: Path) -> None:
    for name in ("CURRENT", "gen-000001/manifest.json", "segments/*"):
        path = tmp_path / name.partition("/")[0]
        rebuild(path, OLD)
        (file,) = path.glob(name)
        file.write_bytes(b"\xff" + file.read_bytes()[1:])
        rebuild(path, archive())
        assert contents(path) == expected(archive())
        assert WhooshEngine(path).status().documents == 40
        assert len(list((path / "segments").iterdir())) == 1


INTERRUPTED = """
import sys, time
from pathlib import Path
from index.whoosh_engine import builder, pair, workers
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document

for builds in (builder.SegmentBuilder, pair.Pair):
    builds.full = property(lambda held: len(held) >= 5)

def documents():
    for n in range(40):
        yield make_document(f"d{n:02}", f"Court {n}", "as it was")
    path = Path(sys.argv[1], "BUILDING")
    while len(path.read_bytes().splitlines()) < 3:
        time.sleep(0.01)
    print("half", flush=True)
    time.sleep(60)

if __name__ == "__main__":
    pair._BATCH, workers._BATCH, workers._ALONE = 600, 600, 0
    try:
        WhooshWriter(Path(sys.argv[1]), jobs=2).rebuild(
            documents(), revision=1, extractor_version="1"
        )
    except KeyboardInterrupt:
        sys.exit(130)
"""


def test_ctrl_c_reaches_the_processes_and_only_one_answers(
    tmp_path: Path, inverted: list[str]
) -> None:
    script = tmp_path / "build.py"
    script.write_text(INTERRUPTED)
    path = tmp_path / "index"
    with subprocess.Popen(
        [sys.executable, script, path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        start_new_session=True,  # so that Ctrl-C reaches its processes, as in a terminal
    ) as process:
        assert process.stdout
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "")
    rebuild(path, archive())
    assert contents(path) == expected(archive())
    assert len(inverted) < 40
