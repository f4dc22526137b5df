"""Spelling: "did you mean", the same in every engine.

Asked only where a question has no hits. A word that the index does not hold is replaced by
a near one that it holds: same first letter, few edits, and among equals the more frequent.
What comes out is offered only if it has hits under the same filters. A small "and" between words
was meant as AND, which joins them anyway: the question without it is tried first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from heapq import nsmallest
from itertools import islice, product

from index.matching import wanted
from index.query import And, Field, Node, Or, Phrase, Term
from index.unparse import to_text

Vocabulary = Callable[[Field, str], Iterable[tuple[str, int]]]
"""``vocabulary(field, letter)``: all words (folded, unstemmed) of the field that begin with
the letter, each with the number of live records of the scope that hold it."""

Probe = Term | Phrase
"""One word, alone: a Term, or for the words of a phrase a Phrase of one."""

UNKNOWN = 3
"""Unknown words that a question may have: with more of them it is not a misspelt one."""

OPERATORS = frozenset(["and", "not"])
"""Operators in small letters: words, but never misspelt ones."""

CHOICES = 3
"""Near words that are tried for one unknown word."""

ATTEMPTS = 5
"""Spellings of the whole question that are tried, the nearest first."""


def suggest(
    tree: Node,
    vocabulary: Vocabulary,
    holds: Callable[[Probe], bool],
    has_hits: Callable[[Node], bool],
) -> str | None:
    """The question in a spelling that has hits, or None.

    ``holds``: whether any live record of the scope matches one word. ``has_hits``: whether
    any does match a tree under all filters of the question.
    """
    joined = _without_and(tree)
    if joined != tree and has_hits(joined):
        return to_text(joined)
    tree = joined
    unknown = [probe for probe in dict.fromkeys(_probes(tree)) if not holds(probe)]
    if not 0 < len(unknown) <= UNKNOWN:
        return None
    choices = [near_words(_word(probe), probe.field, vocabulary) for probe in unknown]
    if not all(choices):
        return None
    for chosen in islice(product(*choices), ATTEMPTS):
        spelt = _respell(tree, dict(zip(unknown, chosen, strict=True)))
        if has_hits(spelt):
            return to_text(spelt)
    return None


def near_words(word: str, field: Field, vocabulary: Vocabulary) -> list[str]:
    """What may have been meant by a word: the nearest, then the most frequent first."""
    most = 1 if len(word) < 5 else 2
    near = (
        (distance, -count, other)
        for other, count in vocabulary(field, word[0])
        if abs(len(other) - len(word)) <= most and (distance := edits(word, other, most)) <= most
    )
    return [other for _, _, other in nsmallest(CHOICES, near)]


def edits(one: str, other: str, most: int) -> int:
    """Letters inserted, deleted, replaced or swapped with their neighbour; over ``most``: more.

    The optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1  # the letters alone tell
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return abs(len(one) - len(other))
    one, other = one[same:], other[same:]
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(last) > most:
            break
        before, last = last, row
    else:
        return last[-1]
    return most + 1


def _probes(tree: Node) -> Iterable[Probe]:
    """Every word that may be misspelt: of letters, three or more."""
    for leaf in wanted(tree):
        single: tuple[Probe, ...] = ()
        if isinstance(leaf, Term) and leaf.field != "country":
            single = (leaf,)
        elif isinstance(leaf, Phrase):
            single = tuple(Phrase((word,), 0, leaf.field) for word in leaf.words)
        yield from (p for p in single if _may_be_misspelt(_word(p)))


def _may_be_misspelt(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in OPERATORS


def _without_and(tree: Node) -> Node:
    """The tree without a word "and" among others that must all be there."""
    if not isinstance(tree, And):
        return tree
    kept = tuple(child for child in tree.children if child != Term("and", "text"))
    return And(kept) if len(kept) > 1 else next(iter(kept), tree)


def _word(probe: Probe) -> str:
    return probe.text if isinstance(probe, Term) else probe.words[0]


def _respell(tree: Node, spelling: Mapping[Probe, str]) -> Node:
    match tree:
        case And(children) | Or(children):
            return type(tree)(tuple(_respell(child, spelling) for child in children))
        case Term():
            return replace(tree, text=spelling.get(tree, tree.text))
        case Phrase(words=words, field=field):
            spelt = tuple(spelling.get(Phrase((w,), 0, field), w) for w in words)
            return replace(tree, words=spelt)
        case _:
            return tree
