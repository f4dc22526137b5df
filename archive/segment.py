"""A listing page -> its entries: by a profile's selectors, or by structure alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from archive.body import attachments_in
from archive.dates import Order, infer_order
from archive.entries import Entry, body_of, date_of, date_of_row, link_of, title_of
from archive.limits import LIMITS
from archive.lines import attribute, is_furniture, line, paragraphs
from archive.markup import Markup
from archive.profiles import Listing, Profile, Selectors
from archive.rows import Row, find_rows
from archive.selectors import RowSelection, Within

# Characters of text, for telling a listing from an article with a list beside it.
_ROW_TEXT = 40  # a row without a link must say at least so much
_ROW_WEIGHT = 150  # what a row with a link counts for, however short it is
_LONG_TEXT = 80  # a paragraph from here on is running text
_LITTLE_TEXT = 200
_ARTICLE_TEXT = 600
_LABEL_LENGTH = 40
_LABEL_WORDS = 2  # in a longer line several labels run together: kind, place and topic


def by_profile(page: Markup, profile: Profile) -> tuple[Entry, ...] | None:
    """The entries that the profile's selectors find; None when the page is no listing of it."""
    listing = profile.listing
    if listing is None:
        return None
    items: Sequence[HtmlElement] = next(filter(None, map(page.selection.all, listing.item)), [])
    if not items:
        empty = any(map(page.selection.all, listing.page))
        return () if empty else None
    items = items[: LIMITS.entries]
    order = profile.date_order or infer_order(line(item) for item in items)
    rows = RowSelection(page.selection, items)
    entries = [_by_selectors(page, _Fields(rows, item), listing, order) for item in items]
    return tuple(entry for entry in entries if entry.url or entry.published or entry.body)


class _Fields:
    """What the selectors of a profile find in one row, and which of them did."""

    def __init__(self, rows: RowSelection, item: HtmlElement) -> None:
        self.item = item
        self._rows = rows
        self.evidence: dict[str, str] = {}
        self.taken: list[HtmlElement] = []

    def all(self, name: str, selectors: Selectors) -> list[HtmlElement]:
        for selector in selectors:
            found = self._rows.all(selector, self.item)
            if found:
                self.evidence[name] = f"selector {selector}"
                self.taken.extend(found)
                return found
        return []

    def first(self, name: str, selectors: Selectors) -> HtmlElement | None:
        return next(iter(self.all(name, selectors)), None)

    def text(self, name: str, selectors: Selectors) -> str | None:
        tag = self.first(name, selectors)
        return None if tag is None else line(tag) or None

    def texts(self, name: str, selectors: Selectors) -> tuple[str, ...]:
        labels = (line(tag).strip(" ,;") for tag in self.all(name, selectors))
        return tuple(dict.fromkeys(filter(None, labels)))

    def date(self, name: str, selectors: Selectors, order: Order | None) -> str | None:
        found = (date_of(tag, order) for tag in self.all(name, selectors))
        return next(filter(None, found), None)


def _by_selectors(page: Markup, fields: _Fields, listing: Listing, order: Order | None) -> Entry:
    item = fields.item
    title = fields.first("title", listing.title)
    if title is None and (title := title_of(item)) is not None:
        fields.evidence["title"] = "heading or link of the row"
    link = fields.first("url", listing.link)
    if link is None and (link := link_of(item, title)) is not None:
        fields.evidence["url"] = "link of the row"
    url = None if link is None else page.absolute(attribute(link, "href"))
    published = fields.date("published", listing.date, order)
    updated = fields.date("updated", listing.updated, order)
    category = fields.text("category", listing.category)
    topics = fields.texts("topics", listing.topics)
    places = fields.texts("places", listing.location)
    byline = fields.text("byline", listing.byline)
    beside = [*fields.taken, *([] if title is None else [title])]
    excerpt = fields.all("body", listing.excerpt)
    lines = [text for tag in excerpt for text in paragraphs(tag)]
    if not excerpt:
        lines = paragraphs(item, skip=beside)
        fields.evidence["body"] = "rest of the row"
    if not published and (dated := date_of_row(Row((item,)), lines, None, order)):
        published, fields.evidence["published"] = dated
    attachments = attachments_in(page, [item], url)
    name = None if title is None else line(title)
    return Entry(
        title=name or None,
        url=url,
        body=body_of(lines, name, attachments, order),
        published=published,
        updated=updated,
        category=category,
        topics=topics,
        places=places,
        byline=byline,
        attachments=attachments,
        evidence=fields.evidence,
    )


