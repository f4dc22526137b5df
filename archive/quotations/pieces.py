"""What is quoted, before anybody asks whose it is: quotations in the making."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archive.quotations.marks import Paragraph, Span, last_mark, paragraphs_of, said_in, spans_of
from archive.quotations.shape import begins_as_utterance, is_title
from archive.quotations.tokens import has_tokens

if TYPE_CHECKING:
    from archive.quotations.identity import Source

_FEWEST_WORDS = 5
_FEWEST_WOVEN_WORDS = 8
"""A fragment in the reporter's own sentence must be this long to be worth keeping."""


@dataclass(slots=True, eq=False)
class Piece:
    """A quotation in the making: its spans, one a paragraph, and what is known about it."""

    spans: list[Span]
    words: int
    source: Source | None = None
    how: str = ""
    """What in the text tells that it is whose."""
    woven: bool = False
    title: bool = False
    refused: bool = False
    """Whether the words beside it say whose it is, and that is nobody who can be named."""
    utterance: bool = False
    """Whether it is a sentence of its own beside words that say whose it is."""

    def give(self, source: Source | None, how: str) -> None:
        """Attribute it, or leave it unattributed where nobody is found."""
        self.source, self.how = source, how if source else ""

    @property
    def speaks(self) -> bool:
        """Whether these are somebody's words rather than words of the reporter's sentence."""
        return not (self.woven or self.title)

    @property
    def is_kept(self) -> bool:
        """Whether this is neither a scare quote nor a title."""
        fewest = _FEWEST_WOVEN_WORDS if self.woven else 1 if self.utterance else _FEWEST_WORDS
        return not self.title and self.words >= fewest

    def may_be_kept(self, body: str) -> bool:
        """Whether it would be kept if the words around it told nothing against it."""
        inners = [span.inner(body) for span in self.spans]
        whole = self.words >= _FEWEST_WORDS or any(map(begins_as_utterance, inners))
        return whole and not is_title(inners[-1])


class Quoted(NamedTuple):
    """A paragraph and what is quoted in it, a piece for each of the spans."""

    paragraph: Paragraph
    spans: Sequence[Span]
    pieces: Sequence[Piece]


def quoted_in(body: str, dialogue: Collection[str] = ()) -> Sequence[Quoted]:
    """The paragraphs that need be read: up to the last one in which a quotation may be kept, and
    the one behind it, which may sign it. ``dialogue``: the verbs that stand behind a dash, in a
    language that has dashes for quotation marks.
    """
    read = list(_paragraphs(body, dialogue))
    numbers = range(len(read) - 1, -1, -1)
    kept = (n for n in numbers if any(piece.may_be_kept(body) for piece in read[n].pieces))
    return read[: next(kept, -2) + 2]


def _paragraphs(body: str, dialogue: Collection[str]) -> Iterator[Quoted]:
    """The paragraphs up to the one behind the last mark, and what is quoted in each."""
    last = last_mark(body, dashes=bool(dialogue))
    if last is None:
        return
    left: Piece | None = None
    for paragraph in paragraphs_of(body):
        spans = spans_of(paragraph, left.spans[0].mark if left else None)
        spans = spans or (said_in(paragraph, dialogue) if dialogue else ())
        pieces = [Piece([span], len(span.inner(body).split())) for span in spans]
        if left and pieces and _goes_on(left, paragraph, spans[0], body):
            left.spans += pieces[0].spans
            left.words += pieces[0].words
            pieces[0] = left
        left = pieces[-1] if pieces and not spans[-1].closed else None
        yield Quoted(paragraph, spans, pieces)
        if paragraph.start > last:
            break


def _goes_on(left: Piece, paragraph: Paragraph, span: Span, body: str) -> bool:
    """Whether the quotation that was left open goes on at the beginning of the paragraph."""
    begins = not has_tokens(body, paragraph.start, span.start)
    return begins and span.mark in (left.spans[0].mark, "")
