"""The rows of a listing on an unknown site: elements that repeat, each with a date.

A row is found from its date upwards: the children of one parent that are alike and
each contain a date are the rows of a list. Three shapes occur: a date in every row;
dates that stand between the statements as headings; and groups of undated rows under a
date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from lxml.html import HtmlElement

from archive.dates import Order, date_line, find_dates
from archive.lines import attribute, classes, is_called, line
from archive.markup import Markup
from archive.selectors import Within

_HAS_DIGITS = re.compile(r"\d{2}")
_CLIMB = 14
_CELLS = ("td", "th")
_FEWEST = 3
_CARRIER_LENGTH = 160
_HEADING_LENGTH = 80
_OUTSIDE = ("footer", "nav", "aside", "form", "select", "script", "style", "head")
_NUMBERED = re.compile(r"(?:^|[-_])(?:odd|even|first|last|\d+)(?=$|[-_])")
_KEPT_ON_CLIMBING = 0.75

Signature = tuple[str, ...]


class Row(NamedTuple):
    """The elements of one statement. ``date``: the one of the group in which it stands."""

    tags: Sequence[HtmlElement]
    date: str | None = None


def find_rows(page: Markup, order: Order | None) -> list[Row]:
    """The rows of the page's main list, or [] when there is no list."""
    groups = [group for group in _groups(page, order) if len(group) >= _FEWEST]
    # The parts of a row are one or two in a parent of their own; rows are many in one.
    lists = [group for group in groups if len(group) >= 2 * len(_parents(group))] or groups
    most = max(map(len, lists), default=0)
    # The outermost elements that still are one for each date: the whole row, not a part of it.
    enough = [group for group in lists if len(group) >= most * _KEPT_ON_CLIMBING]
    rows = max(enough, key=lambda group: sum(len(line(row)) for row in group), default=[])
    if _are_headings(rows):
        return _sections(rows, order)
    if rows and all(row.tag == "p" for row in rows):
        return [Row((row, *_until(row, rows))) for row in rows]
    return _expanded(rows, order) or [Row((row,)) for row in _with_undated(rows)]


def _parents(group: Sequence[HtmlElement]) -> set[HtmlElement]:
    return {tag.getparent() for tag in group}


def _groups(page: Markup, order: Order | None) -> list[list[HtmlElement]]:
    """Elements that contain a date, put together by what they, their parents and theirs are."""
    groups: dict[Signature, dict[HtmlElement, None]] = defaultdict(dict)
    signature = cache(_signature)
    for carrier in _carriers(page, order):
        node = carrier
        for _ in range(_CLIMB):
            parent = node.getparent()
            if parent is None or parent.tag == "html":
                break
            key = (*signature(parent.getparent()), *signature(parent), *signature(node))
            if node.tag not in _CELLS:
                groups[key][node] = None
            node = parent
    return list(map(list, groups.values()))


def _carriers(page: Markup, order: Order | None) -> Iterator[HtmlElement]:
    """The elements that directly contain a short text with a date, outside side columns."""
    is_aside = Within(_is_aside)
    for text, parent in page.texts:
        if not _HAS_DIGITS.search(text) or is_aside(parent):
            continue
        text = text if len(text) <= _CARRIER_LENGTH else text[:40]
        if any(found.role != "copyright" for found in find_dates(text, order)):
            yield parent


def _is_aside(tag: HtmlElement) -> bool:
    return tag.tag in _OUTSIDE or is_called(tag, "aside_classes")


def _signature(tag: HtmlElement | None) -> Signature:
    if tag is None:
        return ("", "")
    tokens = sorted(token for token in classes(tag) if not _NUMBERED.search(token))
    return (tag.tag, " ".join(tokens[:3]))


def _are_headings(rows: Sequence[HtmlElement]) -> bool:
    """Whether the "rows" are only lines with a date, the statements following each."""
    heads = 0
    for row in rows:
        following = row.getnext()
        is_head = len(line(row)) <= _HEADING_LENGTH and row.find(".//a[@href]") is None
        differs = following is not None and _signature(following) != _signature(row)
        heads += is_head and differs
    return heads > len(rows) * 0.7


def _sections(rows: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    """Each line with a date, and the elements up to the next one."""
    sections = []
    for row in rows:
        found = next(find_dates(line(row), order), None)
        section = _until(row, rows)
        if section and found:
            sections.append(Row(section, found.value))
    return sections if len(sections) >= _FEWEST else []


def _until(row: HtmlElement, rows: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements that follow a row up to the next one."""
    starts = set(rows)
    return list(takewhile(lambda tag: tag not in starts, row.itersiblings()))


def _expanded(rows: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    """The undated rows inside of groups that start with a date; [] when there are none."""
    expanded: list[Row] = []
    for row in rows:
        inner = [
            tag
            for tag in row.iterdescendants("tr", "li")
            if tag.find(".//a[@href]") is not None
            and not any(True for _ in find_dates(line(tag), order))
        ]
        first = next(
            (date_line(text, order) for text in map(str.strip, row.itertext()) if text), None
        )
        if first is None or not inner:
            return []
        expanded.extend(Row((tag,), first.value) for tag in inner)
    return expanded if len(expanded) > len(rows) else []


def _with_undated(rows: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """The rows, and between them their like that carry a link but no date."""
    chosen = set(rows)
    seen: set[HtmlElement] = set()
    for row in rows:
        parent = row.getparent()
        if parent is None or parent in seen:
            continue
        seen.add(parent)
        for child in parent.iterchildren(row.tag):
            if child in chosen or _is_like(child, row):
                yield child


def _is_like(child: HtmlElement, row: HtmlElement) -> bool:
    if _signature(child) != _signature(row):
        return False
    return any(attribute(link, "href") for link in child.iterdescendants("a"))
