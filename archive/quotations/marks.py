"""Where quotations begin and end: quotation marks, nested marks, and runs over paragraphs.

Nothing here knows who speaks. A span is whatever stands between marks, a scare quote too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from archive.quotations.nicknames import is_nickname

# The closing marks that each opening mark accepts: the right one first, then what careless
# typing mixes in.
_CLOSERS = {
    "“": ("”", '"'),
    '"': ('"', "”"),
    "''": ("''", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    "»": ("«",),
    "‘": ("’",),
    "'": ("'",),
    "‚": ("‘",),
    "「": ("」",),
    "‹": ("›",),
    "″": ("″", "”"),
    "``": ("''", "”", '"'),
    "”": ("”",),
}
_SINGLE = "‘'"
_PAIRED = "“«„‹"
"""Opening marks that no closing mark looks like."""
_DOUBTFUL = "”″"
"""What opens a quotation only where another one closes it: “…” is common, and so are inches."""
_TWICE = ("’’", "''")
"""Two apostrophes, as some type a curly closing mark."""
_MARK = re.compile("[“”\"„«»‘’'‚「」‹›″`](?:(?<=')'|(?<=’)’|(?<=`)`|(?<!`))")
_OPENING = re.compile(
    "[“\"„«»‘‚「‹'″”`](?:(?<=[“\"„«»‘‚「‹])|(?<=')'|(?<=`)`|(?<=['″])(?<!\\w.)|(?<=”)(?<![^\\s(].))"
)
"""What may open a quotation: no apostrophe, of which prose is full, and a closing mark only at
the head of a word, as ”…” begins in Swedish and Finnish. One set of letters in front is found in
half the time of alternatives."""
_DIALOGUE = re.compile(
    r"\s*(?P<dash>[—–])(?=[\w¿¡])[^—–]+?(?P<shut>\s[—–]|[—–],\s)(?:(?:le|les|se|nos|me)\s)?"
    r"(?P<verb>[^\W\d_]+)"
)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]*)*")
_MOST_SPANS = 250
"""Spans of one paragraph that are read; no prose has as many."""
_REACH_OF_SINGLE = 1_500
"""How far the end of a single-mark quotation is searched, in characters."""


class Paragraph(NamedTuple):
    """A paragraph of the body and the offset at which it stands."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


class Span(NamedTuple):
    """Words between marks within one paragraph; offsets into the body, marks included.

    ``shut`` is the length of the closing mark, 0 where there is none.
    """

    start: int
    end: int
    mark: str
    shut: int

    @property
    def closed(self) -> bool:
        """Whether the closing mark is there."""
        return self.shut > 0

    def inner(self, body: str) -> str:
        """The words without the marks."""
        return body[self.start + len(self.mark) : self.end - self.shut].strip()


def last_mark(body: str, *, dashes: bool = False) -> int | None:
    """Where the last mark stands that may open a quotation; None where nothing is quoted.

    Most straight apostrophes cannot, and prose is full of them. With ``dashes`` these may.
    """
    last = max(body.rfind(mark) for mark in _CLOSERS if mark not in ("'", "''"))
    last = max(last, body.rfind("—"), body.rfind("–")) if dashes else last
    at = body.rfind("'")
    while at > last and not _is_free(body[max(at - 1, 0) : at], body[at + 1 : at + 2]):
        at = body.rfind("'", 0, at)
    last = max(last, at)
    return last if last >= 0 else None


