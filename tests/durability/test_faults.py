"""Killed, or refused by the disk, at any system call: nothing acknowledged is lost.

What is tried is the table of :mod:`~tests.durability.shapes`. The slow tests try every call that
changes what is on disk (between two of them the disk stays as it is); the others some of them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.durability import faults
from tests.durability.conftest import Stage
from tests.durability.judge import judge

pytestmark = pytest.mark.usefixtures("strace")


def kill_at(stage: Stage, points: Iterable[faults.Point]) -> int:
    """How many of the points were reached."""
    reached = 0
    for point in points:
        home = stage.home()
        ending = faults.kill(stage.steps(home), point)
        assert ending.code in {-9, 0}, point
        reached += ending.code == -9
        try:
            judge(home, stage.states, ending.acknowledged)
        except Exception as error:
            error.add_note(f"killed at {point} after {ending.acknowledged} steps")
            raise
    return reached


def fail_at(stage: Stage, points: Iterable[faults.Point]) -> int:
    """How many of the points led to an error."""
    failed = 0
    for point in points:
        for error, for_good in (("ENOSPC", False), ("ENOSPC", True), ("EIO", False)):
            home = stage.home()
            ending = faults.fail(stage.steps(home), point, error, for_good=for_good)
            assert ending.code in {0, 1}, point
            failed += ending.code == 1
            try:
                found = judge(home, stage.states, ending.acknowledged)
                assert ending.code or found == stage.states[-1]
            except Exception as problem:
                problem.add_note(f"{error} at {point}, {ending}")
                raise
    return failed


def sample(points: list[faults.Point], size: int) -> list[faults.Point]:
    return points[len(points) // size // 2 :: len(points) // size]


def test_a_kill_loses_nothing(stage: Stage) -> None:
    assert kill_at(stage, sample(stage.points(), 3)) >= 3


def test_a_refusing_disk_loses_nothing(stage: Stage) -> None:
    assert fail_at(stage, sample(stage.points(), 1)) >= 1


@pytest.mark.slow
def test_a_kill_at_every_call_loses_nothing(stage: Stage) -> None:
    points = stage.points()
    reached = kill_at(stage, points)
    print(f"{reached} of {len(points)} points")  # noqa: T201
    assert reached > 0.95 * len(points)


@pytest.mark.slow
def test_a_disk_that_refuses_any_call_loses_nothing(stage: Stage) -> None:
    points = stage.points()
    failed = fail_at(stage, points)
    print(f"{3 * len(points)} points, {failed} led to an error")  # noqa: T201
    assert failed > len(points)
