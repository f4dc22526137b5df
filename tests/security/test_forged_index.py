"""An index whose checksums fit, and whose arrays say what they cannot mean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.request import build_query
from index.whoosh_engine.engine import WhooshEngine
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
