"""The frame that announces a whole statement.

::

    Jane Roe today issued the following statement on X: “…”
    Jane Roe released this statement. “…”
    The following statement was issued by Jane Roe: “…”
    Statement of Jane Roe on X “…”                              a heading

Other verbs and names may stand between the announcement and the quotation ("… in response to what
John Doe said: “…”"), and none of them says whose it is; so this is looked for first.
"""

from __future__ import annotations

from archive.quotations.frames import Frame, FrameReader
from archive.quotations.tokens import sentence_start

_NEAR = 3
"""Words between "following" and its "statement": "the following opening statement"."""
_REACH = 7
"""Words between the verb and its "following": "issued late on Monday the following"."""


class AnnouncementReader(FrameReader):
    """Finds the announcement before a quotation, or before the end of a paragraph."""

    def announcement(self, at: int) -> Frame | None:
        """The frame of the sentence that ends before token ``at``, if it announces a statement."""
        tokens = self.tokens
        if at == 0 or tokens[at - 1].span:
            return None
        low = sentence_start(tokens, at - 1)
        if any(token.words for token in tokens[low:at]):
            return None
        for index in range(low, at):
            if tokens[index].low in self.words.following and self._is_statement(index, low, at):
                return self._issued(index, low) or self._issued_by(index, at)
        heading = low == 0 and (tokens[at - 1].text == ":" or not tokens[at - 1].ends_sentence)
        return self._heading(at) if heading else None

    def _is_statement(self, following: int, low: int, at: int) -> bool:
        near = self.tokens[max(low, following - _NEAR) : min(at, following + 1 + _NEAR)]
        return any(token.low in self.words.statements for token in near)

    def _issued(self, following: int, low: int) -> Frame | None:
        for verb in range(following - 1, max(low, following - _REACH) - 1, -1):
            if self.tokens[verb].low in self.words.issues:
                if self.is_negated(verb, low):
                    return Frame(self.nobody(verb), self.tokens[verb].low)
                subject = self.back.backward(verb, low)
                return Frame(subject, self.tokens[verb].low) if subject else None
        return None

    def _issued_by(self, following: int, at: int) -> Frame | None:
        for verb in range(following + 1, min(at - 1, following + _REACH)):
            if self.tokens[verb].low in self.words.issues:
                by = verb + 1
                while by < at and self.tokens[by].is_day:
                    by += 1
                own = by < at and self.tokens[by].low in self.words.objects
                found = self.ahead.forward(by + 1, at) if own else None
                return Frame(found[0], self.tokens[verb].low) if found else None
        return None

    def _heading(self, at: int) -> Frame | None:
        first = self.tokens[0]
        if at <= _NEAR or first.low not in self.words.statements or not first.is_capital:
            return None
        found = self.ahead.forward(2, at) if self.tokens[1].low in self.words.authors else None
        named = found and " " in found[0].name
        return Frame(found[0], first.low) if found and named else None
