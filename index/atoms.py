"""What a single typed word, quotation or date stands for: a leaf of the tree, or nothing.

The grammar around them is in :mod:`index.parse`. Each function raises QueryLimit over a limit, and
:class:`NotAQuestion` where the sign on a word makes no sense.
"""

from __future__ import annotations

import re

from archive.calendar import DateSpan, parse_date
from archive.country_codes import country_code
from index.analysis import words
from index.errors import QueryLimit
from index.query import Field, Fuzzy, Limits, Node, Phrase, Prefix, Range, Term
from index.sentence import Sentence

_POSSESSIVE = re.compile(r"(?<=\w)['’]s(?=\W*$)", re.IGNORECASE)
_FUZZY = re.compile(r"(.+)~(\d*)", re.DOTALL)


class NotAQuestion(Exception):
    """The text is not of the grammar's shape; the message ends the notice's sentence."""


def not_a_date(typed: str) -> Sentence:
    """What is said where a date is expected."""
    return Sentence(
        "“{typed}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, as in 2017-07-31", typed=typed
    )


def word(typed: str, field: Field, limits: Limits) -> Node | None:
    """The leaf of a typed word: ``word``, ``word*``, ``word~``; ``80/17`` is a phrase."""
    found = words(typed)
    if not found:
        return None
    if field == "country":
        return _country(typed)
    trimmed = typed.rstrip(",.;:!?")
    fuzzy = _FUZZY.fullmatch(trimmed)
    starred = trimmed.rstrip("*")
    if "*" in (fuzzy[1] if fuzzy else starred):
        raise NotAQuestion(
            Sentence(
                "a star stands only at the end of a word, after {least} letters or more",
                least=limits.prefix_letters,
            )
        )
    if fuzzy and words(fuzzy[1]):
        return _fuzzy(fuzzy[1], fuzzy[2], field)
    if starred != trimmed:
        return _prefix(starred, field, limits)
    return plain(typed, field, limits)


def plain(typed: str, field: Field, limits: Limits) -> Term | Phrase | None:
    """What is meant by a word without signs; an English possessive asks for its owner."""
    found = words(_POSSESSIVE.sub("", typed))
    if len(found) > 1:
        return _phrase(found, 0, field, limits)
    return Term(found[0], field) if found else None


def _fuzzy(typed: str, edits: str, field: Field) -> Node:
    found = words(typed)
    if len(found) > 1:
        raise NotAQuestion(
            Sentence(
                "“~” follows a single word, and “{typed}” is read as {count}",
                typed=typed,
                count=len(found),
            )
        )
    if edits not in ("", "1"):
        raise QueryLimit(
            Sentence(
                "“{typed}~{edits}” allows {edits} edits; at most 1 is possible.",
                typed=typed,
                edits=edits,
            )
        )
    return Fuzzy(found[0], field)


def _prefix(typed: str, field: Field, limits: Limits) -> Node:
    found = words(typed)
    if len(found) > 1:
        raise NotAQuestion(
            Sentence(
                "a star follows a single word, and “{typed}” is read as {count}",
                typed=typed,
                count=len(found),
            )
        )
    if len(found[0]) < limits.prefix_letters:
        raise QueryLimit(
            Sentence(
                "“{typed}*” has {count} letters before the star; at least {least} are needed.",
                typed=typed,
                count=len(found[0]),
                least=limits.prefix_letters,
            )
        )
    return Prefix(found[0], field)


def quoted(typed: str, slop: int, field: Field, limits: Limits) -> Node | None:
    """The phrase between quotation marks, with up to ``slop`` other words in it."""
    found = words(typed)
    if not found:
        return None
    if field == "country":
        return _country(typed)
    if slop > limits.slop:
        raise QueryLimit(
            Sentence(
                "A phrase may have at most {most} other words in between, not {slop}.",
                most=limits.slop,
                slop=slop,
            )
        )
    return _phrase(found, slop, field, limits)


def _phrase(found: list[str], slop: int, field: Field, limits: Limits) -> Phrase:
    if len(found) > limits.phrase_words:
        raise QueryLimit(
            Sentence(
                "A phrase has {count} words; at most {most} are possible.",
                count=len(found),
                most=limits.phrase_words,
            )
        )
    return Phrase(tuple(found), slop if len(found) > 1 else 0, field)


def _country(typed: str) -> Term:
    code = country_code(typed.strip())
    if code is None:
        raise NotAQuestion(Sentence("“{typed}” is not the name of a country", typed=typed))
    return Term(code, "country")


def date(typed: str) -> Range:
    """The days of ``2017-07``, or from one date to another: ``2017..2018-03``, ``2017..``."""
    if not typed.strip("."):
        raise NotAQuestion(Sentence("a date follows “date:”, or two with “..” in between"))
    low, dots, high = typed.partition("..")
    first = _days(low).first if low else None
    last = _days(high if dots else low).last if high or not dots else None
    if first and last and first > last:
        raise NotAQuestion(Sentence("“{low}” is later than “{high}”", low=low, high=high))
    return Range(first, last)


def _days(typed: str) -> DateSpan:
    try:
        return parse_date(typed)
    except ValueError as error:
        raise NotAQuestion(not_a_date(typed)) from error
