"""Keyword in context: every match of a page of hits on a line of its own, one under the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from index.results import Hit, SearchResults, Snippet
from onrecord.cli.output import print_rows
from onrecord.cli.text import Paint, one_line, pad, terminal_width, width

_COLUMNS = ("id", "published", "left", "match", "right")
_DATE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One match and what stands before and after it in its snippet."""

    id: str
    published: str | None
    left: str
    match: str
    right: str


def print_lines(results: SearchResults, form: str) -> None:
    """The matches in the snippets of all hits."""
    lines = (line for hit in results.hits for line in _lines(hit))
    if form == "table":
        _print_aligned(lines)
    else:
        print_rows(_COLUMNS, (asdict(line) for line in lines), form)


def _lines(hit: Hit) -> Iterator[Line]:
    for snippet in (hit.title, *hit.snippets):
        for number, span in enumerate(snippet):
            if span.match:
                before, after = snippet[:number], snippet[number + 1 :]
                yield Line(hit.id, hit.published, _text(before), one_line(span.text), _text(after))


def _text(spans: Snippet) -> str:
    return one_line("".join(span.text for span in spans))


def _print_aligned(lines: Iterator[Line]) -> None:
    paint, side = Paint(), (terminal_width() - _DATE) // 2 - 6
    for line in lines:
        date = paint.quiet(pad(line.published or "undated", _DATE))
        left = pad(_last(line.left, side), side, right=True)
        click.echo(f"{date}{left}{paint.match(line.match)}{_first(line.right, side)}")


def _last(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[1:]
    return text


def _first(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[:-1]
    return text
