"""The rows of a listing on an unknown site: elements that repeat, each with a date.

A row is found from its date upwards: the children of one parent that are alike and
each contain a date are the rows of a list. Three shapes occur: a date in every row;
dates that stand between the statements as headings; and groups of undated rows under a
date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from statistics import median

from lxml.html import HtmlElement

from archive.dates import Order, find_dates
from archive.flow import entries_in
from archive.furniture import names, names_aside
from archive.lines import is_called, line
from archive.links import leads
from archive.markup import Markup
from archive.sections import (
    Row,
    Signature,
    are_headings,
    are_heads,
    begins_with_date,
    below,
    grouped,
    signature,
    with_what_follows,
)
from archive.selectors import Within

_HAS_DIGITS = re.compile(r"\d{2}")
_CLIMB = 14
_CELLS = ("td", "th")
_FEWEST = 3
_CARRIER_LENGTH = 160
_OUTSIDE = ("footer", "nav", "aside", "form", "select", "script", "style", "head")
_KEPT_ON_CLIMBING = 0.75


def find_rows(page: Markup, order: Order | None) -> list[Row]:
    """The rows of the page's main list, or [] when there is no list."""
    carriers = list(_carriers(page, order))
    groups = _groups(carriers)
    rows = _main_list([group for group in groups if len(group) >= _FEWEST])
    flow = _flow(carriers, order)
    if len(flow) >= 2 * max(len(rows), 1):
        return flow
    if not rows:
        heads = (group for group in groups if are_heads(group, order))
        return next(filter(None, (below(group, order) for group in heads)), [])
    if are_headings(rows) or are_heads(rows, order):
        return below(rows, order)
    if all(row.tag == "p" for row in rows):
        return with_what_follows(rows) if all(begins_with_date(row, order) for row in rows) else []
    return grouped(rows, order) or [Row((row,)) for row in _without_captions(_with_undated(rows))]


def _main_list(groups: Sequence[Sequence[HtmlElement]]) -> Sequence[HtmlElement]:
    """The group that is a list, whole rows and not parts of them."""
    # The parts of a row are one or two in a parent of their own; rows are many in one.
    lists = [group for group in groups if len(group) >= 2 * len(_parents(group))] or groups
    most = max(map(len, lists), default=0)
    # The outermost elements that still are one for each date: the whole row, not a part of it.
    enough = [group for group in lists if len(group) >= most * _KEPT_ON_CLIMBING]
    return max(enough, key=lambda group: sum(len(line(row)) for row in group), default=[])


def _flow(carriers: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    """The entries that run on in elements with several dates each."""
    blocks = names("blocks")
    dates = Counter(
        next(tag for tag in chain((carrier,), carrier.iterancestors()) if tag.tag in blocks)
        for carrier in carriers
    )
    return [
        Row((entry.tag,), entry.date, block)
        for block, count in dates.items()
        if count >= _FEWEST
        for entry in entries_in(block, order)
    ]


def _parents(group: Sequence[HtmlElement]) -> set[HtmlElement]:
    return {tag.getparent() for tag in group}


def _groups(carriers: Iterable[HtmlElement]) -> list[list[HtmlElement]]:
    """Elements that contain a date, put together by what they, their parents and theirs are."""
    groups: dict[Signature, dict[HtmlElement, None]] = defaultdict(dict)
    kind = cache(signature)
    for carrier in carriers:
        node = carrier
        for _ in range(_CLIMB):
            parent = node.getparent()
            if parent is None or parent.tag == "html":
                break
            key = (*kind(parent.getparent()), *kind(parent), *kind(node))
            if node.tag not in _CELLS:
                groups[key][node] = None
            node = parent
    return [_apart(group) for group in groups.values()]


def _apart(group: Iterable[HtmlElement]) -> list[HtmlElement]:
    """The elements of a group that contain none of the others: rows are not in each other."""
    chosen = list(group)
    around = {tag for member in chosen for tag in member.iterancestors()}
    return [member for member in chosen if member not in around]


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
    """Whether an element is a side column, a menu or comments, by its name or what it is called."""
    if tag.tag in _OUTSIDE or is_called(tag, "aside_classes"):
        return True
    called = any(names_aside(value) for name in ("class", "id") if (value := tag.get(name)))
    return called and tag.tag not in ("body", "html") and tag.find(".//h1") is None


def _with_undated(rows: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The rows, and between them their like that carry a link but no date."""
    chosen = set(rows)
    kind = signature(rows[0])
    return [
        child
        for parent in dict.fromkeys(row.getparent() for row in rows)
        if parent is not None
        for child in parent.iterchildren(rows[0].tag)
        if child in chosen or (signature(child) == kind and leads(child))
    ]


def _without_captions(rows: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The rows of a table without those that have one cell where the others have several."""
    cells = [sum(1 for _ in row.iterchildren("td")) for row in rows]
    if median(cells) < 2:
        return list(rows)
    return [row for row, count in zip(rows, cells, strict=True) if count > 1]
