"""Attribution frames: the words beside a quotation that say whose it is.

``“…,” said Jane Roe, Director of X.``   the frame stands behind
``Jane Roe, Director of X, said: “…”``    the frame stands before
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.quotations.subjects import PhraseReader, Subject
from archive.quotations.tokens import Token, sentence_start

_PASSIVE = frozenset("was were is are been being be".split())  # noqa: SIM905
_ROLE_ENDS = frozenset(
    ["who", "which", "adding", "after", "before", "when", "while", "as", "in", "on", "at", "during", "speaking", "referring", "noting", "saying", "told", "about", "because", "and", "but"]
)
_NO_VERB_AFTER = frozenset("to the a an be of his her their its this that my our".split())  # noqa: SIM905
_CONJUNCTIONS = frozenset("and but or then so yet as".split())  # noqa: SIM905
_LONGEST_ROLE = 45
_WHOLE_QUOTATION = 5
"""Words from which on a quotation stands for itself, not for a word of the reporter's sentence."""
_PARTICIPLE = "ing"


@dataclass(frozen=True, slots=True)
class Frame:
    """Who speaks, as the words beside the quotation have it."""

    subject: Subject
    cue: str


class FrameReader:
    """Finds the frames of a paragraph's quotations."""

    def __init__(self, reader: PhraseReader) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.words = reader.words

    def is_woven(self, at: int) -> bool:
        """Whether the quoted words are part of the reporter's own sentence.

        They called it “a scandal for everybody”: a fragment, not somebody speaking.
        """
        previous = self.tokens[at - 1] if at else None
        return previous is not None and previous.is_word and previous.low not in self.words.verbs

    def behind(self, at: int, inner: str) -> Frame | None:
        """The frame that follows the quotation token ``at``."""
        tokens = self.tokens
        stop = next((i for i in range(at + 1, len(tokens)) if tokens[i].span), len(tokens))
        first = at + 1
        comma = first < stop and tokens[first].text in (",", "—", "–", "--", "-")
        if comma:
            first += 1
        if first >= stop:
            return None
        full_stop = inner.endswith(".") and not comma
        open_end = not (comma or inner.endswith((",", "!", "?", "…", "—", "–", "-", ".", "--")))
        found = self._inverted(first, stop) or self._by_source(first, stop)
        if found or (full_stop and tokens[first].is_capital):
            return found
        return None if open_end else self._straight(first, stop)

    def _inverted(self, at: int, stop: int) -> Frame | None:
        """Said Jane Roe"""
        tokens = self.tokens
        while at < stop and tokens[at].low in self.words.skipped:
            at += 1
        if at >= stop or tokens[at].low not in self.words.verbs:
            return None
        cue = tokens[at].low
        at += 1
        while (
            at < stop
            and (tokens[at].low in self.words.skipped or tokens[at].low.endswith("day"))
            and not tokens[at].low == "it"
        ):
            at += 1
        found = self.reader.forward(at, stop)
        return Frame(self._with_apposition(*found, stop), cue) if found else None

    def _by_source(self, at: int, stop: int) -> Frame | None:
        """According to Jane Roe"""
        for phrase in self.words.according:
            end = at + len(phrase)
            if tuple(token.low for token in self.tokens[at:end]) == phrase:
                found = self.reader.forward(end, stop)
                if found:
                    return Frame(self._with_apposition(*found, stop), " ".join(phrase))
        return None

    def _straight(self, at: int, stop: int) -> Frame | None:
        """Jane Roe, Director of X, said"""
        tokens = self.tokens
        found = self.reader.forward(at, stop)
        if not found:
            return None
        subject, end = found
        if end < stop and tokens[end].text == "(":
            end = next((i + 1 for i in range(end, stop) if tokens[i].text == ")"), stop)
        verb = self._verb(end, stop)
        if (
            verb is None
            and end < stop
            and (tokens[end].text == "," or tokens[end].low in self.words.relatives)
        ):
            begin = end + (tokens[end].text == ",")
            for comma in range(begin, min(stop, begin + _LONGEST_ROLE)):
                if tokens[comma].ends_sentence:
                    break
                verb = self._verb(comma + 1, stop) if tokens[comma].text == "," else None
                if verb is not None:
                    subject = replace(subject, apposition=self.reader.text(begin, comma))
                    break
        return Frame(subject, tokens[verb].low) if verb is not None else None

    def _verb(self, at: int, stop: int) -> int | None:
        """The verb of saying at ``at``, adverbs and auxiliaries skipped."""
        while at < stop and self.tokens[at].low in self.words.skipped:
            at += 1
        if at < stop and self.tokens[at].low in self.words.verbs:
            return at
        return None

    def _with_apposition(self, subject: Subject, end: int, stop: int) -> Subject:
        """The subject with what follows between commas: "said Roe, Director of X, in Geneva."."""
        tokens = self.tokens
        if end >= stop or tokens[end].text != "," or subject.pronoun:
            return subject
        begin = close = end + 1
        while close < min(stop, begin + _LONGEST_ROLE):
            token = tokens[close]
            if token.ends_sentence or token.text in (";", ":", "—", "–"):
                break
            if token.text == "," and close + 1 < stop and tokens[close + 1].low in _ROLE_ENDS:
                break
            close += 1
        if tokens[begin : begin + 1] and tokens[begin].low in _ROLE_ENDS:
            return subject
        return replace(subject, apposition=self.reader.text(begin, close).strip(" ,"))

    def before(self, at: int) -> Frame | None:
        """The frame that leads to the quotation token ``at`` within its sentence."""
        tokens = self.tokens
        low = sentence_start(tokens, at)
        cue = ":" if at > low and tokens[at - 1].text == ":" else ""
        for index in range(at - 1, low - 1, -1):
            if tokens[index].words >= _WHOLE_QUOTATION:
                return None
            if tokens[index].low in self.words.verbs:
                frame = self._at_verb(index, low, at)
                if frame:
                    return frame
                cue = cue or self._left_verb(index, low)
        subject = self._sentence_subject(low, at) if cue else None
        return Frame(subject, cue) if subject else self._source_before(low, at)

    def _at_verb(self, verb: int, low: int, at: int) -> Frame | None:
        """The frame of a verb that has its own subject beside it."""
        tokens = self.tokens
        previous = tokens[verb - 1].low if verb > low else ""
        if not self._left_verb(verb, low) or self._is_participle(verb, previous):
            return None
        subject = self.reader.backward(verb, low)
        if subject is None and verb == low:
            found = self.reader.forward(verb + 1, at)
            subject = found[0] if found else None
        return Frame(subject, tokens[verb].low) if subject else None

    def _left_verb(self, verb: int, low: int) -> str:
        """The verb, unless the word is a noun, an infinitive or a passive there."""
        previous = self.tokens[verb - 1].low if verb > low else ""
        cue = self.tokens[verb].low
        no_verb = previous in _NO_VERB_AFTER or previous.endswith("'s")
        passive = previous in _PASSIVE and not cue.endswith(_PARTICIPLE)
        return "" if no_verb or passive else cue

    def _is_participle(self, verb: int, previous: str) -> bool:
        return self.tokens[verb].low.endswith(_PARTICIPLE) and previous not in _PASSIVE

    def _sentence_subject(self, low: int, stop: int) -> Subject | None:
        """The subject with which the sentence begins, a leading phrase ("In May, …") skipped."""
        tokens = self.tokens
        starts = [low] + [i + 1 for i in range(low, stop) if tokens[i].text in (",", "—", "-", "–")]
        for start in starts:
            while start < stop and tokens[start].low in _CONJUNCTIONS:
                start += 1
            if start >= stop or tokens[start].low in self.words.prepositions:
                continue
            found = self.reader.forward(start, stop)
            if found:
                return found[0]
        return None

    def _source_before(self, low: int, at: int) -> Frame | None:
        for index in range(at - 2, low - 1, -1):
            frame = self._by_source(index, at)
            if frame:
                return frame
        return None


def is_introduction(tokens: tuple[Token, ...]) -> bool:
    """Whether a paragraph without quotations announces one: it ends in a colon."""
    return bool(tokens) and tokens[-1].text == ":"
