"""An index whose checksums fit, and whose arrays say what they cannot mean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.forging import KINDS

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
