"""SECURITY.md says what the code does."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from archive.limits import LIMITS as OF_A_PAGE
from archive.sandbox import WorkerLimits
from index.query import LIMITS as OF_A_QUESTION

TEXT = (Path(__file__).parents[2] / "SECURITY.md").read_text("utf-8")
STATED = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", TEXT, re.MULTILINE))


@pytest.mark.parametrize("limits", [OF_A_PAGE, WorkerLimits(), OF_A_QUESTION], ids=type)
def test_every_limit_is_documented_with_its_value(limits: object) -> None:
    held = {name: f"{int(value):,}" for name, value in asdict(limits).items()}  # type: ignore[call-overload]
    assert {name: STATED.get(name) for name in held} == held


def test_the_threat_model_has_ten_lines() -> None:
    model = TEXT.partition("## Threat model")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\d+\. ", model, re.MULTILINE)) == 10
