"""What the columns of a table hold, as the table's own heads say."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from lxml.html import HtmlElement

from archive.dates import find_dates
from archive.lines import line

Field = Literal["title", "published", "category", "location", "topics"]

_CELLS = ("td", "th")
_LONGEST_HEAD = 60
_EMPHASIS = ("b", "strong", "h3", "h4", "h5", "h6")


@cache
def _heads() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads(files("archive").joinpath("columns.toml").read_text("utf-8"))
    return {name: tuple(map(re.compile, heads)) for name, heads in table.items()}


class Columns:
    """The columns of the tables of one page. Each table is asked once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, dict[str, int]] = {}

    def cell(self, row: HtmlElement, name: Field) -> HtmlElement | None:
        """The cell of a row that its column's head says to be this field, or None."""
        if row.tag != "tr":
            return None
        table = next(row.iterancestors("table"), None)
        if table is None:
            return None
        if table not in self._known:
            self._known[table] = _fields(table)
        column = self._known[table].get(name)
        return None if column is None else _cell(row, column)


def _fields(table: HtmlElement) -> dict[str, int]:
    """Field -> number of its column, from the first row that is one of heads."""
    row = next((row for row in table.iterdescendants("tr") if _is_head(row)), None)
    if row is None:
        return {}
    heads = {number: line(cell).lower().strip(" :*") for number, cell in _cells(row)}
    found: dict[str, int] = {}
    for name, patterns in _heads().items():
        for pattern in patterns:
            fitting = [number for number, head in heads.items() if pattern.fullmatch(head)]
            if fitting:
                found[name] = fitting[0]
                break
    return found


def _is_head(row: HtmlElement) -> bool:
    """Whether a row holds heads: cells marked as such, or a few emphasised words in each."""
    cells = [cell for _, cell in _cells(row)]
    if len(cells) < 2:
        return False
    if all(cell.tag == "th" for cell in cells):
        return True
    texts = list(map(line, cells))
    return all(
        len(text) <= _LONGEST_HEAD and cell.find(".//a") is None and (not text or _is_strong(cell))
        for cell, text in zip(cells, texts, strict=True)
    ) and not any(True for text in texts for _ in find_dates(text))


def _is_strong(cell: HtmlElement) -> bool:
    return cell.tag == "th" or next(cell.iterdescendants(*_EMPHASIS), None) is not None


def _cells(row: HtmlElement) -> list[tuple[int, HtmlElement]]:
    """The cells of a row, each with the number of its first column."""
    found = []
    number = 0
    for cell in row.iterchildren(*_CELLS):
        found.append((number, cell))
        span = cell.get("colspan") or "1"
        number += int(span) if span.isdecimal() and 0 < int(span) < 100 else 1
    return found


def _cell(row: HtmlElement, column: int) -> HtmlElement | None:
    return next((cell for number, cell in _cells(row) if number == column), None)
