"""An entry: one statement as a listing shows it, and how its parts are read from a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, field
from itertools import islice, takewhile

from lxml.html import HtmlElement

from archive.body import tidy
from archive.dates import DateMatch, Order, adjacent, date_line, find_dates, machine_date
from archive.days import completed, day_at_start
from archive.document import Attachment
from archive.errors import PageLimitExceeded
from archive.furniture import is_furniture_line
from archive.identity import first_words
from archive.limits import Limits, to_raise
from archive.lines import HEADINGS, attribute, is_called, line, with_classes
from archive.links import leads, links_in, target
from archive.sections import Row

_SHORT_TEXT = 160
# A link so called leads to the statement but does not name it.
_ACTION = re.compile(
    r"(?:read|download|view|see|share|open|listen|watch|full (?:text|story)|click here|here|link|"
    r"pdf|docx?|html?|video|audio|permalink)\b",
    re.I,
)
# A link that is called by a file's name leads to an attachment.
_FILE_NAME = re.compile(r".{1,120}\.(?:pdf|docx?|odt|rtf|xlsx?)", re.I)
_RECORDING = re.compile(r".{1,120}\.(?:mp[34]|m4a|wav|ogg|mov|avi)", re.I)
# "15-1202", "No. 25", "KP-0423" number a statement; a name has a word in it.
_WORD = re.compile(r"[^\W\d_]{3,}")


def refuse_too_many(entries: Sized, limits: Limits) -> None:
    """Raises PageLimitExceeded where a listing has more entries than one may have."""
    if len(entries) > limits.entries:
        raise PageLimitExceeded(
            f"the listing has {len(entries):,} entries, more than {limits.entries:,}: "
            f"{to_raise('entries')}",
            "too-many-entries",
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement as a page shows it.

    ``link`` is its address as the page writes it, which is no URL where the page has none.
    ``places`` are the site's own location labels; ``notes`` are lines beside the text in
    which references may stand ("Download PDF of UA 80/17").
    """

    title: str | None = None
    url: str | None = None
    body: str = ""
    published: str | None = None
    updated: str | None = None
    category: str | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    byline: str | None = None
    link: str | None = None
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)


def title_of(row: HtmlElement) -> HtmlElement | None:
    """The element that names a row: its heading, its longest link, or bold words at its start."""
    named = list(_named(row))
    leading = next((title for title in named if _is_linked(title, row)), None)
    if leading is not None or named:
        return named[0] if leading is None else leading
    links = [tag for tag in links_in(row) if is_name(line(tag))]
    longest = max(links, key=lambda tag: len(line(tag)), default=None)
    if longest is not None and date_line(line(longest)) is None:
        return longest
    return next((bold for bold in row.iterdescendants("b", "strong") if _opens(bold, row)), None)


def _named(row: HtmlElement) -> Iterator[HtmlElement]:
    """The headings of a row, then the elements that are called titles."""
    for heading in row.iter(*HEADINGS):
        if line(heading) and date_line(line(heading)) is None:
            yield heading
    for tag in with_classes(row):
        if is_called(tag, "title_classes") and (title := title_in(tag)) is not None:
            yield title


def _is_linked(title: HtmlElement, row: HtmlElement) -> bool:
    """Whether a title leads somewhere: it holds a link, is one, or stands in one of the row."""
    return leads(title) or any(map(target, _between(title, row)))


def _between(title: HtmlElement, row: HtmlElement) -> Iterator[HtmlElement]:
    """The elements around a title, inside of the row."""
    return (
        takewhile(lambda tag: tag is not row, title.iterancestors())
        if title is not row
        else iter(())
    )


def _opens(bold: HtmlElement, row: HtmlElement) -> bool:
    """Whether bold words are a title: a few of them, with nothing but a date before them."""
    text = line(bold)
    before = line(row).partition(text)[0].strip()
    is_title = is_name(text) and len(text.split()) >= 3 and date_line(text) is None
    return is_title and (not before or date_line(before) is not None)


def title_in(cell: HtmlElement) -> HtmlElement | None:
    """The element that names a statement in the cell of a table that holds its title."""
    if len(line(cell)) <= _SHORT_TEXT and cell.find(".//a") is None:
        return cell if is_name(line(cell)) else None
    found = title_of(cell)
    short = found is None and len(line(cell)) <= 2 * _SHORT_TEXT and is_name(line(cell))
    return cell if short else found