def by_structure(page: Markup) -> tuple[Entry, ...] | None:
    """The entries of an unknown site's listing; None when the page is no listing."""
    order = infer_order(text for text, _ in page.texts)
    rows = find_rows(page, order)
    if not rows or not _is_listing(page, rows):
        return None
    return _labelled([_of_row(page, row, order) for row in rows[: LIMITS.entries]])


def _labelled(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, with the short line that several of them begin with as their category.

    Where most rows begin with such a line, the short lines of the others are of that kind too.
    """
    count = Counter(first for e in entries if _is_label(first := e.body.partition("\n\n")[0]))
    repeated = {text: rows for text, rows in count.items() if rows > 1}
    labels = count if sum(repeated.values()) > len(entries) / 2 else repeated
    return tuple(
        replace(
            entry,
            category=label if len(label.split()) <= _LABEL_WORDS else None,
            body=rest,
            evidence={**entry.evidence, "category": "line that rows begin with"},
        )
        if rest and label in labels
        else entry
        for entry in entries
        for label, _, rest in [entry.body.partition("\n\n")]
    )


def _is_label(text: str) -> bool:
    """Whether a line may say what kind of statement it is: "Press release"."""
    return len(text) <= _LABEL_LENGTH and text[:1].isalpha() and text[-1:].isalnum()


def _is_listing(page: Markup, rows: Sequence[Row]) -> bool:
    """Whether the rows are what the page is about, rather than an article's company.

    Rows must say something or lead somewhere; an article states its own date, and has more
    running text outside of any list than its lists contain.
    """
    worth = weight = 0
    for row in rows:
        length = sum(len(line(tag)) for tag in row.tags)
        leads = any(tag.tag == "a" or tag.find(".//a[@href]") is not None for tag in row.tags)
        worth += leads or length >= _ROW_TEXT
        weight += max(length, _ROW_WEIGHT if leads else 0)
    allowed = _LITTLE_TEXT if page.is_dated_article else max(_ARTICLE_TEXT, weight)
    return worth >= len(rows) * 0.6 and _text_outside(page, rows) < allowed


def _text_outside(page: Markup, rows: Sequence[Row]) -> int:
    """Characters of running text that stand in none of the rows."""
    inside = {tag for row in rows for tag in row.tags}
    outside = 0
    is_beside = Within(lambda tag: tag in inside or is_furniture(tag))
    for paragraph in page.body.iterdescendants("p", "blockquote"):
        if paragraph in inside or is_beside(paragraph.getparent()):
            continue
        length = len(line(paragraph))
        outside += length if length >= _LONG_TEXT else 0
    return outside


def _first(found: Iterable[HtmlElement | None]) -> HtmlElement | None:
    return next((element for element in found if element is not None), None)


def _of_row(page: Markup, row: Row, order: Order | None) -> Entry:
    title = _first(title_of(tag) for tag in row.tags)
    link = _first(link_of(tag, title) for tag in row.tags)
    url = None if link is None else page.absolute(attribute(link, "href"))
    name = None if title is None else line(title)
    skip = [] if title is None else [title]
    lines = [text for tag in row.tags for text in paragraphs(tag, skip=skip)]
    attachments = attachments_in(page, row.tags, url)
    published, how = date_of_row(row, lines, name, order) or (None, "")
    evidence = {
        "title": "" if title is None else f"{title.tag} of the row",
        "url": "link of the row" if url else "",
        "published": how,
        "body": "rest of the row",
    }
    return Entry(
        title=name or None,
        url=url,
        body=body_of(lines, name, attachments, order),
        published=published,
        attachments=attachments,
        evidence=evidence,
    )
