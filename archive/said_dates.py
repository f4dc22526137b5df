"""What a single line says of dates: of publishing, at one of its ends, as the only one in it.

Where the line stands on its page is asked elsewhere.
"""

from __future__ import annotations

import re

from archive.dates import DateMatch, Order, date_line, find_dates, with_word_behind
from archive.names import UPPER

FULL = len("2017-07-31")
"""Characters of a date that is known to the day."""
PARAGRAPH = 90
"""Characters from which on a text is no line but a paragraph."""
LONGEST_LINE = 120
"""Characters of a line with words around its date."""
HAS_DIGITS = re.compile(r"\d{2}")
"""What every line with a date has: much quicker to ask."""

_PLACE = re.compile(r"\W{0,3}[^\W\da-z][^\da-z]{2,50}(?:\([A-Za-z .]{2,30}\))?[\s,(–—-]{1,4}")
_CITY = re.compile(
    rf"\W{{0,2}}(?!(?:In|On|At|By|From|Since|Until|After|Before|During|The|En|Le|La|Les|El|Am|Im)\s)"
    rf"(?:[{UPPER}][\w.’'-]{{1,20}}(?:[,/]\s?|\s[–—-]\s|\s)|(?:de|del|la|al|of|sur|and|et|y)\s){{1,8}}"
    r"\(?(?:le|el|on|den)?\s?"
)
"""A place that is not in capitals: "Port Moresby, Papua New Guinea, ", "Paris, le "."""
_DASH = re.compile(r"(?:\s?\([^()]{2,40}\)|\))?\.?\s?(?:[-–—]|:\s)")
_IN_BRACKETS = re.compile(r"\)\s")
_SAYS = re.compile(
    r"\W{0,3}(?:(?:first|originally|article|story|news|this|was|wurde|am|by|von|par|por)\W{1,3}){0,3}"
    r"(?:published|posted|released|issued|submitted|written|"
    r"veröffentlicht|erschienen|eingestellt|erstellt|geschrieben|"
    r"publiée?|postée?|paru|mise? en ligne|publicad[oa]|pubblicat[oa])\b",
    re.I,
)
_NEXT_PART = re.compile(r"\s*[,|·•>/–—-]|\s+(?:at|um|à|by|von|par|por)\b", re.I)
_TELLS_ON = re.compile(
    r"\s+(?!(?:a|am|and|at|by|dans|date|den|el|en|et|first|here|im|in|last|le|local|mit|on|online|par|"
    r"por|since|the|time|today|uhr|um|und|under|unter|updated|via|von|with|y|à)\b)[^\W\d_A-Z]"
)
"""What a line about publishing goes on with behind no word of its own and behind no date.

"Released from prison on 7 May", "Released on 7 May from prison".
"""
_BAR = re.compile(r"\s[|·•]\s")
_OPEN_END = re.compile(r"(?:[,|·•]|\b(?:am|on|le|el))\s*$", re.I)


def dateline(text: str) -> DateMatch | None:
    """The date of "GENEVA, 7 May 2014 – …" or "(Geneva, 7 May 2014) …" at its start."""
    for match in find_dates(text[:PARAGRAPH]):
        place, rest = text[: match.start], text[match.end :]
        placed = not place or _PLACE.fullmatch(place) or _CITY.fullmatch(place)
        if placed and (_DASH.match(rest) or (place[:1] == "(" and _IN_BRACKETS.match(rest))):
            return match
    return None


def said_published(text: str, order: Order | None) -> DateMatch | None:
    """The date of a line that begins with a word for publishing: "Posted by Ann on 3 May 2012"."""
    if len(text) > PARAGRAPH or not HAS_DIGITS.search(text):
        return None
    dates = list(find_dates(text, order)) if _SAYS.match(text) else []
    if len(dates) != 1 or dates[0].role != "published":
        return None
    return None if _is_of_another_thing(text, dates[0]) else dates[0]


def _is_of_another_thing(text: str, found: DateMatch) -> bool:
    """Whether the line is about what was released, and not about its page."""
    word = _SAYS.match(text)
    return word is not None and any(
        _TELLS_ON.match(text, end) is not None for end in (word.end(), found.end)
    )


def only_date(text: str, order: Order | None) -> DateMatch | None:
    """The date of a short text with one date in it ("Submitted by admin on 3 May 2012").

    One that says when the page was changed may stand beside it.
    """
    if len(text) > LONGEST_LINE:
        return None
    dates = list(find_dates(text, order))
    published = [found for found in dates if found.role != "updated"]
    only = published if len(published) == 1 else dates
    return only[0] if len(only) == 1 and only[0].role != "copyright" else None


def between_bars(text: str, order: Order | None) -> DateMatch | None:
    """The only date of a short line of parts: "Press release 17 | 3 May 2012 | Rivers"."""
    if len(text) > PARAGRAPH or not HAS_DIGITS.search(text):
        return None
    parts = _BAR.split(text)
    dates = [match for part in parts if (match := date_line(part, order))]
    return dates[0] if len(parts) > 1 and len(dates) == 1 else None


def at_an_end(text: str, order: Order | None) -> DateMatch | None:
    """The only date of a short line, with which it begins or ends: "3 May 2012, by Ann"."""
    if len(text) > PARAGRAPH or not HAS_DIGITS.search(text) or text.endswith((".", "!", "?")):
        return None
    dates = list(find_dates(text, order))
    if len(dates) != 1 or dates[0].role == "copyright" or len(dates[0].value) < FULL:
        return None
    if _is_of_another_thing(text, dates[0]):
        return None
    before, after = text[: dates[0].start], text[dates[0].end :]
    begins = date_line(text[: dates[0].end], order) is not None and _NEXT_PART.match(after)
    ends = not after.strip() and _OPEN_END.search(before)
    if not (begins or ends):
        return None
    return with_word_behind(text, dates[0])
