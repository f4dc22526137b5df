"""Which countries a text is about, which it merely names, and what they are called."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive.accents import without_accents
from archive.document import Country
from archive.gazetteer import Mention, country_names, mentions, names_of

# Salience: how much a text is about a country. Fitted once to newspaper stories with given
# places and rounded; a country is primary from _PRIMARY on.
_IN_TITLE = 1.5
_EARLY = 1.5
"""For a first mention at the very beginning, falling to nothing at the end."""
_INDIRECT = -0.25
"""For a country that only its cities, or only its adjective, stand for."""
_PRIMARY = 2.0

_INTRODUCTION = re.compile(r"\s*[^\n]{0,800}:[ \t]*(?=\n|\Z)")
"""A first paragraph that leads to the words of a speech: "The minister's speech, in Rome:"."""
_BEFORE_VENUE = re.compile(r"\b(?:in|at|à|en)\s+\Z")
_BEHIND_VENUE = re.compile(r",?\s*(?::|(?:today|yesterday|this|on|le|el)\b|\d)", re.IGNORECASE)


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
    tallies = _tally(mentions(title, language), mentions(body, language), body)
    top = max([1, *(tally.weight for tally in tallies.values())])
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


def _tally(title: Sequence[Mention], found: Sequence[Mention], body: str) -> dict[str, _Tally]:
    introduction = _INTRODUCTION.match(body)
    introduced = introduction.end() if introduction else 0
    tallies: dict[str, _Tally] = {}
    for mention in title:
        tally = tallies.setdefault(mention.code, _Tally(first=0.0))
        tally.title += 1
        tally.evidence = f"“{mention.text}” in the title"
    for mention in found:
        tally = tallies.setdefault(mention.code, _Tally())
        tally.evidence = tally.evidence or f"“{mention.text}” in the text"
        if mention.start < introduced and _is_venue(mention, body):
            continue
        tally.first = min(tally.first, mention.start / len(body))
        tally.body += 1
        tally.sorts |= {mention.sort}
    return tallies


def _is_venue(mention: Mention, body: str) -> bool:
    """Whether the city is only where the speech was held: "his remarks, in Rome today:"."""
    if mention.sort != "place":
        return False
    before = _BEFORE_VENUE.search(body, max(0, mention.start - 10), mention.start)
    return bool(before and _BEHIND_VENUE.match(body, mention.start + len(mention.text)))


def country_name(code: str) -> str:
    """The English name of an ISO code, or the code itself when the table has none."""
    return country_names().get(code.upper(), code)


def country_code(name_or_code: str) -> str | None:
    """The ISO code for a name, an alias or a code in any case ("russian federation", "ru")."""
    code, folded = name_or_code.strip().upper(), _fold(name_or_code)
    if code in country_names():
        return code
    return _by_folded_name().get(folded) or _by_folded_alias().get(folded)


@cache
def all_countries() -> tuple[tuple[str, str], ...]:
    """Every (code, English name), by name."""
    return tuple(sorted(country_names().items(), key=lambda pair: _fold(pair[1])))


@cache
def _by_folded_name() -> Mapping[str, str]:
    return {_fold(name): code for code, name in country_names().items()}


@cache
def _by_folded_alias() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for code in country_names():
        for name in names_of(code):
            table.setdefault(_fold(name), code)
    return table


def _fold(text: str) -> str:
    plain = without_accents(text.replace("’", "'").replace("&", "and"))
    return " ".join(plain.split()).casefold().removeprefix("the ")
