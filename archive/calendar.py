"""Calendar dates as published: a day, a month or a year, never a moment in a time zone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_WEB_BEGAN = dt.date(1991, 1, 1)
"""No page was captured before: such a time is that of a file whose time was never set."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """The days that a date, month or year covers, both ends included."""

    first: dt.date
    last: dt.date

    def overlaps(self, low: dt.date | None, high: dt.date | None) -> bool:
        """Whether any of the days lies within the bounds (both included, None = open)."""
        return (high is None or self.first <= high) and (low is None or self.last >= low)


def parse_date(text: str) -> DateSpan:
    """The days covered by "2017", "2017-07" or "2017-07-31".

    Raises ValueError with a sentence for a person when it is none of these.
    """
    match = _ISO.fullmatch(text.strip())
    problem = f"“{text}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, as in 2017-07-31"
    if match is None:
        raise ValueError(problem)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101 (the first group is not optional)
    try:
        if month is None:
            return DateSpan(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            after = (
                dt.date(year + month // 12, month % 12 + 1, 1)
                if (year, month) != (9999, 12)
                else None
            )
            last = after - dt.timedelta(days=1) if after else dt.date.max
            return DateSpan(dt.date(year, month, 1), last)
        only = dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(problem) from error
    return DateSpan(only, only)


def is_yet_to_come(date: str, captured_at: str | None) -> bool:
    """Whether a date, as of :func:`parse_date`, lies wholly after the instant of a capture.

    A day is allowed for, because the date is local and the instant (ISO 8601) is not. Where it is
    None, none at all or before there was a web, nothing is known to come after it.
    """
    try:
        captured = dt.date.fromisoformat((captured_at or "")[: len("2017-07-31")])
    except ValueError:
        return False
    if captured < _WEB_BEGAN:
        return False
    return parse_date(date).first - captured > dt.timedelta(days=1)
