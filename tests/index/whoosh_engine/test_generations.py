"""More commits than generations are kept, while a reader holds one or is about to open one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.memory_engine import MemoryEngine
from index.request import build_query
from index.whoosh_engine import generations
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.manifest import Manifest
from index.whoosh_engine.writer import WhooshWriter
from tests.index.conformance import assert_same_answer
from tests.index.documents import ARCHIVE, make_document

QUESTIONS = ("", "court", "fre*", '"freedom of the press"', "speaker:orlova", "fredom")
LATER = [make_document("new", "A court after the others", "Freedom of the press.")]


def build(path: Path) -> WhooshWriter:
    writer = WhooshWriter(path)
    writer.rebuild(ARCHIVE, revision=1, extractor_version="1")
    return writer


def commit_many(path: Path) -> None:
    """So many that neither the generation before them nor its files are kept."""
    writer = WhooshWriter(path)
    before = {file.name for file in (path / "segments").iterdir()}
    live = Generations(path).current_name()
    writer.rebuild(LATER, revision=2, extractor_version="1")
    for revision in range(3, 40):
        writer.update(LATER, revision=revision, extractor_version="1")
    assert not (path / live).exists()
    assert not before & {file.name for file in (path / "segments").iterdir()}


def test_a_reader_answers_from_its_generation_when_it_is_no_longer_kept(tmp_path: Path) -> None:
    build(tmp_path)
    engine, oracle = WhooshEngine(tmp_path), MemoryEngine(ARCHIVE)
    stream = engine.stream(build_query(sort="newest"))
    begun = [next(stream)]
    commit_many(tmp_path)
    assert [*begun, *stream] == [*oracle.stream(build_query(sort="newest"))]
    for question in QUESTIONS:
        for scope in ("documents", "quotations"):
            assert_same_answer(engine, oracle, build_query(question, scope=scope))
    assert engine.complete("orl", "speaker") == oracle.complete("orl", "speaker")
    assert sorted(engine.contents()) == sorted(oracle.contents())
    assert engine.refresh()
    assert_same_answer(engine, MemoryEngine(LATER), build_query("court"))


@pytest.mark.parametrize("opening", [WhooshEngine, lambda path: None], ids=["opens", "refreshes"])
@pytest.mark.parametrize("times", [1, 9])
def test_a_reader_opens_the_newest_however_often_the_one_it_chose_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, opening: Callable[[Path], object]
) -> None:
    monkeypatch.setattr(generations, "GRACE", 0)
    writer = build(tmp_path)
    opened = None if opening is WhooshEngine else WhooshEngine(tmp_path)
    writer.rebuild(LATER, revision=2, extractor_version="1")
    left = times
    read = Generations.current

    def overtaken(self: Generations) -> Manifest:
        nonlocal left
        manifest = read(self)
        if left:
            left, rest = 0, left - 1
            for revision in (3, 4, 5):
                WhooshWriter(tmp_path).rebuild(LATER, revision=revision, extractor_version="1")
            assert not (tmp_path / manifest.name).exists()
            left = rest
        return manifest

    monkeypatch.setattr(Generations, "current", overtaken)
    if opened is None:
        opened = WhooshEngine(tmp_path)
    else:
        assert opened.refresh()
    assert left == 0
    assert [hit.id for hit in opened.search(build_query("court")).hits] == ["new"]
