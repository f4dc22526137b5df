"""The noun phrase that begins at a word: (said) Jane Roe, Director of X."""

from __future__ import annotations

from dataclasses import replace

from archive.names import PARTICLES
from archive.panels import name_with_commas
from archive.quotations.subjects import LONGEST_PHRASE, Phrases, Subject
from archive.quotations.tokens import stands

_LONGEST_PLACE = 5
"""Words of where or over what an office is: "(vice-président) aux affaires publiques"."""


class ForwardReader(Phrases):
    """Reads subjects from left to right."""

    def forward(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """The phrase that begins at ``at`` and the index behind it, or None."""
        if at >= stop or not self.tokens[at].is_word:
            return None
        part = self._part_of(at, stop) or self._numbered(at, stop)
        if part:
            return part
        token = self.tokens[at]
        if token.low in self.words.pronouns:
            return Subject(token.start, pronoun=token.low), at + 1
        if token.low in self.words.prepositions and not token.is_capital:
            return None
        end = self._end_of_phrase(at, stop)
        capitals = [i for i in range(at, end) if self._in_name(i, at)]
        if capitals and capitals[-1] == end - 1:
            whole = self.over_complements(end, stop)
            if whole > end or self.is_office(self.text(capitals[0], end)):
                holder = self.behind_field(at, whole)
                held = (holder, whole) if holder else self._appended(at, whole, stop)
                if " " in held[0].name or self._is_lone_office(at, end, whole, stop):
                    return held
            return self._complete(at, self._over_particles(end, stop), stop)
        described = self._description(at, end, stop)
        if described and described[0].name:
            return described
        named = self._end_of_long_name(capitals, end)
        if named:
            return self._complete(at, named, stop)
        if described:
            return described
        if capitals and token.low not in self.words.determiners:
            return self._complete(at, capitals[-1] + 1, stop)
        return None

    def _is_lone_office(self, at: int, end: int, whole: int, stop: int) -> bool:
        """Whether an office leads to its holder: "Directora de Ribera, Jane Roe …", no name."""
        leads = whole + 1 < stop and self.tokens[whole].text == ","
        headed = end == at + 1 and self.tokens[at].low in self.nouns.of_bodies
        return self.words.head_first and leads and headed and self.tokens[whole + 1].is_capital

    def _part_of(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """Who is one of many: "one of its members, Jane Roe", "l’une des avocates"."""
        at += self.tokens[at].low == "l'"
        if at + 2 >= stop or self.tokens[at + 1].low not in self.nouns.of:
            return None
        if self.tokens[at].low not in self.nouns.ones:
            return None
        begin = at + 2
        if self.tokens[begin].low in self.words.pronouns | self.words.others:
            return Subject(self.tokens[at].start, description=self.text(at, begin + 1)), begin + 1
        end = self.over_complements(self._end_of_phrase(begin, stop), stop)
        if not self.describes(begin, end):
            return None
        subject, end = self._appended(begin, end, stop)
        if subject.name:
            return replace(subject, before=""), end
        return replace(subject, description=self.text(at, end)), end

    def _numbered(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """The document in "(according to) section 12 of the Universal Declaration"."""
        first = at + (self.tokens[at].low in self.words.determiners)
        if first + 1 >= stop or not self.tokens[first + 1].text[0].isdigit():
            return None
        if self.tokens[first].low not in self.nouns.documents:
            return None
        end = self.over_complements(first + 2, stop)
        return Subject(self.tokens[at].start, description=self.text(at, end)), end

    def _description(self, at: int, end: int, stop: int) -> tuple[Subject, int] | None:
        """A description with its complements, or whom it leads to."""
        if not self.describes(at, end):
            return None
        end = self.over_complements(end, stop)
        holder = self.behind_field(at, end)
        return (holder, end) if holder else self.held(at, end) or self._appended(at, end, stop)

    def loose(self, at: int, stop: int) -> tuple[Subject, int] | None:
        """Whatever stands before a verb, for a place where only a speaker can stand."""
        words = self.words
        end = at
        while end < min(stop, at + LONGEST_PHRASE) and self.tokens[end].is_word:
            low = self.tokens[end].low
            if end > at and low in words.verbs and not self.nouns.knows(low):
                break
            end += 1
        first = self.tokens[at].low
        if end == at or first in words.small or first in words.verbs:
            return None
        return Subject(self.tokens[at].start, description=self.text(at, end)), end

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
        if index == first and (token.low in self.words.starters or token.low in self.words.verbs):
            return False
        return token.is_capital

    def _end_of_phrase(self, at: int, stop: int) -> int:
        end = at
        limit = min(stop, at + LONGEST_PHRASE)
        fresh_start = self.words.head_first and self.tokens[at].low in self.words.determiners
        while end < limit and self.tokens[end].is_word:
            token = self.tokens[end]
            if end > at and (self._is_fresh(end) or self._is_date(end)):
                break
            if end > at and self._is_clause(end, at):
                break
            adjective = end == at + 1 and fresh_start and token.low in self.words.skipped
            if not (token.is_capital or adjective) and end > at and self.ends_phrase(token):
                break
            end += 1
        return end

    def _is_fresh(self, index: int) -> bool:
        """Whether another phrase begins with the determiner; not within "Bois Les Pins"."""
        token = self.tokens[index]
        before = self.tokens[index - 1]
        if token.low not in self.words.determiners or before.low in self.nouns.numbered:
            return False
        return not (token.is_capital and before.is_capital)

    def _is_date(self, index: int) -> bool:
        """Whether the word is a day, and none of "a Wednesday editorial"."""
        before = self.tokens[index - 1].low
        return self.tokens[index].is_day and before not in self.words.determiners

    def _is_clause(self, index: int, at: int) -> bool:
        """Whether a clause begins: "an official | briefed on it", "Jane Roe | thanked John Doe"."""
        token, before = self.tokens[index], self.tokens[index - 1]
        if token.is_capital or self.nouns.knows(token.low):
            return False
        verbal = self.is_verbal(token)
        if not before.is_capital:
            known = self.nouns.knows(before.low) and before.low not in self.words.determiners
            return verbal and known
        full = index - at > 1 and all(self.tokens[i].is_capital for i in range(at, index))
        return full and (verbal or self.nouns.is_first_name(self.tokens[at].text))

    def _complete(self, at: int, end: int, stop: int) -> tuple[Subject, int] | None:
        """A named subject, with "of the Patriarchate" as its apposition."""
        subject = self.named(at, end)
        if subject is None:
            return None
        if end < stop and (
            self.tokens[end - 1].low in self.nouns.organisations or self._names_body(subject, end)
        ):
            goes_on = self.tokens[end].low in self.nouns.of
            whole = self.over_complements(end, stop) if goes_on else end
            return replace(subject, name=self._up_to(subject, whole)), whole
        more = self.over_complements(end, stop)
        if more > end and self.tokens[end].low in ("of", "from", "with"):
            return replace(subject, apposition=self.text(end, more)), more
        return subject, end

    def _names_body(self, subject: Subject, end: int) -> bool:
        """Whether a word begins a body's name: "Veille | des Phares", as no person's does."""
        tokens = self.tokens
        if not self.words.head_first or " " in subject.name or subject.before:
            return False
        link = tokens[end].low
        linked = link in self.nouns.of and link not in PARTICLES
        named = linked and end + 1 < len(tokens) and tokens[end + 1].is_capital
        return named and not self.nouns.is_first_name(subject.name)

    def _up_to(self, subject: Subject, end: int) -> str:
        """The name with what the tokens up to ``end`` add: "Federation of Sailors"."""
        begin = self.body.index(subject.name, subject.start)
        return self.body[begin : self.tokens[end - 1].end]

    def _appended(self, at: int, end: int, stop: int) -> tuple[Subject, int]:
        """A description, and the name behind its comma: "her lawyer, Jane Roe,"."""
        tokens = self.tokens
        description = Subject(tokens[at].start, description=self.text(at, end))
        comma = self._over_place(self.over_acronym(end, stop), stop)
        begin = comma + 1
        if begin + 1 < stop and tokens[begin].low in self.words.definites:
            begin += 1  # "the prosecutor, the colonel Jane Roe"
            begin += self.nouns.is_title(tokens[begin].low) or self.nouns.is_person(
                tokens[begin].low
            )
            begin = begin if begin - comma > 2 else comma + 1
        elif begin + 1 < stop and not tokens[begin].is_capital:
            begin += self.nouns.is_title(tokens[begin].low)  # "sa permanente, sœur Jane Roe"
        if begin >= stop or tokens[comma].text != "," or not tokens[begin].is_capital:
            return description, end
        close = begin
        while close < stop and (tokens[close].is_capital or tokens[close].low in PARTICLES):
            close += 1
        subject = self.named(begin, close)
        at_end = close >= stop or tokens[close].text in (",", ";", ":")
        at_end = at_end or tokens[close].ends_sentence
        if subject is None or subject.name.casefold() in self.words.starters or not at_end:
            return description, end
        return replace(subject, before=self.text(at, comma)), close

    def _over_place(self, at: int, stop: int) -> int:
        """The index behind the place of an office, before its holder: "(chief) in Paris, Roe"."""
        end = at + 1
        if at >= stop or self.tokens[at].low not in self.words.placing:
            return at
        limit = min(stop, end + _LONGEST_PLACE)
        while end < limit and self.tokens[end].is_word:
            end += 1
        return end if end > at + 1 and end < stop and self.tokens[end].text == "," else at

    def _over_particles(self, end: int, stop: int) -> int:
        """Past "van der Berg" behind a name's first words."""
        index = end
        while index < stop and self.tokens[index].low in PARTICLES and not self.joins_two(index):
            index += 1
        if end < index < stop and self.tokens[index].is_capital:
            while index < stop and self.tokens[index].is_capital:
                index += 1
            return index
        return end

    def over_acronym(self, at: int, stop: int) -> int:
        """The index behind "(ONU)"."""
        closed = at + 2 < stop and self.tokens[at].text == "(" and self.tokens[at + 2].text == ")"
        return at + 3 if closed and self.tokens[at + 1].is_capital else at

    def over_complements(self, end: int, stop: int) -> int:
        """Past "for the ministry" behind a description."""
        tokens = self.tokens
        end = self._over_compounds(end, stop)
        while end + 1 < stop and self._leads_on(end):
            more = end + 1
            while more < stop and tokens[more].is_word and more - end < LONGEST_PHRASE:
                token = tokens[more]
                verbal = tokens[more - 1].is_capital and token.low.endswith(self.words.past or "\0")
                ends = verbal or self._ends_complement(more, end, stop)
                if token.is_day or (not token.is_capital and ends):
                    break
                more += 1
            if more == end + 1 or tokens[more - 1].low in self.words.determiners:
                break
            if more < stop and tokens[more].text == ",":
                more = self._over_fields(end + 1, more, stop)
            end = self._over_compounds(more, stop)
        return end

    def _leads_on(self, index: int) -> bool:
        """Whether a complement begins; "por" leads to a seat: "diputada por Lima"."""
        low = self.tokens[index].low
        if low in self.words.complements:
            return True
        return low in self.words.within and self.tokens[index - 1].low in self.nouns.of_places

    def _ends_complement(self, index: int, link: int, stop: int) -> bool:
        """Whether a small word or a verb ends what a link leads to; not "del jurado"."""
        tokens, token = self.tokens, self.tokens[index]
        if not self.ends_phrase(token):
            return False
        if index == link + 1 and tokens[link].low in self.words.noun_signs:
            return False
        if token.low not in self.words.within or not tokens[index - 1].is_capital:
            return True
        name = index + 1 + (index + 2 < stop and tokens[index + 1].low in self.words.determiners)
        return name >= stop or not tokens[name].is_capital

    def _over_compounds(self, end: int, stop: int) -> int:
        """Past what belongs to the noun before it: "en chef", "et directrice", "et (du …)"."""
        for phrase in self.words.compounds:
            end += len(phrase) if stands(self.tokens, end, phrase) else 0
        behind = self.over_acronym(end, stop)
        if behind < stop and self.tokens[behind].low in self.words.complements:
            end = behind  # "la députée (PVR) de Kayar"
        return self._over_join(self._over_list(end, stop), stop) if self.words.head_first else end

    def _over_list(self, end: int, stop: int) -> int:
        """To the "et" of a ministry's fields: "(de l’Économie), des Finances et (du Commerce)"."""
        tokens, of = self.tokens, self.nouns.of
        if end + 3 >= stop or tokens[end].text != "," or tokens[end + 1].low not in of:
            return end
        if not any(token.is_capital for token in tokens[end + 2 : end + 4]):
            return end
        for index in range(end + 2, min(stop - 1, end + LONGEST_PHRASE)):
            if tokens[index].low in self.nouns.joins:
                return index if tokens[index + 1].low in of else end
            if not tokens[index].is_word and tokens[index].text != ",":
                return end
        return end

    def _over_join(self, end: int, stop: int) -> int:
        """Past an "et" within one office or body, whose second part has no article."""
        tokens = self.tokens
        if end + 2 >= stop or tokens[end].low not in self.nouns.joins:
            return end
        part, behind = tokens[end + 1], tokens[end + 2]
        if part.low in self.nouns.of:
            return end + 1  # "des droits de l’homme et | du citoyen"
        if not part.is_word or part.low in self.words.determiners or self.ends_phrase(part):
            return end
        second = self.nouns.is_person(part.low) and not part.is_capital
        if self.nouns.is_person(behind.low) and not behind.is_capital:
            return end + 3  # "et ancienne ministre"
        linked = behind.low in self.words.complements
        led = behind.text == "," and end + 3 < stop and tokens[end + 3].is_capital
        return end + 2 if second or linked or led else end

    def _over_fields(self, begin: int, comma: int, stop: int) -> int:
        """Past a committee with commas in its name and a name behind it; else the first comma."""
        panel = name_with_commas(self.text(begin, min(stop, begin + LONGEST_PHRASE)))
        if panel is None:
            return comma
        end = self.tokens[begin].start + len(panel)
        index = next((i for i in range(comma, stop) if self.tokens[i].start >= end), stop)
        while index < stop and self.tokens[index].is_capital:
            index += 1
        return index
