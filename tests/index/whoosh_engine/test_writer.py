"""What is committed stays, what fails leaves no trace, and one writes at a time."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from archive.document import Document
from index.errors import IndexDamaged, IndexLocked, IndexMismatch, IndexMissing
from index.query import Query, Term
from index.whoosh_engine import generations, helper, pair, workers
from index.whoosh_engine.builder import MAX_TOKENS, SegmentBuilder, searched
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.invert import Inversion
from index.whoosh_engine.lock import writer_lock
from index.whoosh_engine.manifest import Manifest, parse_manifest, write_manifest
from index.whoosh_engine.policy import FEW, SMALL, Candidate, choose
from index.whoosh_engine.records import Records
from index.whoosh_engine.vocabulary import Vocabulary
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import ARCHIVE, make_document

TWICE = [*ARCHIVE, make_document("d3", "Another court"), *ARCHIVE[:2]]


def build(path: Path) -> WhooshWriter:
    built = WhooshWriter(path, patience=0.1)
    built.rebuild(ARCHIVE, revision=1, extractor_version="1")
    return built


def found(engine: WhooshEngine, word: str) -> list[str]:
    return sorted(hit.id for hit in engine.search(Query(tree=Term(word))).hits)


def files(path: Path) -> set[str]:
    return {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}


def update(path: Path) -> None:
    WhooshWriter(path).update(
        [make_document("d7", "Russia: a new court")], ["d3"], revision=2, extractor_version="1"
    )


def rebuild(path: Path) -> None:
    documents = [d for d in ARCHIVE if d.id != "d3"]
    WhooshWriter(path).rebuild(
        [*documents, make_document("d7", "A new court")], revision=2, extractor_version="1"
    )


class DiskFull:
    """Lets the ``nth`` fsync fail."""

    def __init__(self, patch: pytest.MonkeyPatch, nth: int) -> None:
        self.left, self._fsync = nth, os.fsync
        patch.setattr(os, "fsync", self)

    def __call__(self, descriptor: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._fsync(descriptor)


@pytest.mark.parametrize("change", [update, rebuild])
def test_a_full_disk_leaves_the_last_commit_and_no_rubbish(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    for nth in range(100):
        path = tmp_path / str(nth)
        build(path)
        before = files(path)
        with pytest.MonkeyPatch.context() as patch:
            full = DiskFull(patch, nth)
            try:
                change(path)
            except OSError:
                # The last fsync follows the rename that makes the change visible.
                assert found(WhooshEngine(path), "court") in (["d3", "d6"], ["d6", "d7"])
                assert files(path) - {"CURRENT.new"} >= before
                assert WhooshEngine(path).check() == ()
            else:
                assert full.left >= 0
                break
        change(path)
        assert found(WhooshEngine(path), "court") == ["d6", "d7"]
        kept = {f"gen-{number:06}" for number in generations.Generations(path).numbers()}
        assert len(kept) <= 3
    else:
        pytest.fail("it never ended")
    assert nth >= 6


def test_a_killed_writer_leaves_the_last_commit(tmp_path: Path) -> None:
    build(tmp_path)
    dying = f"""
import os, sys
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from index.whoosh_engine import generations, helper, pair, workers
from index.whoosh_engine.vocabulary import Vocabulary
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document
generations.Generations.make_current = lambda *_: os._exit(9)
WhooshWriter(Path(sys.argv[1])).update(
    [make_document("d7", "A new court")], revision=2, extractor_version="1")
