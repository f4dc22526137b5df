from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from index.whoosh_engine import builder, generations
from onrecord.config import Home
from tests.durability import faults
from tests.durability.shapes import SHAPES, State, rehearse


class Stage:
    """A shape's home before its first step, to be played again and again."""

    def __init__(self, name: str, folder: Path) -> None:
        self.folder = folder
        self.before = folder / "before"
        self.states: list[State] = rehearse(SHAPES[name], self.before)
        self._steps = SHAPES[name].steps
        self._numbers = count()

    def home(self) -> Home:
        """A fresh copy; the one before is removed."""
        number = next(self._numbers)
        shutil.rmtree(self.folder / str(number - 1), ignore_errors=True)
        path = self.folder / str(number)
        if self.before.exists():
            shutil.copytree(self.before, path)
        return Home(path)

    def steps(self, home: Home) -> list[Callable[[], object]]:
        return [partial(step, home) for step in self._steps]

    def points(self) -> list[faults.Point]:
        return faults.points(self.steps(self.home()), self.folder / "log")


@pytest.fixture(params=SHAPES)
def stage(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Segments of a few documents, and no grace for old generations: more happens."""
    monkeypatch.setattr(builder.SegmentBuilder, "full", property(lambda held: len(held) >= 4))
    monkeypatch.setattr(generations, "GRACE", 0)
    return Stage(request.param, tmp_path)


@pytest.fixture
def strace() -> None:
    """Skips where system calls cannot be traced."""
    if reason := faults.why_not():
        pytest.skip(reason)
