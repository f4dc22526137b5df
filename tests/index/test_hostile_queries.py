"""Whatever is typed is answered, or refused with a reason; and what is answered is small."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.bounds import bounds_of
from index.engine import SearchEngine
from index.errors import BadQuery
from index.matching import leaves
from index.parse import parse
from index.query import LIMITS, And, Limits, Node, Not, Or, Phrase, Prefix
from index.request import build_query
from tests.index.conformance import NAMES, by_rebuild, filled
from tests.index.documents import make_document, quote

HOSTILE = {
    "everything": "*",
    "all stars": "***",
    "infix": "*a*",
    "leading star": "*ing",
    "inner star": "a*b*c*d*e*f",
    "question marks": "????????",
    "short prefix": "a*",
    "two-letter prefix": "ab*",
    "wide prefix": "wor*",
    "many wide prefixes": " OR ".join(["wor*"] * 20),
    "negative wide prefix": "-wor*",
    "prefix of a phrase": '"wor*"',
    "five edits": "word~5",
    "a million edits": "word~1000000",
    "fuzzy letters": "a~ b~ c~ d~ e~ f~",
    "fuzzy everything": "~ ~ ~",
    "slop": '"a b"~1000000',
    "endless slop": '"a b"~' + "9" * 240,
    "negative slop": '"a b"~-1',
    "phrase of repeated words": '"' + "a " * 10 + '"~5',
    "phrase of 100 words": '"' + "a " * 100 + '"',
    "phrase of 11 words": '"' + "a " * 11 + '"',
    "1,000 alternatives": " OR ".join(f"w{n}" for n in range(1000)),
    "10,000 words": "word " * 10_000,
    "21 words": " ".join(f"w{n}" for n in range(21)),
    "21 negatives": " ".join(f"-w{n}" for n in range(21)),
    "the same word 20 times": " ".join(["word"] * 20),
    "5,000 parentheses": "(" * 5000 + "a" + ")" * 5000,
    "100 parentheses": "(" * 100 + "a" + ")" * 100,
    "unclosed parentheses": "(" * 200,
    "unopened parentheses": ")" * 200,
    "empty parentheses": "()" * 100,
    "100 kB of brackets": "[" * 100_000,
    "a range of words": "body:[a to z]",
    "an open range": "body:[* TO *]",
    "a Lucene date range": "date:[20170101 TO 20171231]",
    "200 negations": "-" * 200 + "a",
    "NOT NOT NOT": "NOT " * 60 + "a",
    "only operators": "AND OR NOT OR AND",
    "operators in between": "a AND OR b",
    "boosts": "word^1000000000",
    "regular expression": "/(a+)+$/",
    "a regular expression's worst": "(a+)+" * 40,
    "nested fields": "title:body:speaker:country:x",
    "100 nested fields": "title:" * 40,
    "unknown field": "password:secret",
    "hidden attribute": "__class__:x _id:x",
    "field without a word": "speaker:",
    "country by chance": "country:;DROP",
    "inverted date": "date:9999..0001",
    "year zero": "date:0000",
    "last day": "date:9999-12-31",
    "no such day": "date:2017-99-99",
    "dots": "date:" + "." * 200,
    "quotation marks": '"' * 200,
    "mixed quotation marks": '“«"»”' * 40,
    "unclosed quotation": '"a b',
    "NUL": "a\x00b",
    "control characters": "".join(map(chr, range(32))),
    "lone surrogate": "\ud800",
    "combining marks": "e" + "\u0301" * 250,
    "direction marks": "\u202eabc\u202c \u200f",
    "zero-width": "a\u200bb\ufeffc",
    "one long word": "x" * 256,
    "one endless word": "x" * 1_000_000,
    "a word that folds long": "\ufdfa" * 200,
    "emoji": "👩‍👩‍👧‍👦" * 30,
    "dotted": "a." * 128,
    "hyphens": "a-" * 128,
    "apostrophes": "a'" * 128,
    "markup": "<script>alert(1)</script>",
    "template": "{{7*7}} ${7*7} %s %n",
    "SQL": "' OR 1=1; --",
    "path": "../../../../etc/passwd",
    "URL": "https://watch.example/a?b=c&d=e#f",
    "JSON": '{"query": {"match_all": {}}}',
    "tabs and lines": "a\tb\nc\r\nd\u2028e",
    "full-width": "ＴＩＴＬＥ：ｗｏｒｄ",
    "Turkish i": "İıİı",
}


@pytest.fixture(scope="module", params=NAMES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    words = " ".join(f"word{number}" for number in range(1000))
    documents = [
        make_document("a", "Many words", words, quotations=[quote(words)]),
        make_document("b", "One word", "a " * 5000, published="2017"),
        make_document("c", "No word"),
    ]
    folder = tmp_path_factory.mktemp("hostile")
    with filled(request.param, by_rebuild, folder, documents) as engine:
        yield engine


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_question_is_answered_or_refused(engine: SearchEngine, text: str) -> None:
    for scope in ("documents", "quotations"):
        answer = _answer(engine, text, scope)
        assert len(answer) < 3 * LIMITS.characters
        assert not answer or answer.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 30 + "word1" + ")" * 30,
        "-(" * 30 + "word1 " + ")" * 30,
        " OR ".join(f"{'(' * depth}w{depth}{')' * depth}" for depth in range(1, 31)),
        " ".join(["word1"] * 200),
        " OR ".join(f"word{number}*" for number in range(1, 150)),
        '"' + " ".join(f"word{number}" for number in range(100)) + '"~50',
    ],
    ids=["deep", "not", "deeper", "clauses", "prefixes", "phrase"],
)
def test_the_loosest_limits_break_nothing(engine: SearchEngine, text: str) -> None:
    loosest = Limits(**{name: bound.most for name, bound in bounds_of(Limits).items()})
    loosest = replace(loosest, prefix_letters=bounds_of(Limits)["prefix_letters"].least)
    for scope in ("documents", "quotations"):
        answer = _answer(engine, text, scope, loosest)
        assert not answer or answer.startswith("the question is too large for ")  # a server


def _answer(engine: SearchEngine, text: str, scope: str, limits: Limits = LIMITS) -> str:
    """What is said about the question: its notice, or why it was refused."""
    try:
        results = engine.search(build_query(text, scope=scope, limits=limits))
    except BadQuery as refusal:
        return str(refusal) or "refused without a reason"
    assert results.total <= 3
    return results.notice or ""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_left_of_a_hostile_question_is_small(text: str) -> None:
    _assert_small(text)


@settings(max_examples=1_000)
@given(st.text(st.sampled_from('ab*~"()-: ORNT.’\u0301٣'), max_size=256))
def test_what_is_left_of_any_question_is_small(text: str) -> None:
    _assert_small(text)


def _assert_small(text: str) -> None:
    try:
        tree = parse(text).tree
    except BadQuery:
        return
    found = list(leaves(tree))
    assert len(found) <= LIMITS.clauses
    assert _depth(tree) <= 2 * LIMITS.depth + 2
    for leaf in found:
        if isinstance(leaf, Phrase):
            assert len(leaf.words) <= LIMITS.phrase_words
            assert leaf.slop <= LIMITS.slop
        if isinstance(leaf, Prefix):
            assert len(leaf.text) >= LIMITS.prefix_letters


def _depth(node: Node) -> int:
    match node:
        case And(children) | Or(children):
            return 1 + max(map(_depth, children))
        case Not(child):
            return 1 + _depth(child)
    return 0
