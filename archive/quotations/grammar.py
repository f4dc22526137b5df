"""The word table ``grammar.toml``, one set of small words per language, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of one language. See ``grammar.toml`` for what each set is."""

    verbs: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    skipped: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    determiners: frozenset[str]
    indefinites: frozenset[str]
    prepositions: frozenset[str]
    complements: frozenset[str]
    objects: frozenset[str]
    conjunctions: frozenset[str]
    passives: frozenset[str]
    noun_signs: frozenset[str]
    role_ends: frozenset[str]
    starters: frozenset[str]
    past: str
    participle: str
    small: frozenset[str]
    """Words that no noun phrase goes over: prepositions, skipped words and relatives."""


@cache
def grammar(language: str | None) -> Grammar:
    """The grammar of a language; English where there is no table for it."""
    tables = _read("grammar.toml")
    table = tables.get((language or _FALLBACK)[:2], tables[_FALLBACK])
    single = {"according", "past", "participle"}
    sets = {key: frozenset(_words(value)) for key, value in table.items() if key not in single}
    return Grammar(
        according=tuple(tuple(phrase.split()) for phrase in table["according"]),
        past=table["past"],
        participle=table["participle"],
        small=sets["prepositions"] | sets["skipped"] | sets["relatives"],
        **sets,
    )


def _words(value: str | list[str]) -> list[str]:
    return (value if isinstance(value, str) else " ".join(value)).split()


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
