"""The bodies that a French or Spanish text names whole, of which it says only what they are later.

::

    L’Association des bacs de Kayar …    vice-présidente de l’association    the body of her office
    l’Observatoire Rives Libres …        le directeur de l’Observatoire      the same, by its noun
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from archive.names import UPPER
from archive.nouns import nouns
from archive.quotations.grammar import Grammar

_OF = r"(?:de\s(?:l[ao]s?\s|les\s|l[’'])|d(?:es|u|el?)\s|d[’'])"
_ARTICLE = r"(?:[EL][aeilo]s?|Un[ae]?)\b"
_NAME = re.compile(
    rf"\b(?!{_ARTICLE})(?P<noun>[{UPPER}][^\W\d_]+)"
    rf"(?:\s(?!d(?:e[ls]?|u)\b)(?P<adjective>[^\W\d_{UPPER}][^\W\d_]+))?"
    rf"(?:\s(?:(?:[ey]t?\s)?{_OF}[^\W\d_][\w’'-]*|[{UPPER}][\w’'-]*))+"
)
_THIS = re.compile(r"^(?:cet(?:te)?|ce|est[ae])\s")
_BEHIND = re.compile(
    rf"\s(?:{_OF}|de\s(?:ce(?:t(?:te)?)?|est[ae])\s"
    r"|(?:aux?|al?|en|chez)\s(?:la\s|el\s)?|à\s(?:la\s|l[’']))(?P<noun>[^\W\d_]+)$"
)


class Bodies:
    """The bodies of a text, looked for once when somebody asks."""

    def __init__(self, text: str, words: Grammar) -> None:
        self._text = text
        self._words = words

    def named_whole(self, noun: str) -> str | None:
        """The only body whose name begins with a noun (in lower case)."""
        if " " in noun or not self._words.head_first:
            return None
        names = self._by_noun.get(noun, set())
        return next(iter(names)) if len(names) == 1 else None

    def held(self, role: str | None, organisation: str | None) -> tuple[str | None, str | None]:
        """An office with the whole name of a body of which only the noun stands beside it."""
        if organisation:
            return role, self.named_whole(_THIS.sub("", organisation.casefold())) or organisation
        match = _BEHIND.search(role) if role and self._words.head_first else None
        noun = match["noun"] if match else ""
        # The school of a town, and "l’organisation", may be any.
        own = noun in nouns().associations or (noun[:1].isupper() and _is_body(noun.casefold()))
        whole = self.named_whole(noun.casefold()) if own else None
        return (role[: match.start()], whole) if role and match and whole else (role, organisation)

    @cached_property
    def _by_noun(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        small = self._words.small | self._words.verbs | self._words.passed
        for match in _NAME.finditer(self._text):
            noun = match["noun"].casefold()
            if _is_body(noun) and match["adjective"] not in small:
                found[noun].add(match.group())
        return found


def _is_body(noun: str) -> bool:
    return noun in nouns().organisations or noun in nouns().bodies
