"""A listing page -> its entries: by a profile's selectors, or by structure alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4 import Tag

from archive.body import attachments_in, tidy
from archive.dates import Order, adjacent, date_line, find_dates, infer_order, machine_date
from archive.document import Attachment
from archive.furniture import is_furniture_line
from archive.limits import LIMITS
from archive.identity import first_words
from archive.markup import Markup, attribute, is_furniture, line, paragraphs
from archive.profiles import Listing, Profile, Selectors
from archive.rows import Row, find_rows

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONG_TEXT = 80
_SHORT_TEXT = 160
_LITTLE_TEXT = 200
_ARTICLE_TEXT = 600
_ROW_WEIGHT = 150  # what a short row with a link counts for, in characters of text


# A link so called leads to the statement but does not name it.
_ACTION = re.compile(
    r"(?:read|download|view|see|share|open|listen|watch|full (?:text|story)|click here|here|link|"
    r"pdf|docx?|html?|video|audio|permalink)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement as a listing shows it. ``places`` are the site's own location labels."""

    title: str | None = None
    url: str | None = None
    body: str = ""
    published: str | None = None
    updated: str | None = None
    category: str | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    byline: str | None = None
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)


def by_profile(page: Markup, profile: Profile) -> tuple[Entry, ...] | None:
    """The entries that the profile's selectors find; None when the page is no listing of it."""
    listing = profile.listing
    if listing is None:
        return None
    items: Sequence[Tag] = next(filter(None, (page.soup.select(item) for item in listing.item)), [])
    if not items:
        empty = any(page.soup.select_one(selector) for selector in listing.page)
        return () if empty else None
    items = items[: LIMITS.entries]
    order = profile.date_order or infer_order(line(item) for item in items)
    entries = [_by_selectors(page, item, listing, order) for item in items]
    return tuple(entry for entry in entries if entry.url or entry.published or entry.body)


def _by_selectors(page: Markup, item: Tag, listing: Listing, order: Order | None) -> Entry:
    evidence: dict[str, str] = {}
    taken: list[Tag] = []

    def tags(name: str, selectors: Selectors) -> list[Tag]:
        for selector in selectors:
            found = item.select(selector)
            if found:
                evidence[name] = f"selector {selector}"
                taken.extend(found)
                return found
        return []

    title = next(iter(tags("title", listing.title)), None)
    link = next((tag for tag in tags("url", listing.link) if tag.get("href")), None)
    dates = tags("published", listing.date)
    updates = tags("updated", listing.updated)
    category = tags("category", listing.category)
    topics = tags("topics", listing.topics)
    places = tags("places", listing.location)
    byline = tags("byline", listing.byline)
    if title is None:
        title, _ = _title_tag(item)
        evidence |= {"title": "heading or link of the row"} if title else {}
    if link is None:
        link = _link_tag(item, title)
        evidence |= {"url": "link of the row"} if link else {}
    url = page.absolute(attribute(link, "href")) if link else None
    title_text = line(title) if title else None
    excerpt = next(
        (found for selector in listing.excerpt if (found := item.select(selector))), None
    )
    if excerpt:
        lines = [text for tag in excerpt for text in paragraphs(tag)]
    else:
        lines = paragraphs(item, skip=[*taken, *([title] if title else [])])
    evidence["body"] = "selector of the excerpt" if excerpt else "rest of the row"
    published = next(filter(None, (date_of(tag, order) for tag in dates)), None)
    if not published and (dated := _row_date(Row((item,)), lines, None, order)):
        published, evidence["published"] = dated
    return Entry(
        title=title_text or None,
        url=url,
        body="\n\n".join(_without_dates(tidy(lines, title=title_text), order)),
        published=published,
        updated=next(filter(None, (date_of(tag, order) for tag in updates)), None),
        category=line(category[0]) or None if category else None,
        topics=_labels(topics),
        places=_labels(places),
        byline=line(byline[0]) or None if byline else None,
        attachments=attachments_in(page, [item], url),
        evidence=evidence,
    )


def _labels(tags: Sequence[Tag]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (line(tag).strip(" ,;") for tag in tags))))


def date_of(tag: Tag, order: Order | None) -> str | None:
    """The date that an element shows, else the one in its machine-readable attribute."""
    shown = next((f.value for f in find_dates(line(tag), order) if f.role != "copyright"), None)
    stated = next(
        (
            value
            for holder in (tag, *tag.find_all(["time", "span"], limit=3))
            if isinstance(holder, Tag)
            for name in ("datetime", "content")
            if (value := attribute(holder, name))
        ),
        None,
    )
    machine = machine_date(stated, order) if stated else None
    # What the reader saw counts where both name a day and time zones may part them by one.
    return shown if shown and (not machine or adjacent(shown, machine)) else machine or shown


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
    lengths = [sum(len(line(tag)) for tag in row.tags) for row in rows]
    leads = [any(tag.name == "a" or tag.find("a", href=True) for tag in row.tags) for row in rows]
    worth = sum(
        1 for length, linked in zip(lengths, leads, strict=True) if linked or length >= _LONG_TEXT
    )
    weight = sum(
        max(length, _ROW_WEIGHT if linked else 0)
        for length, linked in zip(lengths, leads, strict=True)
    )
    allowed = _LITTLE_TEXT if page.is_dated_article else max(_ARTICLE_TEXT, weight)
    return worth >= len(rows) * 0.6 and _text_outside(page, rows) < allowed


