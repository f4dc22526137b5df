"""When a page was published and updated, and how that was found.

From the surest to the weakest sign; the first that gives a date counts. A copyright
year, the date a file was created (``dcterms.created``) and dates in the running text
are no signs: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from archive.dates import (
    DateMatch,
    Order,
    adjacent,
    date_line,
    find_dates,
    is_utc_instant,
    iso,
    machine_date,
)
from archive.lines import attribute, classes, is_called, line
from archive.markup import Markup, Text
from archive.selectors import Within
from archive.tree import is_deep

_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "published",
    "pubdate",
    "article.published",
    "dc.date",
    "dcterms.date",
    "date",
)
_UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{2})/")
_PLACE = re.compile(r"\W{0,3}[^\W\da-z][^\da-z]{2,50}(?:\([A-Za-z .]{2,30}\))?[\s,(–—-]{1,4}")
_DASH = re.compile(r"\)?\s?(?:[-–—]|:\s)")
_HAS_DIGITS = re.compile(r"\d{2}")
_FULL = len("2017-07-31")
_PARAGRAPH = 90
_TOP_LINES = 40
_DATE_HOLDERS = ("p", "div", "span", "td", "b", "strong", "em", "i", "font")
_NEAR_TITLE = 12  # text lines after (and a third of it before) the heading
_DATED = etree.XPath("descendant::*[@class or self::time]")


@dataclass(frozen=True, slots=True)
class Found:
    """A date and the sign that gave it."""

    value: str
    evidence: str


class PageDates:
    """When an article was published and last changed: what its page declares and shows."""

    def __init__(self, page: Markup, order: Order | None) -> None:
        self._page = page
        self._order = order
        self._is_elsewhere = Within(_is_beside)

    def published(self, url: str | None) -> Found | None:
        """The local calendar date of publication, or None."""
        visible = [found for found in self._visible if found.evidence.endswith("published")]
        shown = _full(visible) or next(iter(visible), None)
        for raw, evidence in _declared(self._page):
            value = machine_date(raw, self._order)
            if value is None:
                continue
            utc = is_utc_instant(raw)
            if shown and utc and value != shown.value and adjacent(value, shown.value):
                how = f"{shown.evidence}, a day beside the UTC time of {evidence}"
                return Found(shown.value, how)
            fuller = _full(found for found in visible if found.value.startswith(value))
            return fuller if fuller and len(value) < _FULL else Found(value, evidence)
        return shown or _dateline(self._page) or _from_url(url) or self._by_htmldate(url)

    def updated(self) -> Found | None:
        """The date of the last change that the page states, or None."""
        for raw, evidence in _stated(self._page, _UPDATED_META, "dateModified"):
            value = machine_date(raw, self._order)
            if value:
                return Found(value, evidence)
        for text, parent in self._page.texts:
            match = date_line(text, self._order) if _HAS_DIGITS.search(text) else None
            if match and match.role == "updated" and not self._is_elsewhere(parent):
                return Found(match.value, "line that says so")
        return next((found for found in self._visible if found.evidence.endswith("updated")), None)

    @cached_property
    def _visible(self) -> list[Found]:
        """Dates that the page shows as its own: near the title, by class, in a time element."""
        shown = (self._shown_by(tag) for tag in self._date_elements())
        lines = (
            Found(match.value, f"line beside the title: {match.role}")
            for match in self._title_lines()
        )
        return [*filter(None, shown), *lines]

    def _shown_by(self, tag: HtmlElement) -> Found | None:
        text = line(tag)
        found = date_line(text, self._order) or _only_date(text, self._order)
        stated = attribute(tag, "datetime") or attribute(tag, "content")
        machine = machine_date(stated, self._order) if stated else None
        role = found.role if found else "published"
        if "updated" in classes(tag) and "published" not in classes(tag):
            role = "updated"
        # The words beside the machine's date are what the reader saw on that day.
        value = found.value if found and (not machine or len(found.value) == _FULL) else machine
        evidence = f"{tag.tag}.{'.'.join(classes(tag))}: {role}".replace(".:", ":")
        return Found(value, evidence) if value else None

    def _date_elements(self) -> Iterator[HtmlElement]:
        heading = self._page.body.find(".//h1")
        around = () if heading is None else heading.iterancestors("article", "main")
        tags: Any = _DATED(next(iter(around), self._page.body))
        for tag in tags:
            if (tag.tag == "time" or is_called(tag, "date_classes")) and not self._is_elsewhere(
                tag
            ):
                yield tag

    def _title_lines(self) -> Iterator[DateMatch]:
        """Lines around the main heading that say nothing but a date; without one, at the top."""
        body, texts = self._page.body, self._page.texts
        heading = next(chain(body.iter("h1"), body.iter("h2")), None)
        if heading is None:
            yield from self._date_lines(texts, _TOP_LINES)
            return
        inside = set(heading.iter())
        at = next((n for n, text in enumerate(texts) if text.parent in inside), 0)
        yield from self._date_lines(islice(texts, at, None), _NEAR_TITLE)
        yield from self._date_lines(reversed(texts[:at]), _NEAR_TITLE // 3)

    def _date_lines(self, texts: Iterable[Text], count: int) -> Iterator[DateMatch]:
        """The date lines among the first ``count`` lines of text, up to the first paragraph."""
        for text, parent in texts:
            if self._is_elsewhere(parent):
                continue
            count -= 1
            if count < 0 or len(text) >= _PARAGRAPH:
                return
            match = date_line(text, self._order)
            if match:
                yield match

    def _by_htmldate(self, url: str | None) -> Found | None:
        """Htmldate's fast mode, believed only where the page itself shows that day."""
        if is_deep(self._page.root):
            return None
        tree = deepcopy(self._page.root)
        value = find_date(tree, original_date=True, extensive_search=False, url=url)
        if not value:
            return None
        for tag in self._page.body.iterdescendants(*_DATE_HOLDERS):
            if not len(tag) and not self._is_elsewhere(tag):
                match = date_line(tag.text or "")
                if match and match.value == value and match.role == "published":
                    return Found(value, "htmldate, and the page shows it")
        return None


