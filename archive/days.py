"""Days whose year, or month and year, a heading above them states.

"3 May" below "News 2016", "12 –" below "May 2016": a list that is sorted by date says once what
holds for all of its rows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from archive.dates import iso, months

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_HEADING = 80


class Day(NamedTuple):
    """A day at the beginning of a text, and where it ends. ``month``: None where it is not said."""

    day: int
    month: int | None
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    name = "|".join(sorted(months(), key=len, reverse=True))
    return re.compile(
        rf"""\s{{0,3}}(?:
          (?P<d1>\d{{1,2}}) (?:st|nd|rd|th|er|\.)? \s{{1,3}} (?:de\s|of\s)? (?P<m1>{name})\b
        | (?P<m2>{name})\b \.? \s{{1,3}} (?P<d2>\d{{1,2}}) (?:st|nd|rd|th)? (?!\d)
        | (?P<d3>\d{{1,2}}) (?:st|nd|rd|th|\.)? (?=\s{{0,3}}(?:[-–—:|/]\s|$))
        )""",
        re.X | re.I,
    )


def day_at_start(text: str) -> Day | None:
    """The day with which a text begins, without a year of its own, or None."""
    match = _pattern().match(text)
    if match is None or _YEAR.match(text[match.end() :].lstrip(" .,")):
        return None
    name = match["m1"] or match["m2"]
    day = int(match["d1"] or match["d2"] or match["d3"])
    return Day(day, months()[name.lower()] if name else None, match.end())


def completed(date: str, text: str) -> str:
    """The date of a heading ("2016-05", "2016") with the day with which a row below it begins."""
    day = day_at_start(text)
    year, _, month = date.partition("-")
    if day is None or len(date) > len("2016-05") or not (month or day.month):
        return date
    if month and day.month and int(month) != day.month:
        return date
    return iso(int(year), int(month) if month else day.month, day.day) or date


def year_of(heading: str) -> str | None:
    """The only year that a heading names, or None."""
    years = _YEAR.findall(heading) if len(heading) <= _LONGEST_HEADING else []
    return years[0] if len(years) == 1 else None
