"""The rows of a listing on an unknown site: elements that repeat, each with a date.

A row is found from its date upwards: the children of one parent that are alike and
each contain a date are the rows of a list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bs4 import NavigableString, Tag

from archive.dates import Order, date_line, find_dates
from archive.furniture import names
from archive.markup import Markup, classes, line

_HAS_DIGITS = re.compile(r"\d{2}")
_CLIMB = 14
_FEWEST = 3
_CARRIER_LENGTH = 160
_OUTSIDE = ("footer", "nav", "aside", "form", "select", "script", "style", "head")
_NUMBERED = re.compile(r"(?:^|[-_])(?:odd|even|first|last|\d+)(?=$|[-_])")

Row = list[Tag]


def find_rows(page: Markup, order: Order | None) -> list[Row]:
    """The rows of the page's main list, or [] when the page is no listing."""
    groups: dict[tuple[str, ...], dict[int, Tag]] = defaultdict(dict)
    parents: dict[tuple[str, ...], Tag] = {}
    for carrier in _carriers(page, order):
        node = carrier
        for _ in range(_CLIMB):
            parent = node.parent
            if parent is None or parent.name in ("html", "[document]"):
                break
            key = (*_signature(parent.parent), *_signature(parent), *_signature(node))
            groups[key][id(node)] = node
            parents.setdefault(key, parent)
            node = parent
    best = max(groups.values(), key=lambda rows: (len(rows), _size(rows)), default={})
    rows = list(best.values())
    if len(rows) < _FEWEST:
        return []
    return _sections(rows, order) if _are_headings(rows, order) else _with_undated(rows)


def _carriers(page: Markup, order: Order | None) -> Iterator[Tag]:
    """The elements that directly contain a short text with a date, outside side columns."""
    for string in page.body.find_all(string=_HAS_DIGITS):
        text = string.strip()
        if len(text) > _CARRIER_LENGTH or type(string) is not NavigableString:
            text = text[:40]
        parent = string.parent
        if parent is None or _is_aside(parent):
            continue
        if any(found.role != "copyright" for found in find_dates(text, order)):
            yield parent


def _is_aside(tag: Tag) -> bool:
    for parent in (tag, *tag.parents):
        if parent.name in _OUTSIDE or not names("aside_classes").isdisjoint(classes(parent)):
            return True
    return False


def _signature(tag: Tag | None) -> tuple[str, str]:
    if tag is None:
        return ("", "")
    tokens = sorted(token for token in classes(tag) if not _NUMBERED.search(token))
    return (tag.name, " ".join(tokens[:3]))


def _size(rows: dict[int, Tag]) -> int:
    return sum(len(line(row)) for row in list(rows.values())[:20])


def _are_headings(rows: list[Tag], order: Order | None) -> bool:
    """Whether the "rows" are only the dates themselves, the statements following each."""
    bare = sum(1 for row in rows if date_line(line(row), order) is not None)
    return bare > len(rows) * 0.7


def _sections(rows: list[Tag], order: Order | None) -> list[Row]:
    """Each date line with the elements up to the next one."""
    starts = {id(row) for row in rows}
    sections = []
    for row in rows:
        section = [row]
        for sibling in row.next_siblings:
            if isinstance(sibling, Tag):
                if id(sibling) in starts:
                    break
                section.append(sibling)
        if len(section) > 1:
            sections.append(section)
    return sections if len(sections) >= _FEWEST else []


def _with_undated(rows: list[Tag]) -> list[Row]:
    """The rows, and between them their like that carry a link but no date."""
    chosen = {id(row) for row in rows}
    found: list[Row] = []
    seen: set[int] = set()
    for row in rows:
        parent = row.parent
        if parent is None or id(parent) in seen:
            continue
        seen.add(id(parent))
        alike = [
            child
            for child in parent.find_all(row.name, recursive=False)
            if isinstance(child, Tag) and (id(child) in chosen or _is_like(child, row))
        ]
        found.extend([child] for child in alike)
    return found


def _is_like(child: Tag, row: Tag) -> bool:
    return _signature(child) == _signature(row) and child.find("a", href=True) is not None
