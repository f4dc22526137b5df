"""How numbers, dates and the parts of a search are said to a reader."""

from __future__ import annotations

from archive.calendar import parse_date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FACET_TITLES = {
    "country": "Country",
    "speaker": "Speaker",
    "topic": "Topic",
    "category": "Category",
    "year": "Year",
}
UNKNOWN_LABELS = {
    "country": "No country found",
    "speaker": "No named speaker",
    "topic": "No topic given",
    "category": "No category given",
    "year": "Undated",
}
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def language(code: str | None) -> str | None:
    """The English name of a language, or its code."""
    return LANGUAGES.get(code.partition("-")[0].lower(), code) if code else None


def number(value: int) -> str:
    """With thousands apart: 1,234."""
    return f"{value:,}"


def counted(value: int, singular: str, plural: str | None = None) -> str:
    """A number and its noun: "1 statement", "1,234 statements"."""
    return f"{number(value)} {singular if value == 1 else plural or singular + 's'}"


def date(published: str | None) -> str:
    """As in "31 July 2017", "July 2017" or "2017"; "Undated" where nothing is known."""
    if not published:
        return "Undated"
    try:
        parse_date(published)
    except ValueError:
        return published
    year, month, day = (*published.split("-"), "", "")[:3]
    named = MONTHS[int(month) - 1] if month else ""
    return " ".join(part for part in (day.lstrip("0"), named, year) if part)


def size(octets: int) -> str:
    """As in "512 bytes", "13 kB" or "2.1 MB"."""
    if octets < 1000:
        return counted(octets, "byte")
    if octets < 1_000_000:
        return f"{octets / 1000:.0f} kB"
    return f"{octets / 1_000_000:.1f} MB"
