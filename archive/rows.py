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
from typing import NamedTuple

from bs4 import NavigableString, Tag

from archive.dates import Order, date_line, find_dates
from archive.furniture import names
from archive.markup import Markup, attribute, classes, line

_HAS_DIGITS = re.compile(r"\d{2}")
_CLIMB = 14
_FEWEST = 3
_CARRIER_LENGTH = 160
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
    groups = _groups(page, order)
    most = max(map(len, groups), default=0)
    if most < _FEWEST:
        return []
    # The outermost elements that still are one for each date: the whole row, not its cell.
    enough = [group for group in groups if len(group) >= max(_FEWEST, most * _KEPT_ON_CLIMBING)]
    rows = max(enough, key=lambda group: sum(len(line(row)) for row in group))
    if _are_headings(rows, order):
        return _sections(rows, order)
    return _expanded(rows, order) or [Row((row,)) for row in _with_undated(rows)]


def _groups(page: Markup, order: Order | None) -> list[list[Tag]]:
    """Elements that contain a date, put together by what they, their parents and theirs are."""
    groups: dict[Signature, dict[int, Tag]] = defaultdict(dict)
    for carrier in _carriers(page, order):
        node = carrier
        for _ in range(_CLIMB):
            parent = node.parent
            if parent is None or parent.name in ("html", "[document]"):
                break
            key = (*_signature(parent.parent), *_signature(parent), *_signature(node))
            groups[key][id(node)] = node
            node = parent
    return [list(group.values()) for group in groups.values()]


def _carriers(page: Markup, order: Order | None) -> Iterator[Tag]:
    """The elements that directly contain a short text with a date, outside side columns."""
    for string in page.body.find_all(string=_HAS_DIGITS):
        text = string.strip()
        if type(string) is not NavigableString or not text:
            continue
        parent = string.parent
        if parent is None or _is_aside(parent):
            continue
        text = text if len(text) <= _CARRIER_LENGTH else text[:40]
        if any(found.role != "copyright" for found in find_dates(text, order)):
            yield parent


def _is_aside(tag: Tag) -> bool:
    for parent in (tag, *tag.parents):
        if parent.name in _OUTSIDE or not names("aside_classes").isdisjoint(classes(parent)):
            return True
    return False


def _signature(tag: Tag | None) -> Signature:
    if tag is None:
        return ("", "")
    tokens = sorted(token for token in classes(tag) if not _NUMBERED.search(token))
    return (tag.name, " ".join(tokens[:3]))


def _are_headings(rows: Sequence[Tag], order: Order | None) -> bool:
    """Whether the "rows" are only the dates themselves, the statements following each."""
    bare = sum(1 for row in rows if date_line(line(row), order) is not None)
    return bare > len(rows) * 0.7


def _sections(rows: Sequence[Tag], order: Order | None) -> list[Row]:
    """Each date line with the elements up to the next one."""
    starts = {id(row) for row in rows}
    sections = []
    for row in rows:
        found = date_line(line(row), order)
        section = []
        for sibling in row.next_siblings:
            if isinstance(sibling, Tag):
                if id(sibling) in starts:
                    break
                section.append(sibling)
        if section and found:
            sections.append(Row(section, found.value))
    return sections if len(sections) >= _FEWEST else []


def _expanded(rows: Sequence[Tag], order: Order | None) -> list[Row]:
    """The undated rows inside of groups that start with a date; [] when there are none."""
    expanded: list[Row] = []
    for row in rows:
        inner = [
            tag
            for tag in row.find_all(["tr", "li"])
            if isinstance(tag, Tag)
            and tag.find("a", href=True)
            and not any(True for _ in find_dates(line(tag), order))
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
