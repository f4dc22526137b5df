r"""Analysis: how text becomes tokens. The same for every engine, for queries and for snippets.

A token is a run of word characters, with single full stops kept inside it ("U.S", "3.14"):
``\w+(?:\.?\w+)*`` over Unicode. It is *folded* (case, accents, ligatures) and, where words
are compared by meaning, *stemmed* with Snowball's English stemmer ("Porter2"), which equals
Lucene's ``porter2``. There are no stop words: they would disturb positions.

Apostrophes of every shape separate tokens, so both spellings of one are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.accents import without_accents
from index import porter2

ANALYSIS_VERSION = 1
"""Goes into every index: a change of anything in this module must raise it."""

TOKEN_PATTERN = r"\w+(?:\.?\w+)*"  # noqa: S105 (a lexical token)
_TOKEN = re.compile(TOKEN_PATTERN)
# Porter2 needs a vowel to see a plural: without this, "VPN" would not find "VPNs". (In Lucene: a
# pattern_replace filter before the stemmer.)
_PLURAL_ABBREVIATION = re.compile(r"[b-df-hj-np-tv-xz]{2,}s")
# Letters that Unicode does not decompose but readers type without their stroke or tie.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
    }
)


_REMEMBERED = 4_000
_LONG = 40
"""So many words are remembered, and none with more letters, which whoever asks may make up: at most
2 MB for each function that remembers. The words that are asked for again fit in."""


class Token(NamedTuple):
    """A folded token and where it stands: character offsets into the original text."""

    text: str
    start: int
    end: int


def fold(word: str) -> str:
    """The word without case, accents and ligatures ("Élysée" -> "elysee")."""
    lowered = word.lower()
    if lowered.isascii():  # nothing that is remembered is found as quickly
        return lowered
    return _fold(lowered) if len(lowered) <= _LONG else _fold.__wrapped__(lowered)


def stem(token: str) -> str:
    """The stem of a folded token; tokens with other than a–z stay as they are."""
    if not (token.isascii() and token.isalpha()):
        return token
    return _stem(token) if len(token) <= _LONG else _stem.__wrapped__(token)


@lru_cache(_REMEMBERED)
def _stem(token: str) -> str:
    if token[-1] == "s" and token[-2:] != "ss" and _PLURAL_ABBREVIATION.fullmatch(token):
        return token[:-1]
    return porter2.stem(token)


@lru_cache(_REMEMBERED)
def _fold(lowered: str) -> str:
    return unicodedata.normalize("NFC", without_accents(lowered.translate(_LETTERS)))


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """The folded tokens of a text, in order; their index is their position.

    ``start``: where the first of them begins, which must not be inside a token.
    """
    for match in _TOKEN.finditer(text, start):
        yield Token(fold(match.group()), match.start(), match.end())


def words(text: str) -> list[str]:
    """Only the folded words of a text, in order."""
    return [fold(word) for word in _TOKEN.findall(text)]
