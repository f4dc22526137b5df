"""The noun phrase that ends before a word: Jane Roe, Director of X, (said)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from archive.quotations.subjects import LONGEST_PHRASE, Phrases, Subject
from archive.roles import is_affiliation


class BackwardReader(Phrases):
    """Reads subjects from right to left."""

    def backward(self, end: int, low: int) -> Subject | None:
        """The phrase that ends before token ``end`` and begins at or after ``low``."""
        tokens = self.tokens
        end = self._before_time(end, low)
        if end <= low:
            return None
        last = tokens[end - 1]
        if last.text == ")":
            opening = next((i for i in range(end - 1, low, -1) if tokens[i].text == "("), None)
            return self.backward(opening, low) if opening else None
        if last.text == ",":
            return self._before_comma(end - 1, low)
        if end - 2 > low and tokens[end - 2].text == "," and is_affiliation(last.text):
            return self.backward(end - 2, low)  # "Jane Roe, M.D."
        if last.low in self.words.pronouns:
            return Subject(last.start, pronoun=last.low)
        numbered = self._numbered(end, low)
        if numbered:
            return numbered
        return self._holder(end, low) or self._with_office(self._phrase_ending(end, low), low)

    def _numbered(self, end: int, low: int) -> Subject | None:
        """The document in "Article 19 of the Universal Declaration (states)"."""
        tokens = self.tokens
        begin = low + (tokens[low].low in self.words.determiners)
        if begin + 2 > end or tokens[begin].low not in self.nouns.documents:
            return None
        if not tokens[begin + 1].text[0].isdigit():
            return None
        whole = begin + 2 == end or tokens[begin + 2].low in self.nouns.of
        plain = all(token.is_word for token in tokens[begin:end])
        return (
            Subject(tokens[begin].start, description=self.text(begin, end))
            if whole and plain
            else None
        )

    def _with_office(self, subject: Subject | None, low: int) -> Subject | None:
        """The subject with the office before its comma: "Example Watch’s Director, Jane Roe"."""
        if subject is None or subject.before or " " not in subject.name:
            return subject
        tokens = self.tokens
        comma = next((i for i in range(low, len(tokens)) if tokens[i].start >= subject.start), low)
        comma -= 1
        if comma <= low or tokens[comma].text != ",":
            return subject
        begin = comma
        while begin > low and tokens[begin - 1].is_word:
            begin -= 1
        begin += tokens[begin].low in self.words.determiners
        links = [i for i in range(begin, comma) if tokens[i].low in self.words.complements]
        head = links[0] if links else comma
        # "Former pilot and director of X"
        office = [token for token in tokens[begin:head] if token.low not in self.nouns.joins]
        named = all(token.is_capital or self._is_role(token.low) for token in office)
        strays = self.words.starters | self.words.determiners
        if begin == comma or not named or any(token.low in strays for token in office):
            return subject
        if not self._is_whole_office(begin, comma):
            return subject
        return replace(subject, before=self.text(begin, comma))

    def _before_time(self, end: int, low: int) -> int:
        """The index behind the subject of "Roe, who on Monday evening also (said)"."""
        tokens = self.tokens
        passed = self.words.passed
        dated = False
        while end > low:
            filler = self.filler_before(end, low)
            if filler:
                end -= filler
                continue
            token = tokens[end - 1]
            timed = token.low in self.nouns.times and end - 1 > low and tokens[end - 2].is_day
            leads = dated and token.low in self.words.before_days
            if not (token.low in passed or token.is_day or timed or leads):
                break
            dated = token.is_day or (dated and leads)
            end -= 1
        return end

    def _holder(self, end: int, low: int) -> Subject | None:
        """The person in "Jane Roe, Director of Example Watch (said)": no second comma.

        Behind "According to Jane Roe, Director John Doe (said)" there are two people.
        """
        tokens = self.tokens
        comma = next((i for i in range(end - 1, low, -1) if not tokens[i].is_word), low)
        begin = low
        for index in range(low, comma):
            begin = index + 1 if tokens[index].text == "," else begin
        article = begin == low and tokens[comma + 1].low in self.words.indefinites
        if tokens[comma].text != "," or not self._is_whole_office(comma + 1 + article, end):
            return None
        while begin < comma and tokens[begin].low in self.words.conjunctions:
            begin += 1
        closing = self._before_brackets(comma, low)
        subject = self._phrase_ending(closing, begin) if begin < closing else None
        if subject is None or subject.start != tokens[begin].start or " " not in subject.name:
            return None
        if self.is_office(subject.name):
            return None
        return replace(subject, apposition=self.text(comma + 1, end))

    def _is_whole_office(self, begin: int, end: int) -> bool:
        """Whether the words are an office with all that belongs to it, and no name behind it."""
        tokens = self.tokens
        links = [i for i in range(begin, end) if tokens[i].low in self.words.complements]
        head = links[0] if links else end
        if begin >= end or tokens[begin].low in self.words.determiners or head == begin:
            return False
        if not self.nouns.is_person(tokens[head - 1].low) or self.behind_field(begin, end):
            return False
        return tokens[begin].is_capital or bool(links)

    def _before_comma(self, closing: int, low: int) -> Subject | None:
        """The subject of "Jane Roe, Director of X, (said)"; appositions may hold commas."""
        tokens = self.tokens
        best = self._whole_name(closing, low) or self._behind_brackets(closing, low)
        if best:
            return best
        commas = [low - 1, *(i for i in range(low, closing) if tokens[i].text == ",")]
        for before, opening in reversed(list(pairwise(commas))):
            begin = before + 1
            while begin < opening and tokens[begin].low in self.words.starters:
                begin += 1
            subject = self._phrase_ending(self._before_brackets(opening, begin), begin)
            apposition = self.text(opening + 1, closing)
            if subject is None or is_affiliation(subject.name) or self._lists(subject, apposition):
                continue
            subject = replace(subject, apposition=apposition)
            whole = subject.start == tokens[begin].start
            if subject.name and whole and not self.is_office(subject.name):
                return subject
            best = best or subject
        return best or self._phrase_ending(closing, low)

    def _before_brackets(self, end: int, low: int) -> int:
        """The index of the bracket that opens "(Green, Split)", if it ends before ``end``."""
        if end - 1 <= low or self.tokens[end - 1].text != ")":
            return end
        return next((i for i in range(end - 1, low, -1) if self.tokens[i].text == "("), end)

    def _behind_brackets(self, closing: int, low: int) -> Subject | None:
        """The person in "Jane Roe (Green, Split) rapporteur, (said)"."""
        begin = closing
        while begin > low and self.tokens[begin - 1].is_word:
            begin -= 1
        opening = self._before_brackets(begin, low)
        if opening == begin or not self.describes(begin, closing):
            return None
        subject = self._phrase_ending(opening, low)
        apposition = self.text(begin, closing)
        return replace(subject, apposition=apposition) if subject and subject.name else None

    def _lists(self, subject: Subject, apposition: str) -> bool:
        """Whether what looks like a name stands in "the Ports, Salt and Fisheries Committee"."""
        joins = self.nouns.joins
        if " " in subject.name and apposition.split(" ")[0] not in joins:
            return False
        for part in apposition.split(", "):
            words = part.casefold().split()
            if words[:1] and (words[0] in self.words.determiners or any(map(self._is_role, words))):
                return False
            if words[:1] and words[0] in joins:
                return True
            if not part[:1].isupper():
                return False
            if not joins.isdisjoint(words):
                return True
        return False

    def _whole_name(self, closing: int, low: int) -> Subject | None:
        """The name that fills the words before the comma: "The assailant, John Roe, (told)"."""
        tokens = self.tokens
        begin = end = self._before_brackets(closing, low)
        while begin > low and tokens[begin - 1].text != ",":
            begin -= 1
        subject = self._phrase_ending(end, begin) if begin < end else None
        if not subject or not subject.name or subject.before or self.is_office(subject.name):
            return None
        if subject.start != tokens[begin].start or " " not in subject.name:
            return None
        comma = self._before_brackets(begin - 1, low) if begin - 1 > low else low
        described = self._phrase_ending(comma, low) if comma > low else None
        if described and described.name:
            described = self._before_place(comma, low)
            if described is None:
                return None
        return replace(subject, before=described.description) if described else subject

    def _before_place(self, end: int, low: int) -> Subject | None:
        """An office before its place: "the delegate of Example Watch (in Split)"."""
        tokens, start = self.tokens, end
        while start > low and tokens[start - 1].is_capital:
            start -= 1
        if not low < start < end or tokens[start - 1].low not in self.words.placing:
            return None
        office = self._phrase_ending(start - 1, low)
        known = office is not None and not office.name and self.is_known(office)
        return office if known else None

    def _phrase_ending(self, end: int, low: int) -> Subject | None:
        tokens = self.tokens
        if end <= low or not tokens[end - 1].is_word:
            return None
        start = self._joined_before(self._start_of_phrase(end, low), low)
        goes_on = self._goes_on_before(start, low)
        start = self._start_of_phrase(start, low) if goes_on else start
        whole = self._with_heads(start, low)
        if not goes_on and self._goes_on_before(whole, low):  # "(le Syndicat) des pêcheurs de X"
            goes_on, start = True, self._start_of_phrase(whole, low)
            whole = self._with_heads(start, low)
        if whole < start:
            held = self.held(whole, end)
            if held:
                return held[0]
            named = self.behind_field(whole, end)
            if named:
                return named
            return Subject(tokens[whole].start, description=self.text(whole, end))
        body = self._body(start, end) if goes_on else None
        if body:
            return body
        belongs = start - 1 > low and tokens[start - 1].low in self.words.belongs
        if belongs and tokens[start - 2].is_capital:
            return self._of(start, end, low)
        head = tokens[end - 1]
        reads = head.low in self.nouns.documents and tokens[end].low == "that"
        if start > low and tokens[start - 1].low in self.words.objects and not reads:
            return None  # but "under a headline that (said)"
        if head.is_capital and not head.is_possessive:
            return self.named(start, end)
        if self.describes(start, end):
            return Subject(tokens[start].start, description=self.text(start, end))
        return None

    def _goes_on_before(self, start: int, low: int) -> bool:
        """Whether the words are half a phrase: "(l’Observatoire) des crues"."""
        if not self.words.head_first or start <= low or self.tokens[start].low not in self.nouns.of:
            return False
        noun = start - 1 - (start - 1 > low and self._is_adjective(start - 1, low))
        return self._is_body(noun)

    def _is_body(self, index: int) -> bool:
        """Whether the word may begin what an "of" goes on with: "(L’)Union (du livre)"."""
        low = self.tokens[index].low.removeprefix("l'")
        return low in self.nouns.organisations or self.nouns.knows(low)

    def _body(self, start: int, end: int) -> Subject | None:
        """A body with what it is of: "le ministère des Ponts", "L’Association des bacs"."""
        noun = self.tokens[start + (self.tokens[start].low in self.words.determiners)]
        low = noun.low.removeprefix("l'")
        if noun.is_capital and low in self.nouns.organisations:
            begin = noun.start + len(noun.low) - len(low)
            return Subject(begin, name=self.body[begin : self.tokens[end - 1].end])
        if low in self.nouns.bodies and not noun.is_capital:
            return Subject(self.tokens[start].start, description=self.text(start, end))
        return None

    def _joined_before(self, start: int, low: int) -> int:
        """Where a body's name begins that is joined by "et": "(ministère) des Eaux et Forêts"."""
        tokens = self.tokens
        if not self.words.head_first or start - 2 <= low:
            return start
        if tokens[start - 1].low not in self.nouns.joins:
            return start
        begin = self._start_of_phrase(start - 1, low)
        return begin if self._goes_on_before(begin, low) else start

    def _of(self, start: int, end: int, low: int) -> Subject | None:
        """The subject of "Jane Roe of the Harbour League (said)" and "the League of Pilots"."""
        subject = self._phrase_ending(start - 1, low)
        if subject is None or not subject.name:
            return None
        words = subject.name.split()
        titles = [i for i, word in enumerate(words) if self.nouns.is_title(word)]
        bare = words[titles[-1] + 1 :] if titles else words  # "Senate Leader Sen. Jane Roe"
        if any(word.casefold() in self.nouns.organisations for word in bare):
            whole = self.body[subject.start : self.tokens[end - 1].end]
            return replace(subject, name=whole[whole.index(subject.name) :])
        return replace(subject, apposition=self.text(start - 1, end))

    def _with_heads(self, start: int, low: int) -> int:
        """The start of "a spokesman for Jane Roe", in which Roe is not who speaks."""
        tokens = self.tokens
        while start - 1 > low and tokens[start - 1].low in self.words.complements:
            head = start - 2
            head -= self.words.head_first and self._is_adjective(head, low)
            if not self.nouns.knows(tokens[max(head, low)].low.removeprefix("l'")):
                break
            start = self._start_of_phrase(start - 1, low)
        return start

    def _is_adjective(self, index: int, low: int) -> bool:
        """Whether the word stands behind its noun: "(directrice) générale", "(Union) arabe"."""
        word, noun = self.tokens[index].low, self.tokens[max(index - 1, low)]
        named = (
            noun.is_capital
            and self.nouns.knows(noun.low.removeprefix("l'"))
            and not self.nouns.knows(word)
        )
        return word in self.nouns.of_offices or (named and not self.tokens[index].is_capital)

    def _start_of_phrase(self, end: int, low: int) -> int:
        """Walk left over the words of one noun phrase."""
        tokens = self.tokens
        start = end - 1
        while start > low and end - start < LONGEST_PHRASE:
            token = tokens[start - 1]
            if tokens[start].low in self.words.determiners or not token.is_word:
                break
            if token.ends_sentence:
                break
            if self.is_particle(start - 1, low):
                start -= 1
                continue
            if token.low in self.words.pronouns or token.low in self.words.small:
                break
            if token.low in self.words.verbs and not (
                token.is_capital or self.nouns.knows(token.low)
            ):
                break
            if self._is_clause(start - 1, low):
                break
            start -= 1
        return start

    def _is_clause(self, index: int, low: int) -> bool:
        """Whether a clause ends with the word: "Jane Roe thanked | John Doe"."""
        token, before = self.tokens[index], self.tokens[index - 1]
        if index <= low or not self.is_verbal(token):
            return False
        if not before.is_capital:
            return self.nouns.knows(before.low) and before.low not in self.words.determiners
        named = index - 1 > low and self.tokens[index - 2].is_capital
        return named and before.low not in self.nouns.organisations
