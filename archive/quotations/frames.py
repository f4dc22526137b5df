"""Attribution frames: the words beside a quotation that say whose it is.

::

    “…,” said Jane Roe, Director of X.           behind
    “…,” Jane Roe, Director of X, said.          behind
    “…” on that day, Jane Roe said.              behind, at the end of the sentence
    “…” – Jane Roe                               behind, as a signature
    Jane Roe, Director of X, said: “…”           before
    Jane Roe smiled, saying: “…”                 before, the subject borrowed
    According to Jane Roe, “…”                   before or behind
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.quotations.subjects import PhraseReader, Subject
from archive.quotations.tokens import sentence_start

_LONGEST_ROLE = 45
"""Words that an apposition may have."""
_WHOLE_QUOTATION = 5
"""Words from which on a quotation stands for itself, not for a word of the reporter's sentence."""
_REACH = 80
"""Tokens before a quotation in which its frame is looked for."""
_DASHES = ("—", "–", "--", "-")


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

    def is_utterance(self, at: int, inner: str) -> bool:
        """Whether the quoted words are a whole utterance: “Never again,” and no “scandal”."""
        tokens = self.tokens
        if not inner[:1].isupper():
            return False
        comma = at + 1 < len(tokens) and tokens[at + 1].text == ","
        if not (comma or inner.endswith((",", ".", "!", "?", "…"))):
            return False
        if at == 0:
            return True
        previous = tokens[at - 1]
        if previous.text == ",":
            return at > 1 and tokens[at - 2].low in self.words.verbs
        return previous.text == ":" or (previous.ends_sentence and previous.span is None)

    def behind(self, at: int, inner: str) -> Frame | None:
        """The frame that follows the quotation token ``at``, whose words are ``inner``."""
        tokens = self.tokens
        stop = next((i for i in range(at + 1, len(tokens)) if tokens[i].span), len(tokens))
        first = at + 1
        comma = first < stop and tokens[first].text in (",", *_DASHES)
        if comma:
            first += 1
        if first >= stop:
            return None
        frame = self._inverted(first, stop) or self._by_source(first, stop)
        if frame:
            return frame
        full_stop = inner.rstrip("’'”\"").endswith(".") and not comma
        if full_stop and tokens[first].is_capital:
            return None
        if tokens[at + 1].text in _DASHES:
            return self._signature(first, stop) or self._straight(first, stop)
        return self._straight(first, stop) or self._trailing(first, stop)

    def _inverted(self, at: int, stop: int) -> Frame | None:
        """Reads "said (today) Jane Roe"."""
        tokens = self.tokens
        joined = self._joined(at, stop)
        if joined:
            return joined
        at = self._over_skipped(at, stop)
        if at >= stop or not self._introduces(at, stop):
            return None
        cue = tokens[at].low
        at = self._over_skipped(at + 1, stop)
        while at < stop and tokens[at].is_day:
            at += 1
        found = self.reader.forward(at, stop)
        return Frame(self._with_apposition(*found, stop), cue) if found else None

    def _joined(self, at: int, stop: int) -> Frame | None:
        """Reads the French "explique-t-elle" and "a-t-elle expliqué"."""
        if at >= stop:
            return None
        token = self.tokens[at]
        verb, hyphen, pronoun = token.low.rpartition("-")
        verb = verb.removesuffix("-t")
        following = self.tokens[at + 1].low if at + 1 < stop else ""
        helped = verb in self.words.skipped and following in self.words.verbs
        if not hyphen or pronoun not in self.words.pronouns:
            return None
        known = verb in self.words.verbs or helped
        return Frame(Subject(token.start, pronoun=pronoun), verb) if known else None

    def _introduces(self, at: int, stop: int) -> bool:
        """Whether the token is a verb of saying, or any past verb before a name."""
        token = self.tokens[at]
        if token.low in self.words.verbs:
            return not token.low.endswith(self.words.participle)  # "…,” promising the crews …"
        return self._is_past(at) and at + 1 < stop and self.tokens[at + 1].is_capital

    def _is_past(self, at: int) -> bool:
        token = self.tokens[at]
        ending = self.words.past
        return bool(ending) and not token.is_capital and token.low.endswith(ending)

    def _over_skipped(self, at: int, stop: int) -> int:
        while at < stop and self.tokens[at].low in self.words.skipped:
            at += 1
        return at

    def _by_source(self, at: int, stop: int) -> Frame | None:
        """Reads "according to Jane Roe"."""
        for phrase in self.words.according:
            end = at + len(phrase)
            if tuple(token.low for token in self.tokens[at:end]) == phrase:
                found = self.reader.forward(end, stop)
                if found:
                    return Frame(self._with_apposition(*found, stop), " ".join(phrase))
        return None

    def _straight(self, at: int, stop: int) -> Frame | None:
        """Reads "Jane Roe, Director of X, said"."""
        tokens = self.tokens
        found = self.reader.forward(at, stop) or self.reader.loose(at, stop)
        if not found:
            return None
        subject, end = found
        if end < stop and tokens[end].text == "(":
            end = next((i + 1 for i in range(end, stop) if tokens[i].text == ")"), stop)
        verb = self._verb(end, stop)
        if verb is not None:
            return Frame(subject, tokens[verb].low)
        if end >= stop or (tokens[end].text != "," and tokens[end].low not in self.words.relatives):
            return None
        begin = end + (tokens[end].text == ",")
        verb = self._verb(begin, stop) if subject.name else None
        if verb is not None:
            return Frame(subject, tokens[verb].low)
        for comma in range(begin, min(stop, begin + _LONGEST_ROLE)):
            if tokens[comma].ends_sentence:
                break
            verb = self._verb(comma + 1, stop) if tokens[comma].text == "," else None
            if verb is not None:
                apposition = self.reader.text(begin, comma)
                return Frame(replace(subject, apposition=apposition), tokens[verb].low)
        return None

    def _verb(self, at: int, stop: int) -> int | None:
        """The verb of saying at ``at``, adverbs and auxiliaries skipped."""
        at = self._over_skipped(at, stop)
        if at < stop and (self.tokens[at].low in self.words.verbs or self._is_past(at)):
            return at
        return None

    def _trailing(self, first: int, stop: int) -> Frame | None:
        """Reads a frame that ends the sentence: "“…” in the end, Jane Roe said."."""
        for index in range(first, min(stop - 1, first + _LONGEST_ROLE)):
            if self.tokens[index].ends_sentence:
                break
            if self.tokens[index].text == ",":
                frame = self._inverted(index + 1, stop) or self._straight(index + 1, stop)
                described = frame and frame.subject.description
                if frame and frame.cue in self.words.verbs and not described:
                    return frame
        return None

    def _signature(self, first: int, stop: int) -> Frame | None:
        """Reads "– Jane Roe, Director of X" at the end of a paragraph."""
        found = self.reader.forward(first, stop)
        if not found or stop != len(self.tokens) or not found[0].name:
            return None
        subject, end = found
        last = stop - (self.tokens[stop - 1].text == ".")
        if end < last and self.tokens[end].text == ",":
            return Frame(replace(subject, apposition=self.reader.text(end + 1, last)), "—")
        return Frame(subject, "—") if end == last else None

    def signature(self) -> Frame | None:
        """The frame of a paragraph that is a signature to the quotation above it."""
        if not self.tokens or self.tokens[0].text not in _DASHES:
            return None
        return self._signature(1, len(self.tokens))

    def _with_apposition(self, subject: Subject, end: int, stop: int) -> Subject:
        """The subject with what follows between commas: "said Roe, Director of X, in Geneva."."""
        tokens = self.tokens
        if end + 1 >= stop or tokens[end].text != "," or subject.pronoun:
            return subject
        begin = close = end + 1
        if tokens[begin].low in self.words.role_ends:
            return subject
        while close < min(stop, begin + _LONGEST_ROLE):
            token = tokens[close]
            if token.ends_sentence or token.text in (";", ":", "[", *_DASHES):
                break
            follows = tokens[close + 1].low if close + 1 < stop else ""
            if token.text == "," and follows in self.words.role_ends:
                break
            close += 1
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
                if self._is_passive(index, low):
                    return self._agent(index, at)
                cue = cue or self._left_verb(index, low)
        subject = None
        if cue == ":":
            subject = self._before_colon(low, at - 1)
        if cue and subject is None:
            subject = self._sentence_subject(low, at)
        return Frame(subject, cue) if subject else self._source_before(low, at)

    def _at_verb(self, verb: int, low: int, at: int) -> Frame | None:
        """The frame of a verb that has its own subject beside it."""
        previous = self.tokens[verb - 1].low if verb > low else ""
        if not self._left_verb(verb, low) or self._is_participle(verb, previous):
            return None
        subject = self.reader.backward(verb, low)
        if subject is None and verb == low:
            found = self.reader.forward(verb + 1, at)
            subject = found[0] if found else None
        return Frame(subject, self.tokens[verb].low) if subject else None

    def _left_verb(self, verb: int, low: int) -> str:
        """The verb, unless the word is a noun, an infinitive or a passive there."""
        previous = self.tokens[verb - 1].low if verb > low else ""
        cue = self.tokens[verb].low
        no_verb = previous in self.words.noun_signs or previous.endswith("'s")
        return "" if no_verb or self._is_passive(verb, low) else cue

    def _is_passive(self, verb: int, low: int) -> bool:
        """Whether the subject is spoken to or of: "Roe was asked"."""
        if verb == low or self.tokens[verb - 1].low not in self.words.passives:
            return False
        return not self.tokens[verb].low.endswith(self.words.participle)

    def _agent(self, verb: int, at: int) -> Frame | None:
        """Who asks in "Roe was asked by Jane Doe"."""
        found = self.reader.forward(verb + 2, at) if self.tokens[verb + 1].low == "by" else None
        return Frame(found[0], self.tokens[verb].low) if found else None

    def _is_participle(self, verb: int, previous: str) -> bool:
        """Whether the verb borrows its subject: "Roe smiled, saying"; not "a sign saying"."""
        if previous in self.reader.nouns.documents or previous in self.words.passives:
            return False
        return self.tokens[verb].low.endswith(self.words.participle)

    def _sentence_subject(self, low: int, stop: int) -> Subject | None:
        """The subject with which the sentence begins, a leading phrase ("In May, …") skipped."""
        tokens = self.tokens
        breaks = (i + 1 for i in range(low, stop) if tokens[i].text in (",", *_DASHES))
        for start in (low, *breaks):
            while start < stop and tokens[start].low in self.words.conjunctions:
                start += 1
            if start >= stop or tokens[start].low in self.words.prepositions:
                continue
            found = self.reader.forward(start, stop)
            if found and (not found[0].description or self.reader.is_known(found[0])):
                return found[0]
        return None

    def _before_colon(self, low: int, colon: int) -> Subject | None:
        """Reads a name that stands alone before the colon, as in a transcript: "Roe: “…”"."""
        begin = colon
        while begin > low and self.tokens[begin - 1].text not in (",", *_DASHES):
            begin -= 1
        subject = self.reader.backward(colon, begin) if begin < colon else None
        whole = subject and subject.start == self.tokens[begin].start
        return subject if subject and subject.name and whole else None

    def _source_before(self, low: int, at: int) -> Frame | None:
        for index in range(at - 2, low - 1, -1):
            frame = self._by_source(index, at)
            if frame:
                return frame
        return None

    def sentence_before(self, at: int) -> Frame | None:
        """The frame of the sentence before a quotation that is a sentence of its own.

        Jane Roe agreed. “…”
        """
        tokens = self.tokens
        if at == 0 or tokens[at - 1].span or not tokens[at - 1].ends_sentence:
            return None
        low = sentence_start(tokens, at - 1)
        if any(token.span for token in tokens[low:at]):
            return None
        subject = self._sentence_subject(low, at - 1)
        return Frame(subject, ".") if subject else None

    def indirect(self) -> Frame | None:
        """The last named speaker of a paragraph that reports without quoting."""
        last = len(self.tokens) - 1
        for index in range(last, max(-1, last - _REACH), -1):
            if self.tokens[index].low in self.words.verbs:
                behind = self.tokens[index - 1].text == ","
                frame = self._inverted(index, last) if behind else None
                frame = frame or self._at_verb(index, sentence_start(self.tokens, index), last)
                if frame and frame.subject.name:
                    return frame
        return None

    def announces(self) -> bool:
        """Whether the paragraph ends in a colon and so announces what follows."""
        return bool(self.tokens) and self.tokens[-1].text == ":"
