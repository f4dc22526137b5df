"""The frame that leads to a quotation, in its sentence or in the one before it.

::

    Jane Roe, Director of X, said: “…”           a verb with its subject
    Jane Roe smiled, saying: “…”                 a verb that borrows the sentence's subject
    Jane Roe: “…”                                a name before a colon
    According to Jane Roe, “…”                   by source
    Jane Roe disagreed. “…”                      the sentence before
"""

from __future__ import annotations

from dataclasses import replace

from archive.quotations.colons import ColonReader
from archive.quotations.frames import DASHES, LONGEST_ROLE, Frame
from archive.quotations.subjects import SAME, Subject
from archive.quotations.tokens import Token, sentence_start, stands

_WHOLE_QUOTATION = 5
"""Words from which on a quotation stands for itself, not for a word of the reporter's sentence."""
_REACH = 80
"""Tokens before the end of a paragraph in which its last speaker is looked for."""


class BeforeReader(ColonReader):
    """Finds the frames before a paragraph's quotations."""

    def frame(self, at: int) -> Frame | None:
        """The frame that leads to the quotation token ``at`` within its sentence."""
        low = sentence_start(self.tokens, at)
        if low < at and self.tokens[low].low in self.words.greetings:
            return None
        cut = self._phrasal(low, at - 1) if at > low else None
        if cut:
            return cut
        cue = ":" if at > low and self.tokens[at - 1].text == ":" else ""
        led = self.likened(low, at) or (self.led_by_colon(low, at) if cue else None)
        if led:
            return led
        verbs = self.words.verbs
        nearer = False  # whether a verb without a subject of its own was passed
        for index in range(at - 1, low - 1, -1):
            if self.tokens[index].words >= _WHOLE_QUOTATION:
                return None
            if self.tokens[index].low in verbs and self.ahead.is_verb(index):
                if self.is_negated(index, low):
                    if cue == ":" and (
                        self.over_skipped(index + 1, at) < at - 1
                        or self.tokens[index - 1].low in self.words.clitics
                    ):
                        break  # "Roe does not say anything else: “…”", "Roe no lo cree: “…”"
                    return None
                frame = self._at_verb(index, low, at)
                if frame and nearer and self._is_subordinate(frame.subject.start, index):
                    break  # "As Roe began to sing, Doe rose and said"
                if frame:
                    return frame
                if self.is_passive(index, low):
                    return self.agent(index, at)
                left = self._left_verb(index, low)
                nearer, cue = nearer or bool(left), cue or left
        return self._without_verb(low, at, cue)

    def _phrasal(self, low: int, end: int) -> Frame | None:
        """The frame of a verb of two words that ends before ``end``: "her husband cut in:"."""
        if end <= low or self.tokens[end].text not in (":", ",", "."):
            return None
        for phrase in self.words.phrasal:
            start = end - len(phrase)
            if start > low and stands(self.tokens, start, phrase):
                subject = self.back.backward(start, low)
                if subject is None or (subject.description and not self.ahead.is_known(subject)):
                    return None  # "the strike goes on"
                return Frame(subject, " ".join(phrase))
        return None

    def cut_in(self, at: int) -> Frame | None:
        """The frame of a sentence before that is nothing else: "Her husband cut in. “…”"."""
        tokens = self.tokens
        if at < 2 or tokens[at - 1].text != ".":
            return None
        low = sentence_start(tokens, at - 1)
        if low and tokens[low - 1].span:
            return None  # it may tell whose the words before it are
        return self._phrasal(low, at - 1)

    def _without_verb(self, low: int, at: int, cue: str) -> Frame | None:
        """The frame of a colon, of a verb without a subject beside it, or of a source."""
        subject = None
        if cue == ":":
            view = self.view(low, at)
            if view:
                return view
            if self.resumes(low, at - 1):
                return Frame(Subject(self.tokens[low].start, pronoun=SAME), cue)
            narrated = self.narrated(low, at - 1)
            if narrated:
                return narrated
            subject = self.before_colon(low, at - 1)
        if cue and subject is None:
            subject = self._sentence_subject(low, at)
        if subject:
            return Frame(subject, cue)
        return self._source_before(low, at) or self._dropped_before(low, cue)

    def direct(self, at: int) -> Frame | None:
        """The frame of a verb that ends right before the quotation: "Jane Roe said: “…”".

        It is nearer than a second frame behind: "…,” the Harbour Times reported.
        """
        tokens = self.tokens
        if at < 2 or tokens[at - 1].text not in (":", ",") or not self.ahead.is_verb(at - 2):
            return None
        frame = self.frame(at)
        return frame if frame and frame.cue == tokens[at - 2].low else None

    def _at_verb(self, verb: int, low: int, at: int) -> Frame | None:
        """The frame of a verb that has its own subject beside it."""
        previous = self.tokens[verb - 1].low if verb > low else ""
        led = self._led(verb, low)
        if led > low:
            subject = self.back.backward(led, low)
            return Frame(subject, self.tokens[verb].low) if subject else None
        if self.says_so(verb + 1, at) and self.is_passive(verb, low):  # "Roe was quoted as saying"
            subject = self.back.backward(verb, low)
            return Frame(subject, self.tokens[verb].low) if subject else None
        if not self._left_verb(verb, low) or self._is_participle(verb, previous):
            return None
        behind = self._behind_verb(verb, at)
        if behind:
            return Frame(behind, self.tokens[verb].low)
        subject = self.back.backward(self._over_that(verb, low), low)
        if subject is None and verb == low:
            found = self.ahead.forward(verb + 1, at)
            subject = found[0] if found else None
        if subject and subject.name and self._is_second(subject, low, verb):
            subject = self.nobody(verb)
        return Frame(subject, self.tokens[verb].low) if subject else None

    def _is_second(self, subject: Subject, low: int, verb: int) -> bool:
        """Whether another name begins the clause: "Today Jane Roe and John Doe (said)"."""
        tokens, determiners = self.tokens, self.words.determiners
        at = next((i for i in range(low, verb) if tokens[i].start >= subject.start), low)
        at -= at > low and tokens[at - 1].low in determiners
        if at - 2 <= low or tokens[at - 1].low not in self.ahead.nouns.joins:
            return False
        begin = max((i + 1 for i in range(low, at) if tokens[i].text == ","), default=low)
        first = self.back.backward(at - 1, begin)
        begin += tokens[begin].low in determiners
        starts = {tokens[begin].start, tokens[begin - 1].start if begin else 0}
        return first is not None and " " in first.name and first.start in starts

    def _behind_verb(self, verb: int, at: int) -> Subject | None:
        """The speaker in "For this reason, explained Jane Roe, “…”" and "quoted Jane Roe: “…”"."""
        quoted = self.quoted(verb, at)
        if quoted:
            return quoted
        tokens, quoting = self.tokens, self.tokens[verb].low in self.words.quoting
        inverted = verb and tokens[verb - 1].text == "," and not self.addresses(verb)
        if not (quoting or inverted):
            return None
        found = self.ahead.forward(verb + 1, at)
        ends = found and found[1] == at - 1 and tokens[found[1]].text == (":" if quoting else ",")
        return found[0] if found and ends and found[0].name else None

    def _over_that(self, verb: int, low: int) -> int:
        """Where the document ends in "a sign that (read)"."""
        if verb - 2 < low or self.tokens[verb - 1].low != "that":
            return verb
        return verb - (self.tokens[verb - 2].low in self.ahead.nouns.documents)

    def _led(self, verb: int, low: int) -> int:
        """Where "goes on to" begins before the verb; -1 where nothing of the kind does."""
        for phrase in self.words.leads:
            start = verb - len(phrase)
            if start > low and stands(self.tokens, start, phrase):
                return start
        return -1

    def _left_verb(self, verb: int, low: int) -> str:
        """The verb, unless the word is a noun, an infinitive or a passive there."""
        previous = self.tokens[self._over_that(verb, low) - 1].low if verb > low else ""
        cue = self.tokens[verb].low
        no_verb = previous in self.words.noun_signs or previous.endswith("'s")
        return "" if no_verb or self.is_passive(verb, low) else cue

    def _is_participle(self, verb: int, previous: str) -> bool:
        """Whether the verb borrows its subject: "Roe smiled, saying"; not "a sign saying"."""
        if previous in self.ahead.nouns.documents or previous in self.words.passives:
            return False
        return self.tokens[verb].low.endswith(self.words.participle)

    def _sentence_subject(self, low: int, stop: int) -> Subject | None:
        """The subject with which the sentence begins, a leading phrase ("In May, …") skipped."""
        tokens = self.tokens
        breaks = (i + 1 for i in range(low, stop) if tokens[i].text in (",", *DASHES))
        for start in (low, *breaks):
            while start < stop and tokens[start].low in self.words.conjunctions:
                start += 1
            start += self._as(start, stop)
            if start >= stop or tokens[start].low in self.words.prepositions:
                continue
            found = self.ahead.forward(start, stop)
            sharer = self._sharer(start, found[1], stop) if found else None
            if sharer:
                return sharer
            if found and (not found[0].description or self.ahead.is_known(found[0])):
                held = self._held(*found, stop)
                return held or self._joint_with_role(*found, stop) or found[0]
        return None

    def _with_second_office(self, office: Subject, end: int, stop: int) -> tuple[Subject, int]:
        """The office with another one: "Ancien ministre et président de X"."""
        if end + 1 >= stop or self.tokens[end].low not in self.ahead.nouns.joins:
            return office, end
        second = self.ahead.forward(end + 1, stop)
        if not (office.description and second and self.ahead.is_known(second[0])):
            return office, end
        begin = next(i for i in range(end, -1, -1) if self.tokens[i].start == office.start)
        return replace(office, description=self.ahead.text(begin, second[1])), second[1]

    def _joint_with_role(self, subject: Subject, end: int, stop: int) -> Subject | None:
        """Nobody's, in "Jane Roe and John Doe:" and "Jane Roe, a pilot, and John Doe, …:"."""
        joint = self.joint(subject, end, stop)
        if joint or not subject.name or end >= stop or self.tokens[end].text != ",":
            return joint
        commas = (
            i for i in range(end + 1, min(stop, end + LONGEST_ROLE)) if self.tokens[i].text == ","
        )
        behind = next(commas, None)
        return None if behind is None else self.joint(subject, behind + 1, stop)

    def _sharer(self, start: int, end: int, stop: int) -> Subject | None:
        """Who shares what the sentence begins with: "Un constat que partage Jane Roe"."""
        tokens = self.tokens
        if end + 2 >= stop or tokens[end].low not in self.words.subordinators:
            return None
        if tokens[start].low not in self.words.determiners or tokens[end + 1].is_capital:
            return None
        found = self.ahead.forward(end + 2, stop)
        named = found is not None and " " in found[0].name
        return self.with_apposition(*found, stop) if found and named else None

    def _held(self, office: Subject, end: int, stop: int) -> Subject | None:
        """Whose the office is that begins the sentence: "Directrice de X, Jane Roe plaide"."""
        office, end = self._with_second_office(office, end, stop)
        if not office.description or end + 2 >= stop or self.tokens[end].text != ",":
            return None
        first = office.description.split(" ")[0].casefold()
        if first in self.words.definites or not self.tokens[end + 1].is_capital:
            return None
        found = self.ahead.forward(end + 1, stop)
        named = found is not None and " " in found[0].name and not found[0].before
        return replace(found[0], before=office.description) if found and named else None

    def _as(self, start: int, stop: int) -> bool:
        """Whether the word is the "as" of "As Jane Roe, a pilot, put it"; not "As Roe left, …"."""
        if start + 1 >= stop or self.tokens[start].low not in self.words.likened:
            return False
        found = self.ahead.forward(start + 1, stop)
        return bool(found and found[0].name and self.tokens[found[1]].text == ",")

    def _dropped_before(self, low: int, cue: str) -> Frame | None:
        """Reads the Spanish "Agregó: “…”": who spoke last goes on."""
        if not self.words.drops_subject or cue not in self.words.verbs:
            return None
        return Frame(Subject(self.tokens[low].start, pronoun=SAME), cue)

    def _source_before(self, low: int, at: int) -> Frame | None:
        view = self.view(low, at)
        if view:
            return view
        for index in range(at - 2, low - 1, -1):
            frame = self.by_source(index, at)
            if frame:
                return replace(frame, subject=self.cut(frame.subject))
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
        opinion = self.opinion(low, at - 1)
        subject = opinion.subject if opinion else self._sentence_subject(low, at - 1)
        return Frame(subject, ".") if subject else None

    def subject_of_last(self, stop: int) -> Subject | None:
        """The subject of the last sentence before a token: "The league published a report."."""
        while stop and self.tokens[stop - 1].ends_sentence:
            stop -= 1
        return self._sentence_subject(sentence_start(self.tokens, stop - 1), stop) if stop else None

    def documents_before(self, stop: int) -> tuple[Token, ...]:
        """The documents that the last sentence before a token names: "published a report"."""
        while stop and self.tokens[stop - 1].ends_sentence:
            stop -= 1
        low = sentence_start(self.tokens, stop - 1) if stop else 0
        documents = self.ahead.nouns.documents
        return tuple(t for t in self.tokens[low:stop] if t.low in documents)

    def indirect(self, stop: int, *, described: bool = False) -> Frame | None:
        """The last named (or ``described``) speaker before a token who is reported, not quoted."""
        last, verbs = stop - 1, self.words.verbs
        for index in range(last, max(-1, last - _REACH), -1):
            if self.tokens[index].low in verbs and self.ahead.is_verb(index):
                behind = self.tokens[index - 1].text == ","
                frame = self.inverted(index, last) if behind else None
                frame = frame or self._at_verb(index, sentence_start(self.tokens, index), last)
                if (
                    frame
                    and not self._is_subordinate(frame.subject.start, index)
                    and (frame.subject.name or (described and self._is_known(frame)))
                ):
                    return frame
        return None

    def _is_subordinate(self, start: int, verb: int) -> bool:
        """Whether the subject stands in a clause: "because Roe agreed", "When Roe asked, …"."""
        index = verb
        while index and self.tokens[index].start > start:
            index -= 1
        return index > 0 and self.tokens[index - 1].low in self.words.clauses

    def _is_known(self, frame: Frame) -> bool:
        return self.ahead.is_known(frame.subject)
