import sys

import pytest

from onrecord.cli import progress
from onrecord.cli.progress import Progress


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def run(clock: Clock, total: int | None, steps: int) -> None:
    with Progress("reading", "page", total) as shown:
        for done in range(1, steps + 1):
            clock.now += 1.0
            shown.update(done * 10)


def test_without_a_terminal_a_plain_line_now_and_then(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    run(clock, 2000, 12)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "reading: 50 of 2,000 pages  10/s  3 min 15 s left",
        "reading: 100 of 2,000 pages  10/s  3 min 10 s left",
        "reading: 120 pages in 12 s (10/s)",
    ]


def test_the_first_few_tell_no_time_left(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("reading", "page", 150) as shown:
        for done in (1, 10):
            clock.now += 5.0
            shown.update(done)
    assert capsys.readouterr().err.splitlines()[:2] == [
        "reading: 1 of 150 pages  0/s",
        "reading: 10 of 150 pages  1/s  2 min 20 s left",
    ]


def test_an_unknown_total_has_no_time_left(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    run(clock, None, 5)
    assert capsys.readouterr().err.splitlines()[0] == "reading: 50 pages  10/s"


def test_on_a_terminal_one_line_that_is_written_over(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run(clock, 100, 5)
    *bars, last = capsys.readouterr().err.split("\r\033[K")
    assert bars[1].startswith("██")
    assert "10 of 100 pages  10/s  9.0 s left" in bars[1]
    assert not any("\n" in bar for bar in bars)
    assert last == "reading: 50 pages in 5.0 s (10/s)\n"


def test_a_failed_job_does_not_say_that_it_is_done(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        with Progress("reading", "page") as shown:
            shown.update(3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0.4 s"), (12.3, "12 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_durations_as_people_say_them(seconds: float, text: str) -> None:
    assert progress._duration(seconds) == text
