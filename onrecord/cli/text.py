"""Text for a terminal: emphasis, width, wrapping, columns. Archived text is made harmless."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

import click

from index.results import Span
from onrecord import config

WIDTH = 100
"""Columns of a line where there is no terminal to ask, and the most that is used of one."""

# Controls could drive the terminal (colours, titles, answers typed by itself), and
# directional overrides could show a text in another order than it is stored in.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


_SPACE = re.compile(r"\s+")


class Paint:
    """Emphasis on one stream: on a terminal that wants colour, nowhere else."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.on = config.colour_wanted() and (stream or sys.stdout).isatty()

    def strong(self, text: str) -> str:
        """A title, a name."""
        return click.style(text, bold=True) if self.on else text

    def quiet(self, text: str) -> str:
        """What is good to have and does not ask to be read."""
        return click.style(text, dim=True) if self.on else text

    def name(self, text: str) -> str:
        """Somebody or some country."""
        return click.style(text, fg="cyan") if self.on else text

    def match(self, text: str) -> str:
        """What was looked for."""
        return click.style(text, fg="yellow", bold=True) if self.on else text

    def spans(self, spans: Iterable[Span], other: Callable[[str], str] = str) -> str:
        """The spans in one line, what matched emphasised and what did not by ``other``."""
        return "".join(
            (self.match if span.match else other)(one_line(span.text)) for span in spans
        ).strip()


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 statement", "1,322 statements"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def bytes_of(number: int) -> str:
    """An amount of data as disks are sold: "40 kB", "1.2 GB"."""
    amount = number / 1000
    for unit in ("kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def harmless(text: str) -> str:
    """The text with what could drive a terminal replaced by the replacement character."""
    return _HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The text, harmless, with runs of white space as one blank; those at its ends are kept."""
    return _SPACE.sub(" ", harmless(text))


def terminal_width() -> int:
    """Columns to fill."""
    return min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)


def width(text: str) -> int:
    """Columns that the text takes: wide characters two, combining ones none, styles none."""
    plain = click.unstyle(text)
    if plain.isascii():
        return len(plain)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in plain
    )


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with blanks, on its left when it is to stand right."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, indent: str = "") -> list[str]:
    """The paragraph in lines of the terminal's width; styles and wide characters count right."""
    limit = terminal_width() - width(indent)
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for word in text.split():
        needed = width(word)
        if line and used + 1 + needed > limit:
            lines.append(indent + " ".join(line))
            line, used = [], 0
        used += needed + (1 if line else 0)
        line.append(word)
    if line:
        lines.append(indent + " ".join(line))
    return lines


def columns(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> Iterator[str]:
    """The rows as aligned lines; columns in ``right`` are aligned right. The last is not filled."""
    if not rows:
        return
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            pad(cell, widths[number], right=number in right) for number, cell in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()