def _is_beside(tag: HtmlElement) -> bool:
    """Whether the element is a menu, a footer, a side column, comments or an item of a list."""
    if tag.tag in ("footer", "nav", "aside", "li", "script", "style"):
        return True
    return is_called(tag, "aside_classes")


def _full(found: Iterable[Found]) -> Found | None:
    """The first date that is known to the day."""
    return next((one for one in found if len(one.value) == _FULL), None)


def _declared(page: Markup) -> Iterator[tuple[str, str]]:
    yield from _stated(page, _PUBLISHED_META, "datePublished")
    for tag in page.body.iterdescendants("time"):
        if tag.get("itemprop") == "datePublished" or tag.get("pubdate") is not None:
            yield attribute(tag, "datetime") or line(tag), "time, marked as published"


def _stated(page: Markup, names: tuple[str, ...], key: str) -> Iterator[tuple[str, str]]:
    for item in page.linked_data:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            yield value, f"JSON-LD {key}"
    for name in names:
        if name in page.meta:
            yield page.meta[name], f"meta {name}"


def _only_date(text: str, order: Order | None) -> DateMatch | None:
    """The date of a short text with one date in it ("Submitted by admin on 3 May 2012")."""
    if len(text) > 120:
        return None
    dates = list(find_dates(text, order))
    return dates[0] if len(dates) == 1 and dates[0].role != "copyright" else None


def _dateline(page: Markup) -> Found | None:
    """The date of "GENEVA, 7 May 2014 – …" at the start of the text."""
    for text in islice((text for text, _ in page.texts if len(text) >= _PARAGRAPH), 3):
        for match in find_dates(text[:_PARAGRAPH]):
            place, rest = text[: match.start], text[match.end :]
            if _PLACE.fullmatch(place) and _DASH.match(rest):
                return Found(match.value, "dateline of the text")
    return None


def _from_url(url: str | None) -> Found | None:
    if not url:
        return None
    day = _URL_DAY.search(url)
    value = iso(int(day[1]), int(day[2]), int(day[3])) if day else None
    if value:
        return Found(value, "address of the page")
    month = _URL_MONTH.search(url)
    value = iso(int(month[1]), int(month[2])) if month else None
    return Found(value, "address of the page") if value else None
