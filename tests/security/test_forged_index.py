"""An index whose checksums fit, and whose arrays say what they cannot mean."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import lz4.block
import numpy as np
import pytest

from index.errors import IndexDamaged
from index.query import Scope
from index.request import build_query
from index.whoosh_engine.arrays import ArrayFile
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.manifest import write_manifest
from index.whoosh_engine.stored import StoredReader
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import ARCHIVE
from tests.security.forging import KINDS, forge

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "kind",
    [kind if kind == "large" else pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS],
)
def test_a_forged_array_is_damage_or_does_no_harm(tmp_path: Path, kind: str) -> None:
    """Within a gibibyte, which is the program's own limit."""
    program = [sys.executable, "-m", "tests.security.forging", str(tmp_path), kind]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) > 90
    assert [it for it in found if not {"", "IndexDamaged"}.issuperset(it["led to"])] == []
    assert sum("IndexDamaged" in it["led to"] for it in found) > 10


def test_what_an_answer_reads_late_is_damage_too(tmp_path: Path) -> None:
    """Hits that are streamed, and values that are named when they are looked at."""
    WhooshWriter(tmp_path).rebuild(ARCHIVE, revision=1, extractor_version="1")
    forge(tmp_path, "documents/stems.text/df", KINDS["0"])
    forge(tmp_path, "documents/topic/terms.bytes", KINDS["large"])
    engine = WhooshEngine(tmp_path)
    with pytest.raises(IndexDamaged):
        list(engine.stream(build_query("free")))
    found = engine.search(build_query(""))
    with pytest.raises(IndexDamaged):
        _ = [tuple(facet.values) for facet in found.facets]


@pytest.mark.parametrize("value", [5, [5]])
@pytest.mark.parametrize("place", range(8))
def test_a_stored_head_of_other_types_is_damage(tmp_path: Path, place: int, value: object) -> None:
    """And no mistake that a page of hits, or an export half way through, fails of."""

    def forged(head: bytes) -> bytes:
        fields = json.loads(head)
        return json.dumps([*fields[:place], value, *fields[place + 1 :]]).encode()

    WhooshWriter(tmp_path).rebuild(ARCHIVE, revision=1, extractor_version="1")
    _forge_stored(tmp_path, "documents/head", forged)
    _is_damaged(tmp_path, "documents")


@pytest.mark.parametrize("place", range(5))
def test_a_stored_quotation_of_other_types_is_damage(tmp_path: Path, place: int) -> None:
    def forged(body: bytes) -> bytes:
        text, _, quotations = lz4.block.decompress(body).rpartition(b"\0")
        changed = [[*q[:place], 5, *q[place + 1 :]] for q in json.loads(quotations)]
        packed: bytes = lz4.block.compress(text + b"\0" + json.dumps(changed).encode())
        return packed

    WhooshWriter(tmp_path).rebuild(ARCHIVE, revision=1, extractor_version="1")
    _forge_stored(tmp_path, "documents/body", forged)
    _is_damaged(tmp_path, "quotations")


@pytest.mark.parametrize(
    "name", ["number", "previous", "revision", "extractor_version", "built_at"]
)
def test_a_manifest_of_other_types_is_damage(tmp_path: Path, name: str) -> None:
    WhooshWriter(tmp_path).rebuild(ARCHIVE, revision=1, extractor_version="1")
    manifest = Generations(tmp_path).current()
    path = tmp_path / manifest.name / "manifest.json"
    path.unlink()
    write_manifest(path, asdict(manifest) | {name: ["1"]})
    with pytest.raises(IndexDamaged):
        WhooshEngine(tmp_path)


def _forge_stored(index: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    (path,) = (index / "segments").glob("*.seg")
    stored = StoredReader(ArrayFile(path), name)
    pieces = [change(stored[number]) for number in range(len(stored))]
    forge(index, f"{name}/bytes", lambda _: np.frombuffer(b"".join(pieces), np.uint8))
    forge(index, f"{name}/ends", lambda _: np.cumsum(list(map(len, pieces))).astype(np.uint32))


def _is_damaged(index: Path, scope: Scope) -> None:
    engine = WhooshEngine(index)
    with pytest.raises(IndexDamaged):
        engine.search(build_query("", scope=scope))
    with pytest.raises(IndexDamaged):
        list(engine.stream(build_query("", scope=scope)))
