"""The title of a page, and a title for a statement that has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.dates import date_line, find_dates
from archive.lines import is_called, is_furniture, line
from archive.markup import Markup
from archive.sitenames import SiteNames
from archive.words import clean, first_sentence, fold, shorten

SEPARATOR = re.compile(r"\s(?:[|·•»«›‹:~—–-]|--|::)\s|\s?\|\s?")
_EDGES = " |·•»«›‹:~—–-"
_DERIVED_LENGTH = 120
_FILE_NAME = re.compile(r"\S{1,100}\.(?:pdf|docx?|odt|rtf|xlsx?)\s{1,9}", re.I)
_LONGEST = 400
_AKIN = 0.5  # of the words of the shorter one


@dataclass(frozen=True, slots=True)
class _Named:
    """A title that the page's head states: in full, and without the name of the site."""

    full: str
    title: str
    source: str


def page_title(page: Markup) -> tuple[str, str] | None:
    """The title of an article and how it was found, or None.

    What readers see is a heading; which of the headings, and where the site's name begins, the
    titles in the page's head bear out. From the surest agreement to none:

    1. a heading that is one of them, but for the site's name;
    2. a main heading that one of them contains;
    3. a main heading that has most words in common with one of them;
    4. og:title or the headline of JSON-LD; then the heading or the page's title, whichever
       says more.
    """
    site = SiteNames(page)
    named = list(_named(page, site))
    main = list(_headings(page, "h1", site))
    return (
        _equal(main, named, "h1")
        or _contained(main, named)
        or _equal(_lesser_headings(page, site), named, "heading")
        or _akin(main, named)
        or _best_alone(main, named)
    )


def main_heading(page: Markup) -> str | None:
    """The text of the first h1 that is not the site's name.

    Old themes put the site's name into the h1 and the title into an h2: then the page's
    title begins with the one and ends with the other.
    """
    site = SiteNames(page)
    parts = SEPARATOR.split(page.title) if page.title else [""]
    lead, tail = fold(parts[0]), fold(parts[-1])
    first = next(_headings(page, "h1", site), None)
    if first and lead != tail == fold(first):
        return next((text for text in _headings(page, "h2", site) if fold(text) == lead), first)
    return first


def _headings(page: Markup, name: str, site: SiteNames) -> Iterator[str]:
    for element in page.body.iter(name):
        text = "" if is_furniture(element) else line(element)
        is_own = not site.is_name(text) and not site.is_banner(element)
        if text and len(text) <= _LONGEST and is_own:
            yield text


def _lesser_headings(page: Markup, site: SiteNames) -> list[str]:
    """Headings of lower rank, and what is called a headline by its class."""
    found = []
    for element in page.body.iter("h2", "h3", "h4", "p", "div", "span", "b", "strong"):
        if element.tag in ("h2", "h3") or is_called(element, "title_classes"):
            text = line(element)
            if text and len(text) <= _LONGEST and not site.is_name(text):
                found.append(text)
    return found


def _named(page: Markup, site: SiteNames) -> Iterator[_Named]:
    for text, source in (
        (page.meta.get("og:title"), "og:title"),
        (_headline(page), "JSON-LD headline"),
        (page.meta.get("twitter:title"), "twitter:title"),
        (page.title, "title"),
    ):
        title = trim_site(text, site) if text else ""
        if text and title and not site.is_name(title):
            yield _Named(text, title, source)


def _equal(headings: Sequence[str], named: Sequence[_Named], rank: str) -> tuple[str, str] | None:
    for one in named:
        wanted = fold(one.title)
        for heading in headings:
            if wanted and fold(heading) == wanted:
                # A kicker joined to its heading leaves spaces where nobody writes them.
                is_spaced = heading.replace(" ", "") == one.title.replace(" ", "")
                return one.title if is_spaced else heading, f"{rank}, the same as {one.source}"
    return None


