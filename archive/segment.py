"""A listing page -> its entries: by a profile's selectors, or by structure alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from archive.body import attachments_in, notes_of
from archive.columns import Columns
from archive.dates import Order, page_order
from archive.entries import (
    Entry,
    body_of,
    date_of,
    date_of_row,
    is_name,
    link_of,
    refuse_too_many,
    title_in,
    title_of,
)
from archive.furniture import Label
from archive.lines import length, line, paragraphs
from archive.links import target
from archive.markup import Markup
from archive.profiles import Listing, Profile, Selectors
from archive.row_labels import label_texts, labels_of, with_repeated_labels
from archive.rows import find_rows
from archive.sections import Row, signature
from archive.selectors import RowSelection
from archive.standing import is_listing

_FIELDS: dict[Label, str] = {"category": "category", "location": "places", "topics": "topics"}


def by_profile(page: Markup, profile: Profile) -> tuple[Entry, ...] | None:
    """The entries that the profile's selectors find; None when the page is no listing of it."""
    listing = profile.listing
    if listing is None:
        return None
    items: Sequence[HtmlElement] = next(filter(None, map(page.selection.all, listing.item)), [])
    if not items:
        empty = any(map(page.selection.all, listing.page))
        return () if empty else None
    if not profile.hosts:  # such rows are found in the blocks of news beside articles as well
        items = _main_items(items)
        if not is_listing(page, [Row((item,)) for item in items]):
            return None
    refuse_too_many(items, page.limits)
    order = profile.date_order or page_order((line(item) for item in items), page.language)
    rows = RowSelection(page.selection, items)
    columns = Columns()
    entries = [_by_selectors(page, _Fields(rows, item), listing, columns, order) for item in items]
    return tuple(entry for entry in entries if entry.url or entry.published or entry.body)


def _main_items(items: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The items of the page's main list: those that stand in the same kind of place, by text."""
    lists: dict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for item in items:
        parent = item.getparent()
        around = None if parent is None else parent.getparent()
        lists[*signature(around), *signature(parent)].append(item)
    return max(lists.values(), key=lambda group: sum(map(length, group)))


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


def _by_selectors(
    page: Markup, fields: _Fields, listing: Listing, columns: Columns, order: Order | None
) -> Entry:
    item = fields.item
    title = fields.first("title", listing.title)
    if title is None or not is_name(line(title)):
        named = _title_of(item, columns)
        if named:
            title, fields.evidence["title"] = named
    link = fields.first("url", listing.link)
    if link is None and (link := link_of(item, title)) is not None:
        fields.evidence["url"] = "link of the row"
    address = None if link is None else target(link)
    url = page.absolute(address)
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
    if not published and (dated := _date_of(Row((item,)), columns, lines, None, order)):
        published, fields.evidence["published"] = dated
    attachments = attachments_in(page, [item], url)
    name = None if title is None else line(title)
    return Entry(
        title=name or None,
        url=url,
        body=body_of(lines, name, attachments, order),
        notes=notes_of(lines),
        published=published,
        updated=updated,
        category=category,
        topics=topics,
        places=places,
        byline=byline,
        link=address,
        attachments=attachments,
        evidence=fields.evidence,
    )


def _title_of(row: HtmlElement, columns: Columns) -> tuple[HtmlElement, str] | None:
    """The element that names a row, and how it was found."""
    cell = columns.cell(row, "title")
    title = None if cell is None else title_in(cell)
    if title is not None:
        return title, "column of titles"
    title = title_of(row)
    return None if title is None else (title, f"{title.tag} of the row")


def _date_of(
    row: Row, columns: Columns, lines: Sequence[str], title: str | None, order: Order | None
) -> tuple[str, str] | None:
    cells = (columns.cell(tag, "published") for tag in row.tags)
    dates = (date_of(cell, order) for cell in cells if cell is not None)
    date = next(filter(None, dates), None)
    return (date, "column of dates") if date else date_of_row(row, lines, title, order)


def by_structure(page: Markup) -> tuple[Entry, ...] | None:
    """The entries of an unknown site's listing; None when the page is no listing."""
    order = page_order((text for text, _ in page.texts), page.language)
    rows = find_rows(page, order)
    if not rows or not is_listing(page, rows):
        return None
    refuse_too_many(rows, page.limits)
    columns = Columns()
    return with_repeated_labels([_of_row(page, row, columns, order) for row in rows])


def _of_row(page: Markup, row: Row, columns: Columns, order: Order | None) -> Entry:
    evidence = {}
    named = next(filter(None, (_title_of(tag, columns) for tag in row.tags)), None)
    title = named[0] if named else None
    links = (link_of(tag, title) for tag in row.tags)
    link = next((found for found in links if found is not None), None)
    address = None if link is None else target(link)
    url = page.absolute(address)
    name = None if title is None else line(title)
    labels = labels_of(row, columns)
    times = (time for tag in row.tags for time in tag.iterdescendants("time"))
    skip = [
        *times,
        *(tag for tags, _ in labels.values() for tag in tags),
        *([] if title is None else [title]),
    ]
    lines = [text for tag in row.tags for text in paragraphs(tag, skip=skip)]
    attachments = attachments_in(page, row.tags, url)
    published, how = _date_of(row, columns, lines, name, order) or (None, "")
    evidence = {
        "title": named[1] if named else "",
        "url": "link of the row" if url else "",
        "published": how,
        "body": "rest of the row",
        **{_FIELDS[field]: how for field, (_, how) in labels.items()},
    }
    texts = {field: label_texts(*found) for field, found in labels.items()}
    return Entry(
        title=name or None,
        url=url,
        body=body_of(lines, name, attachments, order),
        notes=notes_of(lines),
        published=published,
        category=next(iter(texts.get("category", ())), None),
        topics=texts.get("topics", ()),
        places=texts.get("location", ()),
        link=address,
        attachments=attachments,
        evidence=evidence,
    )
