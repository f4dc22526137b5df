"""The text of a statement, without the page around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from itertools import takewhile
from operator import itemgetter

import trafilatura
from bs4 import Tag

from archive.dates import date_line
from archive.document import Attachment
from archive.furniture import is_furniture_line
from archive.limits import LIMITS
from archive.markup import Markup, attribute, is_furniture, line, paragraphs
from archive.selectors import tags_in
from archive.words import clean, fold, split_joined

_LONG_LINE = 80
_HEADER_LINES = 10  # a page's title stands among these when the text repeats it
_LAYOUT_SHARE = 0.6  # of a page's unlinked text: a table of data spreads it over its cells
_LAYOUT_LETTERS = 200
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
    for text in lines[start:]:
        if is_furniture_line(text) or (kept and kept[-1] == text):
            continue
        if not kept and date_line(text):
            continue
        kept.append(text)
    return kept


def by_selector(
    page: Markup, selectors: Sequence[str], remove: Sequence[str] = ()
) -> tuple[list[str], list[Tag], str] | None:
    """Paragraphs, elements and selector of the first selector that finds text, or None."""
    for selector in selectors:
        roots = _outermost(page.scope.select(selector))
        skip = [tag for root in roots for unwanted in remove for tag in root.select(unwanted)]
        found = [text for root in roots for text in paragraphs(root, skip=skip)]
        if found:
            return found, roots, selector
    return None


def by_layout_cell(page: Markup) -> tuple[list[str], Tag] | None:
    """Paragraphs and cell of a page that is laid out as a table, with its text in one cell."""
    if page.tree is None:  # nested so deeply that looking up from every text would take long
        return None
    prose: Counter[int] = Counter()
    cells: dict[int, Tag] = {}
    for string in page.strings:
        ancestors = list(takewhile(lambda tag: tag.name != "body", string.parents))
        cell = next((tag for tag in ancestors if tag.name == "td"), None)
        linked = any(tag.name in ("a", "script", "style") for tag in ancestors)
        if cell is not None:
            cells[id(cell)] = cell
        if not linked:
            prose[id(cell)] += len(string.strip())
    fullest, letters = max(prose.items(), key=itemgetter(1), default=(0, 0))
    if fullest not in cells or letters < max(_LAYOUT_SHARE * prose.total(), _LAYOUT_LETTERS):
        return None
    found = paragraphs(cells[fullest])
    return (found, cells[fullest]) if len(found) > 1 else None


def _outermost(tags: Sequence[Tag]) -> list[Tag]:
    """The elements that lie in none of the others."""
    chosen = {id(tag) for tag in tags}
    return [tag for tag in tags if not any(id(parent) in chosen for parent in tag.parents)]


def by_trafilatura(page: Markup, url: str | None) -> list[str]:
    """Paragraphs of an article on an unknown site; of the whole page where lxml cannot read it."""
    if page.tree is None:
        return paragraphs(page.body)
    text = trafilatura.extract(
        deepcopy(page.tree), url=url, fast=False, include_comments=False, include_tables=True
    )
    lines = (re.sub(r"^- ", "", line) for line in (text or "").split("\n"))
    return [part for text in lines for part in split_joined(text)]


def attachments_in(
    page: Markup, roots: Sequence[Tag], own_url: str | None
) -> tuple[Attachment, ...]:
    """The files that links inside the elements lead to, but for the statement itself."""
    found: dict[str, Attachment] = {}
    for root in roots:
        for link in tags_in(root, "a"):
            href = attribute(link, "href")
            if not href or not _FILE.search(href) or is_furniture(link):
                continue
            url = page.absolute(href)
            if url and url != own_url and url not in found:
                found[url] = Attachment(line(link) or clean(url.rpartition("/")[2]), url)
    return tuple(found.values())[: LIMITS.links]