def _contained(headings: Sequence[str], named: Sequence[_Named]) -> tuple[str, str] | None:
    for one in named:
        full = f" {fold(one.full)} "
        for heading in headings:
            wanted = f" {fold(heading)} "
            if not wanted.strip() or wanted not in full:
                continue
            # What stands in the page's title behind more words than it has may be the site's name.
            before = full.partition(wanted)[0].split()
            if one.source != "title" or len(before) < len(wanted.split()):
                return heading, f"h1, contained in {one.source}"
    return None


def _akin(headings: Sequence[str], named: Sequence[_Named]) -> tuple[str, str] | None:
    for one in named:
        words = set(fold(one.title).split())
        joined = fold(one.title).replace(" ", "")
        for heading in headings:
            if fold(heading).replace(" ", "").endswith(joined):  # behind a kicker
                return one.title, f"{one.source}, at the end of the h1"
            common = words.intersection(fold(heading).split())
            if len(common) >= max(2, _AKIN * min(len(words), len(set(fold(heading).split())))):
                return heading, f"h1, akin to {one.source}"
    return None


def _best_alone(headings: Sequence[str], named: Sequence[_Named]) -> tuple[str, str] | None:
    if named and named[0].source != "title":
        return named[0].title, named[0].source
    found = [(one.title, one.source) for one in named]
    found[:0] = [(heading, "h1") for heading in headings[:1]]
    return max(found, key=lambda pair: len(fold(pair[0]).split()), default=None)


def _headline(page: Markup) -> str | None:
    for item in page.linked_data:
        headline = item.get("headline")
        if isinstance(headline, str) and 0 < len(headline.strip()) <= _LONGEST and _is_work(item):
            return clean(headline)
    return None


def _is_work(item: dict[str, Any]) -> bool:
    return "Article" in str(item.get("@type")) or "Posting" in str(item.get("@type"))


def trim_site(title: str, site: SiteNames) -> str:
    """A title without the site's name, a date or what else stands behind them or before it."""
    lead, colon, rest = title.partition(": ")
    if colon and site.is_name(lead):
        return rest.strip()
    edges = [(match.start(), match.end()) for match in SEPARATOR.finditer(title)]
    if not edges:
        return title
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), len(title)]
    parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
    if site.begins_or_ends(parts[0]):
        return trim_site(title[starts[1] :], site)
    for number, part in enumerate(parts[1:]):
        is_last = number + 2 == len(parts)
        if date_line(part) or (site.begins_or_ends if is_last else site.is_name)(part):
            return _before_bar(title[: ends[number]])
    head, tail = title[: ends[-2]].strip(_EDGES), parts[-1]
    if "|" in title:
        return _before_bar(title)
    # Without a bar the separator may belong to the title: only a short tail is the site.
    is_tail = max(parts, key=len) != tail and len(tail.split()) <= 4 and len(head) >= 15
    return head if is_tail and tail.count("(") == tail.count(")") else title


def _before_bar(title: str) -> str:
    """What stands before the first bar; nobody writes one in a title."""
    return title.partition("|")[0].strip(_EDGES) or title


def derive_title(body: str) -> str:
    """A title from the first sentence of a text; "(no text)" when there is none."""
    for paragraph in body.split("\n\n"):
        if len(paragraph.split()) >= 3:
            return shorten(first_sentence(_without_label(paragraph)), _DERIVED_LENGTH)
    return shorten(body.replace("\n\n", " ").strip(), _DERIVED_LENGTH) or "(no text)"


def _without_label(text: str) -> str:
    """A line of a list without the file's name and the date that it begins with."""
    name = _FILE_NAME.match(text)
    rest = text[name.end() :] if name else text
    date = next(find_dates(rest), None)
    if date is not None and date.start == 0:
        rest = rest[date.end :].lstrip(" .:,–—-")
    # "12 May 2017 was a Friday" is a sentence, "12 May 2017: Harbour closed" is not.
    return rest if len(rest.split()) >= 3 and not rest[0].islower() else text
