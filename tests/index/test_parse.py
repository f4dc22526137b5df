import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryLimit
from index.parse import parse
from index.query import All, And, Fuzzy, Node, Not, Or, Phrase, Prefix, Range, Term
from index.unparse import to_text


def term(*words: str) -> tuple[Term, ...]:
    return tuple(Term(word) for word in words)


QUESTIONS: list[tuple[str, Node]] = [
    ("vpn", Term("vpn")),
    ("Élysée", Term("elysee")),
    ("free press", And(term("free", "press"))),
    ("free AND press", And(term("free", "press"))),
    ("free OR press ban", Or((Term("free"), And(term("press", "ban"))))),
    ("(free OR press) ban", And((Or(term("free", "press")), Term("ban")))),
    ("(free (press ban))", And(term("free", "press", "ban"))),
    ("or and not", And(term("or", "and", "not"))),
    ("free -press", And((Term("free"), Not(Term("press"))))),
    ("free NOT press", And((Term("free"), Not(Term("press"))))),
    ("-press", Not(Term("press"))),
    ("NOT -press", Term("press")),
    ("-(free press)", Not(And(term("free", "press")))),
    ("free - press", And(term("free", "press"))),
    ('"free press"', Phrase(("free", "press"))),
    ("“free press”", Phrase(("free", "press"))),
    ("„free press“", Phrase(("free", "press"))),
    ("«free press»", Phrase(("free", "press"))),
    ('"free"', Phrase(("free",))),
    ('"free press"~5', Phrase(("free", "press"), 5)),
    ('"free"~5', Phrase(("free",))),
    ('-"free press"', Not(Phrase(("free", "press")))),
    ("free*", Prefix("free")),
    ("Fré*", Prefix("fre")),
    ("networ*,", Prefix("networ")),
    ("free~", Fuzzy("free")),
    ("free~1", Fuzzy("free")),
    ("80/17", Phrase(("80", "17"))),
    ("jane@watch.example", Phrase(("jane", "watch.example"))),
    ("court's", Term("court")),
    ("court’s", Term("court")),
    ("“court’s”", Phrase(("court", "s"))),
    ("d’Ivoire", Phrase(("d", "ivoire"))),
    ("U.S.", Term("u.s")),
    ("title:free", Term("free", "title")),
    ("TITLE:free", Term("free", "title")),
    ("title: free", Term("free", "title")),
    ('body:"free press"', Phrase(("free", "press"), 0, "body")),
    ("title:(free OR press)", Or((Term("free", "title"), Term("press", "title")))),
    ("speaker:orl*", Prefix("orl", "speaker")),
    ("speaker:al-Masri", Phrase(("al", "masri"), 0, "speaker")),
    ("country:russia", Term("RU", "country")),
    ('country:"Ivory Coast"', Term("CI", "country")),
    ("-country:ru", Not(Term("RU", "country"))),
    ("date:2017-01..2017-06", Range(dt.date(2017, 1, 1), dt.date(2017, 6, 30))),
    ("date:2017", Range(dt.date(2017, 1, 1), dt.date(2017, 12, 31))),
    ("date:..2017-07-31", Range(None, dt.date(2017, 7, 31))),
    ("date:2016..", Range(dt.date(2016, 1, 1), None)),
    ("http://watch.example/a", Phrase(("http", "watch.example", "a"))),
    ("subject:free", Phrase(("subject", "free"))),
    ("free & press", And(term("free", "press"))),
    ("free ()", Term("free")),
    ("free OR ()", Term("free")),
    ("", All()),
    ("  \t ", All()),
]


@pytest.mark.parametrize(("text", "tree"), QUESTIONS)
def test_a_question_becomes_its_tree_without_a_notice(text: str, tree: Node) -> None:
    parsed = parse(text)
    assert parsed.tree == tree
    assert parsed.notice is None


@pytest.mark.parametrize("text", ["?!", "-", "()", "*", "NOT ()", '""', "“ ”", "- - -"])
def test_without_a_word_everything_is_shown_with_a_notice(text: str) -> None:
    parsed = parse(text)
    assert parsed.tree == All()
    assert "no word" in str(parsed.notice)


