"""Snippets: the passages of a text that show why it was found.

Cut from the original text by character offset, in time linear to its length. What is marked
is what was looked for: a phrase as one span, a prefix or a stem as the word it met.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from index.analysis import fold, tokens
from index.matching import Leaf, meets, occurrences, wanted
from index.query import Field, Node, Phrase
from index.results import Snippet, Span

WIDTH = 200
"""Characters that a snippet has, about: cut at the end of a sentence or a word."""

LIMIT = 3
"""Snippets for one hit, at most."""

_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n\n")
_KNOWN_WORDS = 2_000
"""Words that are remembered for one question."""

_WORD = re.compile(r"\s+")


class Mark(NamedTuple):
    """An occurrence: character offsets, and which leaf of the question it is of."""

    start: int
    end: int
    leaf: int


def mark(text: str, tree: Node, *, fields: Sequence[Field] = ("text", "title")) -> Snippet:
    """The whole text as spans."""
    return _spans(text, 0, len(text), find_marks(text, tree, fields))


def make_snippets(
    text: str,
    tree: Node,
    *,
    fields: Sequence[Field] = ("text", "body"),
    limit: int = LIMIT,
    width: int = WIDTH,
) -> tuple[Snippet, ...]:
    """The best passages in their order, or the beginning where nothing was found in the text.

    ``fields``: which leaves of the tree look into this text.
    """
    marks = find_marks(text, tree, fields)
    passages = sorted(_best(marks, limit, width)) or [(0, 0)]
    cuts = (_cut(text, first, last, width) for first, last in passages)
    return tuple(_spans(text, start, end, marks) for start, end in cuts if start < end)


def find_marks(text: str, tree: Node, fields: Sequence[Field]) -> list[Mark]:
    """Where the text holds what is looked for: in order, none over another, longest first."""
    looked_for = tuple(leaf for leaf in dict.fromkeys(wanted(tree)) if leaf.field in fields)
    if not looked_for:
        return []
    begun_by = _begun_by(looked_for)
    marks: list[Mark] = []
    for begin in _beginnings(frozenset(_initial(leaf) for leaf in looked_for)).finditer(text):
        word = begin.group()
        begun = begun_by.get(word)
        if begun is None:
            begun = tuple(n for n, leaf in enumerate(looked_for) if _begins(leaf, fold(word)))
            if len(begun_by) < _KNOWN_WORDS:
                begun_by[word] = begun
        if not begun or (marks and begin.start() < marks[-1].end):
            continue
        end, leaf = max((_end(looked_for[n], text, begin), -n) for n in begun)
        if end:
            marks.append(Mark(begin.start(), _whole(text, end), -leaf))
    return marks


@lru_cache(maxsize=32)
def _begun_by(looked_for: tuple[Leaf, ...]) -> dict[str, tuple[int, ...]]:
    """Which leaves a word may begin, as far as that was worked out.

    Most words begin none, over and over again: on all hits of a page, and of the next.
    """
    return {}


def _initial(leaf: Leaf) -> str:
    return leaf.words[0][0] if isinstance(leaf, Phrase) else leaf.text[0]


@lru_cache(maxsize=1000)
def _beginnings(initials: frozenset[str]) -> re.Pattern[str]:
    """Tokens that may begin an occurrence: those with the right first letter.

    Only these are folded and compared, a small part of a text. A letter beyond ASCII may be
    folded to any other, so these are always looked at.
    """
    letters = initials | {letter.upper() for letter in initials}
    # Said the other way round, since a range up to the last character takes long to compile.
    others = re.escape("".join(chr(c) for c in range(0x80) if chr(c) not in letters))
    return re.compile(rf"[^{others}](?<=\w)(?<!\w\w)(?<!\w\.\w)\w*(?:\.?\w+)*")


def _begins(leaf: Leaf, word: str) -> bool:
    return word == leaf.words[0] if isinstance(leaf, Phrase) else meets(leaf, word)


def _end(leaf: Leaf, text: str, begin: re.Match[str]) -> int:
    """Where the occurrence that begins with a token ends; 0 where there is none."""
    if not isinstance(leaf, Phrase):
        return begin.end()
    found = list(islice(tokens(text, begin.start()), len(leaf.words) + leaf.slop))
    first, last = next(occurrences(leaf, [token.text for token in found]), (1, 1))
    return found[last].end if first == 0 else 0


def _best(marks: list[Mark], limit: int, width: int) -> list[tuple[int, int]]:
    """Up to ``limit`` passages (start of the first mark, end of the last) that say most.

    A further passage is far enough away not to overlap, and shows a leaf that was not shown
    yet, or is only the second.
    """
    windows = _windows(marks, width)
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while windows and len(chosen) < limit:
        best = max(windows, key=lambda w: (len(w.leaves - shown), w.marks, -w.start))
        if len(chosen) > 1 and best.leaves <= shown:
            break
        chosen.append((best.start, best.end))
        shown |= best.leaves
        windows = [w for w in windows if w.end + width < best.start or w.start > best.end + width]
    return chosen


class _Window(NamedTuple):
    start: int
    end: int
    leaves: frozenset[int]
    marks: int


def _windows(marks: list[Mark], width: int) -> list[_Window]:
    """From each mark on, all marks that fit in and leave room for some words around them."""
    windows = []
    last = 0
    reach = width * 3 // 4
    for first, begin in enumerate(marks):
        last = max(last, first)
        while last + 1 < len(marks) and marks[last + 1].end - begin.start <= reach:
            last += 1
        inside = marks[first : last + 1]
        leaves = frozenset(m.leaf for m in inside)
        end = max(begin.start, min(inside[-1].end, begin.start + width))
        windows.append(_Window(begin.start, end, leaves, len(inside)))
    return windows


def _cut(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """A passage of about ``width`` around what it must show, cut where one pauses."""
    spare = max(0, width - (last - first))
    start = _after_pause(text, max(0, first - spare // 2), first)
    end = _before_pause(text, last, min(len(text), max(last, start + width)))
    return start, end


def _after_pause(text: str, low: int, high: int) -> int:
    """The best place to begin within the bounds: a sentence, else a word, else a character."""
    if low == 0:
        return _skip_space(text, 0, high)
    for pause in (_SENTENCE, _WORD):
        found = pause.search(text, low - 1, high)
        if found:
            return found.end()
    return min(_whole(text, low), high)


def _before_pause(text: str, low: int, high: int) -> int:
    """The best place to end within the bounds. A sentence's end counts in the last third."""
    if high == len(text):
        return low + len(text[low:].rstrip())
    sentences = list(_SENTENCE.finditer(text, max(low, high - WIDTH // 3), high))
    if sentences:
        return low + len(text[low : sentences[-1].end()].rstrip())
    blanks = list(_WORD.finditer(text, low, high + 1))
    if blanks:
        return blanks[-1].start()
    return max(low, _whole_before(text, high))


def _skip_space(text: str, low: int, high: int) -> int:
    return high - len(text[low:high].lstrip()) if high > low else low


def _spans(text: str, start: int, end: int, marks: list[Mark]) -> Snippet:
    spans: list[Span] = []
    at = start
    for found in marks:
        low, high = max(found.start, start), min(found.end, end)
        if low >= high:
            continue
        if at < low:
            spans.append(Span(text[at:low]))
        spans.append(Span(text[low:high], match=True))
        at = high
    if at < end:
        spans.append(Span(text[at:end]))
    return tuple(spans)


def _joins(text: str, position: int) -> bool:
    """Whether the characters before and at the position belong to one grapheme."""
    before, after = text[position - 1], text[position]
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )


def _whole(text: str, position: int) -> int:
    """The position, or the first one after it that does not split a grapheme."""
    while 0 < position < len(text) and _joins(text, position):
        position += 1
    return position


def _whole_before(text: str, position: int) -> int:
    while 0 < position < len(text) and _joins(text, position):
        position -= 1
    return position
