"""A paragraph as tokens: words, punctuation, and each quotation as one token.

Attribution looks at what stands around a quotation, never into it; so a quotation is one
opaque token, and the words around it are read over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.names import ABBREVIATIONS, UPPER
from archive.quotations.marks import Paragraph, Span

_LONGEST_SENTENCE = 80
"""Tokens after which a sentence without an end is taken to have begun."""
DAYS = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
))  # fmt: skip
_BEFORE_NUMBER = frozenset((
    "No", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
))  # fmt: skip
"""Words that are shortened before a number."""
_JOINT = rf"(?:[’'&/-]|\.(?:(?![{UPPER}])|(?<![^\W\d_A-Z]{{2}}\.)))"
"""What joins a word: "R&D", "Ph.D", "U.N"; not the full stop of "the port.The crews"."""
_TOKEN = re.compile(
    # Most words: what the other patterns find there too, in less time.
    r"[A-Za-z]++(?=[ ,])"
    # "l’avocate" and "d’Exemple" are two words, "D’Arcy", "O’Rourke" and "aujourd’hui" are one.
    r"|(?:[lLdDsSnNjJcCmMtT]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu)[’'](?=[^\W\d_A-Z])"
    rf"|[ldsnjcmt][’'](?=[{UPPER}])"
    rf"|(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:{_JOINT}[^\W_]+)*(?:(?<=s)[’'](?!\w))?"
    r"|(?P<mark>\.{2,}|--|[,;:.!?…()\[\]—–-])"
)
_GOES_ON = re.compile(r",|[)\]](?:,|\s[a-z])")
"""Behind a full stop that ends no sentence: "R-Ky., said", "(R-Ky.) said"."""
_ENDS_HEADING = re.compile(r"[ \t]*\n(?P<apart>[ \t]{2,})?")
"""Behind a word that ends a heading without a full stop: a new line after capitals, or indented."""
_CAPITAL = re.compile(rf"(?:[dDlLO][’'])?[{UPPER}]|(?:al|el|ul|an|ar|as|at|ad|ash)-[{UPPER}]")


class Token(NamedTuple):
    """One word, mark or quotation; offsets into the body.

    ``low`` is the word folded for a lookup (lower case, straight apostrophe), ``words`` how many
    words a quotation has.
    """

    text: str
    low: str
    start: int
    end: int
    span: Span | None = None
    ends_sentence: bool = False
    words: int = 0

    @property
    def is_word(self) -> bool:
        """Whether this is a word."""
        return self.span is None and self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether this word may be part of a name."""
        return _is_capital(self.text)

    @property
    def is_day(self) -> bool:
        """Whether the word is a day of the week, which stands in no name."""
        return self.low in DAYS

    @property
    def is_possessive(self) -> bool:
        """Whether the word ends in a possessive ("Roe’s", "Democrats’")."""
        return self.text.endswith(("’s", "'s", "s’", "s'"))


@lru_cache(maxsize=8192)
def _is_capital(text: str) -> bool:
    return _CAPITAL.match(text) is not None


_token = tuple.__new__
"""What a named tuple's own constructor calls; a body has thousands of tokens."""


def tokens_of(paragraph: Paragraph, spans: Sequence[Span], body: str) -> tuple[Token, ...]:
    """The paragraph's tokens in order."""
    tokens: list[Token] = []
    at = paragraph.start
    for span in spans:
        tokens.extend(_words(body, at, span.start))
        inner = span.inner(body)
        ends = inner.endswith((".", "!", "?", "…"))
        count = len(inner.split())
        tokens.append(Token("“”", "“”", span.start, span.end, span, ends, count))
        at = span.end
    tokens.extend(_words(body, at, paragraph.end))
    return tuple(tokens)


def has_tokens(body: str, start: int, stop: int) -> bool:
    """Whether words or marks stand between two offsets."""
    return _TOKEN.search(body, start, stop) is not None


def _words(body: str, start: int, stop: int) -> list[Token]:
    if body.find("\n", start, stop) >= 0:
        return _parts(body, start, stop, lined=True)
    tokens: list[Token] = []
    end = start - 1
    for text in body[start:stop].split(" "):
        begin = end + 1
        end = begin + len(text)
        if text.isalnum():  # most words, which need no pattern
            tokens.append(_token(Token, (text, text.casefold(), begin, end, None, False, 0)))
        elif text:
            tokens += _parts(body, begin, end)
    return tokens


def _parts(body: str, start: int, stop: int, *, lined: bool = False) -> list[Token]:
    """The words and marks of a stretch of text; ``lined``: it has more lines than one."""
    tokens: list[Token] = []
    taken = start
    for match in _TOKEN.finditer(body, start, stop):
        begin, end = match.span()
        if begin < taken:  # the full stop of an abbreviation
            continue
        text = match[0]
        if match.lastgroup:
            ends = text[0] in ".!?…" and not _GOES_ON.match(body, end)
            tokens.append(_token(Token, (text, text, begin, end, None, ends, 0)))
            continue
        low = text.casefold()
        if end < stop and body[end] == "." and _is_abbreviated(text, low, body, end):
            end += 1
            text, low = text + ".", low + "."
            taken = end
        if "’" in low:
            low = low.replace("’", "'")
        ends = False
        if lined and (heading := _ENDS_HEADING.match(body, end, stop)):
            ends = text.isupper() or heading["apart"] is not None
        tokens.append(_token(Token, (text, low, begin, end, None, ends, 0)))
    return tokens


def _is_abbreviated(text: str, low: str, body: str, end: int) -> bool:
    """Whether the full stop at ``end`` belongs to the word: "Mr.", "J.", "No. 2", "Feb. 1"."""
    if low in ABBREVIATIONS or (len(text) == 1 and text.isupper()):
        return True
    return text in _BEFORE_NUMBER and body[end + 2 : end + 3].isdigit()


def is_verb(tokens: Sequence[Token], index: int, verbs: frozenset[str]) -> bool:
    """Whether the word is one of the verbs; in the midst of a sentence none has a capital."""
    token = tokens[index]
    return token.low in verbs and not (token.is_capital and index and tokens[index - 1].is_word)


def stands(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words of the phrase stand at token ``at``."""
    if at >= len(tokens) or tokens[at].low != phrase[0]:
        return False
    return tuple(token.low for token in tokens[at : at + len(phrase)]) == phrase


def sentence_start(tokens: Sequence[Token], at: int) -> int:
    """The index of the first token of the sentence in which token ``at`` stands.

    A quotation that ends a sentence bounds it only where it does not continue in lower case
    ('"Stop!" she cried').
    """
    index = at
    while index > max(0, at - _LONGEST_SENTENCE):
        before = tokens[index - 1]
        if before.ends_sentence and (
            before.span is None or tokens[index].is_capital or tokens[index].span is not None
        ):
            break
        index -= 1
    return index
