"""How numbers, dates and the parts of a search are said to a reader, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from archive.calendar import parse_date
from index.query import FacetName, Scope
from webui.language import gettext, locale, ngettext

_PATTERNS = {len("2017-07-31"): "d MMMM y", len("2017-07"): "MMMM y", len("2017"): "y"}


def facet_title(facet: FacetName) -> str:
    """What a facet is called."""
    match facet:
        case "country":
            return gettext("Country")
        case "speaker":
            return gettext("Speaker")
        case "topic":
            return gettext("Topic")
        case "category":
            return gettext("Category")


def unknown_label(facet: FacetName) -> str:
    """What the hits without a value of a facet are called."""
    match facet:
        case "country":
            return gettext("No country found")
        case "speaker":
            return gettext("No named speaker")
        case "topic":
            return gettext("No topic given")
        case "category":
            return gettext("No category given")


def country(code: str, name: str) -> str:
    """A country in the reader's language; ``name`` is the one that the archive holds."""
    said = locale()
    return name if said.language == "en" else said.territories.get(code, name)


def language(code: str | None) -> str | None:
    """The name of a language, or its code."""
    if not code:
        return None
    return str(locale().languages.get(code.partition("-")[0].lower(), code))


def number(value: int) -> str:
    """With thousands apart: 1,234."""
    # Most numbers of a page are small, and need no library.
    return str(value) if 0 <= value < 1000 else _number(value, locale())


def share(value: float) -> str:
    """As in "2.5%"."""
    return format_percent(round(value, 3), locale=locale(), decimal_quantization=False)


def statements(count: int) -> str:
    """As in "1 statement", "1,234 statements"."""
    return ngettext("%(count)s statement", "%(count)s statements", count, count=number(count))


def quotations(count: int) -> str:
    """As in "1 quotation", "1,234 quotations"."""
    return ngettext("%(count)s quotation", "%(count)s quotations", count, count=number(count))


def hits(count: int, scope: Scope) -> str:
    """What is found, as it is called in its scope."""
    return quotations(count) if scope == "quotations" else statements(count)


def date(published: str | None) -> str:
    """As in "31 July 2017", "July 2017" or "2017"; "Undated" where nothing is known."""
    return _date(published, locale()) if published else gettext("Undated")


@lru_cache(4_000)
def _number(value: int, said_in: Locale) -> str:
    return format_decimal(value, locale=said_in)


@lru_cache(4_000)
def _date(published: str, said_in: Locale) -> str:
    try:
        first = parse_date(published).first
    except ValueError:
        return published
    return format_date(first, _PATTERNS[len(published.strip())], said_in)


def place(path: str) -> str:
    """Where a page was saved, without the folders of the machine that it was read on."""
    return "/".join(path.split("/")[-2:]) if path.startswith("/") else path


def size(octets: int) -> str:
    """As in "512 bytes", "13 kB" or "2.1 MB"."""
    if octets < 1000:
        return ngettext("%(count)s byte", "%(count)s bytes", octets, count=number(octets))
    if octets < 1_000_000:
        return gettext("%(count)s kB", count=number(round(octets / 1000)))
    millions = format_decimal(octets / 1_000_000, "#,##0.0", locale())
    return gettext("%(count)s MB", count=millions)