BROKEN: list[tuple[str, tuple[str, ...], str]] = [
    ("(free press", ("free", "press"), "parenthesis is not closed"),
    ("free) press", ("free", "press"), "no opening one"),
    ('"free press', ("free", "press"), "quotation mark is not closed"),
    ("free OR", ("free", "or"), "“OR” needs a word on each side"),
    ("OR free", ("or", "free"), "“OR” needs a word on each side"),
    ("free OR OR press", ("free", "or", "or", "press"), "“OR” needs"),
    ("(free AND) press", ("free", "and", "press"), "“AND” needs a word on each side"),
    ("free NOT", ("free", "not"), "“NOT” needs a word after it"),
    ("speaker:", ("speaker",), "follows “speaker:”"),
    ("title:OR", ("title", "or"), "follows “title:”"),
    ("f*ee", ("f", "ee"), "star"),
    ("*ree", ("ree",), "star"),
    ("co-op*", ("co", "op"), "star"),
    ("co-op~", ("co", "op"), "“~”"),
    ("country:atlantis", ("country", "atlantis"), "“atlantis” is not the name of a country"),
    ("date:yesterday", ("date", "yesterday"), "“yesterday” is not a date"),
    ("date:2017-02-30", ("date", "2017", "02", "30"), "is not a date"),
    ("date:..", ("date",), "a date follows"),
    ("date:2018..2017", ("date", "2018..2017"), "later"),
    ('date:"2017"', ("date", "2017"), "a date follows"),
]


@pytest.mark.parametrize(("text", "words", "reason"), BROKEN)
def test_a_broken_question_is_searched_literally_and_says_why(
    text: str, words: tuple[str, ...], reason: str
) -> None:
    parsed = parse(text)
    assert _words(parsed.tree) == tuple(part for word in words for part in word.split(".."))
    assert str(parsed.notice).startswith("Searched literally")
    assert reason in str(parsed.notice)


def _words(node: Node) -> tuple[str, ...]:
    match node:
        case Term(text=text, field="text"):
            return (text,)
        case Phrase(words=words, slop=0, field="text"):
            return words
        case And(children):
            return tuple(word for child in children for word in _words(child))
    raise AssertionError(node)


LIMITS: list[tuple[str, str]] = [
    ("a" * 257, "257 characters; at most 256"),
    ("(" * 7 + "a" + ")" * 7, "deeper than 6"),
    (" ".join("abcdefghijklmnopqrstu"), "more than 20"),
    (" OR ".join("abcdefghijklmnopqrstu"), "more than 20"),
    ("(" + " ".join("abcdefghijklmnopqrstu"), "more than 20"),
    ('"a b c d e f g h i j k"', "11 words; at most 10"),
    ("a-b-c-d-e-f-g-h-i-j-k", "11 words; at most 10"),
    ('"a b"~6', "at most 5"),
    ('"a b"~99999999999999', "at most 5"),
    ("ab*", "2 letters before the star; at least 3"),
    ("free~2", "2 edits; at most 1"),
]


@pytest.mark.parametrize(("text", "reason"), LIMITS)
def test_a_question_over_a_limit_is_refused_with_reason_and_number(text: str, reason: str) -> None:
    with pytest.raises(QueryLimit, match=reason):
        parse(text)


@pytest.mark.parametrize(
    "text",
    ["a" * 256, "(" * 6 + "a" + ")" * 6, " ".join("abcdefghijklmnopqrst"), '"a b"~5', "abc*"],
)
def test_a_question_at_its_limit_is_answered(text: str) -> None:
    assert parse(text).notice is None


WORDS = ("free", "press", "Élan", "U.S.", "80/17", "or", "russia", "2017", "2017-06", "é", "👩‍👧")
MARKS = ("OR", "AND", "NOT", "-", "(", ")", '"', "“", "”", "«", "~", "~3", "*", ":", "..", ",", "’")
NAMES = ("title:", "body:", "speaker:", "country:", "date:")
ODD = ("½", "ﷺ", "\x00", "\ud800")
PIECES = st.sampled_from(WORDS + MARKS + NAMES)


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.one_of(PIECES, st.sampled_from(ODD)), max_size=40).map(" ".join),
    )
)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with suppress(QueryLimit):
        parse(text)


@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]))
def test_a_tree_is_printed_as_it_would_be_typed(pieces: list[str], between: str) -> None:
    try:
        tree = parse(between.join(pieces)).tree
        again = parse(to_text(tree))
    except QueryLimit:
        return  # what is printed may be longer than what was typed
    assert again.tree == tree
    assert again.notice is None
