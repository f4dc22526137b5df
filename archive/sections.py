"""Rows that carry no date themselves but stand below one.

Two shapes: a line with a date between the statements as a heading, and groups that begin with
a date. What stands below a date is one statement, or several where its parts are alike and
each leads somewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from lxml.html import HtmlElement

from archive.dates import Order, date_line, find_dates
from archive.furniture import names
from archive.lines import HEADINGS, classes, length, line
from archive.links import leads, links_in
from archive.selectors import outermost

_HEADING_LENGTH = 80
_HEAD_LENGTH = 200  # of a row that is a heading and holds notes and links of its own
_FEWEST = 3
_FEWEST_BELOW = 2  # rows below each of the dates where these are only two
_LABEL_LENGTH = 80  # of what stands between the date and the first item of its list
_LABEL_WORDS = 3
_WHOLE = ("tr", "li", "article")  # nothing that follows one of these belongs to it
_NUMBERED = ("odd", "even", "first", "last", "alt", "alternate", "alternating")

Signature = tuple[str, ...]


class Row(NamedTuple):
    """The elements of one statement.

    ``date``: the one of the group in which it stands. ``origin``: the element of the page of
    which a row was copied.
    """

    tags: Sequence[HtmlElement]
    date: str | None = None
    origin: HtmlElement | None = None


def signature(tag: HtmlElement | None) -> Signature:
    """What an element and those like it share: its name and its first classes but the counting."""
    if tag is None:
        return ("", "")
    tokens = sorted(token for token in classes(tag) if not _is_own(token))
    return (tag.tag, " ".join(tokens[:3]))


def _is_own(token: str) -> bool:
    """Whether a class token counts rows or says what only one of them is: "row-7", "tag-wells"."""
    if token.startswith(_own_classes()):
        return True
    parts = token.replace("_", "-").split("-")
    return any(part in _NUMBERED or part.isdecimal() for part in parts)


@cache
def _own_classes() -> tuple[str, ...]:
    return tuple(names("own_classes"))


def are_headings(rows: Sequence[HtmlElement]) -> bool:
    """Whether the "rows" are only lines with a date, the statements following each."""
    heads = 0
    for row in rows:
        following = row.getnext()
        is_head = row.find(".//a[@href]") is None and length(row) <= _HEADING_LENGTH
        differs = following is not None and signature(following) != signature(row)
        heads += is_head and differs
    return heads > len(rows) * 0.7


def are_heads(rows: Sequence[HtmlElement], order: Order | None) -> bool:
    """Whether each "row" begins with a date and stands above several others without one.

    Such a row may hold more than its date: "Filed: 5 May 2017. Download all of them."
    """
    return len(rows) > 1 and all(
        length(row) <= _HEAD_LENGTH
        and begins_with_date(row, order)
        and sum(map(leads, _following(row, rows))) >= _FEWEST_BELOW
        for row in rows
    )


def begins_with_date(row: HtmlElement, order: Order | None) -> bool:
    """Whether a date is what a row says first, but for a word or two, and before any link."""
    text = line(row)
    found = next(find_dates(text, order), None)
    if found is None or len(text[: found.start].split()) > _LABEL_WORDS:
        return False
    link = next(filter(None, map(line, links_in(row))), None)
    return link is None or text.find(link) > found.start


def below(rows: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    """The statements below each line with a date, up to the next one."""
    found: list[Row] = []
    for row in rows:
        date = next(find_dates(line(row), order), None)
        section = _following(row, rows)
        if date and section:
            found.extend(Row(part, date.value) for part in _parts(section, order))
    return found if len(found) >= _FEWEST else []


def with_what_follows(rows: Sequence[HtmlElement]) -> list[Row]:
    """Each row together with the elements up to the next one."""
    return [Row((row, *_following(row, rows))) for row in rows]


def _following(row: HtmlElement, rows: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements that follow a row up to the next one."""
    starts = set(rows)
    return list(takewhile(lambda tag: tag not in starts, row.itersiblings()))


def _parts(section: Sequence[HtmlElement], order: Order | None) -> list[Sequence[HtmlElement]]:
    """The statements of one section: the items of its list, its parts that are alike, or all."""
    items = _items(section, order)
    if items and len(_before(section, items[0])) <= _LABEL_LENGTH:
        return [(item,) for item in items]
    starts = _starts(section)
    if len(starts) < _FEWEST_BELOW:
        return [section]
    if starts[0].tag in _WHOLE:
        return [(start,) for start in starts]
    positions = [*map(section.index, starts), len(section)]
    return [section[start:end] for start, end in pairwise(positions)]


def _items(section: Sequence[HtmlElement], order: Order | None) -> list[HtmlElement]:
    """The undated rows of lists and tables in a section, those that lead somewhere."""
    inner = outermost(item for tag in section for item in tag.iterdescendants("tr", "li"))
    return [tag for tag in inner if leads(tag) and next(find_dates(line(tag), order), None) is None]


def _before(section: Sequence[HtmlElement], item: HtmlElement) -> str:
    """What a section says before an item of it."""
    around = {item, *item.iterancestors()}
    return " ".join(map(line, takewhile(lambda tag: tag not in around, section)))


def _starts(section: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements of a section that open with where they lead, as far as they are alike."""
    opening = [tag for tag in section if _opens(tag)]
    kinds = Counter(map(signature, opening)).most_common(1)
    return [tag for tag in opening if signature(tag) == kinds[0][0]]


def _opens(tag: HtmlElement) -> bool:
    """Whether a statement begins with an element: a row, or one whose first words are a link."""
    link = next(filter(None, map(line, links_in(tag))), None)
    return link is not None and (
        tag.tag in _WHOLE
        or line(tag).startswith(link)
        or next(tag.iter(*HEADINGS), None) is not None
    )


def grouped(rows: Sequence[HtmlElement], order: Order | None) -> list[Row]:
    """The undated rows inside of groups that start with a date; [] when there are none."""
    found: list[Row] = []
    for row in rows:
        inner = _items([row], order)
        first = next(
            (date_line(text, order) for text in map(str.strip, row.itertext()) if text), None
        )
        if first is None or not inner:
            return []
        found.extend(Row((tag,), first.value) for tag in inner)
    return found if len(found) > len(rows) else []
