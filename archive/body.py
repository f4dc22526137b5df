"""The text of a statement, without the page around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice, pairwise
from operator import itemgetter

import trafilatura
from lxml.html import HtmlElement

from archive.dates import date_line, find_dates
from archive.document import Attachment
from archive.furniture import ends_article, is_furniture_line, names_contact
from archive.lines import attribute, is_called, line, paragraphs, without_furniture
from archive.markup import Markup
from archive.references import may_refer
from archive.selectors import outermost
from archive.tree import is_deep
from archive.words import clean, fold, split_joined

_LONG_LINE = 80
_HEADER_LINES = 10  # a page's title stands among these when the text repeats it
_LAYOUT_SHARE = 0.6  # of a page's unlinked text: a table of data spreads it over its cells
_LAYOUT_LETTERS = 200
_LITTLE = 250  # letters of an article
_TAIL_AFTER = 0.3  # of the text: comments are often longer than what they are about
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|pptx?|epub|zip)(?:[?#]|$)", re.I)


def tidy(lines: Sequence[str], *, title: str | None = None) -> list[str]:
    """Paragraphs without furniture and doubles, and below the title where it is repeated."""
    kept: list[str] = []
    folded_title = fold(title) if title else None
    start = 0
    for number, text in enumerate(lines[:_HEADER_LINES]):
        if fold(text) == folded_title:
            start = number + 1
        elif len(text) >= _LONG_LINE:
            break
    for number, text in enumerate(lines[start:], start + 1):
        if is_furniture_line(text) or (kept and kept[-1] == text):
            if names_contact(text) and len(kept) > 1 and _is_name(kept[-1]):
                kept.pop()
            continue
        if not kept and (date_line(text) or _is_dated_again(text, lines[number : number + 2])):
            continue
        kept.append(text)
    return kept


def _is_name(text: str) -> bool:
    """Whether a line may be a person's name: a few words, all but the smallest in capitals."""
    words = text.split()
    return 1 < len(words) <= 5 and all(w[0].isupper() or len(w) <= 3 for w in words)


def _is_dated_again(text: str, below: Sequence[str]) -> bool:
    """Whether a line says the day of a date line below: "Plenary 09-09-2015 - 18:40"."""
    dates = list(find_dates(text)) if len(text) < _LONG_LINE else []
    if len(dates) != 1 or not date_line(text[dates[0].start :]):
        return False
    return any(
        found.value.startswith(dates[0].value) for found in filter(None, map(date_line, below))
    )


def by_selector(
    page: Markup, selectors: Sequence[str], remove: Sequence[str] = ()
) -> tuple[list[str], list[HtmlElement], str] | None:
    """Paragraphs, elements and selector of the first selector that finds text, or None."""
    for selector in selectors:
        roots = outermost(page.selection.all(selector))
        skip = [element for unwanted in remove for element in page.selection.all(unwanted)]
        found = [text for root in roots for text in paragraphs(root, skip=skip)]
        if found:
            return found, roots, selector
    return None


def by_layout_cell(page: Markup) -> tuple[list[str], HtmlElement] | None:
    """Paragraphs and cell of a page that is laid out as a table, with its text in one cell."""
    if page.body.find(".//td") is None:
        return None
    prose: Counter[HtmlElement | None] = Counter()
    for text, parent in page.texts:
        if parent.tag != "a" and next(parent.iterancestors("a"), None) is None:
            cell = parent if parent.tag == "td" else next(parent.iterancestors("td"), None)
            prose[cell] += len(text)
    fullest, letters = max(prose.items(), key=itemgetter(1), default=(None, 0))
    if fullest is None or letters < max(_LAYOUT_SHARE * prose.total(), _LAYOUT_LETTERS):
        return None
    found = paragraphs(fullest)
    return (found, fullest) if len(found) > 1 else None


def by_trafilatura(page: Markup, url: str | None) -> list[str]:
    """Paragraphs of an article on an unknown site; all of a page that is nested absurdly.

    Trafilatura is given the page without its furniture; where that leaves next to nothing of it,
    as when a script is to show what is hidden at first, the page as it is.
    """
    if is_deep(page.root):  # 20,000 tables in each other kept trafilatura busy for 30 seconds
        return paragraphs(page.body)
    found: list[str] = []
    for copied in (without_furniture, deepcopy):  # it changes what it is given
        text = trafilatura.extract(
            copied(page.root), url=url, fast=False, include_comments=False, include_tables=True
        )
        lines = (re.sub(r"^- ", "", line) for line in (text or "").split("\n"))
        read = [part for text in lines for part in split_joined(text)]
        if sum(map(len, read)) > 2 * sum(map(len, found)):  # a short statement is no remnant
            found = read
        if sum(map(len, found)) >= _LITTLE:
            break
    return without_tail(found)


def without_tail(lines: list[str]) -> list[str]:
    """The lines up to a heading of what follows articles: comments, related ones, the most read."""
    letters = sum(map(len, lines))
    before = 0
    for number, text in enumerate(lines):
        if before >= _TAIL_AFTER * letters and ends_article(text):
            return lines[:number]
        before += len(text)
    return lines


def surroundings(page: Markup, roots: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The element around the body, or around the heading of the page, that is one statement.

    The files of a statement often stand below its text; those of a whole page are not its own.
    """
    inner = next(iter(roots), page.body.find(".//h1"))
    around = () if inner is None else inner.iterancestors()
    found = (
        element
        for element in around
        if element.tag in ("article", "main") or is_called(element, "statement_classes")
    )
    return list(islice(found, 1)) or list(roots)


def notes_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines that are no part of a text and may name its reference: "Download PDF of UA 1/17"."""
    return tuple(text for text in lines if may_refer(text) and is_furniture_line(text))


def notes_in(page: Markup, around: Sequence[HtmlElement]) -> tuple[str, ...]:
    """Short texts around the body in which its reference number may stand, behind their labels."""
    found: list[str] = []
    for (label, _), (text, tag) in pairwise(page.texts):
        if (
            len(label) + len(text) < _LONG_LINE
            and may_refer(text)
            and tag.tag != "a"
            and next(tag.iterancestors("a"), None) is None
            and any(element in around for element in tag.iterancestors())
            and not page.is_beside(tag)
        ):
            found.append(f"{label} {text}")
    return tuple(found)


def attachments_in(
    page: Markup, roots: Sequence[HtmlElement], own_url: str | None
) -> tuple[Attachment, ...]:
    """The files that links inside the elements lead to, but for the statement itself."""
    found: dict[str, Attachment] = {}
    for root in roots:
        for link in root.iterdescendants("a"):
            href = attribute(link, "href")
            if not href or not _FILE.search(href) or page.is_beside(link):
                continue
            url = page.absolute(href)
            if url and url != own_url and url not in found:
                found[url] = Attachment(line(link) or clean(url.rpartition("/")[2]), url)
    return tuple(found.values())[: page.limits.links]
