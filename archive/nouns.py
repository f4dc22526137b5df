"""Titles, offices, bodies and documents: what the nouns beside a name tell about a source.

The table is ``nouns.toml``; its sets serve all languages at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PREFIX = re.compile(r"^(?:co|vice|ex|deputy)-")
"""Of a noun that the tables hold without it."""
_JOINED = ("ex", "co")
"""The same without a hyphen: "exministra", "coprésidente"."""
_SPEAKING = ("people", "documents", "bodies", "spokespersons")
_PLURAL = re.compile(r"s(?=\.?$)")


@dataclass(frozen=True, slots=True, eq=False)
class Nouns:
    """The sets of ``nouns.toml``, which says what each is."""

    titles: frozenset[str]
    honorifics: frozenset[str]
    honorifics_male: frozenset[str]
    honorifics_female: frozenset[str]
    kin_male: frozenset[str]
    kin_female: frozenset[str]
    names_male: frozenset[str]
    names_female: frozenset[str]
    organisations: frozenset[str]
    organisations_first: frozenset[str]
    spokespersons: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]
    people: frozenset[str]
    of_places: frozenset[str]
    ministers: frozenset[str]
    times: frozenset[str]
    regions: frozenset[str]
    grounds: frozenset[str]
    departments: frozenset[str]
    institutions: frozenset[str]
    makers: frozenset[str]
    seated: frozenset[str]
    towns: frozenset[str]
    headings: frozenset[str]
    of_bodies: frozenset[str]
    of_offices: frozenset[str]
    of: frozenset[str]
    of_english: frozenset[str]
    of_seats: frozenset[str]
    ones: frozenset[str]
    numbered: frozenset[str]
    organs: frozenset[str]
    units: frozenset[str]
    chiefs: frozenset[str]
    selves: frozenset[str]
    associations: frozenset[str]
    causes: frozenset[str]
    small: frozenset[str]
    parties: frozenset[str]
    portfolios: frozenset[str]
    same_offices: Mapping[str, str]
    credentials: frozenset[str]
    works: frozenset[str]
    placards: frozenset[str]
    verses: frozenset[str]
    resuming: frozenset[str]
    successors: frozenset[str]
    panels: frozenset[str]
    joins: frozenset[str]
    lesser: frozenset[str]
    suffixes: frozenset[str]
    speaking: frozenset[str]
    """The people, documents, bodies and spokespersons: all that speaks."""

    def knows(self, word: str) -> bool:
        """Whether the noun, in the singular or plural, is one that speaks."""
        return not self.speaking.isdisjoint(_forms(word))

    def is_person(self, word: str) -> bool:
        """Whether the noun is one of a person: "director", "co-founder", "médecin-chef"."""
        if not self.people.isdisjoint(_forms(word)):
            return True
        first, _, second = word.partition("-") if "-" in word else ("", "", "")
        return first in self.people and second in self.people

    def names_role(self, text: str) -> bool:
        """Whether one of the words is a title, or a noun of a person."""
        return any(
            self.is_title(word) or self.is_person(word.casefold().strip(","))
            for word in text.split()
        )

    def is_first_name(self, word: str) -> bool:
        """Whether the word is a first name of the tables."""
        return word.casefold() in self.names_male or word.casefold() in self.names_female

    def is_title(self, word: str) -> bool:
        """Whether the word is a title or an honorific before a name."""
        low = word.casefold().rstrip(",")
        if low in self.titles:
            return True
        if "-" in low:
            parts = _PREFIX.sub("", low).split("-")
            if all(part in self.titles for part in parts):  # Secretary-Treasurer
                return True
        return self.is_honorific(word) or self.singular(word) != word

    def singular(self, title: str) -> str:
        """The singular of a title before several names: "Senators", "Sens."."""
        if "s" not in title[-2:]:
            return title
        one = _PLURAL.sub("", title)
        return one if one.casefold() in self.titles else title

    def office_words(self, text: str) -> frozenset[str]:
        """The words of what stands beside a name, short forms of an office also in full."""
        words = {word.strip(",.’'()").casefold() for word in text.split()}
        return frozenset(words | {self.same_offices.get(word, word) for word in words})

    def is_honorific(self, word: str) -> bool:
        """Whether the word is one that says nothing of an office: "Mr", "Daw", "Dato’"."""
        return word.casefold().rstrip(",").replace("’", "'") in self.honorifics


def _forms(word: str) -> tuple[str, ...]:
    """The word and what it is without "vice-", "ex" or "co", each also in the singular."""
    if "-" in word:
        word = _PREFIX.sub("", word)
    if word.startswith(_JOINED):
        return (*_singulars(word), *_singulars(word[2:]))
    return _singulars(word) if word.endswith("s") else (word,)


def _singulars(word: str) -> tuple[str, ...]:
    if not word.endswith("s"):
        return (word,)
    return (word, word.removesuffix("s"), word.removesuffix("es"))


@cache
def nouns() -> Nouns:
    """The nouns, honorifics of either gender included in ``honorifics``."""
    source = Path(__file__).with_name("nouns.toml").read_text(encoding="utf-8")
    read: dict[str, str] = tomllib.loads(source)
    lines = [line.split() for line in read.pop("same_offices").splitlines()]
    offices = {short: full for full, *shorts in filter(None, lines) for short in shorts}
    table = {name: frozenset(words.split()) for name, words in read.items()}
    table["honorifics"] |= table["honorifics_male"] | table["honorifics_female"]
    table["speaking"] = frozenset().union(*(table[name] for name in _SPEAKING))
    return Nouns(**table, same_offices=offices)
