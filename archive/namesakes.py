"""Who may be one person under two names? Proposals for a maintainer; nothing is merged here.

Two names are compared when they end in the same surname, however it is transliterated. What
their given names say is in :data:`RULES`, the surest rule first. Spellings are told apart from
people by what the archive knows beside the names: a weaker rule only counts where both speak
for one organisation or on one site, and never for two who speak in one statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from archive.document import Document
from archive.words import fold

# One letter or sound of another script, written in several ways: Sergei, Sergey, Sergej.
_TRANSLITERATIONS: tuple[tuple[str, str], ...] = (
    (r"shch|sch|tsch|ch", "c"),
    (r"sh|zh", "s"),
    (r"kh|gh|h", "h"),
    (r"ph", "f"),
    (r"ks", "x"),
    (r"tz|ts", "z"),
    (r"ck|q|k", "k"),
    (r"w", "v"),
    (r"ou|oo", "u"),
    (r"[iyj]+(?=[aou])", "i"),
    (r"e?[iyj]+", "i"),
    (r"e(?=[aou])", "i"),
    (r"off\b", "ov"),
    (r"(.)\1", r"\1"),
)


@dataclass(slots=True)
class Person:
    """A name, the statements that quote it, and for whom and where it speaks."""

    name: str
    statements: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``alias`` may be ``name``, which more statements quote. ``reasons``: why, for people."""

    alias: str
    name: str
    alias_statements: int
    name_statements: int
    reasons: tuple[str, ...]


def suggest(documents: Iterable[Document]) -> tuple[Suggestion, ...]:
    """Pairs of names that may be one person, those that concern most statements first."""
    found = []
    for namesakes in _by_surname(people_of(documents)):
        for one, other in combinations(namesakes, 2):
            reasons = _reasons(one, other)
            if reasons:
                found.append(_suggestion(one, other, reasons))
    return tuple(sorted(found, key=lambda s: (-s.alias_statements, s.name, s.alias)))


def people_of(documents: Iterable[Document]) -> tuple[Person, ...]:
    """Everybody who is quoted by name."""
    people: dict[str, Person] = {}
    for document in documents:
        for speaker in document.speakers:
            if speaker.kind != "person" or not speaker.name or not fold(speaker.name):
                continue
            person = people.setdefault(speaker.name, Person(speaker.name))
            person.statements.add(document.id)
            if speaker.organisation:
                person.organisations.add(fold(speaker.organisation))
            if document.site:
                person.sites.add(document.site)
    return tuple(people.values())


def _by_surname(people: Iterable[Person]) -> Iterator[Sequence[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        found[_sounds(fold(person.name).split()[-1])].append(person)
    return iter(found.values())


def _suggestion(one: Person, other: Person, reasons: tuple[str, ...]) -> Suggestion:
    # The more frequent name stays; of two as frequent ones the fuller.
    name, alias = sorted((one, other), key=lambda p: (-len(p.statements), -len(p.name), p.name))
    return Suggestion(alias.name, name.name, len(alias.statements), len(name.statements), reasons)


def _reasons(one: Person, other: Person) -> tuple[str, ...]:
    """Why the two may be one; empty when nothing or too little says so."""
    first, second = fold(one.name).split(), fold(other.name).split()
    rule = next((rule for rule in RULES if rule.holds(first, second)), None)
    if rule is None:
        return ()
    shared = (
        *(["both speak for one organisation"] if one.organisations & other.organisations else ()),
        *(["both speak on one site"] if one.sites & other.sites else ()),
    )
    apart = not one.statements & other.statements
    return (rule.reason, *shared) if rule.alone or (shared and apart) else ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """``alone``: needs nothing beside the names. ``holds`` takes the folded words of both."""

    reason: str
    alone: bool
    holds: Callable[[Sequence[str], Sequence[str]], bool]


def _respelt(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) > 1 and all(map(_same_sound, one, other))


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) > 1 and all(map(_compatible, one[:-1], other[:-1]))


def _more_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """The given names of one are among those of the other, in order."""
    shorter, longer = sorted((one[:-1], other[:-1]), key=len)
    rest = iter(longer)
    return bool(shorter) and all(any(_compatible(name, o) for o in rest) for name in shorter)


def _surname_only(one: Sequence[str], other: Sequence[str]) -> bool:
    return min(len(one), len(other)) == 1 < max(len(one), len(other))


RULES = (
    _Rule("only accents or punctuation differ", True, lambda one, other: one == other),
    _Rule("one name in two transliterations", True, _respelt),
    _Rule("an initial fits the given name", False, _initials),
    _Rule("one has more given names", False, _more_names),
    _Rule("a surname alone", False, _surname_only),
)


def _compatible(one: str, other: str) -> bool:
    """Whether two given names may be one: in another spelling, or as an initial."""
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return _same_sound(one, other)


def _same_sound(one: str, other: str) -> bool:
    return _sounds(one) == _sounds(other)


def _sounds(word: str) -> str:
    for pattern, letter in _TRANSLITERATIONS:
        word = re.sub(pattern, letter, word)
    return word
