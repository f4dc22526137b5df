"""When a page was published and updated, and how that was found.

From the surest to the weakest sign; the first that gives a date counts. A copyright
year, the date a file was created (``dcterms.created``) and dates in the running text
are no signs: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from bs4 import Tag
from htmldate import find_date

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
from archive.furniture import names
from archive.markup import Markup, attribute, classes, line

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
_NEAR_TITLE = 12  # text lines after (and a third of it before) the heading


@dataclass(frozen=True, slots=True)
class Found:
    """A date and the sign that gave it."""

    value: str
    evidence: str


def published(page: Markup, url: str | None, order: Order | None) -> Found | None:
    """The local calendar date of publication of an article, or None."""
    visible = list(_visible(page, order))
    shown = next((f for f in visible if f.evidence.endswith("published")), None)
    for raw, evidence in _declared(page):
        value = machine_date(raw, order)
        if value is None:
            continue
        if shown and is_utc_instant(raw) and value != shown.value and adjacent(value, shown.value):
            return Found(shown.value, f"{shown.evidence}, a day beside the UTC time of {evidence}")
        if shown and len(value) < len(shown.value) and shown.value.startswith(value):
            return shown
        return Found(value, evidence)
    return shown or _from_url(url) or _by_htmldate(page, url)


def updated(page: Markup, order: Order | None) -> Found | None:
    """The date of the last change that the page states, or None."""
    for raw, evidence in _stated(page, _UPDATED_META, "dateModified"):
        value = machine_date(raw, order)
        if value:
            return Found(value, evidence)
    return next((f for f in _visible(page, order) if f.evidence.endswith("updated")), None)


def _declared(page: Markup) -> Iterator[tuple[str, str]]:
    yield from _stated(page, _PUBLISHED_META, "datePublished")
    for tag in page.body.find_all("time"):
        if isinstance(tag, Tag) and (
            attribute(tag, "itemprop") == "datePublished" or tag.has_attr("pubdate")
        ):
            yield attribute(tag, "datetime") or line(tag), "time, marked as published"


def _stated(page: Markup, names: tuple[str, ...], key: str) -> Iterator[tuple[str, str]]:
    for item in page.linked_data:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            yield value, f"JSON-LD {key}"
    for name in names:
        if name in page.meta:
            yield page.meta[name], f"meta {name}"


def _visible(page: Markup, order: Order | None) -> Iterator[Found]:
    """Dates that the page shows as its own: near the title, by class, or in a time element."""
    for tag in _date_elements(page):
        text = line(tag)
        found = date_line(text, order) or _only_date(text, order)
        stated = attribute(tag, "datetime") or attribute(tag, "content")
        machine = machine_date(stated, order) if stated else None
        role = found.role if found else "published"
        if "updated" in classes(tag) and "published" not in classes(tag):
            role = "updated"
        # The words beside the machine's date are what the reader saw on that day.
        value = found.value if found and (not machine or len(found.value) == 10) else machine
        if value:
            yield Found(value, f"{tag.name}.{'.'.join(classes(tag))}: {role}".replace(".:", ":"))
    for match in _title_lines(page, order):
        yield Found(match.value, f"line beside the title: {match.role}")


def _only_date(text: str, order: Order | None) -> DateMatch | None:
    """The date of a short text with one date in it ("Submitted by admin on 3 May 2012")."""
    if len(text) > 120:
        return None
    dates = list(find_dates(text, order))
    return dates[0] if len(dates) == 1 and dates[0].role != "copyright" else None


def _date_elements(page: Markup) -> Iterator[Tag]:
    heading = page.body.find("h1")
    scope = None
    if isinstance(heading, Tag):
        scope = heading.find_parent(["article", "main"])
    for tag in (scope or page.body).find_all(True):
        if not isinstance(tag, Tag):
            continue
        shows = tag.name == "time" or not names("date_classes").isdisjoint(classes(tag))
        if shows and not _elsewhere(tag):
            yield tag


def _elsewhere(tag: Tag) -> bool:
    """Whether the element belongs to a menu, a footer, a side column, comments or a list."""
    for parent in (tag, *tag.parents):
        if parent.name in ("footer", "nav", "aside", "li", "script", "style"):
            return True
        if not names("aside_classes").isdisjoint(classes(parent)):
            return True
    return False


def _title_lines(page: Markup, order: Order | None) -> Iterator[DateMatch]:
    """Lines around the main heading that say nothing but a date."""
    heading = page.body.find("h1") or page.body.find("h2")
    if not isinstance(heading, Tag):
        return
    for strings, count in (
        (heading.find_all_next(string=True, limit=150), _NEAR_TITLE),
        (heading.find_all_previous(string=True, limit=40), _NEAR_TITLE // 3),
    ):
        seen = 0
        for string in strings:
            text = " ".join(str(string).split())
            if not text or string.parent is None or _elsewhere(string.parent):
                continue
            seen += 1
            if seen > count:
                break
            match = date_line(text, order)
            if match:
                yield match


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


def _by_htmldate(page: Markup, url: str | None) -> Found | None:
    """Htmldate's fast mode, believed only where the page itself shows that day."""
    if page.tree is None:
        return None
    value = find_date(deepcopy(page.tree), original_date=True, extensive_search=False, url=url)
    if not value:
        return None
    for tag in page.body.find_all(["p", "div", "span", "td", "b", "strong", "em", "i", "font"]):
        if isinstance(tag, Tag) and not _elsewhere(tag):
            text = tag.string
            match = date_line(text) if text and len(text) <= 90 else None
            if match and match.value == value and match.role == "published":
                return Found(value, "htmldate, and the page shows it")
    return None
