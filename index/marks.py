"""Marks: where the original text holds what is looked for, by character offset.

:mod:`index.matching` says what an occurrence is. Here whole texts are searched for them without
folding and stemming every word: most tokens are passed over because of how they begin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from index.analysis import TOKEN_PATTERN, fold, stem, tokens
from index.matching import Leaf, meets, occurrences, wanted
from index.query import Field, Fuzzy, Node, Phrase, Prefix, Term

_KNOWN_WORDS = 1_000
"""Words that are remembered for one question."""

_NOT_IN_WORDS = re.compile(r"(?<=b)le?$|ie$|[eiy]$")
"""Letters at the end of a stem that its words may not have: all else that Porter2 does to a word
is to take from its end ("visibility" has the stem "visibl", "dying" has "die").
"""

_SMALL_WORDS = {
    "en": "a an and as at by for from in into of on or the to with",
    "fr": "au aux d de des du en et l la le les ou par un une",
    "es": "a al con de del e el en la las los o para por un una unas unos y",
}
_FUNCTION_WORDS = frozenset(word for words in _SMALL_WORDS.values() for word in words.split())
"""Stand in every text, and show nothing of it."""

_TOKEN = re.compile(TOKEN_PATTERN)
_REST_OF_TOKEN = re.compile(r"\w*(?:\.?\w+)*")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


class Mark(NamedTuple):
    """An occurrence: character offsets, and which leaf of the question it is of."""

    start: int
    end: int
    leaf: int


def find_marks(text: str, tree: Node, fields: Sequence[Field]) -> list[Mark]:
    """Where one text holds what is looked for in some fields: see :meth:`MarkFinder.find`."""
    (finder,) = mark_finders(tree, fields)
    return finder.find(text)


class MarkFinder:
    """Looks for the leaves of one question. Remembers which words begin which of them: most
    words begin none, over and over again, on all hits of a page and of the next.
    """

    def __init__(self, looked_for: tuple[Leaf, ...]) -> None:
        self._looked_for = looked_for
        self._phrases = any(isinstance(leaf, Phrase) for leaf in looked_for)
        self._begun_by: dict[str, tuple[int, ...]] = {}
        beginnings = dict.fromkeys(map(_beginning, looked_for))
        self._beginnings = [begin for begin in beginnings if begin.isascii()]

    def find(self, text: str) -> list[Mark]:
        """Where the text holds what is looked for: in order, none over another, longest first."""
        marks: list[Mark] = []
        reached = 0
        begun_by, ascii_only = self._begun_by, text.isascii()
        for start, stop in self._candidates(text, ascii_only):
            if start < reached:
                continue
            word = text[start:stop]
            begun = begun_by.get(word)
            if begun is None:
                begun = self._leaves_begun_by(word)
            if not begun:
                continue
            end, leaf = stop, begun[0]
            if self._phrases:
                end, leaf = self._longest(begun, text, start, stop)
            if end:
                reached = end if ascii_only else whole(text, end)
                marks.append(Mark(start, reached, leaf))
        return marks

    def _longest(self, begun: tuple[int, ...], text: str, start: int, stop: int) -> tuple[int, int]:
        """Where the longest occurrence ends, and which leaf it is of: the first of equal ones."""
        end, leaf = max((_end(self._looked_for[n], text, start, stop), -n) for n in begun)
        return end, -leaf

    def _candidates(self, text: str, ascii_only: bool) -> list[tuple[int, int]]:
        """The spans of the tokens that may begin an occurrence, in order."""
        if not self._looked_for:
            return []
        lowered = text.lower()
        if len(lowered) != len(text):  # the one letter that becomes two
            lowered = text.replace("İ", "i").lower()
        if ascii_only and len(self._beginnings) == 1:
            return _tokens_beginning(lowered, self._beginnings[0])
        spans = set() if ascii_only else set(_tokens_beyond_ascii(text))
        for beginning in self._beginnings:
            spans.update(_tokens_beginning(lowered, beginning))
        return sorted(spans)

    def _leaves_begun_by(self, word: str) -> tuple[int, ...]:
        folded = fold(word)
        begun = tuple(n for n, leaf in enumerate(self._looked_for) if _begins(leaf, folded))
        if len(self._begun_by) < _KNOWN_WORDS:
            self._begun_by[word] = begun
        return begun


def mark_finders(tree: Node, *fields: Sequence[Field]) -> list[MarkFinder]:
    """What looks for the leaves of a question that are of some fields: one for each of several
    choices of these, the same one where their leaves are the same.
    """
    leaves = tuple(dict.fromkeys(wanted(tree)))
    held = {leaf.field for leaf in leaves}
    every = _finder(_telling(leaves))
    return [
        every
        if held.issubset(chosen)
        else _finder(_telling(tuple(leaf for leaf in leaves if leaf.field in chosen)))
        for chosen in fields
    ]


def _telling(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """Those that say something: "freedom of assembly" is not about every "of" of a page."""
    telling = tuple(
        leaf for leaf in leaves if not (isinstance(leaf, Term) and leaf.text in _FUNCTION_WORDS)
    )
    return telling or leaves


_finder = lru_cache(maxsize=8)(MarkFinder)


def _beginning(leaf: Leaf) -> str:
    """What every word that begins an occurrence begins with, once it is folded."""
    match leaf:
        case Phrase(words=words):
            return words[0]
        case Prefix(text=text):
            return text
        case Fuzzy(text=text):
            return text[0]
        case _:
            # A speaker's name is compared as it is, and begins with what its stem begins with.
            found = stem(leaf.text)
            return _NOT_IN_WORDS.sub("", found) or found[0]


def _tokens_beginning(lowered: str, beginning: str) -> list[tuple[int, int]]:
    """The spans of the tokens of a lowered text that begin so.

    No pattern is made of a word: that takes longer than to search all the hits of a page. But a
    letter stands in most words, and a pattern passes these over faster.
    """
    if len(beginning) == 1:
        return [found.span() for found in _beginning_with(beginning).finditer(lowered)]
    spans = []
    length = len(beginning)
    at = lowered.find(beginning)
    while at >= 0:
        end = at + length
        # Before most of them is a space, which is seen at once.
        if not at or lowered[at - 1] == " " or not _goes_on(lowered, at):
            rest = _REST_OF_TOKEN.match(lowered, end)
            if rest:
                end = rest.end()
            spans.append((at, end))
        at = lowered.find(beginning, end)
    return spans


@lru_cache(maxsize=100)
def _beginning_with(letter: str) -> re.Pattern[str]:
    return re.compile(rf"{letter}(?<!\w{letter})(?<!\w\.{letter}){_REST_OF_TOKEN.pattern}")


def _goes_on(text: str, at: int) -> bool:
    """Whether the token that stands here began before."""
    before = text[at - 1]
    return _in_word(before) or (before == "." and _in_word(text[at - 2 : at - 1]))


def _tokens_beyond_ascii(text: str) -> Iterator[tuple[int, int]]:
    """The spans of tokens with a letter beyond ASCII, which may be folded to any other."""
    end = 0
    for beyond in _BEYOND_ASCII.finditer(text):
        for at in range(max(beyond.start(), end), beyond.end()):
            if at >= end and text[at].isalnum():
                found = _TOKEN.match(text, _token_start(text, at))
                assert found is not None  # noqa: S101 (the letter itself is a token)
                end = found.end()
                yield found.span()


def _token_start(text: str, at: int) -> int:
    """Where the token begins that the letter is part of."""
    while at and _goes_on(text, at):
        at -= 1
    return at


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _begins(leaf: Leaf, word: str) -> bool:
    return word == leaf.words[0] if isinstance(leaf, Phrase) else meets(leaf, word)


def _end(leaf: Leaf, text: str, start: int, stop: int) -> int:
    """Where the occurrence ends that begins with the token from ``start`` to ``stop``; 0 where
    there is none.
    """
    if not isinstance(leaf, Phrase):
        return stop
    if not leaf.slop:
        following = tokens(text, stop)
        for word in leaf.words[1:]:
            token = next(following, None)
            if token is None or token.text != word:
                return 0
            stop = token.end
        return stop
    found = list(islice(tokens(text, start), len(leaf.words) + leaf.slop))
    first, last = next(occurrences(leaf, [token.text for token in found]), (1, 1))
    return found[last].end if first == 0 else 0


def whole(text: str, position: int) -> int:
    """The position, or the first one after it that does not split a grapheme."""
    while 0 < position < len(text) and _joins(text, position):
        position += 1
    return position


def whole_before(text: str, position: int) -> int:
    """The position, or the last one before it that does not split a grapheme."""
    while 0 < position < len(text) and _joins(text, position):
        position -= 1
    return position


def _joins(text: str, position: int) -> bool:
    """Whether the characters before and at the position belong to one grapheme."""
    before, after = text[position - 1], text[position]
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )
