"""Dates as people and machines write them on pages -> ISO 8601, never guessed.

"2017-07-31", "2017-07" or "2017": as much as is certain. "03/04/2017" is the third of
April or the fourth of March: without knowing the site's order only the year is certain. In French
and Spanish and most other languages the day comes first; in English either may.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Order = Literal["dmy", "mdy"]
Role = Literal["published", "updated", "copyright"]

_EARLIEST, _LATEST = 1900, 2100


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: its ISO form, where it stands, and what the words before it make it."""

    value: str
    start: int
    end: int
    role: Role = "published"


@cache
def months() -> dict[str, int]:
    """Month name or abbreviation in lower case -> number, for all languages."""
    table = tomllib.loads(files("archive").joinpath("months.toml").read_text("utf-8"))
    return {
        name: int(number)
        for language in table.values()
        for number, names in language.items()
        for name in names
    }


@cache
def _pattern() -> re.Pattern[str]:
    name = "|".join(sorted(months(), key=len, reverse=True))
    of = r"(?:(?:de|del|of|di|do)\s{1,3})?"
    space, comma = r"\s{0,3}[-\s]\s{0,3}", r"\s{0,3}[-\s,]\s{0,3}"
    return re.compile(
        rf"""(?<![\w./-])(?:
          (?P<y1>\d{{4}}) (?P<s1>[-/.]) (?P<m1>\d{{1,2}}) (?P=s1) (?P<d1>\d{{1,2}})
            (?=T|\b) (?![-/.]\d)
        | (?P<d2>\d{{1,2}}) (?:st|nd|rd|th|er|ro|\.?[º°ª]|\.)? {space} {of}
            (?P<m2>{name})\b \.?,? {comma} {of} (?P<y2>\d{{4}}|(?<=-)\d\d) (?!\d)
        | (?P<m3>{name})\b \.? \s{{1,3}} (?P<d3>\d{{1,2}}) (?:st|nd|rd|th)? {comma}
            (?P<y3>\d{{4}}) (?!\d)
        | (?P<a4>\d{{1,2}}) (?P<s4>[-/.]) (?P<b4>\d{{1,2}}) (?P=s4)
            (?P<y4>\d{{4}}|(?<=[/.])\d\d) (?![-/.\d])
        | (?P<m5>{name})\b \.?,? \s{{1,3}} {of} (?P<y5>\d{{4}}) (?!\d)
        )""",
        re.X | re.I,
    )


UPDATED = re.compile(
    r"\b(?:updated?|last\s+(?:modified|changed|reviewed|edited|revision)|modified|revised|reviewed|"
    r"mise?\s+à\s+jour|modifiée?|actualisée?|actualizad[oa]|modificad[oa]|"
    r"actualizaci[oó]n|modificaci[oó]n|modification|aktualisierung|änderung|aggiornamento|"
    r"aktualisiert|geändert|stand|aggiornat[oa]|atualizad[oa])\b",
    re.I,
)
"""Words that make a date that of a change."""
_STEMS_OF_UPDATED = (
    "updat", "modif", "chang", "review", "edit", "revis", "jour", "actuali", "aktuali", "änder",
    "stand", "aggiorn", "atual",
)  # fmt: skip
_UPDATED = re.compile(UPDATED.pattern + r"[^.]{0,25}$", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b|\ball rights reserved\b)[^.]{0,30}$", re.I)
_FIRST_DAY = re.compile(
    r"(?<![\w./:-])(?:\d{1,2}(?:st|nd|rd|th|er|\.)?(?:[-–—]|\s(?:to|au|al|bis)\s)"
    r"|(?:\A|\b(?:from|du|del|vom|von)\s)\d{1,2}\s?[–—-]\s?)\Z",
    re.I,
)
"""Another day before a day: "3–5 May", "3 to 5 May". Days of an event: only the month is one.

With spaces around the dash "Release 3 – 5 May" would look the same.
"""
_LOOK_BACK = 60
_DIGITS = re.compile(r"\d\d")


def tells_update(text: str) -> bool:
    """Whether one of the words is in a text; of most lines their stems are quick to tell."""
    folded = text.casefold()
    return any(map(folded.__contains__, _STEMS_OF_UPDATED)) and UPDATED.search(text) is not None


def find_dates(text: str, order: Order | None = None) -> Iterator[DateMatch]:
    """Every date in a text, from left to right."""
    if not _DIGITS.search(text):  # most lines have none, and the pattern takes a while to say so
        return
    told = 0  # where the words about the next date begin
    for match in _pattern().finditer(text):
        value = _value(match, order)
        if value:
            before = text[max(told, match.start() - _LOOK_BACK) : match.start()]
            told = match.end()
            if match["d2"] and _FIRST_DAY.search(before):
                value = value[: len("2017-07")]
            yield DateMatch(value, match.start(), match.end(), _role(before))


def _role(before: str) -> Role:
    if _COPYRIGHT.search(before):
        return "copyright"
    return "updated" if _UPDATED.search(before) else "published"


def _value(match: re.Match[str], order: Order | None) -> str | None:
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    if "y1" in groups:
        return iso(int(groups["y1"]), int(groups["m1"]), int(groups["d1"]))
    if "y2" in groups:
        return iso(_full_year(groups["y2"]), months()[groups["m2"].lower()], int(groups["d2"]))
    if "y3" in groups:
        return iso(int(groups["y3"]), months()[groups["m3"].lower()], int(groups["d3"]))
    if "y5" in groups:
        return iso(int(groups["y5"]), months()[groups["m5"].lower()])
    year = _full_year(groups["y4"])
    first, second = int(groups["a4"]), int(groups["b4"])
    order = "dmy" if groups["s4"] == "." else order
    if order == "mdy" or (order is None and second > 12):
        return iso(year, first, second)
    if order == "dmy" or first > 12 or first == second:
        return iso(year, second, first)
    return iso(year) if len(groups["y4"]) == 4 else None


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO form, or None when there is no such day or the year is out of bounds."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)\d\d(?![-/.\d])")


