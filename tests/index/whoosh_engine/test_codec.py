"""Vectorised execution against Whoosh's own searcher, over the same files through the codec."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from whoosh import query as whoosh
from whoosh.scoring import BM25F

from index import scoring
from index.analysis import stem
from index.query import LIMITS, And, Fuzzy, Node, Not, Or, Phrase, Prefix, Scope, Term
from index.whoosh_engine.codec import searcher
from index.whoosh_engine.execute import Execution
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.manifest import read_live
from index.whoosh_engine.reader import Leaf, Reader, posting_cache
from index.whoosh_engine.segment import Segment
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document, quote

WORDS = [
    "court",
    "courts",
    "prison",
    "prisons",
    "prisoner",
    "elan",
    "says",
    "said",
    "report",
    "reports",
    "freedom",
    "free",
]


class Scoring(BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with our idf."""

    def __init__(self) -> None:
        super().__init__(B=scoring.B, K1=scoring.K1)

    def idf(self, searcher, fieldname, text):  # type: ignore[no-untyped-def]
        parent = searcher.get_parent()
        return scoring.idf(parent.doc_frequency(fieldname, text), parent.doc_count_all())


@pytest.fixture(scope="module", params=[1, 3], ids=["one segment", "three segments"])
def leaves(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Leaf]:
    rng = random.Random(7)  # noqa: S311 (no secret)
    path: Path = tmp_path_factory.mktemp("index")

    def text(longest: int) -> str:
        return " ".join(rng.choices(WORDS, range(len(WORDS), 0, -1), k=rng.randint(1, longest)))

    documents = [
        make_document(
            f"{number:04}",
            text(6),
            text(60),
            references=[text(2)],
            quotations=[quote(text(20), "Ada Court") for _ in range(rng.randint(0, 3))],
        )
        for number in range(300)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.whoosh_engine.writer.choose", lambda _: [])
        for at in range(request.param):
            part = documents[at :: request.param]
            WhooshWriter(path).update(part, revision=at + 1, extractor_version="1")
    manifest = Generations(path).current()
    assert len(manifest.segments) == request.param
    cache = posting_cache(1 << 20)
    return [
        Leaf(Segment(path / entry.file.path), entry.name, read_live(path, entry), cache)
        for entry in manifest.segments
    ]


def translate(node: Node) -> whoosh.Query:
    match node:
        case Term(text):
            return whoosh.Term("stems", stem(text))
        case Phrase(words, slop):
            return whoosh.Phrase("text", list(words), slop=slop + 1)
        case Prefix(text):
            return whoosh.Prefix("text", text)
        case Fuzzy(text):
            return whoosh.FuzzyTerm("text", text, maxdist=1, prefixlength=1)
        case And((wanted, Not(unwanted))):
            return whoosh.AndNot(translate(wanted), translate(unwanted))
        case And(children):
            return whoosh.And([translate(child) for child in children])
        case Or(children):
            return whoosh.Or([translate(child) for child in children])
    raise TypeError(node)


def ours(leaves: list[Leaf], scope: Scope, node: Node) -> dict[int, float]:
    found: dict[int, float] = {}
    base = 0
    execution = Execution(Reader(leaves), scope, LIMITS.prefix_terms)
    for leaf, matches in zip(leaves, execution.run(node), strict=True):
        scores = matches.scores(matches.ids)
        values = [0.0] * len(matches.ids) if scores is None else scores.tolist()
        found |= {base + at: v for at, v in zip(matches.ids.tolist(), values, strict=True)}
        base += leaf.space(scope).size
    return found


SCORED: list[Node] = [
    Term("court"),
    Term("freedom"),
    Term("nothing"),
    And((Term("court"), Term("said"))),
    Or((Term("report"), Term("prisons"), Term("free"))),
    And((Term("elan"), Or((Term("report"), Term("free"))))),
    And((Term("prison"), Not(Term("said")))),
]
MATCHED: list[Node] = [
    Phrase(("court", "prison")),
    Phrase(("courts", "prison", "court")),
    Phrase(("court", "elan"), 2),
    Prefix("pri"),
    Prefix("fre"),
    Fuzzy("court"),
    Fuzzy("prisons"),
    And((Prefix("rep"), Not(Phrase(("court", "courts"))))),
]


@pytest.mark.parametrize("scope", ["documents", "quotations"])
@pytest.mark.parametrize("node", SCORED, ids=str)
def test_whoosh_finds_and_scores_the_same(leaves: list[Leaf], scope: Scope, node: Node) -> None:
    with searcher(leaves, scope, Scoring()) as oracle:
        hits = oracle.search(translate(node), limit=None)
        expected = {hit.docnum: hit.score for hit in hits}
    found = ours(leaves, scope, node)
    assert found == pytest.approx(expected, abs=1e-9)
    order = sorted(found, key=lambda at: (-round(found[at], 9), at))
    assert order == sorted(expected, key=lambda at: (-round(expected[at], 9), at))


@pytest.mark.parametrize("scope", ["documents", "quotations"])
@pytest.mark.parametrize("node", MATCHED, ids=str)
def test_whoosh_finds_the_same(leaves: list[Leaf], scope: Scope, node: Node) -> None:
    with searcher(leaves, scope, Scoring()) as oracle:
        expected = {hit.docnum for hit in oracle.search(translate(node), limit=None)}
    assert set(ours(leaves, scope, node)) == expected


def test_whoosh_leaves_out_what_is_deleted(leaves: list[Leaf]) -> None:
    first = leaves[0]
    live = first.all("documents") % 2 == 0
    halved = [Leaf(first.segment, "halved", live, posting_cache(1 << 20)), *leaves[1:]]
    with searcher(halved, "documents", Scoring()) as oracle:
        hits = oracle.search(whoosh.Term("stems", "court"), limit=None)
        assert {hit.docnum for hit in hits} == set(ours(halved, "documents", Term("court")))
