import click
import pytest

from index.results import Span
from onrecord.cli import text
from onrecord.cli.text import Paint, columns, harmless, one_line, pad, width, wrap


@pytest.fixture
def colour() -> Paint:
    paint = Paint()
    paint.on = True
    return paint


def test_controls_and_directional_overrides_cannot_reach_a_terminal() -> None:
    assert harmless("a\x1b[31mb\x9b2Jc\u202ed\r") == "a\ufffd[31mb\ufffd2Jc\ufffdd\ufffd"
    assert harmless("a\tb\nc – “d” é") == "a\tb\nc – “d” é"


def test_one_line_keeps_one_blank_at_the_ends_for_what_stands_beside_it() -> None:
    assert one_line(" a\n\n b ") == " a b "


@pytest.mark.parametrize(("value", "expected"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0)])
def test_width_counts_columns(value: str, expected: int) -> None:
    assert width(value) == expected
    assert width(click.style(value, bold=True)) == expected


def test_pad_fills_by_columns() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad("ab", 4, right=True) == "  ab"


def test_wrap_keeps_every_word_within_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    lines = wrap("one two three four five six seven", "  ")
    assert all(width(line) <= 20 and line.startswith("  ") for line in lines)
    assert " ".join(lines).split() == ["one", "two", "three", "four", "five", "six", "seven"]


def test_a_word_longer_than_the_line_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert wrap("https://example.org/a/long/address x") == [
        "https://example.org/a/long/address",
        "x",
    ]


def test_columns_are_aligned_without_blanks_at_the_end() -> None:
    rows = [("Name", "Number"), ("Côte d’Ivoire", "7"), ("日本", "12")]
    assert list(columns(rows, right=frozenset({1}))) == [
        "Name           Number",
        "Côte d’Ivoire       7",
        "日本               12",
    ]
    assert list(columns([])) == []


def test_spans_are_plain_where_there_is_no_terminal() -> None:
    spans = (Span("freedom of "), Span("expression", match=True), Span("\nand"))
    assert Paint().spans(spans) == "freedom of expression and"


def test_spans_emphasise_what_matched(colour: Paint) -> None:
    spans = (Span("freedom of "), Span("expression", match=True))
    painted = colour.spans(spans)
    assert painted != "freedom of expression"
    assert click.unstyle(painted) == "freedom of expression"
    assert painted.startswith("freedom of \x1b[")


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_declined(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Paint(Terminal()).on  # type: ignore[arg-type]
    monkeypatch.setenv(name, value)
    assert not Paint(Terminal()).on  # type: ignore[arg-type]


def test_lines_are_never_longer_than_people_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert text.terminal_width() == text.WIDTH
