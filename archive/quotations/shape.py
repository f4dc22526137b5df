"""What words between marks are: an utterance, a fragment of somebody's sentence, a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.nouns import Nouns
from archive.quotations.grammar import Grammar
from archive.quotations.tokens import Token, is_verb, sentence_start

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_WORDS = 3
_REACH_OF_TITLE = 8
"""Words before a title in which its noun is looked for: "the theme of the general debate: “…”"."""
_ON = frozenset(["on"])
_WITH = frozenset(["with", "avec", "con"])
_FEWEST_LONG_WORDS = 5
_SHARE_OF_CAPITALS = 0.6
_REACH = 5
"""Words before a "that" among which its verb is looked for."""


def is_title(words: str) -> bool:
    """Whether the words are written as a title: "No Safe Harbour: Crews Left in Winter"."""
    return not words.endswith((".", "!", "?", "…")) and _has_capitals(words)


def _has_capitals(words: str) -> bool:
    """Whether all long words are capitalised."""
    long = [word for word in _LONG_WORD.findall(words) if not word.isupper()]
    return len(long) >= _TITLE_WORDS and all(word[0].isupper() for word in long)


def is_entitled(tokens: Sequence[Token], at: int, words: Grammar) -> bool:
    """Whether the words before lead to a title: "on the theme, “…”", "a hearing titled: “…”"."""
    if at < 2 or tokens[at - 1].text not in (":", ","):
        return False
    for token in reversed(tokens[max(0, at - _REACH_OF_TITLE) : at - 1]):
        if token.low in words.entitles:
            return True
        if token.ends_sentence or token.low in words.verbs:
            return False
    return False


def is_work(tokens: Sequence[Token], at: int, inner: str, words: Grammar, nouns: Nouns) -> bool:
    """Whether the quoted words are what a work, a meeting or a campaign is called.

    The report “Nobody knew what to do” is out; a debate on “Safety at Sea through good Ports”.
    What a banner shows is nobody's speech either: a banner with “Never again!”.
    """
    if at == 0 or not inner[:1].isupper():
        return False
    comma = at > 1 and tokens[at - 1].text == ","
    previous = tokens[at - 1 - comma]
    if previous.low in words.entitles:
        return True
    shown = tokens[at - 2] if previous.low in _WITH and at > 1 else previous
    if shown.low in nouns.placards and not inner.endswith(","):
        return True
    if previous.low in nouns.works and _has_capitals(inner):
        return True  # with the full stop of the sentence around it, as in American English
    if inner.endswith((".", "!", "?", "…", ",")) and not inner.endswith("..."):
        return False
    before = tokens[max(0, at - 2 - comma)]
    if _is_number(previous) or previous.low in _ON:  # "a resolution on", "Decree 11/2010,"
        return before.low in nouns.works | nouns.documents or _is_mostly_capital(inner)
    if previous.low in nouns.works:
        return not comma or _begins_sentence(tokens, at - 1, words)
    return previous.is_word and not comma and _is_mostly_capital(inner)


def _is_number(token: Token) -> bool:
    return token.is_word and token.text[0].isdigit()


def _begins_sentence(tokens: Sequence[Token], end: int, words: Grammar) -> bool:
    """Whether the words before ``end`` are the subject: "A new report, …", no "In a report, …"."""
    low = sentence_start(tokens, end - 1)
    phrase = tokens[low:end]
    return phrase[0].low in words.determiners and not any(
        token.low in words.prepositions or not token.is_word for token in phrase
    )


def _is_mostly_capital(inner: str) -> bool:
    """Whether most long words are capitalised, as those of no sentence are."""
    long = [word for word in _LONG_WORD.findall(inner) if not word.isupper()]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= _FEWEST_LONG_WORDS and capitals >= _SHARE_OF_CAPITALS * len(long)


def is_woven(tokens: Sequence[Token], at: int, words: Grammar) -> bool:
    """Whether the quoted words are part of the reporter's own sentence.

    They called it “a scandal for everybody”: a fragment, not somebody speaking. A whole clause
    is said by its subject: the ministry said that “all crews were warned”. What stands in brackets
    is an example: the voters were ranked from one (“I am in”).
    """
    previous = tokens[at - 1] if at else None
    closing = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if previous is not None and previous.text == "(" and closing == ")":
        return True
    if previous is None or not previous.is_word or is_verb(tokens, at - 1, words.verbs):
        return False
    return previous.low not in words.subordinators or not _is_said(tokens, at - 1, words)


def _is_said(tokens: Sequence[Token], that: int, words: Grammar) -> bool:
    """Whether a verb of saying leads to the "that": "said on Monday that"."""
    for token in reversed(tokens[max(0, that - _REACH) : that]):
        if token.low in words.verbs:
            return True
        if not token.is_word:
            return False
    return False


def begins_as_utterance(words: str) -> bool:
    """Whether the words begin with a capital, as every utterance does."""
    return words.lstrip("¿¡ ")[:1].isupper()


def is_utterance(tokens: Sequence[Token], at: int, inner: str, words: Grammar) -> bool:
    """Whether the quoted words are a whole utterance: “Never again,” and no “scandal”."""
    if not begins_as_utterance(inner):
        return False
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    said = follows is not None and (follows.text == "," or follows.low in words.verbs)
    previous = tokens[at - 1] if at else None
    led = previous is not None and previous.text == ":"
    outside = follows is None or follows.ends_sentence  # the full stop behind the marks
    if not (said or (led and outside) or inner.endswith((",", ".", "!", "?", "…"))):
        return False
    if previous is None:
        return True
    if previous.low in words.utters:
        return inner.endswith((".", "!", "?", "…"))
    if previous.text == ",":
        return at > 1 and tokens[at - 2].low in words.verbs
    return previous.text == ":" or (previous.ends_sentence and previous.span is None)
