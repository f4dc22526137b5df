"""The rows of a listing on an unknown site: elements that repeat, each with a date.

A row is found from its date upwards: the children of one parent that are alike and
each contain a date are the rows of a list. Three shapes occur: a date in every row;
dates that stand between the statements as headings; and groups of undated rows under a
date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from statistics import median

from lxml import etree
from lxml.html import HtmlElement

from archive.dates import Order, find_dates
from archive.days import day_at_start, year_of
from archive.entries import title_of
from archive.flow import entries_in
from archive.lines import block_around, is_aside, length, line
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
_PAGE_FOOTERS = 2  # where there are more, rows have footers, with their dates in them
_DEEPEST_LEAD = 3  # levels between the list and a row that is laid out apart from the others
_KEPT_ON_CLIMBING = 0.75
_FOOTERS = etree.XPath("descendant::footer | descendant::*[contains(@class, 'footer')]")
_YEAR_HOLDERS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "th",
    "b",
    "strong",
    "dt",
    "summary",
)


def find_rows(page: Markup, order: Order | None) -> list[Row]:
    """The rows of the page's main list, or [] when there is no list."""
    is_aside = _asides(page)
    carriers = list(_carriers(page, order, is_aside))
    return _by_dates(carriers, order) or _by_days(page, is_aside)


def _by_dates(carriers: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    groups = _groups(carriers, signature)
    rows = _main_list([group for group in groups if len(group) >= _FEWEST])
    if not rows:  # their classes may say what is special about each
        alike = [group for group in _groups(carriers, _tag_below) if len(group) >= _FEWEST]
        rows = _main_list(alike)
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
    if found := grouped(rows, order):
        return found
    lead, rows = _lead(rows, carriers), _without_captions(_with_undated(rows))
    return [Row((row,)) for row in (*lead, *rows)]


def _lead(rows: Sequence[HtmlElement], carriers: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The first statement of a list where it is laid out larger than the others, before them."""
    inside = {tag for row in rows for tag in row.iterancestors()}
    holding = rows[0].getparent()
    first = next(tag for tag in carriers if rows[0] in (tag, *tag.iterancestors()))
    kind = (signature(first), signature(first.getparent()))
    levels = () if holding is None else (holding, *islice(holding.iterancestors(), _DEEPEST_LEAD))
    found = []
    for carrier in carriers[: carriers.index(first)]:
        if (signature(carrier), signature(carrier.getparent())) != kind:
            continue
        around = [carrier, *takewhile(lambda tag: tag not in inside, carrier.iterancestors())]
        parent = around[-1].getparent()
        if parent in levels and leads(around[-1]) and title_of(around[-1]) is not None:
            found.append(around[-1])
    return found if len(found) <= 1 else []


def _by_days(page: Markup, is_aside: Within) -> list[Row]:
    """Rows that begin with a day and a month, below a heading that names the year."""
    year: str | None = None
    years: dict[HtmlElement, str] = {}
    for text, parent in page.texts:
        if parent.tag in _YEAR_HOLDERS:
            year = year_of(text) or year
        day = day_at_start(text) if year else None
        if day and day.month and year and not is_aside(parent):
            years[parent] = year
    groups = [group for group in _groups(years, signature) if len(group) >= _FEWEST]
    of_row = {around: y for tag, y in years.items() for around in (tag, *tag.iterancestors())}
    rows = _main_list(groups)
    begin = [row for row in rows if (day := day_at_start(line(row))) and day.month]
    if len(begin) < len(rows) * _KEPT_ON_CLIMBING:
        return []
    following = with_what_follows(rows) if are_headings(rows) else [Row((row,)) for row in rows]
    return [row._replace(date=of_row[row.tags[0]]) for row in following]


def _main_list(groups: Sequence[Sequence[HtmlElement]]) -> Sequence[HtmlElement]:
    """The group that is a list, whole rows and not parts of them."""
    # The parts of a row are one or two in a parent of their own; rows are many in one.
    lists = [group for group in groups if len(group) >= 2 * len(_parents(group))] or groups
    most = max(map(len, lists), default=0)
    # The outermost elements that still are one for each date: the whole row, not a part of it.
    enough = [group for group in lists if len(group) >= most * _KEPT_ON_CLIMBING]
    return max(enough, key=lambda group: sum(map(length, group)), default=[])


def _flow(carriers: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    """The entries that run on in elements with several dates each."""
    dates = Counter(map(block_around, carriers))
    return [
        Row((entry.tag,), entry.date, block)
        for block, count in dates.items()
        if count >= _FEWEST
        for entry in entries_in(block, order)
    ]


def _parents(group: Sequence[HtmlElement]) -> set[HtmlElement]:
    return {tag.getparent() for tag in group}


def _tag_below(tag: HtmlElement | None) -> Signature:
    """What the children of one element share that have the same name."""
    parent = None if tag is None else tag.getparent()
    return ("", "") if tag is None else (tag.tag, str(id(parent)))


def _groups(
    carriers: Iterable[HtmlElement], kind_of: Callable[[HtmlElement | None], Signature]
) -> list[list[HtmlElement]]:
    """Elements that contain a date, put together by what they, their parents and theirs are."""
    groups: dict[Signature, dict[HtmlElement, None]] = defaultdict(dict)
    kind = cache(kind_of)
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


def _carriers(page: Markup, order: Order | None, is_aside: Within) -> Iterator[HtmlElement]:
    """The elements that directly contain a short text with a date, outside side columns."""
    for text, parent in page.texts:
        if not _HAS_DIGITS.search(text) or is_aside(parent):
            continue
        text = text if len(text) <= _CARRIER_LENGTH else text[:40]
        if any(found.role != "copyright" for found in find_dates(text, order)):
            yield parent


def _asides(page: Markup) -> Within:
    """Asks whether an element lies in a side column, a menu, comments or the page's footer."""
    footers = [tag for tag in _FOOTERS(page.body) if _is_footer(tag)]
    foot = set(footers if len(footers) <= _PAGE_FOOTERS else ())
    return Within(lambda tag: tag in foot or is_aside(tag))


def _is_footer(tag: HtmlElement) -> bool:
    return tag.tag == "footer" or "footer" in tag.get("class", "").split(" ")


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
