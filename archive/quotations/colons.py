"""Frames of sentences that lead to a quotation by a colon, or name its source first.

::

    Jane Roe: “…”                         a name alone
    The mills agree – Jane Roe: “…”       a heading and a name
    Pour Jane Roe, la loi est claire : “…”
    Comme le dit Jane Roe : “…”
    Et d’ajouter : “…”
    Jane Roe read a poem: “…”             nobody’s
"""

from __future__ import annotations

from dataclasses import replace

from archive.organisations import is_organisation
from archive.quotations.frames import DASHES, Frame, FrameReader
from archive.quotations.subjects import Subject
from archive.quotations.tokens import stands

_OPINION_WITHIN = 4
"""Words from an opinion to what leads to whose it is: "un avis partagé par"."""
_NOUN_WITHIN = 4
"""Words of an apposition among which the noun of its role stands."""


class ColonReader(FrameReader):
    """Reads what stands before a colon, verbs aside."""

    def led_by_colon(self, low: int, at: int) -> Frame | None:
        """What a sentence that ends in a colon says before its verbs are looked at."""
        if self._recites(low, at):
            return Frame(self.nobody(low), ":")
        view = self.view(low, at)
        if view and view.subject.name:
            return view
        return self._cleft(low, at) or self.opinion(low, at) or self._behind_dash(low, at - 1)

    def opinion(self, low: int, at: int) -> Frame | None:
        """Reads "Même constat chez Jane Roe :" and "Un avis partagé par Jane Roe, pilote :"."""
        tokens, words = self.tokens, self.words
        begin = next((i for i in range(low, at) if tokens[i].low in words.opinions), at)
        for index in range(begin + 1, min(at, begin + _OPINION_WITHIN)):
            if tokens[index].low in words.complements or tokens[index].low in words.objects:
                found = self.ahead.forward(index + 1, at)
                named = found is not None and " " in found[0].name
                return Frame(self.with_apposition(*found, at), ":") if found and named else None
        return None

    def _cleft(self, low: int, at: int) -> Frame | None:
        """Reads "C’est ce que dénonce Jane Roe, directrice de X :"."""
        phrases = (phrase for phrase in self.words.presents if stands(self.tokens, low, phrase))
        phrase = max(phrases, key=len, default=None)
        return self.inverted(low + len(phrase), at) if phrase else None

    def _behind_dash(self, low: int, colon: int) -> Frame | None:
        """Reads the heading "The mills agree – Jane Roe: “…”"."""
        if not any(self.tokens[index].text in DASHES for index in range(low + 1, colon)):
            return None
        subject = self.before_colon(low, colon)
        whole = subject and " " in subject.name and not subject.before
        return Frame(subject, ":") if subject and whole else None

    def _recites(self, low: int, at: int) -> bool:
        """Whether the words are a poet's, not of who reads them: "Jane Roe read a poem: “…”"."""
        words = [token.low for token in self.tokens[low:at]]
        read = next((i for i, word in enumerate(words) if word in self.words.recites), at)
        return not self.ahead.nouns.verses.isdisjoint(words[read:])

    def before_colon(self, low: int, colon: int) -> Subject | None:
        """Reads a name that stands alone before the colon, as in a transcript: "Roe: “…”"."""
        begin = colon
        while begin > low and self.tokens[begin - 1].text not in (",", *DASHES):
            begin -= 1
        subject = self.back.backward(colon, begin) if begin < colon else None
        if subject is None or not subject.name or subject.start != self.tokens[begin].start:
            return None
        return self._affiliated(subject, low, begin) or subject

    def _affiliated(self, second: Subject, low: int, begin: int) -> Subject | None:
        """Who speaks for the body of that name: "Jane Roe, River Trust: “…”"."""
        comma = begin - 1
        if comma <= low or self.tokens[comma].text != ",":
            return None
        first = self.back.backward(comma, low)
        alone = first and first.start == self.tokens[low].start and " " in first.name
        body = is_organisation(second.name) and not is_organisation(first.name if first else "")
        return replace(first, apposition=second.name) if first and alone and body else None

    def resumes(self, low: int, colon: int) -> bool:
        """Whether the words are the French "Et d’ajouter :": who spoke last goes on."""
        begins = tuple(token.low for token in self.tokens[low : colon - 1])
        return begins in self.words.resumes

    def narrated(self, low: int, colon: int) -> Frame | None:
        """Reads the French "Et la chercheuse de conclure :": a told infinitive."""
        tokens, verb = self.tokens, colon - 1
        if verb - 2 <= low or (tokens[low].low, tokens[verb - 1].low) not in self.words.resumes:
            return None
        if not tokens[verb].low.endswith(self.words.infinitive):
            return None
        subject = self.back.backward(verb - 1, low + 1)
        return Frame(subject, tokens[verb].low) if subject else None

    def view(self, low: int, at: int) -> Frame | None:
        """Reads the French "Pour Jane Roe, …" at the beginning of a sentence."""
        frame = self.by_source(low, at, self.words.views) if self.words.views else None
        return replace(frame, subject=self.cut(frame.subject)) if frame else None

    def likened(self, low: int, at: int) -> Frame | None:
        """Reads "Comme le dit Jane Roe :", "Según explicó Jane Roe," where a sentence begins."""
        tokens, words = self.tokens, self.words
        if not words.head_first or low + 1 >= at:
            return None
        begin = low + (tokens[low].low == "tal") + 1  # "Tal como señaló Jane Roe"
        source = (tokens[low].low,) in words.according
        if not source and tokens[begin - 1].low not in words.likened:
            return None
        while begin < at and tokens[begin].low in words.determiners and not source:
            begin += 1
        if not self.ahead.is_verb(begin) and tokens[at - 1].text != ":":
            return None
        return self.inverted(begin, at) if not source or self.ahead.is_verb(begin) else None

    def cut(self, subject: Subject) -> Subject:
        """The subject without the clause behind its role: "a pilot, the law is clear"."""
        role, _, rest = subject.apposition.partition(", ")
        if is_organisation(rest.split(", ")[0]):
            return subject
        words = role.casefold().split()
        head = words[:_NOUN_WITHIN]
        leads = self.words.indefinites | self.words.complements
        stated = words and (words[0] in leads or any(map(self._speaks, head)))
        return replace(subject, apposition=role if stated else "")

    def _speaks(self, word: str) -> bool:
        return self.ahead.nouns.knows(word)
