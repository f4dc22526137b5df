"""The frame that follows a quotation.

::

    “…,” said Jane Roe, Director of X.           inverted
    “…,” Jane Roe, Director of X, said.          straight
    “…” on that day, Jane Roe said.              trailing, at the end of the sentence
    “…,” according to Jane Roe.                  by source
    “…” was Jane Roe’s answer.                   by what it is
    “…” – Jane Roe                               a signature
"""

from __future__ import annotations

from dataclasses import replace

from archive.quotations.frames import DASHES, LONGEST_ROLE, Frame, FrameReader
from archive.quotations.subjects import JOINT, SAME, Subject
from archive.quotations.tokens import stands

_LONGEST_REPLY = 10
"""Tokens from "was" to the "answer" of "was Jane Roe’s answer"."""
_LONGEST_INSERTION = 16
"""Tokens of an attribution within the marks."""


class BehindReader(FrameReader):
    """Finds the frames behind a paragraph's quotations."""

    def frame(self, at: int, inner: str) -> Frame | None:
        """The frame that follows the quotation token ``at``, whose words are ``inner``."""
        tokens = self.tokens
        stop = next((i for i in range(at + 1, len(tokens)) if tokens[i].span), len(tokens))
        first = at + 1
        presented = self._presented(first, stop)
        if presented:
            return presented
        comma = first < stop and tokens[first].text in (",", *DASHES)
        if comma:
            first += 1
        if first >= stop:
            return None
        full_stop = inner.rstrip("’'”\"").endswith(".") and not comma
        if full_stop and stop < len(tokens) and tokens[stop - 1].text == ":":
            return None  # it leads to the next one: "“…” Added Jane Roe: “…”"
        frame = self.inverted(first, stop) or self.by_source(first, stop)
        if frame:
            return frame
        reply = self._reply(first, stop)
        if reply:
            return reply
        if full_stop and tokens[first].is_capital:
            return self._alone(first, stop)
        if tokens[at + 1].text in DASHES:
            return self._signature(first, stop) or self._straight(first, stop)
        return self._straight(first, stop) or self._trailing(first, stop)

    def _reply(self, at: int, stop: int) -> Frame | None:
        """Reads "was Jane Roe’s answer"."""
        if self.tokens[at].low not in self.words.passives:
            return None
        for index in range(at + 2, min(stop, at + _LONGEST_REPLY)):
            token = self.tokens[index]
            if token.low in self.words.replies and self.tokens[index - 1].is_possessive:
                subject = self.ahead.named(at + 1, index)
                return Frame(subject, token.low) if subject and subject.name else None
            if not token.is_word:
                break
        return None

    def _presented(self, at: int, stop: int) -> Frame | None:
        """Reads ": c’est ainsi que Jane Roe, Director of X, décrit la situation"."""
        if at >= stop or self.tokens[at].text not in (":", ",", *DASHES):
            return None
        phrases = (phrase for phrase in self.words.presents if stands(self.tokens, at + 1, phrase))
        phrase = max(phrases, key=len, default=None)
        if phrase is None:
            return None
        begin = self.over_skipped(at + 1 + len(phrase), stop)
        begin += begin < stop and self.ahead.is_verb(begin)
        found = self.ahead.forward(begin, stop)
        if found is None or " " not in found[0].name:
            return None
        subject = self.with_apposition(*found, stop)
        role = subject.apposition.partition(", ")[0]
        return Frame(replace(subject, apposition=role), " ".join(phrase))

    def _straight(self, at: int, stop: int) -> Frame | None:
        """Reads "Jane Roe, Director of X, said"."""
        tokens = self.tokens
        found = self.ahead.forward(at, stop) or self.ahead.loose(at, stop)
        if not found:
            return None
        subject, end = found
        if self.joint(subject, end, stop):
            return self._together(subject, end, stop)
        end = self.over_brackets(end, stop)
        verb = self._verb(end, stop)
        if verb is not None:
            return self._said(subject, verb, stop)
        if end >= stop or (tokens[end].text != "," and tokens[end].low not in self.words.relatives):
            return None
        clause = self._behind_clause(end, stop) if not subject.name else None
        if clause is not None:
            return self._said(subject, clause, stop)
        begin = end + (tokens[end].text == ",")
        described = self._described_on(subject, begin, stop)
        if described:
            return described
        verb = self._verb(begin, stop) if subject.name else None
        if verb is not None:
            return self._said(subject, verb, stop)
        for comma in range(begin, min(stop, begin + LONGEST_ROLE)):
            if tokens[comma].ends_sentence:
                break
            verb = self._verb(comma + 1, stop) if tokens[comma].text == "," else None
            if verb is not None:
                apposition = self.ahead.text(begin, comma)
                return self._said(replace(subject, apposition=apposition), verb, stop)
        return None

    def _behind_clause(self, at: int, stop: int) -> int | None:
        """The last verb of saying of "a pilot who asked not to be named (told)" the press."""
        if self.tokens[at].low not in self.words.relatives:
            return None
        ends = (i for i in range(at, stop) if not self.tokens[i].is_word)
        verbs = (i for i in range(next(ends, stop) - 1, at, -1) if self.ahead.is_verb(i))
        return next(verbs, None)

    def _said(self, subject: Subject, verb: int, stop: int) -> Frame:
        """The frame of a verb and what stands before it, which need not be who speaks.

        Jane Roe was told by John Doe; the Harbour Times quoted John Doe as saying.
        """
        cue = self.tokens[verb].low
        if self.tokens[verb].low not in self.words.quoting and self.is_passive(verb, 0):
            return self.agent(verb, stop) or Frame(self.nobody(verb), cue)
        if self.is_negated(verb, 0) or self._reports(verb, stop):
            return Frame(self.nobody(verb), cue)
        return Frame(self.quoted(verb, stop) or subject, cue)

    def _reports(self, verb: int, stop: int) -> bool:
        """Whether a clause tells that another one says it: "Roe said Jane Doe had told her"."""
        found = self.ahead.forward(verb + 1, stop)
        if found is None or found[0].description:
            return False
        told = self.over_skipped(found[1], stop)
        return told < stop and self.ahead.is_verb(told)

    def _together(self, subject: Subject, end: int, stop: int) -> Frame | None:
        """Reads "Jane Roe and John Doe, both pilots, said": none of them is who speaks."""
        for index in range(end + 1, min(stop, end + LONGEST_ROLE)):
            if self.tokens[index].ends_sentence:
                break
            if self._verb(index, stop) is not None:
                return Frame(Subject(subject.start, pronoun=JOINT), self.tokens[index].low)
        return None

    def _described_on(self, subject: Subject, begin: int, stop: int) -> Frame | None:
        """Reads "the bearded, 71-year-old pilot said": a description that goes over a comma."""
        more = self.ahead.forward(begin, stop) if subject.description else None
        if more is None or not self.ahead.is_known(more[0]) or self.ahead.is_known(subject):
            return None
        verb = self._verb(more[1], stop)
        if verb is None or self.tokens[begin].low in self.words.determiners:
            return None
        text = f"{subject.description}, {more[0].description}"
        return self._said(replace(subject, description=text), verb, stop)

    def _alone(self, first: int, stop: int) -> Frame | None:
        """Reads a sentence of a name and a verb: "“….” Jane Roe said."; it leads to nothing."""
        found = self.ahead.forward(first, stop)
        if not found or not found[0].name:
            return None
        subject, verb = found
        end = verb + 1
        whole = end < len(self.tokens) and self.tokens[end].ends_sentence and end < stop
        said = whole and self.tokens[verb].low in self.words.utters
        return Frame(subject, self.tokens[verb].low) if said else None

    def _verb(self, at: int, stop: int) -> int | None:
        """The verb of saying at ``at``, adverbs and auxiliaries skipped."""
        at = self.over_skipped(at, stop)
        for phrase in self.words.phrasal:
            if stands(self.tokens, at, phrase):
                return at
        if at < stop and (self.ahead.is_verb(at) or self.is_past(at)):
            return at
        return None

    def _trailing(self, first: int, stop: int) -> Frame | None:
        """Reads a frame that ends the sentence: "“…” in the end, Jane Roe said."."""
        for index in range(first, min(stop - 1, first + LONGEST_ROLE)):
            if self.tokens[index].ends_sentence:
                break
            if self.tokens[index].text == ",":
                frame = self.inverted(index + 1, stop) or self._straight(index + 1, stop)
                described = frame and frame.subject.description
                if frame and frame.cue in self.words.verbs and not described:
                    return frame
        return None

    def _signature(self, first: int, stop: int) -> Frame | None:
        """Reads "– Jane Roe, Director of X" at the end of a paragraph."""
        found = self.ahead.forward(first, stop)
        if not found or stop != len(self.tokens) or not found[0].name:
            return None
        subject, end = found
        last = stop - (self.tokens[stop - 1].text == ".")
        if end < last and self.tokens[end].text == ",":
            return Frame(replace(subject, apposition=self.ahead.text(end + 1, last)), "—")
        return Frame(subject, "—") if end == last else None

    def inserted(self) -> Frame | None:
        """The frame between two commas: "(Le port), a dit Jane Roe, (est ouvert)"."""
        tokens = self.tokens
        ends = [i for i, token in enumerate(tokens) if token.text == "," or token.ends_sentence]
        stops = (*ends, len(tokens))
        for number, comma in enumerate(ends):
            if tokens[comma].text != ",":
                continue
            described: Frame | None = None
            for end in stops[number + 1 : number + 3]:  # "explicó el director, Jane Roe,"
                frame = self.inverted(comma + 1, end) if end - comma < _LONGEST_INSERTION else None
                said = frame and (frame.cue in self.words.verbs or frame.subject.pronoun)
                if not (frame and said) or frame.subject.pronoun == SAME:
                    continue
                if not frame.subject.description:
                    return frame
                described = described or (frame if self._fills(frame.subject, end) else None)
            if described:
                return described
        return None

    def _fills(self, subject: Subject, end: int) -> bool:
        """Whether a description is somebody's and ends where the insertion does."""
        whole = subject.start + len(subject.description) == self.tokens[end - 1].end
        return whole and self.ahead.is_known(subject)

    def whole(self) -> Frame | None:
        """The frame of a line that is a name and an office: "Jane Roe, Director of X"."""
        frame = self._signature(0, len(self.tokens))
        return frame if frame and " " in frame.subject.name and frame.subject.apposition else None

    def signature(self) -> Frame | None:
        """The frame of a paragraph that is a signature to the quotation above it."""
        if not self.tokens or self.tokens[0].text not in DASHES:
            return None
        return self._signature(1, len(self.tokens))