def is_name(text: str) -> bool:
    """Whether a text may name a statement, rather than number it or say what a link does."""
    if len(text) < 4 or is_furniture_line(text) or not _WORD.search(text):
        return False
    return not any((_ACTION.match(text), _FILE_NAME.fullmatch(text), _RECORDING.fullmatch(text)))


def link_of(row: HtmlElement, title: HtmlElement | None) -> HtmlElement | None:
    """The link that leads to the statement: in or around the title, else the row's first."""
    if title is not None:
        own = next(links_in(title), None)
        if own is None:
            own = next(filter(target, _between(title, row)), None)
        if own is not None:
            return own
    return next((tag for tag in links_in(row) if not _FILE_NAME.fullmatch(line(tag))), None)


def date_of(tag: HtmlElement, order: Order | None) -> str | None:
    """The date that an element shows, else the one in its machine-readable attribute."""
    shown = next((f.value for f in find_dates(line(tag), order) if f.role != "copyright"), None)
    holders = (tag, *islice(tag.iterdescendants("time", "span"), 3))
    stated = next(
        (
            value
            for holder in holders
            for name in ("datetime", "content")
            if (value := attribute(holder, name))
        ),
        None,
    )
    machine = machine_date(stated, order) if stated else None
    # What the reader saw counts where both name a day: time zones may part them by one.
    return shown if shown and (not machine or adjacent(shown, machine)) else machine or shown


def date_of_row(
    row: Row, lines: Sequence[str], title: str | None, order: Order | None
) -> tuple[str, str] | None:
    """The date of a row and where it was: the surest place first; running text is none."""
    if row.date:
        text = next(filter(None, map(line, row.tags)), "")
        return completed(row.date, text), "date above the row"
    for tag in row.tags:
        for time in tag.iterdescendants("time"):
            value = date_of(time, order)
            if value:
                return value, "time of the row"
    for match in filter(None, (date_line(text, order) for text in lines)):
        if match.role == "published":
            return match.value, "date line of the row"
    short = [text for text in (*lines, title or "") if len(text) <= _SHORT_TEXT]
    for match in _published(short, order):
        return match.value, "short line of the row"
    for text in lines:
        for match in _published([text[:40]], order):
            before = text[: match.start].strip()
            # "12 May 1997: The court has freed …", "Posted on: 12 May 1997 The court …"
            if len(before) <= 3 or (before.endswith(":") and len(before.split()) <= 3):
                return match.value, "start of the row"
    return None


def _published(lines: Sequence[str], order: Order | None) -> Iterator[DateMatch]:
    for text in lines:
        yield from (match for match in find_dates(text, order) if match.role == "published")


def body_of(
    lines: Sequence[str],
    title: str | None,
    attachments: Sequence[Attachment],
    order: Order | None,
) -> str:
    """The text of a row without its date, its title again and the names of its files."""
    beside = {title, *(attachment.label for attachment in attachments)}
    return "\n\n".join(
        text.lstrip(",;: ")  # what stood behind the title in its line
        for text in tidy(lines)
        if text not in beside and not _is_beside(text, order)
    )


def _is_beside(text: str, order: Order | None) -> bool:
    """Whether a line of a row is nothing but a date or the name of a recording."""
    return date_line(text, order) is not None or _is_day(text) or bool(_RECORDING.fullmatch(text))


def _is_day(text: str) -> bool:
    """Whether a line is a day and a month without a year and nothing else."""
    day = day_at_start(text)
    return day is not None and day.month is not None and not text[day.end :].strip(" .,:–—-")


def once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entry twice on a page is one: what its copies say is put together."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        key = (
            ("url", entry.url)
            if entry.url
            else (
                "text",
                entry.published or "",
                entry.link or "",
                first_words(entry.title, entry.body),
            )
        )
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
        link=one.link,
        attachments=tuple(dict.fromkeys(one.attachments + other.attachments)),
        notes=tuple(dict.fromkeys(one.notes + other.notes)),
        evidence={**shorter.evidence, **longer.evidence},
    )