def paragraphs_of(body: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a body: what blank lines separate. The lines of a poem stay together."""
    return tuple(Paragraph(m.start(), m.group()) for m in _PARAGRAPH.finditer(body))


def spans_of(paragraph: Paragraph, left_open: str | None = None) -> tuple[Span, ...]:
    """The outermost spans of one paragraph. The last one may lack its closing mark.

    ``left_open`` is the mark of a span that the paragraph before left open: it goes on here if
    it is closed here before another is opened (two stanzas within one pair of marks).
    """
    rest = _rest_of(paragraph, left_open) if left_open and left_open in _PAIRED else None
    spans = _scan(paragraph, rest)
    return tuple(islice((span for span in spans if not _is_nickname(span, paragraph)), _MOST_SPANS))


def _is_nickname(span: Span, paragraph: Paragraph) -> bool:
    start = span.start - paragraph.start
    return is_nickname(paragraph.text, start, span.end - paragraph.start)


def said_in(paragraph: Paragraph, verbs: Collection[str]) -> tuple[Span, ...]:
    """What a paragraph of dialogue begins with, as Spanish has it: "—Nunca más —dijo Roe."."""
    match = _DIALOGUE.match(paragraph.text)
    if match is None or match["verb"] not in verbs:
        return ()
    start, end = paragraph.start + match.start("dash"), paragraph.start + match.end("shut")
    return (Span(start, end, match["dash"], len(match["shut"])),)


def _rest_of(paragraph: Paragraph, mark: str) -> Span | None:
    first = next(
        (m for m in _MARK.finditer(paragraph.text) if m.group() not in _SINGLE + "’"), None
    )
    if first is None or first.group() != _CLOSERS[mark][0]:
        return None
    return Span(paragraph.start, paragraph.start + first.end(), "", len(first.group()))


def _scan(paragraph: Paragraph, rest: Span | None) -> Iterator[Span]:
    text, base = paragraph.text, paragraph.start
    position = 0
    stray = ""
    """Doubtful marks that are not closed, whose end is looked for once."""
    if rest:
        yield rest
        position = rest.end - base
    while match := _OPENING.search(text, position):
        start, position = match.span()
        mark = match.group()
        if mark in stray or not _opens(text, match):
            continue
        shut = _end_of_single(text, start) if mark in _SINGLE else _end(text, match)
        if shut is not None:
            at, length = shut
            yield Span(base + start, base + at + length, mark, length)
            position = at + length
        elif mark in _DOUBTFUL:
            stray += mark
        elif mark not in _SINGLE or not text[:start].strip():
            yield Span(base + start, paragraph.end, mark, 0)
            return


def _opens(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if mark not in _CLOSERS or not after:
        return False
    if mark == "«":
        return True
    if after.isspace():
        return False
    if mark in _SINGLE or mark in ("''", "»"):
        return _is_free(before, after)
    return not (mark == '"' and before.isalnum())


def _is_free(before: str, after: str) -> bool:
    """Whether a mark between these two characters is at the head of a word, as no apostrophe is."""
    if not after or after.isspace():
        return False
    return not before or before.isspace() or before in "([—–-:"


def _end(text: str, opening: re.Match[str]) -> tuple[int, int] | None:
    """Offset and length of the mark that closes the span, over nested ones."""
    mark = opening.group()
    depth = 0
    twice: tuple[int, int] | None = None
    """Where two apostrophes stand, which close what no proper mark does before the next opens."""
    for match in _MARK.finditer(text, opening.end()):
        found = match.group()
        spaced = text[match.start() - 1].isspace() and text[match.end() : match.end() + 1].isalnum()
        if found in _CLOSERS[mark] and not spaced:
            if not depth:
                return match.start(), len(found)
            depth -= 1
        elif found == _CLOSERS[mark][0] and mark in "«»":
            return match.start(), len(found)
        elif found == mark:
            if twice:
                return twice
            if _shuts_by_mistake(text, match):
                return match.start(), len(found)
            depth += 1
        elif found in _TWICE and mark == "“" and not depth:
            twice = twice or (match.start(), len(found))
    return twice


def _shuts_by_mistake(text: str, match: re.Match[str]) -> bool:
    """Whether an opening mark was typed where the closing one belongs: “Never again,“ said Roe."""
    behind = text[match.end() : match.end() + 1]
    return text[match.start() - 1] in ",.!?…" and (not behind or behind.isspace())


def _end_of_single(text: str, start: int) -> tuple[int, int] | None:
    """The same for single marks, which look like apostrophes.

    An apostrophe has letters on both sides, or ends a plural possessive ("the girls’ school");
    so a mark behind a sentence's punctuation is believed first.
    """
    closer = _CLOSERS[text[start]][0]
    closers = (closer, _TWICE[0]) if closer == "’" else (closer,)
    fallback = None
    for match in _MARK.finditer(text, start + 1, start + _REACH_OF_SINGLE):
        at = match.start()
        if match.group() not in closers or text[at + 1 : at + 2].isalnum():
            continue
        if text[at - 1] in ",.!?…":
            return at, 1
        if text[at - 1] != "s":
            return fallback or (at, 1)
        fallback = fallback or (at, 1)
    return fallback
