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
from itertools import takewhile
from typing import NamedTuple

from bs4 import NavigableString, Tag

from archive.dates import Order, date_line, find_dates
from archive.furniture import names
from archive.markup import Markup, attribute, classes, line
from archive.selectors import Within, tags_in

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

    tags: Sequence[Tag]
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
    if rows and all(row.name == "p" for row in rows):
        return [Row((row, *_until(row, rows))) for row in rows]
    return _expanded(rows, order) or [Row((row,)) for row in _with_undated(rows)]


def _parents(group: Sequence[Tag]) -> set[int]:
    return {id(tag.parent) for tag in group}


def _groups(page: Markup, order: Order | None) -> list[list[Tag]]:
    """Elements that contain a date, put together by what they, their parents and theirs are."""
    groups: dict[Signature, dict[int, Tag]] = defaultdict(dict)
    signatures: dict[int, Signature] = {}

    def signature(tag: Tag | None) -> Signature:
        if id(tag) not in signatures:
            signatures[id(tag)] = _signature(tag)
        return signatures[id(tag)]

    for carrier in _carriers(page, order):
        node = carrier
        for _ in range(_CLIMB):
            parent = node.parent
            if parent is None or parent.name in ("html", "[document]"):
                break
            key = (*signature(parent.parent), *signature(parent), *signature(node))
            if node.name not in _CELLS:
                groups[key][id(node)] = node
            node = parent
    return [list(group.values()) for group in groups.values()]


def _carriers(page: Markup, order: Order | None) -> Iterator[Tag]:
    """The elements that directly contain a short text with a date, outside side columns."""
    is_aside = Within(_is_aside)
    for string in page.strings:
        if type(string) is not NavigableString or not _HAS_DIGITS.search(string):
            continue
        text, parent = string.strip(), string.parent
        if parent is None or is_aside(parent):
            continue
        text = text if len(text) <= _CARRIER_LENGTH else text[:40]
        if any(found.role != "copyright" for found in find_dates(text, order)):
            yield parent


def _is_aside(tag: Tag) -> bool:
    return tag.name in _OUTSIDE or not names("aside_classes").isdisjoint(classes(tag))


def _signature(tag: Tag | None) -> Signature:
    if tag is None:
        return ("", "")
    tokens = sorted(token for token in classes(tag) if not _NUMBERED.search(token))
    return (tag.name, " ".join(tokens[:3]))


def _are_headings(rows: Sequence[Tag]) -> bool:
    """Whether the "rows" are only lines with a date, the statements following each."""
    heads = 0
    for row in rows:
        following = row.find_next_sibling()
        is_head = len(line(row)) <= _HEADING_LENGTH and row.find("a", href=True) is None
        differs = isinstance(following, Tag) and _signature(following) != _signature(row)
        heads += is_head and differs
    return heads > len(rows) * 0.7


def _sections(rows: Sequence[Tag], order: Order | None) -> list[Row]:
    """Each line with a date, and the elements up to the next one."""
    sections = []
    for row in rows:
        found = next(find_dates(line(row), order), None)
        section = _until(row, rows)
        if section and found:
            sections.append(Row(section, found.value))
    return sections if len(sections) >= _FEWEST else []


def _until(row: Tag, rows: Sequence[Tag]) -> list[Tag]:
    """The elements that follow a row up to the next one."""
    starts = {id(other) for other in rows}
    following = (tag for tag in row.next_siblings if isinstance(tag, Tag))
    return list(takewhile(lambda tag: id(tag) not in starts, following))


def _expanded(rows: Sequence[Tag], order: Order | None) -> list[Row]:
    """The undated rows inside of groups that start with a date; [] when there are none."""
    expanded: list[Row] = []
    for row in rows:
        inner = [
            tag
            for tag in tags_in(row, "tr", "li")
            if tag.find("a", href=True) and not any(True for _ in find_dates(line(tag), order))
        ]
        first = next((date_line(text, order) for text in map(str.strip, row.strings) if text), None)
        if first is None or not inner:
            return []
        expanded.extend(Row((tag,), first.value) for tag in inner)
    return expanded if len(expanded) > len(rows) else []


def _with_undated(rows: Sequence[Tag]) -> Iterator[Tag]:
    """The rows, and between them their like that carry a link but no date."""
    chosen = {id(row) for row in rows}
    seen: set[int] = set()
    for row in rows:
        parent = row.parent
        if parent is None or id(parent) in seen:
            continue
        seen.add(id(parent))
        for child in parent.find_all(row.name, recursive=False):
            if isinstance(child, Tag) and (id(child) in chosen or _is_like(child, row)):
                yield child


def _is_like(child: Tag, row: Tag) -> bool:
    if _signature(child) != _signature(row):
        return False
    return any(attribute(link, "href") for link in child.find_all("a"))
