import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse import parse
from index.results import Snippet
from index.snippets import WIDTH, Highlighter

FILLER = "Nothing of note was said that day in the old town by the river. "


def shown(snippet: Snippet) -> str:
    """The snippet with its matches in brackets."""
    return "".join(f"[{span.text}]" if span.match else span.text for span in snippet)


def plain(snippet: Snippet) -> str:
    return "".join(span.text for span in snippet)


def marked(text: str, question: str) -> str:
    return shown(Highlighter(parse(question).tree).mark_title(text))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("court", "The [Court]'s decision: no [courts], said the U.S. [court]"),
        ("“court's decision”", "The [Court's decision]: no courts, said the U.S. court"),
        ("“court decision”~1", "The [Court's decision]: no courts, said the U.S. court"),
        ("cou*", "The [Court]'s decision: no [courts], said the U.S. [court]"),
        ("coutr~", "The Court's decision: no courts, said the U.S. court"),
        ("curt~", "The [Court]'s decision: no courts, said the U.S. [court]"),
        ("U.S.", "The Court's decision: no courts, said the [U.S]. court"),
        ("said -court", "The Court's decision: no courts, [said] the U.S. court"),
        ("the court of the poet", "The [Court]'s decision: no [courts], said the U.S. [court]"),
        ("the", "[The] Court's decision: no courts, said [the] U.S. court"),
        ("country:france the", "[The] Court's decision: no courts, said [the] U.S. court"),
        ("“the court” court", "[The Court]'s decision: no [courts], said the U.S. [court]"),
        ("body:court", "The Court's decision: no courts, said the U.S. court"),
        (
            "title:decide OR title:decision",
            "The Court's [decision]: no courts, said the U.S. court",
        ),
        ("speaker:court country:ru", "The Court's decision: no courts, said the U.S. court"),
    ],
)
def test_a_title_is_marked_where_it_matches(question: str, expected: str) -> None:
    assert marked("The Court's decision: no courts, said the U.S. court", question) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Élysée palace", "elysee", "[Élysée] palace"),
        ("ELYSÉE", "élysée", "[ELYSÉE]"),
        ("Łódź straße œuvre", "lodz strasse oeuvre", "[Łódź] [straße] [œuvre]"),
        ("the poet’s poem", "poet's", "the [poet]’s poem"),
        ("cafe\u0301 open", "cafe", "[cafe\u0301] open"),
        ("a.b.c d", "a.b.c", "[a.b.c] d"),
        ("x.court court.x", "court", "x.court court.x"),
        ("free free free press", "“free free press”", "free [free free press]"),
    ],
)
def test_folded_words_are_marked_in_their_own_spelling(
    text: str, question: str, expected: str
) -> None:
    assert marked(text, question) == expected


def test_the_best_passage_is_shown_and_cut_where_one_pauses() -> None:
    body = FILLER * 20 + "The freed poet thanked the court. " + FILLER * 20
    (snippet,) = Highlighter(parse("poet court").tree).make_snippets(body)
    assert "The freed [poet] thanked the [court]." in shown(snippet)
    assert plain(snippet).startswith("Nothing of note")
    assert plain(snippet).endswith("by the river.")
    assert len(plain(snippet)) <= WIDTH


def test_words_far_apart_have_a_snippet_each_in_their_order() -> None:
    body = "A poet. " + FILLER * 20 + "A court. " + FILLER * 20 + "A law. " + FILLER * 20
    snippets = Highlighter(parse("law court poet").tree).make_snippets(body)
    assert ["[poet]" in shown(snippets[0]), "[court]" in shown(snippets[1])] == [True, True]
    assert "[law]" in shown(snippets[2])
    assert len(snippets) == 3


def test_one_word_often_has_two_snippets() -> None:
    body = (FILLER * 10 + "A court. ") * 5
    assert len(Highlighter(parse("court").tree).make_snippets(body)) == 2


@pytest.mark.parametrize("question", ["", "title:poet", "speaker:poet", "poet"])
def test_where_the_body_does_not_match_its_lead_is_shown(question: str) -> None:
    (snippet,) = Highlighter(parse(question).tree).make_snippets(FILLER * 20)
    assert plain(snippet) == (FILLER * 3).strip()


def test_an_empty_body_has_no_snippet() -> None:
    assert Highlighter(parse("poet").tree).make_snippets("") == ()
    assert Highlighter(parse("poet").tree).make_snippets(" \n ") == ()


def test_a_text_without_spaces_is_cut_between_graphemes() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    (snippet,) = Highlighter(parse("poet").tree).make_snippets(family * 100)
    assert plain(snippet) == family * (len(plain(snippet)) // len(family))
    (snippet,) = Highlighter(parse("poet").tree).make_snippets("e\u0301" * 201)
    assert unicodedata.normalize("NFC", plain(snippet)).strip("é") == ""


def test_an_endless_word_is_cut() -> None:
    (snippet,) = Highlighter(parse("xxx*").tree).make_snippets("x" * 100_000)
    assert len(plain(snippet)) <= WIDTH
    assert snippet[0].match


def test_a_rare_word_is_shown_rather_than_a_common_one() -> None:
    body = "The court sat. The court rose. " * 3 + FILLER * 10 + "A poet spoke. " + FILLER * 10
    (first, second) = Highlighter(parse("court poet").tree).make_snippets(body)
    assert "[court]" in shown(first)
    assert "[poet]" in shown(second)
    (only,) = Highlighter(parse("court poet").tree).make_snippets(body, limit=1)
    assert "[poet]" in shown(only)


WORDS = ("court", "poet", "law", "é", "字")
MARKS = (".", "!", "\n", "’", "“", "\u0301", "\u200d", "👩", "🇫", "🇷")
ALPHABET = st.sampled_from(WORDS + MARKS)
TEXTS = st.lists(st.tuples(ALPHABET, st.sampled_from(["", " "])), max_size=300).map(
    lambda pieces: "".join(piece for pair in pieces for piece in pair)
)


@given(TEXTS, st.sampled_from(["court", "poet law", '"poet law"~2', "poe*", "lw~", "-poet", ""]))
def test_snippets_are_passages_of_the_text(text: str, question: str) -> None:
    tree = parse(question).tree
    assert plain(Highlighter(tree).mark_title(text)) == text
    at = 0
    for snippet in Highlighter(tree).make_snippets(text):
        passage = plain(snippet)
        assert passage
        assert text.find(passage, at) >= 0
        at = text.find(passage, at)
        assert len(passage) <= WIDTH * 2
        assert not unicodedata.category(passage[0]).startswith("M") or text.startswith(passage)