"""
    killed = subprocess.run([sys.executable, "-c", dying, str(tmp_path)], check=False)
    assert killed.returncode == 9
    assert found(WhooshEngine(tmp_path), "court") == ["d3", "d6"]
    orphans = {file for file in files(tmp_path) if file.endswith(".seg")}
    update(tmp_path)
    assert found(WhooshEngine(tmp_path), "court") == ["d6", "d7"]
    assert len(orphans & files(tmp_path)) == 1


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    waiting = build(tmp_path)
    with (
        writer_lock(tmp_path, 0),
        pytest.raises(IndexLocked, match=rf"pid {os.getpid()}\) is writing"),
    ):
        waiting.update([], revision=2, extractor_version="1")
    waiting.update([], revision=2, extractor_version="1")


def test_rollback_goes_back_once(tmp_path: Path) -> None:
    built = build(tmp_path)
    update(tmp_path)
    assert built.rollback().revision == 1
    assert found(WhooshEngine(tmp_path), "court") == ["d3", "d6"]
    with pytest.raises(IndexMissing, match="no previous"):
        built.rollback()
    update(tmp_path)
    assert found(WhooshEngine(tmp_path), "court") == ["d6", "d7"]


def test_a_generation_after_a_rollback_is_noticed(tmp_path: Path) -> None:
    built = build(tmp_path)
    update(tmp_path)
    engine = WhooshEngine(tmp_path)
    built.rollback()
    built.update([], ["d6"], revision=3, extractor_version="1")
    assert engine.refresh()
    assert found(engine, "court") == ["d3"]


def test_a_reader_keeps_its_generation_until_it_refreshes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "GRACE", 0)
    build(tmp_path)
    engine = WhooshEngine(tmp_path)
    for _ in range(4):
        rebuild(tmp_path)
    assert len(generations.Generations(tmp_path).numbers()) <= 3
    assert found(engine, "court") == ["d3", "d6"]
    assert engine.refresh()
    assert not engine.refresh()
    assert found(engine, "court") == ["d6", "d7"]


def test_small_updates_do_not_pile_up_segments_or_generations(tmp_path: Path) -> None:
    built = build(tmp_path)
    for number in range(40):
        document = make_document(f"n{number}", f"Court {number}")
        status = built.update([document], revision=2 + number, extractor_version="1")
        assert status.segments <= FEW + 1
    assert status.documents == len(ARCHIVE) + 40
    assert len(generations.Generations(tmp_path).numbers()) <= 32


def test_an_update_reads_no_replaced_generation_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = build(tmp_path)
    read: list[str] = []
    parse = parse_manifest

    def counted(data: bytes) -> Manifest:
        manifest = parse(data)
        read.append(manifest.name)
        return manifest

    monkeypatch.setattr(generations, "parse_manifest", counted)
    for number in range(20):
        document = make_document(f"n{number}", f"Court {number}")
        built.update([document], revision=2 + number, extractor_version="1")
    assert read.count("gen-000001") <= 5
    assert len(generations.Generations(tmp_path).numbers()) > 10


def test_a_replaced_generation_is_read_again_where_its_name_was_used_again(tmp_path: Path) -> None:
    build(tmp_path)
    (segment,) = (tmp_path / "segments").iterdir()
    rebuild(tmp_path)
    held = generations.Generations(tmp_path)
    held.clean()
    assert segment.exists()
    path = tmp_path / "gen-000001/manifest.json"
    other = asdict(replace(held.read("gen-000001"), segments=()))
    path.unlink()
    write_manifest(path, other)
    held.clean()
    assert not segment.exists()


@pytest.mark.parametrize(
    ("segments", "merged"),
    [
        ([9000, *[1] * (FEW - 1)], []),
        ([9000, *[1] * FEW], list(range(1, FEW + 1))),
        ([9000, 1, SMALL, SMALL - 1], [1, 2, 3]),
        ([9000, 1, SMALL + 4], []),
    ],
)
def test_small_segments_are_merged_once_there_are_a_few(
    segments: list[int], merged: list[int]
) -> None:
    assert choose([Candidate(size, size) for size in segments]) == merged


def test_segments_grow_with_the_logarithm() -> None:
    segments: list[int] = []
    for _ in range(3000):
        segments.append(100)
        chosen = choose([Candidate(size, size) for size in segments])
        merged = sum(segments[at] for at in chosen)
        segments = [size for at, size in enumerate(segments) if at not in chosen]
        segments += [merged] if merged else []
        assert len(segments) <= 7 + FEW
    assert sum(segments) == 300_000


def test_check_finds_damage(tmp_path: Path) -> None:
    build(tmp_path)
    engine = WhooshEngine(tmp_path)
    assert engine.check() == ()
    (segment,) = (tmp_path / "segments").iterdir()
    data = bytearray(segment.read_bytes())
    data[len(data) // 3] ^= 1
    segment.write_bytes(data)
    assert [problem for problem in engine.check() if segment.name in problem]


@pytest.mark.parametrize("cut", [0, 10, 100, 1000])
def test_a_truncated_segment_is_damage(tmp_path: Path, cut: int) -> None:
    build(tmp_path)
    (segment,) = (tmp_path / "segments").iterdir()
    segment.write_bytes(segment.read_bytes()[:cut])
    with pytest.raises(IndexDamaged, match="onrecord index build"):
        WhooshEngine(tmp_path)


def test_a_missing_segment_is_damage(tmp_path: Path) -> None:
    build(tmp_path)
    (segment,) = (tmp_path / "segments").iterdir()
    segment.unlink()
    with pytest.raises(IndexDamaged, match="is missing"):
        WhooshEngine(tmp_path)


def test_an_altered_byte_is_refused_or_alters_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    (segment,) = (tmp_path / "segments").iterdir()
    whole = segment.read_bytes()

    def answers() -> list[object]:
        engine = WhooshEngine(tmp_path)
        found = [engine.search(Query(tree=Term(word))) for word in ("court", "freedom")]
        return [(result.hits, result.facets) for result in found]

    right, refused = answers(), 0
    for at in range(0, len(whole), 97):
        segment.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            assert answers() == right
        except IndexDamaged:
            refused += 1
    assert refused > 20


def test_an_update_of_a_damaged_index_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    (segment,) = (tmp_path / "segments").iterdir()
    for path in (tmp_path / "CURRENT", tmp_path / "gen-000001/manifest.json", segment):
        whole = path.read_bytes()
        path.write_bytes(whole[:1000] + b"?" + whole[1001:] if path == segment else whole[:-9])
        before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
        with pytest.raises(IndexDamaged, match="onrecord index build"):
            WhooshWriter(tmp_path).update(
                [make_document("new", "New")], revision=2, extractor_version="1"
            )
        after = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
        assert after == before
        path.write_bytes(whole)


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    path = tmp_path / "gen-000001/manifest.json"
    manifest = json.loads(path.read_text().rpartition("}")[0] + "}") | {"analysis_version": 0}
    path.unlink()
    write_manifest(path, manifest)
    with pytest.raises(IndexMismatch, match="another version"):
        WhooshEngine(tmp_path)


def test_an_altered_manifest_is_damage(tmp_path: Path) -> None:
    build(tmp_path)
    path = tmp_path / "gen-000001/manifest.json"
    path.write_text(path.read_text().replace('"revision": 1', '"revision": 2'))
    with pytest.raises(IndexDamaged, match="altered"):
        WhooshEngine(tmp_path)


def test_nothing_built_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="onrecord index build"):
        WhooshEngine(tmp_path)
    status = WhooshWriter(tmp_path).update(ARCHIVE, revision=1, extractor_version="1")
    assert status.documents == len(ARCHIVE)


@pytest.mark.parametrize(
    ("documents", "most"), [(ARCHIVE, 1000), (ARCHIVE, 3), (TWICE, 1000), (TWICE, 3)]
)
def test_several_processes_make_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: list[Document], most: int
) -> None:
    for module in (pair, workers):
        monkeypatch.setattr(module, "_BATCH", 700)
    monkeypatch.setattr(workers, "_ALONE", 0)
    for builds in (SegmentBuilder, pair.Pair):
        monkeypatch.setattr(builds, "full", property(lambda held: len(held) >= most))
    answers = []
    for jobs in (1, 2, 3):
        path = tmp_path / str(jobs)
        WhooshWriter(path, jobs=jobs).rebuild(documents, revision=1, extractor_version="1")
        engine = WhooshEngine(path)
        (segment,) = (entry.file for entry in generations.Generations(path).current().segments)
        answers.append((sorted(engine.contents()), found(engine, "court"), segment.sha256))
        assert engine.status().segments == 1
        assert engine.check() == ()
    assert answers[0] == answers[1] == answers[2]


def test_documents_without_bodies_do_not_pile_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_ALONE", 2000)
    inverter = workers.Inverter(lambda: tmp_path / "some.seg", 2)
    for number in range(20):
        inverter.add(make_document(f"d{number}", "Court"))
    assert inverter.pools
    inverter.close()


def test_a_process_that_merges_holds_no_words_of_what_it_inverted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vocabulary = Vocabulary()
    monkeypatch.setattr(helper, "_builder", SegmentBuilder(inversion=Inversion(vocabulary)))
    helper.invert_documents([*ARCHIVE], MAX_TOKENS, tmp_path / "some.seg")
    helper.finish_documents(tmp_path / "some.seg")
    assert len(vocabulary)
    held = weakref.ref(vocabulary)
    del vocabulary
    assert held()
    assert helper.emptied(len, ARCHIVE) == len(ARCHIVE)
    assert held() is None


def test_no_segment_comes_of_texts_that_are_not_all_there(tmp_path: Path) -> None:
    helper.invert_texts([searched(document) for document in ARCHIVE[1:]])
    builder = Records()
    for document in ARCHIVE:
        builder.add(document)
    numbers = builder.numbers()
    path = tmp_path / "some.seg"
    with pytest.raises(ValueError, match="other records"):
        helper.begin_segment(path, numbers.documents, numbers.quotations)
    with pytest.raises(IndexError):
        helper.finish_segment(tmp_path / "some.records")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_waits_for_a_helper_with_much_before_it(tmp_path: Path) -> None:
    waited = []

    class Slow(Future[int]):
        def result(self, timeout: float | None = None) -> int:
            waited.append(self)
            return 7

    class Busy(helper.Helper):
        def begin(self, task: Callable[..., Any], *given: object) -> Future[Any]:
            return Slow()

    pair_of = pair.Pair(1000, Busy(lambda _: None))
    for number in range(20):
        pair_of.add(make_document(f"d{number}", "Long", "court " * (pair._BATCH // 5)))
        assert len(waited) == max(0, number - 12)


def test_processes_end_with_a_writer_that_is_killed(tmp_path: Path) -> None:
    endless = f"""
import itertools, sys
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from index.whoosh_engine import pair, workers
from index.whoosh_engine.vocabulary import Vocabulary
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document
pair._BATCH = workers._BATCH = 700
pair._AHEAD, workers._ALONE, workers.MAX_TOKENS = 7000, 0, 1000
if __name__ == "__main__":
    documents = (make_document(f"n{{n}}", "Court", "court " * 50) for n in itertools.count())
    WhooshWriter(Path(sys.argv[1]), jobs=2).rebuild(documents, revision=1, extractor_version="1")
"""
    script = tmp_path / "endless.py"
    script.write_text(endless)
    with subprocess.Popen([sys.executable, script, tmp_path / "index"]) as writer:
        while len(list((tmp_path / "index").glob("segments/*.seg"))) < 5:
            assert writer.poll() is None
            time.sleep(0.05)
        (children,) = Path(f"/proc/{writer.pid}/task/{writer.pid}").glob("children")
        workers = children.read_text().split()
        writer.kill()
    assert len(workers) >= 2
    for _ in range(600):
        if not any(map(_runs, workers)):
            break
        time.sleep(0.1)
    else:
        pytest.fail("they live on")


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False
