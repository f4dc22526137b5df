"""The word table ``grammar.toml``, one set of small words per language, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archive.names import PARTICLES

_HERE = Path(__file__).parent
_FALLBACK = "en"
_FORMER = frozenset(["former"])
"""What begins a sentence and yet belongs to the office: "Former President Jane Roe"."""


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The small words of one language. See ``grammar.toml`` for what each set is."""

    verbs: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    sources: frozenset[str]
    """The cues of a source that is named without a verb: "according to"."""
    views: tuple[tuple[str, ...], ...]
    skipped: frozenset[str]
    adverb: str
    pronouns: frozenset[str]
    neuters: frozenset[str]
    reads: frozenset[str]
    relatives: frozenset[str]
    determiners: frozenset[str]
    indefinites: frozenset[str]
    definites: frozenset[str]
    articles: frozenset[str]
    prepositions: frozenset[str]
    complements: frozenset[str]
    within: frozenset[str]
    placing: frozenset[str]
    seats: frozenset[str]
    belongs: frozenset[str]
    recites: frozenset[str]
    others: frozenset[str]
    going_on: frozenset[str]
    before_days: frozenset[str]
    moments: frozenset[str]
    opinions: frozenset[str]
    objects: frozenset[str]
    addresses: frozenset[str]
    quoting: frozenset[str]
    phrasal: tuple[tuple[str, ...], ...]
    negations: frozenset[str]
    denials: tuple[tuple[str, ...], ...]
    denial_begins: frozenset[str]
    """The first words of the denials."""
    clitics: frozenset[str]
    finites: frozenset[str]
    likened: frozenset[str]
    conjunctions: frozenset[str]
    passives: frozenset[str]
    noun_signs: frozenset[str]
    role_ends: frozenset[str]
    heading: tuple[tuple[str, ...], ...]
    starters: frozenset[str]
    subordinators: frozenset[str]
    entitles: frozenset[str]
    utters: frozenset[str]
    following: frozenset[str]
    statements: frozenset[str]
    issues: frozenset[str]
    replies: frozenset[str]
    greetings: frozenset[str]
    authors: frozenset[str]
    past: str
    participle: str
    drops_subject: bool
    dashes: bool
    head_first: bool
    resumes: tuple[tuple[str, ...], ...]
    presents: tuple[tuple[str, ...], ...]
    leads: tuple[tuple[str, ...], ...]
    hedges: tuple[tuple[str, ...], ...]
    infinitive: tuple[str, ...]
    compounds: tuple[tuple[str, ...], ...]
    fillers: tuple[tuple[str, ...], ...]
    filler_ends: frozenset[str]
    """The last words of the fillers."""
    small: frozenset[str]
    """Words that no noun phrase goes over: prepositions, skipped words and relatives."""
    passed: frozenset[str]
    """What may stand between a subject and its verb: skipped words and relatives."""
    droppable: frozenset[str]
    """What begins a sentence and belongs to no office."""
    articled: frozenset[str]
    """The definite and indefinite articles."""
    clauses: frozenset[str]
    """Prepositions that lead to a clause of their own."""
    stray: frozenset[str]
    """Prepositions and verbs that stand in no office."""
    between: frozenset[str]
    """Prepositions that stand within no name."""
    verbal: tuple[str, ...]
    """The endings of verbs in the past and of participles."""


_PHRASES = frozenset(
    [
        "according",
        "views",
        "resumes",
        "presents",
        "leads",
        "heading",
        "hedges",
        "compounds",
        "phrasal",
        "fillers",
        "denials",
    ]
)
_SINGLE = frozenset(
    [
        "stems",
        "endings",
        "infinitive",
        "past",
        "participle",
        "adverb",
        "drops_subject",
        "dashes",
        "head_first",
    ]
)
"""The keys of the table that hold phrases, and those that hold one value; the others are sets."""


@cache
def grammar(language: str | None) -> Grammar:
    """The grammar of a language; English where there is no table for it."""
    tables = _read("grammar.toml")
    table = tables.get((language or _FALLBACK)[:2], tables[_FALLBACK])
    phrases = {key: _phrases(table[key]) for key in _PHRASES}
    sets = {key: frozenset(_words(table[key])) for key in table.keys() - _SINGLE - _PHRASES}
    endings = _words(table.get("endings", ""))
    regular = {stem + ending for stem in _words(table.get("stems", "")) for ending in endings}
    values: dict[str, Any] = {**sets, **phrases, "verbs": sets["verbs"] | regular}
    prepositions, relatives = sets["prepositions"], sets["relatives"]
    return Grammar(
        **values,
        infinitive=tuple(_words(table["infinitive"])),
        sources=frozenset(map(" ".join, phrases["according"])),
        past=table["past"],
        adverb=table["adverb"],
        participle=table["participle"],
        drops_subject=table["drops_subject"],
        dashes=table["dashes"],
        head_first=table["head_first"],
        denial_begins=frozenset(phrase[0] for phrase in phrases["denials"]),
        filler_ends=frozenset(phrase[-1] for phrase in phrases["fillers"]),
        small=(prepositions | sets["skipped"] | relatives) - sets["determiners"],
        passed=sets["skipped"] | relatives,
        droppable=sets["starters"] - sets["determiners"] - _FORMER,
        articled=sets["definites"] | sets["indefinites"],
        clauses=prepositions - sets["conjunctions"] - relatives,
        stray=(prepositions | values["verbs"]) - sets["complements"] - sets["conjunctions"],
        between=prepositions - PARTICLES,
        verbal=tuple(filter(None, (table["past"], table["participle"]))),
    )


def _phrases(values: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(value.split()) for value in values)


def _words(value: str | list[str]) -> list[str]:
    return (value if isinstance(value, str) else " ".join(value)).split()


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