def infer_order(texts: Iterable[str]) -> Order | None:
    """Day first or month first, as the numeric dates of one page show; None when they do not.

    One "31/07/2017" settles it for its page; two that contradict settle nothing.
    """
    seen: set[Order] = set()
    for text in texts:
        for first, _, second in _NUMERIC.findall(text):
            if int(first) > 12 >= int(second):
                seen.add("dmy")
            elif int(second) > 12 >= int(first):
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else None


_DAY_FIRST = frozenset(
    [
        "ar",
        "ca",
        "da",
        "de",
        "el",
        "es",
        "fi",
        "fr",
        "gl",
        "he",
        "id",
        "it",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "tr",
        "uk",
        "vi",
    ]
)
"""Languages in which no country writes the month of a numeric date first."""


def page_order(texts: Iterable[str], language: str | None) -> Order | None:
    """The order of a page's numeric dates: what they show, else that of its language."""
    shown = infer_order(texts)
    return shown or ("dmy" if language in _DAY_FIRST else None)


_MACHINE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)(?:[T ]?(\d{2}):?(\d{2})(.*))?")

_C_TIME = re.compile(
    r"[A-Za-z]{3} ([A-Za-z]{3}) {1,2}(\d{1,2}) \d\d:\d\d:\d\d (?:\S{1,9} )?(\d{4})$"
)
"""What C's asctime and Java's Date write: "Tue Jan 28 15:28:56 CET 2020"."""


def machine_date(value: str, order: Order | None = None) -> str | None:
    """The calendar date of a machine-readable value ("2014-05-05T00:01:00+01:00").

    It is read as it is written: the local date, not shifted to another time zone.
    """
    match = _MACHINE.match(value.strip())
    if match:
        return iso(int(match[1]), int(match[2]), int(match[3]))
    match = _C_TIME.match(value.strip())
    if match and match[1].lower() in months():
        return iso(int(match[3]), months()[match[1].lower()], int(match[2]))
    if re.fullmatch(r"\d{4}(-\d{2})?", value.strip()):
        year, _, month = value.strip().partition("-")
        return iso(int(year), int(month) if month else None)
    return next((found.value for found in find_dates(value, order)), None)


def is_utc_instant(value: str) -> bool:
    """Whether a machine value is given in UTC, so that its date may not be the local one."""
    return bool(re.search(r"T\d\d:\d\d[\d:.]{0,16}(?:Z|[+-]00:?00)$", value.strip()))


def adjacent(one: str, other: str) -> bool:
    """Whether two full dates are at most a day apart."""
    try:
        return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days) <= 1
    except ValueError:
        return False


_FILLER = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|"
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|"
    r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|"
    r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b|"
    r"\b(?:published|posted|released?|publié(?:e)?|publicado|veröffentlicht|updated?|created|"
    r"date|issued|dated|last|modified|on|at|le|el|am|vom|den|the|gmt|utc|hrs?|uhr|[ap]\.?m\.?|"
    r"mise?\s+à\s+jour|modifiée?|actualisée?|actualizad[oa]|modificad[oa]|aktualisiert|submitted|"
    r"stand|zuletzt|à|às|um|a\s+las?|(?:[bc]|ce|e|ed|p|pd|is)s?t|"
    r"(?:dernière|última|letzte)\s+\w{6,16}|communiqué(?:\s+de\s+presse)?(?:\s+du)?|"
    r"comunicado(?:\s+de\s+prensa)?(?:\s+del?)?|"
    r"for (?:immediate )?release|embargoed? until)\b|"
    r"\d{1,2}[:h.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|\b\d{4}\s?(?=gmt|hrs?|utc)|[\W_]",
    re.I,
)


def dates_of_line(text: str, order: Order | None = None) -> tuple[DateMatch, ...]:
    """The dates of a line that says nothing else ("Released 0600 GMT, 5 May 2014")."""
    return _dates_of_short(text, order) if len(text) <= 90 else ()


@lru_cache(maxsize=8192)  # what stands in a row is asked for several times
def _dates_of_short(text: str, order: Order | None) -> tuple[DateMatch, ...]:
    dates = [found for found in find_dates(text, order) if found.role != "copyright"]
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    if _FILLER.sub("", rest):
        return ()
    return (with_word_behind(text, dates[0]),) if len(dates) == 1 else tuple(dates)


def date_line(text: str, order: Order | None = None) -> DateMatch | None:
    """The date of a line that says nothing else, or None.

    Of several the one of publication: "Updated 7 May 2014. Published 5 May 2014".
    """
    dates = dates_of_line(text, order)
    first = dates[0] if dates else None
    return next((found for found in dates if found.role == "published"), first)


_UPDATED_BEHIND = re.compile(r"\W{0,5}updated\b", re.I)


def with_word_behind(text: str, found: DateMatch) -> DateMatch:
    """The date, as that of an update if that word stands behind it ("5 May – Updated 0203 GMT")."""
    return replace(found, role="updated") if _UPDATED_BEHIND.match(text, found.end) else found
