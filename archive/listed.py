"""Which country a listing page is the listing of, as its heading or address says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from archive.country_codes import country_code

_IN_QUOTES = re.compile(
    r"\b(?:results?|résultats?|resultados?|ergebnisse?)\b[^'\"‘“«]{0,20}"
    r"['\"‘“«]\s?([^'\"’”»]{2,60})\s?['\"’”»]",
    re.I,
)
_INTRODUCED = re.compile(
    r"^(?:news|latest|statements?|press releases?|documents|archive|reports?|stories|all)\W{0,3}"
    r"(?:(?:news|statements?|press releases?|reports?)\s)?"
    r"(?:from|on|in|about|for|by|tagged|country)?\W{0,3}\s(.{2,60})$",
    re.I,
)
_TRAIL = re.compile(r"\s[|–—-]\s|\s?[|:»›]\s?")
_PLACE_SEGMENT = re.compile(
    r"(?:countr(?:y|ies)|locations?|pays|pais|paises|laender|regions?)", re.I
)


def listed_countries(headings: Iterable[str | None], url: str | None) -> tuple[str, ...]:
    """The codes of the countries that a listing's heading names, else its address; often none."""
    for heading in filter(None, headings):
        code = _in_heading(heading)
        if code:
            return (code,)
    code = _in_address(url)
    return (code,) if code else ()


def _in_heading(heading: str) -> str | None:
    quoted = _IN_QUOTES.search(heading)
    introduced = _INTRODUCED.match(heading)
    candidates = [heading]
    candidates += [quoted[1]] if quoted else []
    candidates += [introduced[1]] if introduced else []
    candidates += _TRAIL.split(heading)
    return next(filter(None, (country_code(c.strip()) for c in candidates if c.strip())), None)


def _in_address(url: str | None) -> str | None:
    """The last country below a segment such as ``/countries/`` or ``/location/``."""
    if not url:
        return None
    segments = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    for number, segment in enumerate(segments):
        if _PLACE_SEGMENT.fullmatch(segment):
            below = (
                country_code(part.replace("-", " ")) for part in reversed(segments[number + 1 :])
            )
            return next(filter(None, below), None)
    return None