def _text_outside(page: Markup, rows: Sequence[Row]) -> int:
    """Characters of running text that stand in none of the rows."""
    inside = {id(tag) for row in rows for tag in row.tags}
    outside = 0
    for paragraph in page.body.find_all(["p", "blockquote"]):
        if not isinstance(paragraph, Tag) or id(paragraph) in inside:
            continue
        if any(id(parent) in inside or is_furniture(parent) for parent in paragraph.parents):
            continue
        length = len(line(paragraph))
        outside += length if length >= _LONG_TEXT else 0
    return outside


def _of_row(page: Markup, row: Row, order: Order | None) -> Entry:
    title, link = None, None
    for tag in row.tags:
        title, link = (title, link) if title else _title_tag(tag)
    link = link or next(filter(None, (_link_tag(tag, title) for tag in row.tags)), None)
    url = page.absolute(attribute(link, "href")) if link else None
    title_text = line(title) if title else None
    skip = [title] if title else []
    lines = [text for tag in row.tags for text in paragraphs(tag, skip=skip)]
    dated = _row_date(row, lines, title_text, order)
    published, how = dated if dated else (None, "")
    return Entry(
        title=title_text or None,
        url=url,
        body="\n\n".join(_without_dates(tidy(lines, title=title_text), order)),
        published=published,
        attachments=attachments_in(page, row.tags, url),
        evidence={
            "title": f"{title.name} of the row" if title else "",
            "url": "link of the row" if url else "",
            "published": how,
            "body": "rest of the row",
        },
    )


def _row_date(
    row: Row, lines: Sequence[str], title: str | None, order: Order | None
) -> tuple[str, str] | None:
    """The date of a row, from the surest place to the weakest; running text is none."""
    if row.date:
        return row.date, "date above the row"
    for tag in row.tags:
        for time in tag.find_all("time"):
            value = date_of(time, order) if isinstance(time, Tag) else None
            if value:
                return value, "time of the row"
    for text in lines:
        found = date_line(text, order)
        if found and found.role == "published":
            return found.value, "date line of the row"
    for text in (*lines, title or ""):
        for found in find_dates(text, order) if len(text) <= _SHORT_TEXT else ():
            if found.role == "published":
                return found.value, "short line of the row"
    for text in lines:  # "12 May 1997: Prisoners were …"
        for found in find_dates(text[:40], order):
            if found.role == "published" and found.start <= 3:
                return found.value, "start of the row"
    return None


def _title_tag(row: Tag) -> tuple[Tag | None, Tag | None]:
    """The element that names the row, and its link: a heading, else the longest link's text."""
    heading = row if row.name in _HEADINGS else row.find(_HEADINGS)
    if isinstance(heading, Tag) and line(heading) and date_line(line(heading)) is None:
        return heading, _link_tag(heading, None)
    links = [
        tag
        for tag in row.find_all("a", href=True)
        if isinstance(tag, Tag) and len(line(tag)) >= 4 and not _is_action(line(tag))
    ]
    longest = max(links, key=lambda tag: len(line(tag)), default=None)
    if longest is None or date_line(line(longest)) is not None:
        return None, None
    return longest, longest


def _is_action(text: str) -> bool:
    return is_furniture_line(text) or _ACTION.match(text) is not None


def _link_tag(tag: Tag, title: Tag | None) -> Tag | None:
    """The link that leads to the statement: the title's own, else the first in the element."""
    for holder in filter(None, (title, tag)):
        if holder.name == "a" and holder.get("href"):
            return holder
        if holder.parent is not None and holder.parent.name == "a" and holder is title:
            return holder.parent
        for link in holder.find_all("a", href=True):
            href = attribute(link, "href") if isinstance(link, Tag) else None
            if (
                isinstance(link, Tag)
                and href
                and not href.startswith(("#", "mailto:", "javascript:", "tel:"))
            ):
                return link
    return None


def _without_dates(lines: Sequence[str], order: Order | None) -> list[str]:
    return [text for text in lines if date_line(text, order) is None]


def once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entry twice on a page is one: what its copies say is put together."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        words = first_words(entry.title, entry.body)
        key = ("url", entry.url) if entry.url else ("text", entry.published or "", words)
        found[key] = _together(found[key], entry) if key in found else entry
    return tuple(found.values())


def _together(one: Entry, other: Entry) -> Entry:
    longer, shorter = (one, other) if len(one.body) >= len(other.body) else (other, one)
    return Entry(
        title=one.title or other.title,
        url=one.url,
        body=longer.body,
        published=one.published or other.published,
        updated=one.updated or other.updated,
        category=one.category or other.category,
        topics=tuple(dict.fromkeys(one.topics + other.topics)),
        places=tuple(dict.fromkeys(one.places + other.places)),
        byline=one.byline or other.byline,
        attachments=tuple(dict.fromkeys(one.attachments + other.attachments)),
        notes=tuple(dict.fromkeys(one.notes + other.notes)),
        evidence={**shorter.evidence, **longer.evidence},
    )
