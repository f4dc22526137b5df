"""Matching: where the words of a question stand in a text. The plain definition of each leaf.

Snippets mark by it; the in-memory engine also counts by it, and so is the measure of all
other engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from index.analysis import stem
from index.errors import QueryLimit
from index.query import And, Fuzzy, Node, Not, Or, Phrase, Prefix, Term
from index.sentence import Sentence

Leaf: TypeAlias = Term | Phrase | Prefix | Fuzzy
"""A node that looks for words."""

Run: TypeAlias = tuple[int, int]
"""Positions of the first and the last token of one occurrence."""


def leaves(tree: Node) -> Iterator[Leaf]:
    """The leaves that look for words, from left to right, those under a Not too."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Not(child):
            yield from leaves(child)
        case Term() | Phrase() | Prefix() | Fuzzy():
            yield tree


def wanted(tree: Node) -> Iterator[Leaf]:
    """The leaves whose words speak for a hit: all but those under a Not."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from wanted(child)
        case Term() | Phrase() | Prefix() | Fuzzy():
            yield tree


def meets(leaf: Term | Prefix | Fuzzy, token: str) -> bool:
    """Whether a folded token is what the leaf looks for."""
    match leaf:
        case Term(text=text, field="speaker"):
            return token == text
        case Term(text=text):
            return stem(token) == stem(text)
        case Prefix(text=text):
            return token.startswith(text)
        case Fuzzy(text=text):
            return token[0] == text[0] and within_one_edit(token, text)


def occurrences(leaf: Leaf, tokens: Sequence[str]) -> Iterator[Run]:
    """Every occurrence of a leaf in one text, by the position of its first word."""
    if isinstance(leaf, Phrase):
        yield from _phrases(leaf, tokens)
        return
    for position, token in enumerate(tokens):
        if meets(leaf, token):
            yield position, position


def _phrases(phrase: Phrase, tokens: Sequence[str]) -> Iterator[Run]:
    """From each first word on, the nearest next word each time: that is the tightest run."""
    first, *rest = phrase.words
    for start, token in enumerate(tokens):
        if token != first:
            continue
        end, reach = start, start + len(phrase.words) + phrase.slop
        for word in rest:
            try:
                end = tokens.index(word, end + 1, reach)
            except ValueError:
                break
        else:
            yield start, end


def too_many_words(leaf: Prefix | Fuzzy, most: int) -> QueryLimit:
    """What is raised where a leaf meets more than ``most`` (``Limits.prefix_terms``) live words
    of its field in the scope.
    """
    mark = "*" if isinstance(leaf, Prefix) else "~"
    return QueryLimit(
        Sentence(
            "“{typed}” stands for more than {most} words: add letters.",
            typed=f"{leaf.text}{mark}",
            most=most,
        )
    )


def within_one_edit(one: str, other: str) -> bool:
    """Whether at most one letter is inserted, deleted or replaced between the two."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if same is None:
        return True
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
