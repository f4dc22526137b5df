"""Snippets: the passages of a text that show why it was found.

Cut from the original text by character offset, in time linear to its length. What is marked
is what was looked for: a phrase as one span, a prefix or a stem as the word it met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from index.marks import Mark, mark_finders, whole, whole_before
from index.query import Node
from index.results import Snippet, Span

WIDTH = 200
"""Characters that a snippet has, about: cut at the end of a sentence or a word."""

LIMIT = 3
"""Snippets for one hit, at most."""

# Which letters it may begin with is said first, so that all others are passed over at once.
_SENTENCE = re.compile(r"[.!?…\n](?:(?<=\n)\n|(?<!\n)[\"'”’»)\]]*\s+)")
_WORD = re.compile(r"\s+")
_LAST_SENTENCE = re.compile(rf".*{_SENTENCE.pattern}", re.DOTALL)
_LAST_WORD = re.compile(r".*(?<!\s)(?=\s)", re.DOTALL)


class Highlighter:
    """Shows where texts hold what a question looks for. Made once for all hits of an answer."""

    def __init__(self, tree: Node) -> None:
        in_either = mark_finders(tree, ("text", "title"), ("text", "body"))
        self._in_titles, self._in_bodies = in_either

    def mark_title(self, title: str) -> Snippet:
        """The whole title."""
        marks = self._in_titles.find(title)
        return _spans(title, 0, len(title), marks) if marks or not title else (Span(title),)

    def mark(self, text: str) -> Snippet:
        """The whole of a body, or of what was said."""
        return _spans(text, 0, len(text), self._in_bodies.find(text))

    def make_snippets(
        self, text: str, *, limit: int = LIMIT, width: int = WIDTH
    ) -> tuple[Snippet, ...]:
        """The best passages in their order, or the beginning where nothing was found."""
        marks = self._in_bodies.find(text)
        snippets = []
        for first, last in sorted(_best(marks, limit, width)) or ((0, 0),):
            start, end = _cut(text, first, last, width)
            if start < end:
                snippets.append(_spans(text, start, end, marks))
        return tuple(snippets)


def _best(marks: list[Mark], limit: int, width: int) -> list[tuple[int, int]]:
    """Up to ``limit`` passages (start of the first mark, end of the last) that say most.

    That is: that show most leaves which were not shown yet, among equals the ones that are
    rarer in this text, then most marks, then the first. A further passage is far enough away not
    to overlap, and shows a leaf that was not shown yet, or is only the second.
    """
    if len(marks) == 1:
        start, end, _ = marks[0]
        return [(start, min(end, start + width))]
    windows = _windows(marks, width)
    counts: dict[int, int] = {}
    for _, _, leaf in marks:
        counts[leaf] = counts.get(leaf, 0) + 1
    chosen: list[tuple[int, int]] = []
    hidden = -1  # all leaves
    worth: dict[int, tuple[int, float]] = {}
    while windows and len(chosen) < limit:
        most, best = (-1, 0.0, 0), windows[0]
        for window in windows:
            anew = window[2] & hidden
            if anew not in worth:
                worth[anew] = _worth(anew, counts)
            telling = *worth[anew], window[3]
            if telling > most:
                most, best = telling, window
        start, end, leaves, _ = best
        if len(chosen) > 1 and not leaves & hidden:
            break
        chosen.append((start, end))
        hidden &= ~leaves
        windows = [w for w in windows if w[1] + width < start or w[0] > end + width]
    return chosen


def _worth(leaves: int, counts: Mapping[int, int]) -> tuple[int, float]:
    """How many leaves there are, and how rare they are in this text."""
    rare = [1 / count for leaf, count in counts.items() if leaves >> leaf & 1]
    return len(rare), sum(rare)


_Window: TypeAlias = tuple[int, int, int, int]
"""Start, end, a bit for each leaf that is marked in it, and how many marks."""


def _windows(marks: list[Mark], width: int) -> list[_Window]:
    """From each mark on, all marks that fit in and leave room for some words around them."""
    windows = []
    reach = width * 3 // 4
    for first, (start, end, leaf) in enumerate(marks, 1):
        leaves, count = 1 << leaf, 1
        for _, later, leaf in marks[first : first + reach]:
            if later - start > reach:
                break
            end = later
            leaves |= 1 << leaf
            count += 1
        windows.append((start, min(end, start + width), leaves, count))
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
    return min(whole(text, low), high)


def _before_pause(text: str, low: int, high: int) -> int:
    """The best place to end within the bounds. A sentence's end counts in the last third."""
    if high == len(text):
        return low + len(text[low:].rstrip())
    sentence = _LAST_SENTENCE.match(text, max(low, high - WIDTH // 3), high)
    if sentence:
        return low + len(text[low : sentence.end()].rstrip())
    word = _LAST_WORD.match(text, low, high + 1)
    if word:
        return word.end()
    return max(low, whole_before(text, high))


def _skip_space(text: str, low: int, high: int) -> int:
    return high - len(text[low:high].lstrip()) if high > low else low


def _spans(text: str, start: int, end: int, marks: list[Mark]) -> Snippet:
    spans: list[Span] = []
    at = start
    for first, last, _ in marks:
        if last <= start:
            continue
        if first >= end:
            break
        low, high = max(first, start), min(last, end)
        if at < low:
            spans.append(Span(text[at:low]))
        spans.append(Span(text[low:high], True))
        at = high
    if at < end:
        spans.append(Span(text[at:end]))
    return tuple(spans)
