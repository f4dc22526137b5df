"""Whether "the minister" may be somebody else: who else a text calls by an office.

The text is read once an office, however often "the minister" speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from archive.names import UPPER
from archive.nouns import nouns
from archive.quotations.register import Register

_REACH = 60
_ARTICLE_WITHIN = 4
"""Characters and words before an office in which its article stands."""
_NEAR = 500
"""Characters within which "the minister" must have been named."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Who else a text calls by an office.

    ``another``  where somebody new is first told of: "a minister"; else the length of the text
    ``names``    where each name first ends that stands behind the office: "Minister Roe"
    """

    another: int
    names: Mapping[str, int]


class Mentions:
    """The mentions of offices in one text."""

    def __init__(self, register: Register) -> None:
        self._body = register.body
        self._words = register.words
        self._told: dict[str, _Told] = {}

    def is_disputed(self, name: str, head: str, stop: int) -> bool:
        """Whether "the minister" may be somebody else than the one of that name.

        Because the name has not been heard for a while, or another minister is told of, or a
        successor of hers.
        """
        words = name.split()
        if self._body.rfind(words[-1], max(0, stop - _NEAR), stop) < 0:
            return True
        first = self._body.find(words[-1])
        if any(first < at < stop for at in self._successors):
            return True
        if head not in self._told:
            self._told[head] = self._tell(head)
        told = self._told[head]
        others = (end for held, end in told.names.items() if held not in words)
        return told.another < stop or next(others, stop + 1) <= stop

    @cached_property
    def _successors(self) -> tuple[int, ...]:
        """Where the text tells of somebody's successor."""
        return tuple(match.start() for match in _successor().finditer(self._body))

    def _tell(self, head: str) -> _Told:
        """Who else the text calls by an office."""
        body = self._body
        another, names = len(body), dict[str, int]()
        for held in _held(head).finditer(body):
            if held["name"]:
                names.setdefault(held["name"], held.end())
            if another == len(body) and self._is_another(
                body[max(0, held.start() - _REACH) : held.start()]
            ):
                another = held.start()
        return _Told(another, names)

    def _is_another(self, before: str) -> bool:
        """Whether the words before an office are those of somebody new: "a", "two former"."""
        words = self._words
        for word in reversed(before.split()[-_ARTICLE_WITHIN:]):
            if word.casefold() in words.definites:
                return False
            if word.casefold() in words.indefinites:
                return True
        return False


@cache
def _successor() -> re.Pattern[str]:
    """A word of who has an office next."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(nouns().successors)))})\b")


@cache
def _held(head: str) -> re.Pattern[str]:
    """An office, in its short forms and the plural, and a name behind it: "Minister Roe"."""
    shorts = (short for short, full in nouns().same_offices.items() if full == head)
    forms = "|".join(map(re.escape, (head, *shorts)))
    return re.compile(rf"(?i:\b(?:{forms})(?:s|es)?\b)(?:\s(?P<name>[{UPPER}][\w’'-]+))?")
