"""The noun phrase that names a speaker: what it is made of, in whichever direction it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.gazetteer import is_geographic
from archive.names import AND, PARTICLES
from archive.nouns import Nouns
from archive.quotations.grammar import Grammar
from archive.quotations.tokens import Token, is_verb, stands

_FEWEST_OF_NAME = 2
LONGEST_PHRASE = 14
"""How many words a description may have ("a senior official of the regional government")."""


SAME = "="
"""The pronoun of a verb without a subject: whoever spoke last."""


JOINT = "+"
"""The pronoun of two people who say one thing: none of them is who speaks."""


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


class Phrases:
    """What both directions of reading need: the tokens, the tables, and how a name is told."""

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

    def is_verb(self, index: int) -> bool:
        """Whether the word is a verb of saying."""
        return is_verb(self.tokens, index, self.words.verbs)

    def is_verbal(self, token: Token) -> bool:
        """Whether the word looks like a form of a verb: "thanked", "quoting"."""
        if token.is_capital or self.nouns.knows(token.low):
            return False
        return token.low.endswith(self.words.verbal)

    def is_known(self, subject: Subject) -> bool:
        """Whether a description's words hold a noun that speaks."""
        return any(self.nouns.knows(word) for word in subject.description.casefold().split())

    def named(self, start: int, end: int) -> Subject | None:
        """The words as a name and what stands before it; None where no name is left."""
        tokens = self.tokens
        first = end - 1
        while first > start and not tokens[first - 1].is_possessive:
            if not tokens[first - 1].is_capital and not self.is_particle(first - 1, start):
                break
            first -= 1
        while first < end and (tokens[first].low in self.words.starters or tokens[first].is_day):
            first += 1
        while start < first and tokens[start].low in self.words.droppable:
            start += 1
        if first == end:
            return None
        if first == start + 1 and tokens[start].low in self.words.indefinites:
            return Subject(tokens[start].start, description=self.text(start, end))
        return Subject(
            tokens[start].start, name=self.text(first, end), before=self.text(start, first)
        )

    def is_particle(self, index: int, low: int) -> bool:
        """Whether the token is the "van" of "Ludwig van Beethoven"."""
        if self.tokens[index].low not in PARTICLES or index <= low:
            return False
        if self.joins_two(index):
            return False
        following, previous = self.tokens[index + 1], self.tokens[index - 1]
        return (following.is_capital or following.low in PARTICLES) and (
            previous.is_capital or self.is_particle(index - 1, low)
        )

    def joins_two(self, index: int) -> bool:
        """Whether the token is the "y" of "Ana Roe y Juan Vega", no surname's: "Ortega y Vega"."""
        behind = self.tokens[index + 1 : index + 3]
        two = len(behind) > 1 and all(token.is_capital for token in behind)
        return self.tokens[index].low in AND and two

    def describes(self, at: int, end: int) -> bool:
        """Whether the words are a description: "the Russian leader", "aides"."""
        if end <= at:
            return False
        head = self.tokens[end - 1]
        if self.nouns.knows(head.low.removeprefix("l'")):
            return True
        if head.low in self.words.moments:  # "ce jour"
            return False
        if head.low in self.nouns.of_offices and self.nouns.is_person(self.tokens[at].low):
            return self.words.head_first  # "Directeur exécutif"
        first = self.tokens[at].low in self.words.determiners or self.tokens[at].is_possessive
        return first and end - at > 1 and not head.low.endswith(("ly", "ed"))

    def ends_phrase(self, token: Token) -> bool:
        """Whether no noun phrase goes over the token: a small word, a verb of saying."""
        words = self.words
        return token.low in words.small or (
            token.low in words.verbs and not self.nouns.knows(token.low)
        )

    def filler_before(self, end: int, low: int) -> int:
        """How many tokens before ``end`` are a filler with its commas: ", de son côté,"."""
        tokens = self.tokens
        commas = end > low and tokens[end - 1].text == ","
        stop = end - commas
        if stop <= low or tokens[stop - 1].low not in self.words.filler_ends:
            return 0
        for phrase in self.words.fillers:
            start = stop - len(phrase)
            if start <= low or not stands(tokens, start, phrase):
                continue
            if commas and tokens[start - 1].text == ",":
                return end - start + 1
            if not commas:
                return len(phrase)
        return 0

    def held(self, at: int, end: int) -> tuple[Subject, int] | None:
        """The holder in "chief of staff Jane Roe": no article, so that the office needs a name.

        "Supporters of Jane Roe" and "a friend of Jane Roe" are none.
        """
        tokens, first = self.tokens, end
        head = tokens[at].low
        while first > at and tokens[first - 1].is_capital:
            first -= 1
        if first == end:
            return None
        split = self._behind_body(at, first, end)
        if split:
            return split
        last = tokens[first - 1]
        links = [i for i in range(at, first) if tokens[i].low in self.words.complements]
        bare = head not in self.words.determiners and not head.endswith("s")
        linked = first - 1 - (last.low in self.words.determiners)
        if not links or links[-1] == linked or self.nouns.is_person(last.low):
            return None
        if not bare or head in self.nouns.spokespersons:
            return None
        subject = self.named(at, end)
        return (subject, end) if subject and subject.name else None

    def behind_field(self, at: int, end: int) -> Subject | None:
        """The person in "Director for West Africa Jane Roe": a name behind the office's field.

        Of "a spokesman for Jane Roe" nothing is left, since no field comes before the name.
        """
        tokens = self.tokens
        links = [i for i in range(at + 1, end) if tokens[i].low in self.words.complements]
        first = end
        while first > at and tokens[first - 1].is_capital:
            first -= 1
        for index in range(end - _FEWEST_OF_NAME, max([first - 1, *links[-1:]]), -1):
            if not links or not self._is_role(tokens[links[0] - 1].low):
                break
            if self._is_field(index - 1) and index - 1 > links[-1]:
                before = self.text(at, index)
                return Subject(tokens[at].start, name=self.text(index, end), before=before)
        return None

    def _is_field(self, index: int) -> bool:
        """Whether the word ends what an office is for: "Africa", "MENA", "committee".

        Where nouns come first, a body's begins its name: "l’ONG Phare Ouvert".
        """
        token, nouns = self.tokens[index], self.nouns
        if self.words.head_first and (token.low in nouns.bodies or token.low in nouns.panels):
            return False
        short = token.text.isupper() and len(token.text) > 1 and token.text.isalpha()
        tables = (nouns.regions, nouns.portfolios, nouns.bodies, nouns.panels)
        return short or any(token.low in table for table in tables) or is_geographic(token.text)

    def _is_role(self, word: str) -> bool:
        return self.nouns.is_person(word) or self.nouns.is_title(word)

    def _behind_body(self, at: int, first: int, end: int) -> tuple[Subject, int] | None:
        """The holder in "the researcher of Umbra Aperta Jane Roe", told by the first name."""
        named = (i for i in range(first + 1, end - 1) if self.is_first_name(i))
        start = next(named, None)
        if start is None or self.is_first_name(first):
            return None
        if self.tokens[first - 1].low not in self.nouns.of:
            return None
        before = self.text(at, start)
        name = self.text(start, end)
        return Subject(self.tokens[at].start, name=name, before=before), end

    def is_first_name(self, index: int) -> bool:
        """Whether the word is a first name of the tables."""
        return self.nouns.is_first_name(self.tokens[index].text)

    def is_office(self, name: str) -> bool:
        """Whether capitalised words are an office or a body rather than a person."""
        first, *more = name.split()
        if self.nouns.is_title(first):
            return not more
        return any(
            self.nouns.knows(word) or word in self.nouns.organisations
            for word in name.casefold().split()
        )
