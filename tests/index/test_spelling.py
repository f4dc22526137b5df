from collections.abc import Iterable

import pytest

from index.parse import parse
from index.query import Field, Node, Phrase, Term
from index.spelling import edits, suggest

WORDS = {
    "freedom": 9,
    "freezing": 3,
    "court": 5,
    "count": 7,
    "county": 1,
    "expression": 4,
    "any": 8,
}


def vocabulary(field: Field, letter: str) -> Iterable[tuple[str, int]]:
    return [(word, count) for word, count in WORDS.items() if word.startswith(letter)]


def holds(probe: Term | Phrase) -> bool:
    return (probe.text if isinstance(probe, Term) else probe.words[0]) in WORDS


def always(tree: Node) -> bool:
    return True


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fredom", "freedom"),
        ("fredom court", "freedom court"),
        ("coutn", "count"),  # one swap; "court" is one swap and more away
        ("conut", "count"),
        ("cout", "count"),  # count and court are as near: the more frequent
        ('"fredom of expresion"', '"freedom of expression"'),  # "of" is too short to doubt
        ('"fredom expresion"', '"freedom expression"'),
        ("title:fredom OR -court", "title:freedom OR -court"),
        ("freedom and court", "freedom court"),
        ("freedom and", "freedom"),
        ("freedom not court", None),
        ('"freedom and court"', None),
        ("freedom", None),
        ("zebra", None),
        ("-fredom", None),
        ("20177", None),
        ("fredo*", None),
        ("country:ru", None),
        ("fredom cort expresion", "freedom court expression"),
        ("fredom cort expresion fredoom", None),  # too much is unknown
    ],
)
def test_a_misspelt_word_is_replaced(typed: str, meant: str | None) -> None:
    assert suggest(parse(typed).tree, vocabulary, holds, always) == meant


def test_a_small_and_is_left_in_a_question_that_has_no_hits_without_it() -> None:
    tree = parse("fredom and court").tree
    assert suggest(tree, vocabulary, holds, lambda t: False) is None
    meant = parse("freedom court").tree
    assert suggest(tree, vocabulary, holds, lambda t: t == meant) == "freedom court"


def test_a_spelling_without_hits_is_not_offered() -> None:
    tree = parse("cout").tree
    assert suggest(tree, vocabulary, holds, lambda t: t == Term("court")) == "court"
    assert suggest(tree, vocabulary, holds, lambda t: False) is None


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "abcd", 1),
        ("abc", "xbc", 1),
        ("abcd", "badc", 2),
    ],
)
def test_edits(one: str, other: str, distance: int) -> None:
    assert edits(one, other, 2) == distance
    assert edits(other, one, 2) == distance
    assert edits(one, other + "zzz", 2) > 2
