"""Which countries a text is about, which it merely names, and what they are called."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive.document import Country
from archive.gazetteer import Mention, countries, mentions, names_of

# Salience: how much a text is about a country. Fitted once to newspaper stories with given
# places and rounded; a country is primary from _PRIMARY on.
_IN_TITLE = 1.5
_EARLY = 1.5
"""For a first mention at the very beginning, falling to nothing at the end."""
_INDIRECT = -0.25
"""For a country that only its cities, or only its adjective, stand for."""
_PRIMARY = 2.0


@dataclass(slots=True)
class _Tally:
    """What speaks for one country. ``first`` is the part of the text before its first mention."""

    title: int = 0
    body: int = 0
    first: float = 1.0
    sorts: frozenset[str] = frozenset()
    evidence: str = ""

    @property
    def weight(self) -> int:
        """Mentions, one in the title counted double."""
        return self.body + 2 * bool(self.title)

    def salience(self, top: int) -> float:
        """The country's salience where the most named country weighs ``top``."""
        score = _IN_TITLE * bool(self.title) + math.log2(1 + self.body) / 2
        score += _EARLY * (1 - self.first) + self.weight / top
        return score + (_INDIRECT if self.sorts in ({"place"}, {"demonym"}) else 0)


def find_countries(
    title: str, body: str, *, listed: Sequence[str] = (), language: str | None = None
) -> tuple[Country, ...]:
    """The countries of a statement: primary ones by salience, then mentioned, then listed.

    ``listed`` are names or codes of the countries under whose listing the statement stands.
    """
    tallies = _tally(mentions(title, language), mentions(body, language), max(len(body), 1))
    top = max((tally.weight for tally in tallies.values()), default=1)
    ranked = sorted(tallies.items(), key=lambda item: -item[1].salience(top))
    found = [
        Country(
            code,
            country_name(code),
            "primary" if tally.salience(top) >= _PRIMARY else "mentioned",
            tally.evidence,
        )
        for code, tally in ranked
    ]
    codes = dict.fromkeys(filter(None, map(country_code, listed)))
    return (*found, *(Country(code, country_name(code), "listed", "listing") for code in codes))


def _tally(title: Sequence[Mention], body: Sequence[Mention], length: int) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for mention in title:
        tally = tallies.setdefault(mention.code, _Tally(first=0.0))
        tally.title += 1
        tally.evidence = f"“{mention.text}” in the title"
    for mention in body:
        tally = tallies.setdefault(mention.code, _Tally(first=mention.start / length))
        tally.body += 1
        tally.sorts |= {mention.sort}
        tally.evidence = tally.evidence or f"“{mention.text}” in the text"
    return tallies


def country_name(code: str) -> str:
    """The English name of an ISO code, or the code itself when the table has none."""
    entry = countries().get(code.upper())
    return str(entry["name"]) if entry else code


def country_code(name_or_code: str) -> str | None:
    """The ISO code for a name, an alias or a code in any case ("russian federation", "ru")."""
    code = name_or_code.strip().upper()
    return code if code in countries() else _by_folded_name().get(_fold(name_or_code))


@cache
def all_countries() -> tuple[tuple[str, str], ...]:
    """Every (code, English name), by name."""
    return tuple(sorted(((c, country_name(c)) for c in countries()), key=lambda p: _fold(p[1])))


@cache
def _by_folded_name() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for code in countries():
        for name in names_of(code):
            table.setdefault(_fold(name), code)
    return table | {_fold(country_name(code)): code for code in countries()}


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("&", "and"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split()).casefold().removeprefix("the ")
