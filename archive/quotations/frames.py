"""Attribution frames: the words beside a quotation that say whose it is.

``behind`` and ``before`` read them on either side; here is what both need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.quotations.subjects import JOINT, SAME, Subject
from archive.quotations.tokens import stands
from archive.quotations.verbs import VerbReader

_LONGEST_ASIDE = 10
"""Words between a verb and the subject behind it: "in a short statement"."""
LONGEST_ROLE = 45
"""Words that an apposition may have."""
DASHES = ("—", "–", "--", "-")
_BRACKETS = {"(": ")", "[": "]"}
_CUT = ("…", "...", "..")


@dataclass(frozen=True, slots=True)
class Frame:
    """Who speaks, as the words beside the quotation have it."""

    subject: Subject
    cue: str


class FrameReader(VerbReader):
    """Reads verbs of saying and their subjects in a paragraph."""

    def inverted(self, at: int, stop: int) -> Frame | None:
        """Reads "said (today) Jane Roe"."""
        tokens = self.tokens
        joined = self._joined(at, stop)
        if joined:
            return joined
        at = self.over_skipped(at, stop)
        hedged = self.hedged(at, stop)
        if at >= stop or not (hedged or self.introduces(at, stop)):
            return None
        at = hedged or at
        cue, verb = tokens[at].low, at
        at = self.over_skipped(at + 1, stop)
        at -= at - 1 > verb and tokens[at - 1].low in self.words.articled  # "estime l’experte"
        while at < stop and (tokens[at].is_day or self._is_this_day(at, stop)):
            at += 1
        found = self.ahead.forward(at, stop) or self._behind_phrase(at, stop)
        if found is None and self.tokens[at - 1].low in self.words.prepositions:
            found = self._behind_phrase(at - 1, stop)  # "a promis en séance la ministre"
        if found and found[1] < stop and tokens[found[1]].low in self.words.finites:
            return None
        if found:
            return Frame(self.joint(*found, stop) or self.with_apposition(*found, stop), cue)
        return self._dropped(at, stop, cue)

    def _is_this_day(self, at: int, stop: int) -> bool:
        """Whether the word belongs to a day: "(ce) mardi", "(esta) mañana", "(ce) matin"."""
        tokens, moments = self.tokens, self.words.moments
        if tokens[at].low in moments:
            return tokens[at - 1].low in self.words.determiners
        determines = tokens[at].low in self.words.determiners and at + 1 < stop
        return determines and (tokens[at + 1].is_day or tokens[at + 1].low in moments)

    def joint(self, subject: Subject, end: int, stop: int) -> Subject | None:
        """The subject of "said Jane Roe and John Doe", none of whom is who speaks."""
        end = self._over_names(end, stop) if subject.name else end
        if (
            end + 1 >= stop
            or self.tokens[end].low not in self.ahead.nouns.joins
            or not subject.name
        ):
            return None
        second = self.ahead.forward(end + 1, stop)
        if second is None or not second[0].name:
            return None
        if self.ahead.nouns.is_title(subject.name.split()[-1]):  # "former Gov. and senator Roe"
            return self.with_apposition(*second, stop)
        return Subject(subject.start, pronoun=JOINT)

    def _over_names(self, end: int, stop: int) -> int:
        """The index of the "and" of "(said Roe), Doe, and Moe"; ``end`` where none are listed."""
        at = end
        while at < stop and self.tokens[at].text == ",":
            begin = at = at + 1
            while at < stop and self.tokens[at].is_capital:
                at += 1
            if at == begin:
                break
            if self._is_no_name(begin, at):
                return end
        last = at + 1
        while last < stop and self.tokens[last].is_capital:
            last += 1
        joined = end < at < last - 1 and self._joins(at)
        return at if joined and not self._is_no_name(at + 1, last) else end

    def _joins(self, index: int) -> bool:
        return self.tokens[index].low in self.ahead.nouns.joins

    def _is_no_name(self, begin: int, end: int) -> bool:
        """Whether the words are an office, or what it is for: "West (and East Director)"."""
        words = [token.low for token in self.tokens[begin:end]]
        regions = self.ahead.nouns.regions.intersection(words)
        return bool(regions) or self.ahead.is_office(self.ahead.text(begin, end))

    def _behind_phrase(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """The speaker in "(a indiqué) à la presse Jane Roe"."""
        if at >= stop or self.tokens[at].low not in self.words.prepositions:
            return None
        if self.tokens[at].low in self.words.seats:
            return self.ahead.forward(at + 1, stop)
        # The determiner right behind the preposition is its own: "a la prensa | la ministra".
        own = at + 1 < stop and self.tokens[at + 1].low in self.words.determiners
        for index in range(at + 2, min(stop, at + _LONGEST_ASIDE)):
            token = self.tokens[index]
            if not token.is_word:
                return None
            begins = token.low in self.words.determiners and index > at + 1 + own
            if begins or token.is_capital:
                found = self.ahead.forward(index, stop)
                if found and (" " in found[0].name or self._is_somebody(found[0])):
                    return found
                if found and self._ends_clause(index, found[1], stop):
                    return found
                if self.words.drops_subject:
                    return None  # there need not be a speaker
        return None

    def _ends_clause(self, index: int, end: int, stop: int) -> bool:
        """Whether one name ends what was said how: "asegura en un correo Petroandes."."""
        closes = end >= stop or self.tokens[end].text == "," or self.tokens[end].ends_sentence
        previous = self.tokens[index - 1]
        return closes and not previous.is_capital and previous.low not in self.words.small

    def _is_somebody(self, subject: Subject) -> bool:
        """Whether a description is of somebody: "the pilot", "one of them"."""
        one, *of = subject.description.casefold().split(" ")[:2]
        among = one in self.ahead.nouns.ones and not self.ahead.nouns.of.isdisjoint(of)
        return among or self.ahead.is_known(subject)

    def _dropped(self, at: int, stop: int, cue: str) -> Frame | None:
        """Reads the Spanish "“…”, agregó." and "“…”, agregó en Lima": who spoke last goes on."""
        if not self.words.drops_subject or cue not in self.words.verbs:
            return None
        if at < stop and self.tokens[at].is_word and self.tokens[at].low not in self.words.small:
            return None
        return Frame(Subject(self.tokens[at - 1].start, pronoun=SAME), cue)

    def _joined(self, at: int, stop: int) -> Frame | None:
        """Reads the French "explique-t-elle" and "a-t-elle expliqué"."""
        at = self.over_skipped(at, stop)
        if at >= stop:
            return None
        token = self.tokens[at]
        verb, hyphen, pronoun = token.low.rpartition("-")
        verb = verb.removesuffix("-t")
        then = self.over_skipped(at + 1, stop)
        following = self.tokens[then].low if then < stop else ""
        helped = verb in self.words.skipped and following in self.words.verbs
        if not hyphen or pronoun not in self.words.pronouns:
            return None
        known = verb in self.words.verbs or helped or self.follows_quotation(at)
        return Frame(Subject(token.start, pronoun=pronoun), verb) if known else None

    def agent(self, verb: int, stop: int) -> Frame | None:
        """Who asks in "Roe was asked by Jane Doe"."""
        by, cue = verb + 1, self.tokens[verb].low
        speaks = cue in self.words.verbs or cue in self.words.addresses
        if by >= stop or self.tokens[by].low != "by" or not speaks:
            return None
        found = self.ahead.forward(by + 1, stop)
        if found is None:
            return None
        return Frame(self.joint(*found, stop) or self.with_apposition(*found, stop), cue)

    def addresses(self, verb: int) -> bool:
        """Whether the verb's object is who is spoken to."""
        return self.tokens[verb].low in self.words.addresses

    def quoted(self, verb: int, stop: int) -> Subject | None:
        """Who speaks in "quoted Jane Roe as saying"; in "quoted her as saying" nobody known."""
        if self.tokens[verb].low not in self.words.quoting:
            return None
        end = next((i for i in range(verb + 1, stop) if self.says_so(i, stop)), verb + 1)
        if end == verb + 1 or any(token.ends_sentence for token in self.tokens[verb:end]):
            return None
        found = self.ahead.forward(verb + 1, end)
        return self.with_apposition(*found, end) if found else self.nobody(verb)

    def says_so(self, at: int, stop: int) -> bool:
        """Whether the words are "as saying"."""
        if at + 1 >= stop or self.tokens[at].low not in self.words.likened:
            return False
        low = self.tokens[at + 1].low
        return low in self.words.verbs and low.endswith(self.words.participle)

    def nobody(self, at: int) -> Subject:
        """The subject of words that say whose a quotation is, and name nobody."""
        return Subject(self.tokens[at].start, pronoun=JOINT)

    def by_source(
        self, at: int, stop: int, phrases: tuple[tuple[str, ...], ...] = ()
    ) -> Frame | None:
        """Reads "according to Jane Roe"."""
        for phrase in phrases or self.words.according:
            if stands(self.tokens, at, phrase):
                found = self.ahead.forward(at + len(phrase), stop)
                if found:
                    return Frame(self.with_apposition(*found, stop), " ".join(phrase))
        return None

    def with_apposition(self, subject: Subject, end: int, stop: int) -> Subject:
        """The subject with what follows between commas: "said Roe, Director of X, in Geneva."."""
        tokens = self.tokens
        opening, end = end, self.over_brackets(end, stop)
        if end > opening and subject.name and self.words.head_first:
            inner = self.ahead.text(opening + 1, end - 1)
            if self.ahead.nouns.names_role(inner) and " " in inner:
                return replace(subject, apposition=inner)  # "Jane Roe (directrice de X)"
        if end + 1 >= stop or tokens[end].text != "," or subject.pronoun:
            return subject
        begin = close = end + 1
        heads = any(stands(tokens, begin, phrase) for phrase in self.words.heading)
        if tokens[begin].low in self.words.role_ends and not heads:
            return subject
        while close < min(stop, begin + LONGEST_ROLE):
            token = tokens[close]
            if token.text == "[" or token.text in _CUT:
                return subject  # a teaser is cut here, in the midst of the role
            if token.ends_sentence or token.text in (";", ":", *DASHES):
                break
            if token.text == "," and self._ends_role(close + 1, stop):
                break
            close += 1
        return replace(subject, apposition=self.ahead.text(begin, close).strip(" ,"))

    def _ends_role(self, at: int, stop: int) -> bool:
        """Whether the word behind a comma ends a role; "at" does not before an organisation."""
        tokens = self.tokens
        if at >= stop or tokens[at].low not in self.words.role_ends:
            return False
        named = at + 1
        while named < stop and tokens[named].is_capital:
            if tokens[at].low == "at" and tokens[named].low in self.ahead.nouns.organisations:
                return False
            named += 1
        return True

    def over_brackets(self, at: int, stop: int) -> int:
        """The index behind "(Green, Split)" and "[the judge]"; not "[…]", where words are cut."""
        if at >= stop or self.tokens[at].text not in _BRACKETS:
            return at
        if self.tokens[at].text == "[" and not (at + 1 < stop and self.tokens[at + 1].is_word):
            return at
        close = _BRACKETS[self.tokens[at].text]
        return next((i + 1 for i in range(at, stop) if self.tokens[i].text == close), stop)
