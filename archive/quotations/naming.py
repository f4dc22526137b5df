"""Which of some capitalised words are a person's name, and whether any are.

::

    Sen. Jane Roe, Jr.                     Jane Roe
    King Edwin II                          Edwin II
    Harbour Town Administrator Jane Roe    Jane Roe
    Jane Roe Statement Regarding Fees      Jane Roe       a heading goes on behind the name
    Jane Roe Europe                        Jane Roe       of "Jane Roe, Europe Director"
    Belarus European                       nobody
    World Harbour Day                      nobody
    Harbour FM, Western Pilots             nobody
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from archive.gazetteer import is_geographic, is_place
from archive.homonyms import begins_name
from archive.names import PARTICLES
from archive.nouns import Nouns
from archive.quotations.grammar import Grammar
from archive.quotations.tokens import DAYS

POSSESSIVE = re.compile(r"(?:(?<=s)[’']|[’']s)$")
_SHORT_CAPITALS = re.compile("[A-Z]{2,4}")
"""Capitals that are no person's: "Harbour FM"."""
_NUMERAL = re.compile("[IVX]+")
_OF_ORIGIN = re.compile("-[a-z]{4,}$")
"""The end of "Kenyan-born" and "Nairobi-based", which begin no name."""
_ELIDED = re.compile("^[dl][’'](?=\\w{2})")
_FEWEST = 2
"""Words that a name keeps when a word before or behind it is taken for something else."""
_REMEMBERED = 8192
"""Names that are told at once when they come again, in this text or in another one."""


@lru_cache(maxsize=_REMEMBERED)
def bare_name(words: tuple[str, ...], grammar: Grammar, nouns: Nouns) -> tuple[str, ...]:
    """A name's words without titles, suffixes, possessives and what begins a sentence."""
    kept = [POSSESSIVE.sub("", word) if word[-2:-1] in "’'sS" else word for word in words]
    while kept and kept[0].casefold() in grammar.starters:
        kept = kept[1:]
    if kept and grammar.head_first:
        kept[0] = _ELIDED.sub("", kept[0])  # "l’avis d’Elisa Roe"
    whole = len(kept) > 1 and kept[0].casefold() in nouns.organisations and kept[1] in PARTICLES
    kept = kept if whole else _behind_office(kept, nouns)  # "Sindicato de Docentes del Norte"
    if any(word.casefold() in nouns.organisations for word in kept):
        return tuple(kept)
    while len(kept) > _FEWEST and _leads(kept[0], kept[1], nouns):
        kept = kept[1:]
    fewest = _FEWEST if len(kept) < len(words) and is_numbered(kept) else 0
    while len(kept) > fewest and kept[-1].casefold() in nouns.suffixes:
        kept = kept[:-1]
    return tuple(_before_heading(kept, nouns))


def is_numbered(words: Sequence[str]) -> bool:
    """Whether the name behind a title is a ruler's: "(King) Edwin II"."""
    return len(words) == _FEWEST and _NUMERAL.fullmatch(words[-1]) is not None


def _behind_office(words: list[str], nouns: Nouns) -> list[str]:
    """The words behind the last title: "Secretary of State John Roe" is "John Roe".

    A noun that is no title ("Administrator", "Nurse") may be a surname, so two words follow it.
    """
    for index in range(len(words) - 1, 0, -1):
        office = words[index - 1]
        if nouns.is_title(office):
            return words[index:]
        if len(words) - index >= _FEWEST and nouns.is_person(office.casefold()):
            return words[index:] if _may_be_office(words[:index], nouns) else words
    return words


def _leads(word: str, following: str, nouns: Nouns) -> bool:
    """Whether the word ends what an office is of: "(Secretary of) State Jane Roe"."""
    if word.casefold() in nouns.portfolios or _OF_ORIGIN.search(word):
        return True
    return nouns.is_first_name(following) and (_begins_field(word, nouns) or is_place(word))


def _begins_field(word: str, nouns: Nouns) -> bool:
    """Whether the word is a part of the world or a short form: "Europe", "MENA"."""
    return word.casefold() in nouns.regions or _SHORT_CAPITALS.fullmatch(word) is not None


def _may_be_office(words: Sequence[str], nouns: Nouns) -> bool:
    return not any(nouns.is_first_name(word) for word in words)


def _before_heading(words: list[str], nouns: Nouns) -> list[str]:
    for index in range(_FEWEST, len(words)):
        word = words[index].casefold()
        if word in DAYS or (word in nouns.headings and nouns.is_first_name(words[0])):
            return words[:index]
    last = words[-1].casefold() if words else ""
    return words[:-1] if len(words) > _FEWEST and last in nouns.regions else words


@lru_cache(maxsize=_REMEMBERED)
def is_nobody(words: tuple[str, ...], grammar: Grammar, nouns: Nouns) -> bool:
    """Whether the words are of places, a day or a document only, so that they name no person."""
    if len(words) < _FEWEST:
        return False
    if nouns.is_first_name(words[0]):
        return False
    if is_place(" ".join(words)) or not begins_name(words[0]):
        return True
    if words[-1].casefold() in nouns.portfolios:
        return True
    linked = words[1].startswith(("d’", "d'"))  # "(responsable) Afrique d’Umbra"
    if (len(words) > _FEWEST or linked) and _begins_field(words[0], nouns):
        return True
    if any(_SHORT_CAPITALS.fullmatch(word) for word in words) or _is_crowd(words[-1], nouns):
        return True
    if any(word.casefold() in grammar.between for word in words[1:]):
        return True
    if any(word.casefold() in nouns.headings for word in words[1:]):
        return True
    named = (word for word in words if word not in PARTICLES)
    parts = (part for word in named for part in word.split("-"))  # North-West Africa
    return all(is_geographic(part) or part.casefold() in nouns.regions for part in parts)


def _is_crowd(word: str, nouns: Nouns) -> bool:
    """Whether a name's last word is none of a person: "Economic Advisers", "Likely Democratic"."""
    low = word.casefold()
    return low in nouns.parties or (low.endswith("s") and low.removesuffix("s") in nouns.people)
