"""What the rows of a list are to their page: its subject, or an article's company.

Every article stands among lists with dates: what is new, what is related, comments, months of
an archive. A list is what the page is about when its rows say something and lead somewhere, and
there is little running text beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from lxml.html import HtmlElement

from archive.dates import date_line
from archive.furniture import names
from archive.lines import classes, is_furniture, length, line
from archive.links import leads
from archive.markup import Markup
from archive.sections import Row
from archive.selectors import Within

# Characters of text.
_ROW_TEXT = 40  # a row without a link must say at least so much
_ROW_WEIGHT = 150  # running text that each row makes up for, however short it is
_LONG_TEXT = 80  # a paragraph from here on is running text
_LITTLE_TEXT = 200  # beside the rows of a page that calls itself one article, with a date
_ARTICLE_TEXT = 600
_MOST_TEXT = 3_000
_GIANT_TEXT = 2_000  # of one row that is most of the list

_WORTH = 0.6  # share of the rows that say something
_GIANT = 0.7  # share of all text in one of the rows


def is_listing(page: Markup, rows: Sequence[Row]) -> bool:
    """Whether the rows are what the page is about."""
    if not names("article_bodies").isdisjoint(classes(page.body)):
        return False
    worth = sum(map(_is_worth, rows))
    if worth < len(rows) * _WORTH:
        return False
    lengths = [sum(map(length, row.tags)) for row in rows]
    if len(rows) > 1 and max(lengths) > max(_GIANT_TEXT, sum(lengths) * _GIANT):
        return False
    return _text_outside(page, rows) < _allowed(page, worth)


def _is_worth(row: Row) -> bool:
    """Whether a row says or leads to something: a date alone is an item of an archive's menu."""
    text = " ".join(map(line, row.tags))
    if not text or date_line(text) is not None:
        return False
    return len(text) >= _ROW_TEXT or any(map(leads, row.tags))


def _allowed(page: Markup, worth: int) -> int:
    """Characters of running text that may stand beside the rows of a listing."""
    if page.is_dated_article:
        return _LITTLE_TEXT
    if page.meta.get("og:type") == "article":
        return _ARTICLE_TEXT
    return max(_ARTICLE_TEXT, min(_ROW_WEIGHT * worth, _MOST_TEXT))


def _text_outside(page: Markup, rows: Sequence[Row]) -> int:
    """Characters of running text that stand in none of the rows, but in the same main part."""
    inside = {tag for row in rows for tag in (*row.tags, row.origin) if tag is not None}
    main = next((tag for tag in page.body.iter("main") if _contains(tag, inside)), page.body)
    is_beside = Within(lambda tag: tag in inside or is_furniture(tag))
    is_around = Within(lambda tag: tag is main)
    paragraphs = (
        line(tag)
        for tag in main.iterdescendants("p", "blockquote")
        if length(tag) >= _LONG_TEXT and not is_beside(tag)
    )
    loose = (
        text
        for text, tag in page.texts
        if len(text) >= _LONG_TEXT and is_around(tag) and not is_beside(tag)
    )
    return max(_running(paragraphs), _running(loose))


def _contains(tag: HtmlElement, elements: Collection[HtmlElement]) -> bool:
    return any(tag in element.iterancestors() for element in elements)


def _running(texts: Iterable[str]) -> int:
    return sum(length for length in map(len, texts) if length >= _LONG_TEXT)
