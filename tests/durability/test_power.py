"""The power goes off at any moment: what was acknowledged is there when it is back."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from index.whoosh_engine import builder, generations
from onrecord.config import Home
from tests.durability import faults, power
from tests.durability.judge import judge
from tests.durability.shapes import SHAPES, rehearse


@pytest.fixture
def disk(tmp_path: Path, strace: None, monkeypatch: pytest.MonkeyPatch) -> power.Disk:
    if reason := power.why_not():
        pytest.skip(reason)
    monkeypatch.setattr(builder.SegmentBuilder, "full", property(lambda held: len(held) >= 4))
    monkeypatch.setattr(generations, "GRACE", 0)
    disk = power.Disk(tmp_path / "image", tmp_path / "mounted")
    disk.make()
    return disk


def cut_at(disk: power.Disk, name: str, places: Iterable[float]) -> None:
    """Cut the power at these places of the shape: 0 is its first system call, 1 after its end."""
    home = Home(disk.folder / "home")
    steps = [partial(step, home) for step in SHAPES[name].steps]
    with disk.mounted():
        states = rehearse(SHAPES[name], home.path)
    template = shutil.copyfile(disk.image, disk.image.with_name("template"))
    with disk.mounted():
        points = faults.points(steps, disk.image.with_name("log"))
    for place, survivors in zip(places, cycle(power.SURVIVORS), strict=False):
        point = [*points, None][round(place * len(points))]
        shutil.copyfile(template, disk.image)
        with disk.mounted():
            ending = faults.kill(steps, point) if point else faults.run(steps, "trace=none")
            disk.cut(survivors)
        with disk.mounted():
            try:
                judge(home, states, ending.acknowledged)
            except Exception as error:
                error.add_note(f"cut at {point}, {ending}; {survivors} survived")
                raise


@pytest.mark.parametrize("name", ["first ingest", "alias", "index build"])
def test_a_power_cut_loses_nothing(disk: power.Disk, name: str) -> None:
    cut_at(disk, name, [0.4, 0.8, 1])


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_many_power_cuts_lose_nothing(disk: power.Disk, name: str) -> None:
    cut_at(disk, name, [number / 23 for number in range(24)])
