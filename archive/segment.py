"""A listing page -> its entries: by a profile's selectors, or by structure alone."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from archive.body import attachments_in
from archive.dates import Order, infer_order
from archive.entries import Entry, body_of, date_of, date_of_row, link_of, title_of
from archive.limits import LIMITS
from archive.markup import Markup, attribute, is_furniture, line, paragraphs
from archive.profiles import Listing, Profile, Selectors
from archive.rows import Row, find_rows
from archive.selectors import Scope, Within, tags_in

# Characters of text, for telling a listing from an article with a list beside it.
_ROW_TEXT = 40  # a row without a link must say at least so much
_ROW_WEIGHT = 150  # what a row with a link counts for, however short it is
_LONG_TEXT = 80  # a paragraph from here on is running text
_LITTLE_TEXT = 200
_ARTICLE_TEXT = 600


def by_profile(page: Markup, profile: Profile) -> tuple[Entry, ...] | None:
    """The entries that the profile's selectors find; None when the page is no listing of it."""
    listing = profile.listing
    if listing is None:
        return None
    items: Sequence[Tag] = next(filter(None, map(page.scope.select, listing.item)), [])
    if not items:
        empty = any(page.scope.first(selector) for selector in listing.page)
        return () if empty else None
    items = items[: LIMITS.entries]
    order = profile.date_order or infer_order(line(item) for item in items)
    entries = [_by_selectors(page, item, listing, order) for item in items]
    return tuple(entry for entry in entries if entry.url or entry.published or entry.body)


class _Fields:
    """What the selectors of a profile find in one row, and which of them did."""

    def __init__(self, item: Tag) -> None:
        self.scope = Scope(item)
        self.evidence: dict[str, str] = {}
        self.taken: list[Tag] = []

    def all(self, name: str, selectors: Selectors) -> list[Tag]:
        for selector in selectors:
            found = self.scope.select(selector)
            if found:
                self.evidence[name] = f"selector {selector}"
                self.taken.extend(found)
                return found
        return []

    def first(self, name: str, selectors: Selectors) -> Tag | None:
        return next(iter(self.all(name, selectors)), None)

    def text(self, name: str, selectors: Selectors) -> str | None:
        tag = self.first(name, selectors)
        return line(tag) or None if tag else None

    def texts(self, name: str, selectors: Selectors) -> tuple[str, ...]:
        labels = (line(tag).strip(" ,;") for tag in self.all(name, selectors))
        return tuple(dict.fromkeys(filter(None, labels)))

    def date(self, name: str, selectors: Selectors, order: Order | None) -> str | None:
        found = (date_of(tag, order) for tag in self.all(name, selectors))
        return next(filter(None, found), None)


def _by_selectors(page: Markup, item: Tag, listing: Listing, order: Order | None) -> Entry:
    fields = _Fields(item)
    title = fields.first("title", listing.title)
    if title is None and (title := title_of(item)):
        fields.evidence["title"] = "heading or link of the row"
    link = fields.first("url", listing.link)
    if link is None and (link := link_of(item, title)):
        fields.evidence["url"] = "link of the row"
    url = page.absolute(attribute(link, "href")) if link else None
    published = fields.date("published", listing.date, order)
    updated = fields.date("updated", listing.updated, order)
    category = fields.text("category", listing.category)
    topics = fields.texts("topics", listing.topics)
    places = fields.texts("places", listing.location)
    byline = fields.text("byline", listing.byline)
    beside = [*fields.taken, *([title] if title else [])]
    excerpt = fields.all("body", listing.excerpt)
    lines = [text for tag in excerpt for text in paragraphs(tag)]
    if not excerpt:
        lines = paragraphs(item, skip=beside)
        fields.evidence["body"] = "rest of the row"
    if not published and (dated := date_of_row(Row((item,)), lines, None, order)):
        published, fields.evidence["published"] = dated
    attachments = attachments_in(page, [item], url)
    name = line(title) if title else None
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
    order = infer_order([page.body.get_text(" ")])
    rows = find_rows(page, order)
    if not rows or not _is_listing(page, rows):
        return None
    return tuple(_of_row(page, row, order) for row in rows[: LIMITS.entries])


def _is_listing(page: Markup, rows: Sequence[Row]) -> bool:
    """Whether the rows are what the page is about, rather than an article's company.

    Rows must say something or lead somewhere; an article states its own date, and has more
    running text outside of any list than its lists contain.
    """
    worth = weight = 0
    for row in rows:
        length = sum(len(line(tag)) for tag in row.tags)
        leads = any(tag.name == "a" or tag.find("a", href=True) for tag in row.tags)
        worth += leads or length >= _ROW_TEXT
        weight += max(length, _ROW_WEIGHT if leads else 0)
    allowed = _LITTLE_TEXT if page.is_dated_article else max(_ARTICLE_TEXT, weight)
    return worth >= len(rows) * 0.6 and _text_outside(page, rows) < allowed


def _text_outside(page: Markup, rows: Sequence[Row]) -> int:
    """Characters of running text that stand in none of the rows."""
    inside = {id(tag) for row in rows for tag in row.tags}
    outside = 0
    is_beside = Within(lambda tag: id(tag) in inside or is_furniture(tag))
    for paragraph in tags_in(page.body, "p", "blockquote"):
        if id(paragraph) in inside or (paragraph.parent and is_beside(paragraph.parent)):
            continue
        length = len(line(paragraph))
        outside += length if length >= _LONG_TEXT else 0
    return outside


def _of_row(page: Markup, row: Row, order: Order | None) -> Entry:
    title = next(filter(None, map(title_of, row.tags)), None)
    link = next(filter(None, (link_of(tag, title) for tag in row.tags)), None)
    url = page.absolute(attribute(link, "href")) if link else None
    name = line(title) if title else None
    skip = [title] if title else []
    lines = [text for tag in row.tags for text in paragraphs(tag, skip=skip)]
    attachments = attachments_in(page, row.tags, url)
    published, how = date_of_row(row, lines, name, order) or (None, "")
    evidence = {
        "title": f"{title.name} of the row" if title else "",
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
