"""SECURITY.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.limits import AllLimits, Setting, settings

TEXT = (Path(__file__).parents[2] / "SECURITY.md").read_text("utf-8")
STATED = re.findall(r"^\| `\w+` \| .*$", TEXT, re.MULTILINE)
HELD = [*settings(AllLimits())]


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.limit)
def test_every_limit_is_documented_with_its_value(held: Setting) -> None:
    bounds = f"{held.least:,} to {held.most:,}"
    assert f"| `{held.limit}` | {held.default:,.0f} | {bounds} | {held.meaning} |" in STATED


def test_no_limit_is_documented_that_there_is_not() -> None:
    assert len(STATED) == len(HELD)


def test_the_threat_model_has_ten_lines() -> None:
    model = TEXT.partition("## Threat model")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\d+\. ", model, re.MULTILINE)) == 10
