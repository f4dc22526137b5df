"""No regular expression takes superlinear time: each is fed 100 kB of its worst inputs.

The expressions are collected while the archive is imported and used, and must be all that its
sources compile. The inputs are made from the expression itself: what matches its beginnings
and the bodies of its repetitions, again and again, so that each place looks like a start.
A quadratic search of 20 kB takes a second or more, a linear one a few milliseconds.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.archive.patterns import ARCHIVE, COLLECT, Site, call_sites, seeds

SAMPLE = ARCHIVE.parent / "onrecord" / "sample"
GRANTED = 0.2  # seconds of CPU time: far above what is linear, far below what is not


class Expression(NamedTuple):
    file: str
    text: str
    flags: int
    starts_only: bool


@pytest.fixture(scope="module")
def seen() -> dict[tuple[str, int], list[tuple[str, int]]]:
    """File and line -> the patterns and flags that were compiled there."""
    command = [sys.executable, "-c", COLLECT, str(ARCHIVE), str(min(SAMPLE.rglob("*.html")))]
    run = subprocess.run(command, cwd=ARCHIVE.parent, capture_output=True, text=True, check=True)
    found: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for file, line, text, flags in json.loads(run.stdout):
        found.setdefault((file, line), []).append((text, flags))
    return found


@pytest.fixture(scope="module")
def expressions(seen: dict[tuple[str, int], list[tuple[str, int]]]) -> set[Expression]:
    return {
        Expression(site.file, text, flags, site.starts_only)
        for site in call_sites()
        for text, flags in _compiled(site, seen)
        if not site.windowed
    }


def _compiled(
    site: Site, seen: dict[tuple[str, int], list[tuple[str, int]]]
) -> list[tuple[str, int]]:
    found = [one for line in site.lines for one in seen.get((site.file, line), ())]
    return found or ([(site.written, 0)] if site.written is not None else [])


def test_all_expressions_of_the_sources_are_known(
    seen: dict[tuple[str, int], list[tuple[str, int]]],
) -> None:
    missed = [
        f"{Path(site.file).relative_to(ARCHIVE)}:{site.lines.start}"
        for site in call_sites()
        if not _compiled(site, seen)
    ]
    assert missed == []


def test_every_expression_is_linear(expressions: set[Expression]) -> None:
    assert len(expressions) > 100
    assert _slow(expressions, 20_000) == []


@pytest.mark.slow
def test_every_expression_is_linear_over_100_kb(expressions: set[Expression]) -> None:
    assert _slow(expressions, 100_000) == []


def _slow(expressions: set[Expression], size: int) -> list[tuple[str, str, str]]:
    slow = []
    for expression in sorted(expressions):
        for seed in seeds(expression.text, expression.flags):
            large = _seconds(expression, seed, size)
            if large > GRANTED and large > 12 * _seconds(expression, seed, size // 4):
                slow.append((Path(expression.file).name, expression.text[:80], seed[:40]))
                break
    return slow


def _seconds(expression: Expression, seed: str, size: int) -> float:
    pattern = re.compile(expression.text, expression.flags)
    text = (seed * (size // len(seed) + 1))[:size] + "\x00"
    begun = time.process_time()
    if expression.starts_only:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - begun
