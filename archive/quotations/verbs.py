"""Which word beside a quotation is a verb of saying, and what its auxiliaries make of it."""

from __future__ import annotations

from archive.quotations.backward import BackwardReader
from archive.quotations.forward import ForwardReader
from archive.quotations.tokens import stands

_REACH = 30
"""Words before a verb among which it is denied."""


class VerbReader:
    """Tells verbs of saying in a paragraph."""

    def __init__(self, ahead: ForwardReader, back: BackwardReader) -> None:
        self.tokens = ahead.tokens
        self.words = ahead.words
        self.ahead = ahead
        self.back = back

    def introduces(self, at: int, stop: int) -> bool:
        """Whether the token is a verb of saying, or any past verb before a name."""
        token = self.tokens[at]
        if token.low in self.words.verbs:
            return not token.low.endswith(self.words.participle)  # "…,” promising the crews …"
        if at + 1 >= stop:
            return False
        if self.words.head_first and self._is_inverted(at, stop):
            return True
        return self.is_past(at) and self.tokens[at + 1].is_capital

    def _is_inverted(self, at: int, stop: int) -> bool:
        """Whether a word right behind a quotation's comma is a verb: "“…”, sourit Jane Roe".

        In French and Spanish nothing else stands there before a name or a known office.
        """
        token, after = self.tokens[at], self.tokens[at + 1]
        if not self.follows_quotation(at) or token.is_capital or not token.is_word:
            return False
        words = self.words
        strays = words.small, words.determiners, words.pronouns, words.conjunctions, words.likened
        if any(token.low in table for table in strays) or self.ahead.nouns.knows(token.low):
            return False
        found = self.ahead.forward(at + 1, stop)
        named = found and " " in found[0].name
        office = found and after.low in words.articled and self.ahead.is_known(found[0])
        return bool(named or office)

    def follows_quotation(self, at: int) -> bool:
        """Whether only a comma and skipped words stand between a quotation and the word."""
        skipped, adverb = self.words.skipped, self.words.adverb
        while at and (self.tokens[at - 1].low in skipped or (adverb and self._is_adverb(at - 1))):
            at -= 1
        return at > 1 and self.tokens[at - 1].text == "," and self.tokens[at - 2].span is not None

    def hedged(self, at: int, stop: int) -> int | None:
        """The infinitive of "(s’est) borné à répondre (Jane Roe)", if there is one."""
        for phrase in self.words.hedges:
            verb = at + len(phrase)
            if verb + 1 < stop and stands(self.tokens, at, phrase):
                return verb if self.tokens[verb].low.endswith(self.words.infinitive) else None
        return None

    def is_past(self, at: int) -> bool:
        """Whether the token looks like a verb in the past, so that no table need list it."""
        token = self.tokens[at]
        ending = self.words.past
        return bool(ending) and not token.is_capital and token.low.endswith(ending)

    def over_skipped(self, at: int, stop: int) -> int:
        """The index behind the adverbs and auxiliaries that stand at ``at``."""
        skipped, adverb = self.words.skipped, self.words.adverb
        while at < stop and (self.tokens[at].low in skipped or (adverb and self._is_adverb(at))):
            at += 1
        return at

    def _is_adverb(self, at: int) -> bool:
        """Whether the word ends like an adverb: "sobrement", no "gouvernement"."""
        token = self.tokens[at]
        adverbial = token.low.endswith(self.words.adverb) and not token.is_capital
        return adverbial and not self.ahead.nouns.knows(token.low)

    def is_negated(self, verb: int, low: int) -> bool:
        """Whether nobody says it: "Roe never said: “…”"."""
        return self._is_led_by(verb, low, self.words.negations) or self._is_denied(verb, low)

    def _is_denied(self, verb: int, low: int) -> bool:
        """Whether it is said to be untrue: "Roe denied that she had said: “…”"."""
        begin = max(low, verb - _REACH)
        return any(
            stands(self.tokens, index, phrase)
            for index, token in enumerate(self.tokens[begin:verb], begin)
            if token.low in self.words.denial_begins
            for phrase in self.words.denials
        )

    def is_passive(self, verb: int, low: int) -> bool:
        """Whether the subject is spoken to or of: "Roe was asked", "Roe was later told"."""
        if verb == low or self.tokens[verb].low.endswith(self.words.participle):
            return False
        auxiliaries = self.words.passives
        return self.tokens[verb - 1].low in auxiliaries or self._is_led_by(verb, low, auxiliaries)

    def _is_led_by(self, verb: int, low: int, words: frozenset[str]) -> bool:
        """Whether one of the words stands before the verb, adverbs and auxiliaries between."""
        index = verb - 1
        while index >= low and self.tokens[index].low in self.words.skipped:
            if self.tokens[index].low in words:
                return True
            index -= 1
        return False
