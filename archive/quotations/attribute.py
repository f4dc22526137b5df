"""From marks and frames to attributed quotations, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.document import Quotation
from archive.quotations.frames import Frame, FrameReader
from archive.quotations.grammar import grammar, nouns
from archive.quotations.identity import People, Source
from archive.quotations.marks import Paragraph, Span, paragraphs_of, spans_of
from archive.quotations.subjects import PhraseReader
from archive.quotations.tokens import Token, tokens_of

_FEWEST_WORDS = 5
_FEWEST_WOVEN_WORDS = 8
_GENDER = {"he": "m", "she": "f", "il": "m", "elle": "f", "él": "m", "ella": "f"}


@dataclass(slots=True)
class _Piece:
    """One span and what is known about it."""

    span: Span
    inner: str
    source: Source | None = None
    framed: bool = False
    woven: bool = False
    more: list[Span] = field(default_factory=list)

    @property
    def words(self) -> int:
        return len(self.inner.split())


def find_quotations(
    body: str,
    *,
    organisation: str | None = None,
    language: str | None = None,
) -> tuple[Quotation, ...]:
    """The quotations of a body, each with its speaker where the text says who it is.

    ``organisation`` is the one that publishes the page: "the organisation said" is then known.
    """
    finder = _Finder(body, organisation, language)
    for paragraph in paragraphs_of(body):
        finder.read(paragraph)
    return tuple(finder.quotations())


class _Finder:
    """Walks over the paragraphs and remembers who spoke."""

    def __init__(self, body: str, organisation: str | None, language: str | None) -> None:
        self.body = body
        self.words = grammar(language)
        self.nouns = nouns()
        self.people = People(body, self.words, self.nouns, organisation)
        self.pieces: list[_Piece] = []
        self.open: _Piece | None = None
        self.last: Source | None = None
        self.person: Source | None = None
        self.goes_on = False
        self.paragraph = self.before = Paragraph(0, "")

    def read(self, paragraph: Paragraph) -> None:
        self.before, self.paragraph = self.paragraph, paragraph
        spans = list(spans_of(paragraph))
        tokens = tokens_of(paragraph, spans, self.body)
        if not tokens:
            return
        frames = FrameReader(PhraseReader(tokens, self.body, self.words, self.nouns))
        at_start = bool(tokens[0].span)
        pieces = [_Piece(span, span.inner(self.body)) for span in spans]
        if self.open and pieces and at_start and pieces[0].span.mark == self.open.span.mark:
            self.open.more.append(pieces[0].span)
            self.open.inner += "\n\n" + pieces[0].inner
            pieces[0] = self.open
        self.open = None
        positions = [i for i, token in enumerate(tokens) if token.span]
        for piece, at in zip(pieces, positions, strict=True):
            self._frame(piece, at, frames)
        self._spread(pieces, tokens, positions, at_start)
        if pieces and not spans[-1].closed:
            self.open = pieces[-1]
        for piece in pieces:
            if not self.pieces or self.pieces[-1] is not piece:
                self.pieces.append(piece)
        self._remember(pieces, tokens, frames)

    def _frame(self, piece: _Piece, at: int, frames: FrameReader) -> None:
        if frames.is_woven(at):
            piece.woven = True
            return
        frame = frames.behind(at, piece.inner) or frames.before(at)
        if frame is None:
            return
        source = self._source(frame, piece.span.start)
        if source and (piece.source is None or not piece.framed):
            piece.source, piece.framed = source, True

    def _source(self, frame: Frame, offset: int) -> Source | None:
        pronoun = frame.subject.pronoun
        if pronoun in _GENDER:
            source = self._antecedent(_GENDER[pronoun], min(offset, frame.subject.start))
        elif pronoun in ("it", "they"):
            source = self.last if self.last and self.last.kind != "person" else None
        else:
            source = self.people.identify(frame.subject)
        if source and source.kind == "person" and source.name:
            self.person = source
        return source

    def _antecedent(self, gender: str, offset: int) -> Source | None:
        here = self.people.antecedent(self.paragraph.start, offset, gender)
        if here:
            return here
        if self.person and self.person.gender in (None, gender):
            return self.person
        return self.people.antecedent(self.before.start, self.before.end, gender)

    def _spread(
        self, pieces: list[_Piece], tokens: Sequence[Token], positions: list[int], at_start: bool
    ) -> None:
        """Give a quotation without a frame the speaker of its neighbour."""
        previous: Source | None = None
        for piece in pieces:
            if piece.source is None and not piece.woven:
                piece.source = previous
            previous = piece.source or previous
        following: Source | None = None
        for piece in reversed(pieces):
            if piece.source is None and not piece.woven:
                piece.source = following
            following = piece.source or following
        if pieces and pieces[0].source is None and self.goes_on and at_start:
            for piece in pieces:
                piece.source = self.last

    def _remember(self, pieces: list[_Piece], tokens: Sequence[Token], frames: FrameReader) -> None:
        sources = [piece.source for piece in pieces if piece.source]
        if sources:
            self.last, self.goes_on = sources[-1], True
        elif not pieces and frames.announces():
            frame = frames.before(len(tokens))
            self.last = self._source(frame, tokens[-1].end) if frame else None
            self.goes_on = self.last is not None
        else:
            self.goes_on = False

    def quotations(self) -> Iterable[Quotation]:
        for piece in self.pieces:
            if piece.words < (_FEWEST_WOVEN_WORDS if piece.woven else _FEWEST_WORDS):
                continue
            spans = [piece.span, *piece.more]
            source = piece.source
            yield Quotation(
                source.name if source else None,
                source.kind if source else None,
                source.role if source else None,
                source.organisation if source else None,
                tuple(span.inner(self.body) for span in spans),
                piece.span.start,
                spans[-1].end,
                spans[-1].closed,
            )
