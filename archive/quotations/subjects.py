"""The noun phrase that names a speaker, read forward or backward from a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.names import PARTICLES
from archive.nouns import Nouns
from archive.quotations.grammar import Grammar
from archive.quotations.tokens import Token

_LONGEST_PHRASE = 14
"""How many words a description may have ("a senior official of the regional government")."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is said to speak, as written; one of name, pronoun and description is filled.

    ``name``         capitalised words, titles and honorifics among them
    ``before``       words before the name in the same phrase ("campaign manager")
    ``pronoun``      "she"
    ``description``  a phrase that does not end in a name ("a spokesman for the union")
    ``apposition``   what follows between commas
    """

    start: int
    name: str = ""
    before: str = ""
    pronoun: str = ""
    description: str = ""
    apposition: str = ""


class PhraseReader:
    """Reads subjects from a paragraph's tokens."""

    def __init__(self, tokens: Sequence[Token], body: str, words: Grammar, nouns: Nouns) -> None:
        self.tokens = tokens
        self.body = body
        self.words = words
        self.nouns = nouns

    def text(self, start: int, stop: int) -> str:
        """The body's text of the tokens from ``start`` to before ``stop``."""
        if start >= stop:
            return ""
        return self.body[self.tokens[start].start : self.tokens[stop - 1].end]

    # Forward: (said) Jane Roe

    def forward(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """The phrase that begins at ``at`` and the index behind it, or None."""
        if at >= stop or not self.tokens[at].is_word:
            return None
        token = self.tokens[at]
        if token.low in self.words.pronouns:
            return Subject(token.start, pronoun=token.low), at + 1
        if token.low in self.words.prepositions and not token.is_capital:
            return None
        end = self._end_of_phrase(at, stop)
        capitals = [i for i in range(at, end) if self._in_name(i, at)]
        if capitals and capitals[-1] == end - 1:
            return self._complete(at, self._over_particles(end, stop), stop)
        described = self._describes(at, end)
        if described:
            appended = self._appended(at, self._over_complements(end, stop), stop)
            if appended[0].name:
                return appended
        named = self._end_of_long_name(capitals, end)
        if named:
            return self._complete(at, named, stop)
        if described:
            return appended
        if capitals and token.low not in self.words.determiners:
            return self._complete(at, capitals[-1] + 1, stop)
        return None

    def loose(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """Whatever stands before a verb, for a place where only a speaker can stand."""
        words = self.words
        end = at
        while end < min(stop, at + _LONGEST_PHRASE) and self.tokens[end].is_word:
            low = self.tokens[end].low
            if end > at and low in words.verbs and not self.nouns.knows(low):
                break
            end += 1
        first = self.tokens[at].low
        if end == at or first in words.small or first in words.verbs:
            return None
        return Subject(self.tokens[at].start, description=self.text(at, end)), end

    def is_known(self, subject: Subject) -> bool:
        """Whether a description's words hold a noun that speaks."""
        return any(self.nouns.knows(word) for word in subject.description.casefold().split())

    def _end_of_long_name(self, capitals: list[int], end: int) -> int | None:
        """The index behind a full name that runs on: "columnist Jane Roe | went so far"."""
        if len(capitals) < 2 or capitals[-1] - 1 != capitals[-2]:
            return None
        after = capitals[-1] + 1
        known = self.tokens[capitals[-1]].low in self.nouns.organisations or any(
            self.nouns.knows(token.low) for token in self.tokens[after:end]
        )
        return None if known else after

    def _in_name(self, index: int, first: int) -> bool:
        token = self.tokens[index]
        if index == first and token.low in self.words.starters | self.words.verbs:
            return False
        return token.is_capital

    def _end_of_phrase(self, at: int, stop: int) -> int:
        end = at
        limit = min(stop, at + _LONGEST_PHRASE)
        while end < limit and self.tokens[end].is_word:
            token = self.tokens[end]
            if end > at and (token.low in self.words.determiners or token.is_day):
                break
            if not token.is_capital and end > at and self._ends_phrase(token):
                break
            end += 1
        return end

    def _ends_phrase(self, token: Token) -> bool:
        words = self.words
        return token.low in words.small or (
            token.low in words.verbs and not self.nouns.knows(token.low)
        )

    def _complete(self, at: int, end: int, stop: int) -> tuple[Subject, int] | None:
        """A named subject, with "of the Patriarchate" as its apposition."""
        subject = self._named(at, end)
        if subject is None:
            return None
        more = self._over_complements(end, stop)
        if more > end and self.tokens[end].low in ("of", "from", "with"):
            return replace(subject, apposition=self.text(end, more)), more
        return subject, end

    def _appended(self, at: int, end: int, stop: int) -> tuple[Subject, int]:
        """A description, and the name behind its comma: "her lawyer, Jane Roe,"."""
        tokens = self.tokens
        description = Subject(tokens[at].start, description=self.text(at, end))
        begin = end + 1
        if begin >= stop or tokens[end].text != "," or not tokens[begin].is_capital:
            return description, end
        close = begin
        while close < stop and (tokens[close].is_capital or tokens[close].low in PARTICLES):
            close += 1
        subject = self._named(begin, close)
        at_end = close >= stop or tokens[close].text == "," or tokens[close].ends_sentence
        if subject is None or subject.name.casefold() in self.words.starters or not at_end:
            return description, end
        return replace(subject, before=self.text(at, end)), close

    def _over_particles(self, end: int, stop: int) -> int:
        """Past "van der Berg" behind a name's first words."""
        index = end
        while index < stop and self.tokens[index].low in PARTICLES:
            index += 1
        if end < index < stop and self.tokens[index].is_capital:
            while index < stop and self.tokens[index].is_capital:
                index += 1
            return index
        return end

    def _over_complements(self, end: int, stop: int) -> int:
        """Past "for the ministry" behind a description."""
        tokens = self.tokens
        while end + 1 < stop and tokens[end].low in self.words.complements:
            more = end + 1
            while more < stop and tokens[more].is_word and more - end < _LONGEST_PHRASE:
                token = tokens[more]
                if token.is_day or (not token.is_capital and self._ends_phrase(token)):
                    break
                more += 1
            if more == end + 1:
                break
            end = more
        return end

    def _describes(self, at: int, end: int) -> bool:
        """Whether the words are a description: "the Russian leader", "aides"."""
        if end <= at:
            return False
        head = self.tokens[end - 1]
        if self.nouns.knows(head.low):
            return True
        first = self.tokens[at].low in self.words.determiners or self.tokens[at].is_possessive
        return first and end - at > 1 and not head.low.endswith(("ly", "ed"))

    # Backward: Jane Roe, Director of X, (said)

    def backward(self, end: int, low: int) -> Subject | None:
        """The phrase that ends before token ``end`` and begins at or after ``low``."""
        tokens = self.tokens
        passed = self.words.skipped | self.words.relatives
        while end > low and (tokens[end - 1].low in passed or tokens[end - 1].is_day):
            end -= 1
        if end <= low:
            return None
        last = tokens[end - 1]
        if last.text == ")":
            opening = next((i for i in range(end - 1, low, -1) if tokens[i].text == "("), None)
            return self.backward(opening, low) if opening else None
        if last.text == ",":
            return self._before_comma(end - 1, low)
        if last.low in self.words.pronouns:
            return Subject(last.start, pronoun=last.low)
        return self._holder(end, low) or self._phrase_ending(end, low)

    def _holder(self, end: int, low: int) -> Subject | None:
        """The person in "Jane Roe, Example Watch Russia Researcher (said)": no second comma."""
        head = self.tokens[end - 1]
        if not (head.is_capital and self.nouns.is_person(head.low)):
            return None
        comma = next((i for i in range(end - 2, low, -1) if not self.tokens[i].is_word), low)
        if self.tokens[comma].text != "," or self.tokens[comma + 1].low in self.words.determiners:
            return None
        subject = self._before_comma(end, low)
        if subject and subject.apposition and " " in subject.name:
            return None if self._is_office(subject.name) else subject
        return None

    def _before_comma(self, closing: int, low: int) -> Subject | None:
        """The subject of "Jane Roe, Director of X, (said)"; appositions may hold commas."""
        tokens = self.tokens
        best = self._whole_name(closing, low)
        if best:
            return best
        commas = [low - 1, *(i for i in range(low, closing) if tokens[i].text == ",")]
        for before, opening in reversed(list(pairwise(commas))):
            begin = before + 1
            while begin < opening and tokens[begin].low in self.words.starters:
                begin += 1
            subject = self._phrase_ending(opening, begin)
            if subject is None:
                continue
            subject = replace(subject, apposition=self.text(opening + 1, closing))
            whole = subject.start == tokens[begin].start
            if subject.name and whole and not self._is_office(subject.name):
                return subject
            best = best or subject
        return best or self._phrase_ending(closing, low)

    def _whole_name(self, closing: int, low: int) -> Subject | None:
        """The name that fills the words before the comma: "The assailant, John Roe, (told)"."""
        tokens = self.tokens
        end = closing
        if tokens[end - 1].text == ")":
            end = next((i for i in range(end - 1, low, -1) if tokens[i].text == "("), end)
        begin = end
        while begin > low and tokens[begin - 1].text != ",":
            begin -= 1
        subject = self._phrase_ending(end, begin) if begin < end else None
        if not subject or not subject.name or subject.before or self._is_office(subject.name):
            return None
        if subject.start != tokens[begin].start or " " not in subject.name:
            return None
        described = self._phrase_ending(begin - 1, low) if begin - 1 > low else None
        if described and described.name:
            return None
        return replace(subject, before=described.description) if described else subject

    def _is_office(self, name: str) -> bool:
        """Whether capitalised words are an office or a body rather than a person."""
        return any(
            self.nouns.knows(word) or word in self.nouns.organisations
            for word in name.casefold().split()
        ) and not self.nouns.is_title(name.split()[0])

    def _phrase_ending(self, end: int, low: int) -> Subject | None:
        tokens = self.tokens
        if end <= low or not tokens[end - 1].is_word:
            return None
        start = self._start_of_phrase(end, low)
        whole = self._with_heads(start, low)
        if whole < start:
            return Subject(tokens[whole].start, description=self.text(whole, end))
        if start > low and tokens[start - 1].low in self.words.objects:
            return None
        head = tokens[end - 1]
        if head.is_capital and not head.is_possessive:
            return self._named(start, end)
        if self._describes(start, end):
            return Subject(tokens[start].start, description=self.text(start, end))
        return None

    def _with_heads(self, start: int, low: int) -> int:
        """The start of "a spokesman for Jane Roe", in which Roe is not who speaks."""
        tokens = self.tokens
        while start - 1 > low and tokens[start - 1].low in self.words.complements:
            if not self.nouns.knows(tokens[start - 2].low):
                break
            start = self._start_of_phrase(start - 1, low)
        return start

    def _start_of_phrase(self, end: int, low: int) -> int:
        """Walk left over the words of one noun phrase."""
        tokens = self.tokens
        start = end - 1
        while start > low and end - start < _LONGEST_PHRASE:
            token = tokens[start - 1]
            if tokens[start].low in self.words.determiners or not token.is_word:
                break
            if self._is_particle(start - 1, low):
                start -= 1
                continue
            if token.low in self.words.pronouns or token.low in self.words.small:
                break
            if token.low in self.words.verbs and not (
                token.is_capital or self.nouns.knows(token.low)
            ):
                break
            start -= 1
        return start

    def _is_particle(self, index: int, low: int) -> bool:
        """Whether the token is the "van" of "Ludwig van Beethoven"."""
        if self.tokens[index].low not in PARTICLES or index <= low:
            return False
        following, previous = self.tokens[index + 1], self.tokens[index - 1]
        return (following.is_capital or following.low in PARTICLES) and (
            previous.is_capital or self._is_particle(index - 1, low)
        )

    def _named(self, start: int, end: int) -> Subject | None:
        """The words as a name and what stands before it; None where no name is left."""
        tokens = self.tokens
        first = end - 1
        while first > start and not tokens[first - 1].is_possessive:
            if not tokens[first - 1].is_capital and not self._is_particle(first - 1, start):
                break
            first -= 1
        while first < end and (tokens[first].low in self.words.starters or tokens[first].is_day):
            first += 1
        while start < first and tokens[start].low in self.words.starters - self.words.determiners:
            start += 1
        if first == end:
            return None
        if first == start + 1 and tokens[start].low in self.words.indefinites:
            return Subject(tokens[start].start, description=self.text(start, end))
        return Subject(
            tokens[start].start, name=self.text(first, end), before=self.text(start, first)
        )
