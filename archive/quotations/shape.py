"""What words between marks are: an utterance, a fragment of somebody's sentence, a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.quotations.grammar import Grammar
from archive.quotations.tokens import Token

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_WORDS = 3


def is_title(words: str) -> bool:
    """Whether the words are written as a title: "No Safe Harbour: Crews Left in Winter"."""
    if words.endswith((".", "!", "?", "…")):
        return False
    long = [word for word in _LONG_WORD.findall(words) if not word.isupper()]
    return len(long) >= _TITLE_WORDS and all(word[0].isupper() for word in long)


def is_woven(tokens: Sequence[Token], at: int, words: Grammar) -> bool:
    """Whether the quoted words are part of the reporter's own sentence.

    They called it “a scandal for everybody”: a fragment, not somebody speaking.
    """
    previous = tokens[at - 1] if at else None
    return previous is not None and previous.is_word and previous.low not in words.verbs


def is_utterance(tokens: Sequence[Token], at: int, inner: str, words: Grammar) -> bool:
    """Whether the quoted words are a whole utterance: “Never again,” and no “scandal”."""
    if not inner[:1].isupper():
        return False
    comma = at + 1 < len(tokens) and tokens[at + 1].text == ","
    if not (comma or inner.endswith((",", ".", "!", "?", "…"))):
        return False
    if at == 0:
        return True
    previous = tokens[at - 1]
    if previous.text == ",":
        return at > 1 and tokens[at - 2].low in words.verbs
    return previous.text == ":" or (previous.ends_sentence and previous.span is None)
