"""How people's names are written: the patterns that bylines and quotations share."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATIN_AND_NEAR = range(0x00C0, 0x0530)
_VIETNAMESE = range(0x1E00, 0x1F00)

UPPER = "A-Z" + "".join(
    chr(code) for block in (_LATIN_AND_NEAR, _VIETNAMESE) for code in block if chr(code).isupper()
)
"""Capital letters of the Latin, Greek and Cyrillic scripts, for a character class."""

_SMALL_WORDS = (
    "de da do dos das del della di du la le van von der den ter ten al el bin bint ibn abu abd af "
    "av zu zur y e st ould wa ap d'"
)
PARTICLES = frozenset(_SMALL_WORDS.split())
"""Small words inside names: Ludwig van Beethoven, María de la Cruz, Khalid bin Walid."""

_ABBREVIATED = (
    "mr mrs ms dr st sen rep gov gen lt col sgt rev hon prof jr sr maj capt adm amb cmdr vs corp "
    "inc sra m mme mlle"
)
ABBREVIATIONS = frozenset(_ABBREVIATED.split())
"""Words whose full stop ends no sentence."""

_STOPPED = "|".join(word.capitalize() for word in sorted(ABBREVIATIONS))
_ELIDED = r"[LDSNJCMQ]u?[’'][^\W\d_A-Z]"
"""The French "L’avocate", which begins no name."""
NAME_WORD = (
    rf"(?:(?:{_STOPPED}|[{UPPER}])\.|(?!{_ELIDED})(?:[dl][’']|[aeu][lnrstdz]-)?"
    rf"[{UPPER}][\w’'-]*)"
)
"""A pattern for one capitalised word: Okafor, O’Rourke, al-Zahra, J., Dr."""

AND = frozenset(["y", "e"])
"""Particles that join two surnames, "Ortega y Vega", and two people, "Ana Roe y Juan Vega"."""
_PARTICLE = (
    "(?:" + "|".join(sorted(PARTICLES - AND)) + rf"|[ye](?![ \xa0]+{NAME_WORD}[ \xa0]+{NAME_WORD}))"
)

_MORE = rf"(?:(?<![’']s)(?<!s[’'])[ \xa0]+(?:{_PARTICLE}[ \xa0]+){{0,3}}{NAME_WORD})"
PERSON = rf"{NAME_WORD}{_MORE}{{1,6}}"
"""A pattern for a full name with its titles: two to seven words on one line.

It ends with a possessive: "Roe’s Director Jane Doe" are two people.
"""

_BEGINS = r"(?<![\w’'-])"
FULL_NAME = re.compile(_BEGINS + PERSON)
_NAME_RUN = re.compile(rf"{_BEGINS}{NAME_WORD}{_MORE}{{0,6}}")
"""A full name, and any run of capitalised words that may be a name or a part of one."""

_CAPITAL = (
    rf"[{UPPER}](?:(?<![\w’'-].)|(?<=[dl](?P<elided>[’']).)(?<![\w’'-]...)"
    r"|(?<=[aeu][lnrstdz](?P<article>-).)(?<![\w’'-]....))"
)
_BEFORE_CAPITAL = {None: 0, "elided": 2, "article": 3}
"""The first capital of a name, and how many letters of it stand before that: "d’Roe", "al-Roe"."""
_PARTICLE_LIKE = rf"[a-z]{{1,{max(map(len, PARTICLES))}}}[ \xa0’'-]++"
_LEADS = rf"(?=[\w’'-]*+\.?+[ \xa0]++(?:{_PARTICLE_LIKE}){{0,4}}[{UPPER}])"
"""What every full name has behind it: the next word's capital, particles before that."""
_FIRST_CAPITAL = re.compile(_CAPITAL)
_FIRST_OF_TWO = re.compile(_CAPITAL + _LEADS)


def full_names(text: str) -> Iterator[re.Match[str]]:
    """Every full name in a text."""
    return _found(FULL_NAME, _FIRST_OF_TWO, text, 0, len(text))


def name_runs(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Every run of capitalised words between two offsets."""
    return _found(_NAME_RUN, _FIRST_CAPITAL, text, start, stop)


def _found(
    pattern: re.Pattern[str], first: re.Pattern[str], text: str, start: int, stop: int
) -> Iterator[re.Match[str]]:
    """What a search for the pattern finds, which is asked only where a name can begin.

    That takes half the time: a search is quick to find letters of a set.
    """
    for capital in first.finditer(text, start, stop):
        begin = capital.start() - _BEFORE_CAPITAL[capital.lastgroup]
        name = pattern.match(text, begin, stop) if begin >= start else None
        if name:
            yield name
            start = name.end()
