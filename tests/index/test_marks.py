"""Marks: the quick search for beginnings against reading every token."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from index.analysis import stem, tokens
from index.marks import Mark, find_marks
from index.matching import occurrences, wanted
from index.parse import parse
from index.query import Node

ENDINGS = (
    "", "s", "es", "ed", "ing", "ly", "y", "ies", "ying", "ization", "ational", "ator", "ness",
    "ability", "ibility", "bly", "able", "ement", "ence", "ency", "ology", "ogist", "ively", "ll",
)  # fmt: skip
WORDS = ("Visible", "visibility", "dying", "die", "DIES", "sky", "skies", "skis", "VPNs", "vpn")
LETTERS = ("é", "İ", "ı", "ß", "œ", "Å", "字", "_", "7", "\u0301", ".", ". ", " ", "’", "\n", "K")
TEXTS = st.lists(st.sampled_from((*WORDS, *LETTERS, " ")), max_size=60).map("".join)
QUESTIONS = (
    "visible", "die", "sky", "dying sky", "vis*", "vpn", "skis~", '"die visible"~2', "é", "oe i 字",
    "speaker:sky", "visible OR sky -die", "dyi* ", "7", "ss", '"sky"', "body:skies",
)  # fmt: skip


def plain_marks(text: str, tree: Node) -> list[Mark]:
    """By reading every token: of the occurrences that begin at one, the longest."""
    looked_for = [leaf for leaf in dict.fromkeys(wanted(tree)) if leaf.field in ("text", "body")]
    read = list(tokens(text))
    ends: dict[int, tuple[int, int]] = {}
    for number, leaf in enumerate(looked_for):
        for first, last in occurrences(leaf, [token.text for token in read]):
            end = read[last].end
            ends[first] = max(ends.get(first, (0, 0)), (end, -number))
    marks: list[Mark] = []
    for first in sorted(ends):
        end, leaf_number = ends[first]
        if not marks or read[first].start >= marks[-1].end:
            marks.append(Mark(read[first].start, end, -leaf_number))
    return marks


@given(TEXTS, st.sampled_from(QUESTIONS))
def test_marks_are_those_of_a_plain_reading(text: str, question: str) -> None:
    tree = parse(question).tree
    marks = find_marks(text, tree, ("text", "body"))
    expected = plain_marks(text, tree)
    assert [(mark.start, mark.leaf) for mark in marks] == [(m.start, m.leaf) for m in expected]
    # A combining mark behind a word belongs to what is shown.
    assert all(
        re.fullmatch("\u0301*", text[e.end : m.end]) for m, e in zip(marks, expected, strict=True)
    )


def test_a_word_is_found_by_the_beginning_of_its_stem() -> None:
    rng = random.Random(3)  # noqa: S311 (the same words every time)
    pieces = ("b", "an", "tr", "i", "e", "o", "st", "u", "y", "l", "m", "p", "ee", "at", "iz", "s")
    for _ in range(5_000):
        middle = "".join(rng.choices(pieces, k=rng.randint(1, 5)))
        word = middle + rng.choice(ENDINGS) + rng.choice(ENDINGS)
        for question in {word, stem(word)}:
            tree = parse(question).tree
            assert bool(find_marks(word, tree, ("text",))) == (stem(word) == stem(question)), word
