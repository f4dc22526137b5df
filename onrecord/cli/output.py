"""Rows as table, JSON, JSON lines or CSV. Data goes to standard output, the rest to stderr."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

from onrecord.cli.advice import as_typed_here
from onrecord.cli.text import Paint, columns, harmless, one_line

FORMATS = ("table", "json", "jsonl", "csv")
Row = Mapping[str, Any]

_LINE_BREAKS = dict.fromkeys(map(ord, "\t\n\u2028\u2029"), "\N{REPLACEMENT CHARACTER}")


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option ``--format``; the first of its values is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print it.",
    )


def say(message: str) -> None:
    """A message for the person, which is not data."""
    click.echo(as_typed_here(message), err=True)


def print_rows(names: Sequence[str], rows: Iterable[Row], form: str, *, nothing: str = "") -> None:
    """The named columns of the rows. ``None`` is an empty cell, ``null`` in JSON.

    ``nothing`` is said where a table would be empty, which looks like a failure.
    """
    if form == "table":
        found = list(rows)
        print_table(names, found)
        if nothing and not found:
            say(nothing)
    elif form == "json":
        print_json(list(rows))
    elif form == "jsonl":
        for row in rows:
            print_json_line(row)
    else:
        from index.encode import spreadsheet_cell

        cells = ([spreadsheet_cell(_cell(row[name])) for name in names] for row in rows)
        print_csv(names, cells)


def print_table(names: Sequence[str], rows: Iterable[Row]) -> None:
    """Aligned columns under their names; numbers stand right."""
    found = list(rows)
    if not found:
        return
    paint = Paint()
    numbers = frozenset(n for n, name in enumerate(names) if isinstance(found[0][name], int))
    header = [paint.quiet(name.upper().replace("_", " ")) for name in names]
    cells = [[_shown(row[name]) for name in names] for row in found]
    for line in columns([header, *cells], right=numbers):
        click.echo(line)


def print_facts(facts: Row, form: str) -> None:
    """Names and values, one to a line, or one JSON object."""
    if form == "json":
        print_json(dict(facts))
        return
    paint = Paint()
    rows = [(paint.quiet(name), _shown(value)) for name, value in facts.items()]
    numbers = all(isinstance(value, int) for value in facts.values())
    for line in columns(rows, right=frozenset({1} if numbers else ())):
        click.echo(line)


def clipped(text: str, length: int) -> str:
    """A value for a cell of a table: one line, cut where it is longer."""
    line = one_line(text).strip()
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def print_json(value: Any) -> None:
    """One JSON value, for people and programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:
    """One JSON value on a line of its own."""
    click.echo(json.dumps(value, ensure_ascii=False))


def print_csv(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A header and its lines, line breaks as RFC 4180 wants them."""
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    writer.writerows(rows)


def _cell(value: Any) -> str:
    """A value as a text; what is said by ``true`` in JSON is said so here."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(value) if isinstance(value, list | tuple) else str(value)


def _shown(value: Any) -> str:
    """A value for people, on one line as it is: there are paths with line breaks."""
    counted = isinstance(value, int) and not isinstance(value, bool)
    return f"{value:,}" if counted else harmless(_cell(value).translate(_LINE_BREAKS))
