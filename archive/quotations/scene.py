"""A paragraph while it is read: its quotations in the making, and readers for the words around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from archive.nouns import Nouns
from archive.quotations.announced import AnnouncementReader
from archive.quotations.backward import BackwardReader
from archive.quotations.before import BeforeReader
from archive.quotations.behind import BehindReader
from archive.quotations.forward import ForwardReader
from archive.quotations.frames import DASHES, Frame
from archive.quotations.grammar import Grammar
from archive.quotations.marks import Paragraph, Span
from archive.quotations.pieces import Quoted
from archive.quotations.register import Segment
from archive.quotations.tokens import Token, is_verb, tokens_of

_LONGEST_LINE = 120
_WORD = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f]+")
"""Latin letters in lower case: a set of them is found in half the time of any letters."""


class Scene:
    """A paragraph with its quotations. Its words are made into tokens when they are asked for."""

    def __init__(self, quoted: Quoted, body: str, words: Grammar, nouns: Nouns) -> None:
        self.paragraph = quoted.paragraph
        self.spans = quoted.spans
        self.pieces = quoted.pieces
        self._body = body
        self._words = words
        self._nouns = nouns

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The paragraph's tokens, a quotation being one."""
        return tokens_of(self.paragraph, self.spans, self._body)

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """Where the quotations stand among the tokens."""
        if not self.spans:
            return ()
        return tuple(i for i, token in enumerate(self.tokens) if token.span)

    @cached_property
    def _readers(self) -> tuple[ForwardReader, BackwardReader]:
        return self._readers_of(self.tokens)

    def _readers_of(self, tokens: Sequence[Token]) -> tuple[ForwardReader, BackwardReader]:
        parts = tokens, self._body, self._words, self._nouns
        return ForwardReader(*parts), BackwardReader(*parts)

    @cached_property
    def behind(self) -> BehindReader:
        """Reads what follows a quotation."""
        return BehindReader(*self._readers)

    @cached_property
    def before(self) -> BeforeReader:
        """Reads what leads to a quotation."""
        return BeforeReader(*self._readers)

    def inside(self, span: Span) -> Frame | None:
        """The frame within the marks, as French and Spanish have it: « Le port, dit Roe, … »."""
        if not self._words.head_first:
            return None
        start = span.start + len(span.mark)
        words = Paragraph(start, self._body[start : span.end - span.shut])
        tokens = tokens_of(words, (), self._body)
        if not any(is_verb(tokens, index, self._words.verbs) for index in range(len(tokens))):
            return None
        return BehindReader(*self._readers_of(tokens)).inserted()

    @cached_property
    def announced(self) -> AnnouncementReader:
        """Reads what announces a whole statement."""
        return AnnouncementReader(*self._readers)

    @property
    def begins_quoted(self) -> bool:
        """Whether the paragraph begins with a quotation."""
        return bool(self.spans) and self.positions[0] == 0

    @property
    def announces(self) -> bool:
        """Whether the paragraph ends in a colon and so announces what follows."""
        return self.paragraph.text.rstrip().endswith(":")

    @property
    def may_sign(self) -> bool:
        """Whether the paragraph begins like a signature: with a dash."""
        return not self.spans and self.paragraph.text.lstrip().startswith(DASHES)

    @property
    def is_line(self) -> bool:
        """Whether the paragraph may be a name and an office: a short line that ends no sentence."""
        text = self.paragraph.text
        if self.spans or len(text) > _LONGEST_LINE or ", " not in text:
            return False
        text = text.strip()
        return text[0].isupper() and text[-1].isalnum() and "\n" not in text

    @property
    def is_quoted(self) -> bool:
        """Whether the paragraph is one quotation and nothing else."""
        return len(self.spans) == 1 and len(self.spans[0].inner(self._body)) + 4 >= len(
            self.paragraph.text.strip()
        )

    @property
    def may_report(self) -> bool:
        """Whether a verb of saying stands in the paragraph; much quicker than to read it."""
        return not self._words.verbs.isdisjoint(_WORD.findall(self._folded))

    @property
    def may_announce(self) -> bool:
        """Whether the paragraph has a word that announces a statement, or one that contains it."""
        return any(map(self._folded.__contains__, self._words.statements))

    @cached_property
    def _folded(self) -> str:
        return self.paragraph.text.casefold()

    def own_words(self, stop: int) -> list[Segment]:
        """The reporter's words up to an offset."""
        segments, at = [], self.paragraph.start
        for span in self.spans:
            if span.start < stop:
                segments.append((at, span.start))
                at = span.end
        return [*segments, (at, min(stop, self.paragraph.end))]
