"""A statement's text as it is read: paragraphs, with quotations and searched words in them."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.document import Quotation
from index.marks import Mark, find_marks
from index.query import Node

_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. ``mark`` numbers a searched word from 1; ``first``: it begins here."""

    text: str
    mark: int | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs inside or outside a quotation; ``first``: quotation ``number`` begins here."""

    runs: tuple[Run, ...]
    number: int | None = None
    first: bool = False


Paragraph = tuple[Passage, ...]


def present_passages(
    body: str, quotations: Sequence[Quotation], tree: Node | None
) -> tuple[tuple[Paragraph, ...], int]:
    """The paragraphs of a body, and how many searched words are marked in it."""
    marks = find_marks(body, tree, ("text", "body")) if tree else []
    writer = _Writer(body, marks, quotations)
    paragraphs, at = [], 0
    for text in body.split(_BREAK):
        if text.strip():
            paragraphs.append(tuple(writer.passages(at, at + len(text))))
        at += len(text) + len(_BREAK)
    return tuple(paragraphs), len(marks)


class _Writer:
    """Cuts a body into passages and runs, from its beginning to its end."""

    def __init__(self, body: str, marks: list[Mark], quotations: Sequence[Quotation]) -> None:
        self._body = body
        self._marks = marks
        self._ends = [mark.end for mark in marks]
        self._ahead = deque(sorted(enumerate(quotations, 1), key=lambda pair: pair[1].start))

    def passages(self, start: int, end: int) -> Iterator[Passage]:
        at = start
        while self._ahead and self._ahead[0][1].end <= start:
            self._ahead.popleft()
        for number, quotation in self._ahead:
            if quotation.start >= end:
                break
            low, high = max(quotation.start, at), min(quotation.end, end)
            if low >= high:  # within another one
                continue
            if at < low:
                yield Passage(tuple(self._runs(at, low)))
            yield Passage(tuple(self._runs(low, high)), number, low == quotation.start)
            at = high
        if at < end:
            yield Passage(tuple(self._runs(at, end)))

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        at = start
        for number in range(bisect_right(self._ends, start), len(self._marks)):
            mark = self._marks[number]
            if mark.start >= end:
                break
            low, high = max(mark.start, at), min(mark.end, end)
            if at < low:
                yield Run(self._body[at:low])
            yield Run(self._body[low:high], number + 1, low == mark.start)
            at = high
        if at < end:
            yield Run(self._body[at:end])
