"""Which countries a text is about, which it merely names, and what they are called."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from archive.country_codes import country_code, country_name
from archive.document import Country
from archive.gazetteer import Mention, Sort, mentions

# Salience: how much a text is about a country, by how it is named there. Fitted to every other
# of the newspaper stories with given places, and rounded; a country is primary from _PRIMARY on.
_IN_TITLE: Mapping[Sort, float] = {
    "name": 2.2, "demonym": 2.0, "place": 0.75, "share": 2.6, "money": 0.3,
}  # fmt: skip
_IN_TEXT: Mapping[Sort, float] = {
    "name": 0.8, "demonym": 0.8, "place": 0.35, "share": 1.6, "money": 0.8,
}  # fmt: skip
"""For one mention of the sort; for three twice as much, for seven three times."""
_EARLY = 1.1
"""For a first mention at the very beginning, falling to nothing at the end."""
_MOST_NAMED = 0.65
_ALONE = 2.5
"""For the only country that a title, or a very short text, names."""
_SHORT = 1500
"""Characters, in which what a text names alone loses two thirds of its weight."""
_PRIMARY = 2.35
_FOREMOST, _BESIDE = 1.8, 0.3
"""Where no country reaches that, the foremost is primary from here on, with its equals."""

_NAMED: tuple[Sort, ...] = ("name", "demonym", "place")
_OTHERS: tuple[Sort, ...] = ("place", "share", "money")

_INTRODUCTION = re.compile(r"\s*[^\n]{0,800}:[ \t]*(?=\n|\Z)")
"""A first paragraph that leads to the words of a speech: "The minister's speech, in Rome:"."""
_BEFORE_VENUE = re.compile(r"\b(?:in|at|à|en)\s+\Z")
_BEHIND_VENUE = re.compile(r",?\s*(?::|(?:today|yesterday|this|on|le|el)\b|\d)", re.IGNORECASE)


@dataclass(slots=True)
class _Tally:
    """What speaks for one country. ``first`` is the part of the text before its first mention."""

    title: set[Sort] = field(default_factory=set)
    body: Counter[Sort] = field(default_factory=Counter)
    first: float = 1.0
    evidence: str = ""

    @property
    def weight(self) -> int:
        """Mentions by name or place, one in the title counted double."""
        named = sum(count for sort, count in self.body.items() if sort in _NAMED)
        return named + 2 * any(sort in _NAMED for sort in self.title)

    def salience(self, top: int, alone: float) -> float:
        """The country's salience where the most named country weighs ``top``.

        ``alone`` is what it is worth that the text names no other; 0 where it does.
        """
        if not (self.title or self.body):
            return 0.0
        score = sum(_IN_TITLE[sort] for sort in self.title)
        named = self.body["name"] + self.body["demonym"]
        score += _IN_TEXT["name"] * math.log2(1 + named)
        score += sum(_IN_TEXT[sort] * math.log2(1 + self.body[sort]) for sort in _OTHERS)
        score += _EARLY * (1 - self.first) + _MOST_NAMED * self.weight / top
        return score + (_ALONE if alone and self.title else alone)


def find_countries(
    title: str,
    body: str,
    *,
    listed: Sequence[str] = (),
    language: str | None = None,
    people: Collection[str] = (),
) -> tuple[Country, ...]:
    """The countries of a statement: primary ones by salience, then mentioned, then listed.

    ``listed`` are names or codes of the countries under whose listing the statement stands,
    ``people`` the full names of persons whom it quotes: "Chad Roe".
    """
    named = mentions(title, language, body, people)
    tallies = _tally(named, mentions(body, language, people=people), body)
    top = max([1, *(tally.weight for tally in tallies.values())])
    counted = sum(bool(tally.title or tally.body) for tally in tallies.values())
    alone = _ALONE * math.exp(-len(body) / _SHORT) if counted == 1 else 0.0
    saliences = {code: tally.salience(top, alone) for code, tally in tallies.items()}
    ranked = sorted(tallies.items(), key=lambda item: -saliences[item[0]])
    enough = _enough(max(saliences.values(), default=0.0))
    found = [
        Country(
            code,
            country_name(code),
            "primary" if saliences[code] >= enough else "mentioned",
            tally.evidence,
        )
        for code, tally in ranked
    ]
    codes = dict.fromkeys(filter(None, map(country_code, listed)))
    return (*found, *(Country(code, country_name(code), "listed", "listing") for code in codes))


def _enough(foremost: float) -> float:
    """The salience from which a country is primary, by that of the foremost one."""
    return foremost - _BESIDE if _FOREMOST <= foremost < _PRIMARY else _PRIMARY


def _tally(title: Sequence[Mention], found: Sequence[Mention], body: str) -> dict[str, _Tally]:
    introduction = _INTRODUCTION.match(body)
    introduced = introduction.end() if introduction else 0
    tallies: dict[str, _Tally] = {}
    for mention in title:
        tally = tallies.setdefault(mention.code, _Tally())
        tally.title.add(mention.sort)
        tally.evidence = f"“{mention.text}” in the title"
    for mention in found:
        tally = tallies.setdefault(mention.code, _Tally())
        tally.evidence = tally.evidence or f"“{mention.text}” in the text"
        if mention.start < introduced and _is_venue(mention, body):
            continue
        tally.body[mention.sort] += 1
        if mention.sort in _NAMED:
            tally.first = min(tally.first, mention.start / len(body))
    return tallies


def _is_venue(mention: Mention, body: str) -> bool:
    """Whether the city is only where the speech was held: "his remarks, in Rome today:"."""
    if mention.sort != "place":
        return False
    before = _BEFORE_VENUE.search(body, max(0, mention.start - 10), mention.start)
    return bool(before and _BEHIND_VENUE.match(body, mention.start + len(mention.text)))
