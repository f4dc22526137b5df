"""Where quotations begin and end: quotation marks, nested marks, and runs over paragraphs.

Nothing here knows who speaks. A span is whatever stands between marks, a scare quote too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The closing marks that each opening mark accepts.
_CLOSERS = {
    "“": "”",
    '"': '"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "'": "'",
    "‚": "‘",
    "「": "」",
}
_APOSTROPHES = "‘'"
_MARK = re.compile("[“”\"„«»‘’'‚「」]")
_PARAGRAPH = re.compile(r"[^\n]+")
_LAST_RESORT = 1_000
"""How far a paragraph is searched for the end of a single-mark quotation, in characters."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body and the offset at which it stands."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Span:
    """Words between marks within one paragraph; offsets into the body, marks included."""

    start: int
    end: int
    mark: str
    closed: bool

    def inner(self, body: str) -> str:
        """The words without the marks."""
        return body[self.start + 1 : self.end - 1 if self.closed else self.end].strip()


def paragraphs_of(body: str) -> tuple[Paragraph, ...]:
    """The paragraphs (lines with text) of a body."""
    return tuple(Paragraph(m.start(), m.group()) for m in _PARAGRAPH.finditer(body))


def spans_of(paragraph: Paragraph) -> tuple[Span, ...]:
    """The outermost spans of one paragraph. The last one may lack its closing mark."""
    return tuple(_scan(paragraph))


def _scan(paragraph: Paragraph) -> Iterator[Span]:
    text = paragraph.text
    position = 0
    while match := _MARK.search(text, position):
        start = match.start()
        position = start + 1
        if not _opens(text, start):
            continue
        mark = match.group()
        end = _end_of_single(text, start) if mark in _APOSTROPHES else _end(text, start)
        if end is None:
            if mark in _APOSTROPHES and start != len(text) - len(text.lstrip()):
                continue
            yield Span(paragraph.start + start, paragraph.end, mark, closed=False)
            return
        yield Span(paragraph.start + start, paragraph.start + end, mark, closed=True)
        position = end


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark not in _CLOSERS or at + 1 >= len(text):
        return False
    before, after = text[at - 1 : at], text[at + 1]
    if mark in "«":
        return True
    if after.isspace():
        return False
    if mark in _APOSTROPHES or mark == "»":
        return not before or before.isspace() or before in "([—–-:"
    return not (mark == '"' and before.isalnum())


def _end(text: str, start: int) -> int | None:
    """The offset behind the closing mark of the span that opens at ``start``."""
    mark = text[start]
    closers = _CLOSERS[mark]
    depth = 0
    for match in _MARK.finditer(text, start + 1):
        found = match.group()
        if found in closers:
            if not depth:
                return match.end()
            depth -= 1
        elif found == mark:
            depth += 1
    return None


def _end_of_single(text: str, start: int) -> int | None:
    """The same for single marks, which look like apostrophes.

    An apostrophe has letters on both sides, or ends a plural possessive ("the girls’ school");
    so a mark behind a sentence's punctuation is believed first.
    """
    closer = _CLOSERS[text[start]]
    fallback = None
    for match in _MARK.finditer(text, start + 1, start + _LAST_RESORT):
        at = match.start()
        after = text[at + 1 : at + 2]
        if match.group() != closer or after.isalnum():
            continue
        if text[at - 1] in ",.!?…":
            return at + 1
        if fallback is None and text[at - 1].isalnum():
            fallback = at + 1
        if fallback is not None and text[at - 1] != "s":
            break
    return fallback
