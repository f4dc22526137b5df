"""The plain text of a saved page: a listing with dated entries, or one statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.body import tidy
from archive.dates import Order, date_line, infer_order
from archive.document import Attachment
from archive.entries import Entry
from archive.furniture import ends_listing, is_furniture_line
from archive.said_dates import dateline
from archive.titles import SEPARATOR
from archive.words import clean, split_joined

_FILE_LINE = re.compile(r"[^/\\<>|]{1,120}\.(?:pdf|docx?|odt|rtf|xlsx?)", re.I)
_FILE_NOTE = re.compile(
    r"(?:download|view|read|télécharger|descargar)\b.{0,100}\b(?:pdf|document|report)\b.{0,100}",
    re.I,
)
_LONG_LINE = 60
_MENU_LINES = 3
_HEADER_LINES = 3
_TELLING = 0.6  # share of an entry that is running text


@dataclass(frozen=True, slots=True)
class TextPage:
    """What a plain-text page says: its heading and its entries. ``listing``: dated entries."""

    heading: str | None
    entries: tuple[Entry, ...]
    listing: bool


def read_text(text: str, order: Order | None = None) -> TextPage:
    """The statements of a plain-text page.

    Two or more lines that are nothing but a date make it a listing; a single one is the
    date of its only statement.
    """
    order = order or infer_order([text])
    lines = [raw.strip() for raw in text.split("\n")]
    dated = [n for n, raw in enumerate(lines) if raw and date_line(raw, order)]
    entries = [
        _entry(lines[start], lines[start + 1 : end], order)
        for start, end in pairwise([*dated, len(lines)])
    ]
    told = tuple(entry for entry in entries if entry.body)
    if _is_listing(told) and _mostly(lines, dated):
        return TextPage(_heading(lines[: dated[0]]), told, True)
    statement = _statement(lines, order)
    return TextPage(
        statement.title if statement else None, (statement,) if statement else (), False
    )


def _is_listing(entries: Sequence[Entry]) -> bool:
    """Two dates with running text below them; or three with a line each and no text at all.

    Below a date in a page's side column stand mostly short lines: its menus.
    """
    shares = [
        sum(len(text) for text in entry.body.split("\n\n") if len(text) >= _LONG_LINE)
        / len(entry.body)
        for entry in entries
    ]
    telling = sum(1 for share in shares if share >= _TELLING)
    return max(2, len(entries) / 2) <= telling or (not any(shares) and len(entries) >= 3)


def _mostly(lines: Sequence[str], dated: Sequence[int]) -> bool:
    """Whether the running text stands under the dates rather than before them."""
    before = sum(len(raw) for raw in lines[: dated[0]] if len(raw) >= _LONG_LINE)
    under = sum(len(raw) for raw in lines[dated[0] :] if len(raw) >= _LONG_LINE)
    return under > before


def _heading(lines: Sequence[str]) -> str | None:
    """The last line before the first entry that is not a menu's: the listing's own heading."""
    spoken = [clean(raw) for raw in lines if raw and not is_furniture_line(clean(raw))]
    return spoken[-1] if spoken and len(spoken[-1]) <= 120 else None


def _entry(date: str, lines: Sequence[str], order: Order | None) -> Entry:
    found = date_line(date, order)
    told: list[str] = []
    for raw in lines:
        if ends_listing(clean(raw)):
            break
        told.extend(split_joined(raw))
    told = _without_menu(told)
    files = tuple(Attachment(text, None) for text in told if _FILE_LINE.fullmatch(text))
    notes = tuple(text for text in told if _FILE_NOTE.fullmatch(text))
    body = [text for text in tidy(told) if not _FILE_LINE.fullmatch(text) and text not in notes]
    return Entry(
        body="\n\n".join(body),
        published=found.value if found else None,
        attachments=files,
        notes=notes,
        evidence={"published": "date line above the text", "body": "text below its date line"},
    )


def _without_menu(lines: list[str]) -> list[str]:
    """The lines without a tail of short ones that end no sentence, as a page's last menu has."""
    end = len(lines)
    while end and len(lines[end - 1]) < _LONG_LINE and lines[end - 1][-1] not in ".!?…”\"’'»:":
        end -= 1
    return lines[:end] if len(lines) - end >= _MENU_LINES and end else lines


def _statement(lines: Sequence[str], order: Order | None) -> Entry | None:
    """One statement: the stretch of long lines, its title above it, its date between."""
    told = [(n, part) for n, raw in enumerate(lines) for part in split_joined(raw)]
    start, end = _stretch([part for _, part in told])
    if start == end:
        return None
    above = [part for _, part in told[:start]]
    dates = [d for d in (date_line(part, order) for part in above) if d and d.role == "published"]
    title = _repeated_title([part for _, part in told[: start + _HEADER_LINES]]) or _title_above(
        above
    )
    body = tidy([part for _, part in told[start:end]], title=title)
    published, how = dates[-1] if dates else None, "date line above the text"
    if not published and body:
        published, how = dateline(body[0]), "dateline of the text"
    return Entry(
        title=title,
        body="\n\n".join(body),
        published=published.value if published else None,
        evidence={
            "title": "line above the text",
            "published": how if published else "",
            "body": "longest stretch of running text",
        },
    )


def _stretch(lines: Sequence[str]) -> tuple[int, int]:
    """The slice with the most running text: long lines count for it, short ones against."""
    best, best_slice, score, start = 0, (0, 0), 0, 0
    for number, text in enumerate(lines):
        gain = len(text) if len(text) >= _LONG_LINE and not is_furniture_line(text) else -_LONG_LINE
        if score <= 0:
            score, start = 0, number
        score += gain
        if score > best:
            best, best_slice = score, (start, number + 1)
    return best_slice


def _repeated_title(lines: Sequence[str]) -> str | None:
    """The line that begins the page's title, in front of the site's name: the heading."""
    named = lines[0] if lines else ""
    for text in lines[1:]:
        rest = named.removeprefix(text)
        if len(text.split()) >= 3 and rest != named and SEPARATOR.match(rest):
            return text
    return None


def _title_above(lines: Sequence[str]) -> str | None:
    """The page's title when it comes again as a heading, else the last line above the text."""
    spoken = [text for text in lines if not is_furniture_line(text) and not date_line(text)]
    if not spoken:
        return None
    for text in reversed(spoken):
        if len(text.split()) >= 3 and spoken[0].startswith(text):
            return text
    return spoken[-1] if 3 <= len(spoken[-1].split()) <= 40 else None
