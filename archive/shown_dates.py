"""Dates that a page shows its readers as its own, from the surest place to the weakest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain, islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from archive.dates import (
    DateMatch,
    Order,
    Role,
    date_line,
    dates_of_line,
    find_dates,
    machine_date,
    tells_update,
)
from archive.furniture import names
from archive.lines import attribute, block_around, classes, is_called, line
from archive.markup import Markup, Text
from archive.said_dates import (
    FULL,
    HAS_DIGITS,
    LONGEST_LINE,
    PARAGRAPH,
    at_an_end,
    between_bars,
    dateline,
    only_date,
    said_published,
)
from archive.selectors import Within
from archive.titles import SEPARATOR
from archive.words import fold

_JOINTS = re.compile(r"[-_\s]+")
_TOP_LINES = 40
_NEAR_TITLE = 12  # text lines after (and a third of it before) the heading
_DATELINE_WITHIN = 3  # paragraphs, and short sentences before the last of them
_SENTENCE_ENDS = (".", "!", "?", "”", "»")
_HEADINGS = ("h1", "h2", "h3")
_DATED = etree.XPath("descendant::*[@class or self::time]")
_FOLLOWING = etree.XPath("following::*[@class or self::time]")


@dataclass(frozen=True, slots=True)
class Found:
    """A date, the sign that gave it, and whether it is the day of the last change."""

    value: str
    evidence: str
    role: Role = "published"


class ShownDates:
    """The dates of one page's text, apart from its menus, side columns and comments."""

    def __init__(self, page: Markup, order: Order | None, title: str | None) -> None:
        self._page = page
        self._order = order
        self._title = fold(title) if title else ""
        self._short: dict[HtmlElement, bool] = {}
        """Whether a block is short: one of a thousand lines is asked about for each of them."""

    @cached_property
    def _is_elsewhere(self) -> Within:
        """Asks whether an element lies in something beside the statement.

        It knows the heading alone: asking this object, it would keep the page alive for long.
        """
        return Within(partial(_is_beside, heading=self._heading))

    @cached_property
    def published(self) -> tuple[Found, ...]:
        """Dates of publication that the page shows, the surest first."""
        visible = (found for found in self._visible if found.role == "published")
        return (*self._in_title(), *self._said(), *visible)

    def updated(self) -> Found | None:
        """The date of the last change, where a line or a class says that it is one."""
        lines = " ".join(text for text, _ in self._page.texts if len(text) <= LONGEST_LINE)
        said = False
        for text, parent in self._page.texts if tells_update(lines) else ():
            if len(text) <= PARAGRAPH and tells_update(text):
                said = True
                dates = dates_of_line(text, self._order)
                changed = next((found for found in dates if found.role == "updated"), None)
                if changed and not self._is_elsewhere(parent):
                    return Found(changed.value, "line that says so", "updated")
        if not said and not self._page.selection.is_any_called("updated"):
            return None
        return next((found for found in self._visible if found.role == "updated"), None)

    def dateline(self) -> Found | None:
        """The date of "GENEVA, 7 May 2014 – …" at the start of the text."""
        paragraphs = 0
        for number, (text, parent) in enumerate(self._page.texts):
            is_long = len(text) >= PARAGRAPH
            paragraphs += is_long
            if is_long or (text.endswith(_SENTENCE_ENDS) and number >= self._heading_at):
                match = dateline(text)
                if match and (is_long or not self._is_elsewhere(parent)):
                    return Found(match.value, "dateline of the text")
            if paragraphs == _DATELINE_WITHIN:
                break
        return None

    def alone(self) -> Found | None:
        """The one day that lines below the heading state, if all of them state the same."""
        found = set()
        for text, parent in self._page.texts[self._heading_at :]:
            match = date_line(text, self._order) if HAS_DIGITS.search(text) else None
            if match and match.role == "published" and not self._is_elsewhere(parent):
                # A weekday makes it the day on which the page was looked at, as often as not.
                found.add("" if text[: match.start].strip() else match.value)
        value = found.pop() if len(found) == 1 else ""
        return Found(value, "the only date line") if len(value) == FULL else None

    def shows(self, value: str) -> bool:
        """Whether a short line of the page has this date and no other."""
        for text, parent in self._page.texts:
            if len(text) <= PARAGRAPH and HAS_DIGITS.search(text):
                dates = list(find_dates(text, self._order))
                is_shown = len(dates) == 1 and dates[0].value == value
                if is_shown and dates[0].role == "published" and self._is_line(parent):
                    return True
        return False

    def marked(self) -> Iterator[tuple[str, str]]:
        """Time elements that are marked as the time of publication, and how."""
        for tag in self._below_first(self._page.body.iterdescendants("time")):
            is_marked = tag.get("itemprop") == "datePublished" or tag.get("pubdate") is not None
            if is_marked and not self._is_elsewhere(tag):
                yield attribute(tag, "datetime") or line(tag), "time, marked as published"

    def _in_title(self) -> Iterator[Found]:
        """A date as a part of its own in the page's title: "Quay opened | Post | 10.06.2013"."""
        for part in SEPARATOR.split(self._page.title or "")[1:]:
            match = date_line(part, self._order)
            if match and match.role == "published" and len(match.value) == FULL:
                yield Found(match.value, "part of the page's title")

    def _said(self) -> Iterator[Found]:
        """Short lines that begin with a word for publishing: "Posted by Ann on 3 May 2012"."""
        for text, parent in self._page.texts:
            match = said_published(text, self._order)
            if match and self._is_line(parent):
                yield Found(match.value, "line that says so")

    @cached_property
    def _visible(self) -> list[Found]:
        """Dates near the title, by class, or in a time element."""
        texts, at = self._page.texts, self._heading_at
        if self._heading is None:
            return [*self._date_lines(texts, _TOP_LINES), *self._in_elements()]
        below = self._date_lines(islice(texts, at, None), _NEAR_TITLE)
        above = self._date_lines(reversed(texts[:at]), _NEAR_TITLE // 3)
        return [*below, *self._in_elements(), *above]

    def _in_elements(self) -> Iterator[Found]:
        return filter(None, map(self._shown_by, self._date_elements()))

    def _shown_by(self, tag: HtmlElement) -> Found | None:
        text = line(tag)
        found = (
            date_line(text, self._order)
            or at_an_end(text, self._order)
            or only_date(text, self._order)
        )
        stated = attribute(tag, "datetime") or attribute(tag, "content")
        machine = machine_date(stated, self._order) if stated else None
        role = _role(tag, found)
        # The words beside the machine's date are what the reader saw on that day.
        value = found.value if found and (not machine or len(found.value) == FULL) else machine
        evidence = f"{tag.tag}.{'.'.join(classes(tag))}: {role}".replace(".:", ":")
        return Found(value, evidence, role) if value else None

    def _date_elements(self) -> Iterator[HtmlElement]:
        """Elements that are dates by tag or class: those below the heading, then those above."""
        heading = self._heading
        around = () if heading is None else heading.iterancestors("article", "main")
        tags: Any = _DATED(next(iter(around), self._page.body))
        dated = (tag for tag in tags if tag.tag == "time" or _is_called_date(tag))
        return (tag for tag in self._below_first(dated) if not self._is_elsewhere(tag))

    def _below_first(self, tags: Iterable[HtmlElement]) -> list[HtmlElement]:
        """Those below the heading, then those above, each in the order of the page."""
        found = list(tags)
        if self._heading is not None and len(found) > 1:
            following: Any = _FOLLOWING(self._heading)
            below = frozenset(following)
            found.sort(key=lambda tag: tag not in below)
        return found

    @cached_property
    def _heading(self) -> HtmlElement | None:
        """The heading that is the page's title; without one, the first of the highest rank."""
        body = self._page.body
        if self._title:
            for tag in body.iterdescendants(*_HEADINGS):
                if fold(line(tag)) == self._title:
                    return tag
        return next(chain(body.iter("h1"), body.iter("h2")), None)

    @cached_property
    def _heading_at(self) -> int:
        """The number of the heading's first text among the texts of the page."""
        if self._heading is None:
            return 0
        inside = frozenset(self._heading.iter())
        return next((n for n, text in enumerate(self._page.texts) if text.parent in inside), 0)

    def _date_lines(self, texts: Iterable[Text], count: int) -> Iterator[Found]:
        """The dates of the first ``count`` lines of text, up to the first paragraph."""
        for text, parent in texts:
            if self._is_elsewhere(parent):
                continue
            count -= 1
            if count < 0 or len(text) >= PARAGRAPH:
                return
            match = (
                date_line(text, self._order)
                or at_an_end(text, self._order)
                or between_bars(text, self._order)
            )
            if match:
                role = _role(parent, match)
                yield Found(match.value, f"line beside the title: {role}", role)

    def _is_line(self, tag: HtmlElement) -> bool:
        """Whether the block around an element is a line of the page's own, not a paragraph."""
        block = block_around(tag)
        if block not in self._short:
            self._short[block] = len(line(block)) <= PARAGRAPH * 2
        return self._short[block] and not self._is_elsewhere(tag)


def _is_beside(tag: HtmlElement, heading: HtmlElement | None) -> bool:
    """Whether it is a menu, a footer, a side column, comments or an item of a list."""
    if tag.tag == "footer" and tag.getparent().tag == "article":
        return False
    if tag.tag in ("footer", "nav", "aside", "li", "script", "style"):
        return True
    if tag.tag == "header" and _is_banner(tag, heading):
        return True
    if _is_other_date(tag):
        return True
    if not is_called(tag, "aside_classes"):
        return False
    # Some themes call everything a widget, the statement too.
    return heading is None or tag not in heading.iterancestors()


def _is_banner(header: HtmlElement, heading: HtmlElement | None) -> bool:
    """Whether the header is the site's, in which today's date stands, not the statement's."""
    if any(around.tag in ("article", "main") for around in header.iterancestors()):
        return False
    return heading is not None and header not in heading.iterancestors()


def _is_called_date(tag: HtmlElement) -> bool:
    """Whether a class, or a part of one, says "date": "article-date"."""
    return is_called(tag, "date_classes") or "date" in _parts(tag.get("class") or "")


def _is_other_date(tag: HtmlElement) -> bool:
    """Whether it is a date, but not of the page: "event-date"."""
    parts = _parts(tag.get("class") or "")
    return "date" in parts and not parts.isdisjoint(names("other_dates"))


@lru_cache(maxsize=4096)
def _parts(tokens: str) -> frozenset[str]:
    """The words in the classes of an element that may be a date."""
    lower = tokens.lower()
    return frozenset(_JOINTS.split(lower)) if "date" in lower else frozenset()


def _role(tag: HtmlElement, found: DateMatch | None) -> Role:
    """What the words before a date make it, or the class of the element around it."""
    if "updated" in classes(tag) and "published" not in classes(tag):
        return "updated"
    return found.role if found else "published"
