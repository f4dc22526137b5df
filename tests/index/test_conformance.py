"""Every engine answers as the one that looks at everything."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from index.engine import CompletionField, SearchEngine
from index.errors import QueryLimit
from index.memory_engine import MemoryEngine
from index.query import LIMITS
from index.request import build_query
from index.results import Hit
from tests.index.conformance import CASES, ENGINES, NAMES, assert_same_answer, by_segments, filled
from tests.index.documents import ARCHIVE
from tests.index.generated import make_archive, make_query

FIELDS: tuple[CompletionField, ...] = ("speaker", "country", "title")
QUESTIONS = (
    "",
    "court",
    '"court"',
    "freed",
    "fre*",
    "fred~",
    "network OR detained",
    "russia court",
    "-court",
    "(freedom OR court) -russia",
    '"freedom of the press"',
    '"freedom press"~1',
    '"freedom press"~2',
    "co-operation",
    "80/17",
    "title:court",
    "body:russia",
    "cafe liberté",
    'speaker:"anna orlova"',
    'speaker:"karpov anna"',
    "country:russia freedom",
    "date:2017-07-01",
    "-date:2016..",
    "fredom",
    "speaker:orlva",
    "zebra",
    "fre* OR -fre*",
    "the the",
    "“the the”",
)
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"country": ["RU", "TR"], "not_topic": ["internet"]},
    {"country": ["unknown"], "category": ["unknown"]},
    {"speaker": ["orlova", "Nobody"], "not_country": ["BY"]},
    {"speaker": ["unknown"], "not_category": ["news"]},
)


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    return MemoryEngine(ARCHIVE)


@pytest.fixture(scope="module", params=CASES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    name, fill = request.param
    with filled(name, fill, tmp_path_factory.mktemp(name), ARCHIVE) as engine:
        yield engine


@pytest.mark.parametrize("scope", ["documents", "quotations"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_on_fixed_documents(
    engine: SearchEngine, oracle: MemoryEngine, question: str, scope: str
) -> None:
    for filters in FILTERS:
        for low, high in ((None, None), ("2017", None), (None, "2017-07-30")):
            query = build_query(question, scope=scope, date_from=low, date_to=high, **filters)
            assert_same_answer(engine, oracle, query)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("page", [1, 2, 3, 9])
def test_order_and_pages(engine: SearchEngine, oracle: MemoryEngine, sort: str, page: int) -> None:
    for question in ("", "freedom OR court", "-zebra"):
        assert_same_answer(engine, oracle, build_query(question, sort=sort, page=page, per_page=2))


def test_a_question_carries_its_limits(engine: SearchEngine, oracle: MemoryEngine) -> None:
    for question in ("fre*", "freed~", "title:fre*"):
        for most in range(1, 6):
            query = build_query(question, limits=replace(LIMITS, prefix_terms=most))
            assert_same_answer(engine, oracle, query)
    with pytest.raises(QueryLimit, match="more than 1 words"):
        engine.search(build_query("fre*", limits=replace(LIMITS, prefix_terms=1)))
    far = replace(LIMITS, page_size=1_000, offset=100_000)
    assert engine.search(build_query(page=101, per_page=1_000, limits=far)).hits == ()


def test_marks_are_those_of_the_oracle(engine: SearchEngine, oracle: MemoryEngine) -> None:
    for question in ("court", '"the court"', "fre*", "speaker:orlova"):
        query = build_query(question)
        found, wanted = engine.search(query).hits, oracle.search(query).hits
        assert _unscored(found) == _unscored(wanted)


def _unscored(hits: Sequence[Hit]) -> list[Hit]:
    """Without scores and their order, which :func:`assert_same_answer` compares."""
    return sorted((hit._replace(score=0.0) for hit in hits), key=lambda hit: hit.id)


def test_completion(engine: SearchEngine, oracle: MemoryEngine) -> None:
    for prefix in ("a", "orl", "anna o", "núñ", "ru", "cou", "court f", "", "?", "zebra"):
        for field in FIELDS:
            expected = oracle.complete(prefix, field)
            assert engine.complete(prefix, field) == expected
            assert engine.complete(prefix, field, limit=1) == expected[:1]


def test_contents_and_status(engine: SearchEngine, oracle: MemoryEngine) -> None:
    assert sorted(engine.contents()) == sorted(oracle.contents())
    status, expected = engine.status(), oracle.status()
    assert (status.documents, status.quotations) == (expected.documents, expected.quotations)
    assert status.extractor_version == "1"
    assert status.revision in (1, 5)


def test_segments_stay_apart_where_merging_is_put_off(tmp_path: Path) -> None:
    with filled("whoosh", by_segments, tmp_path, ARCHIVE) as engine:
        assert engine.status().segments > 1


def test_without_facets_and_snippets(engine: SearchEngine) -> None:
    results = engine.search(build_query("court"), facets=False, snippets=False)
    assert results.total == 2
    assert results.facets == ()
    assert not any(hit.snippets or any(span.match for span in hit.title) for hit in results.hits)


def _compare(name: str, seed: int, size: int, questions: int) -> None:
    random = Random(seed)  # noqa: S311 (chance, not secrecy)
    documents = make_archive(random, size)
    asked = [make_query(random) for _ in range(questions)]
    oracle = MemoryEngine(documents)
    # A server takes a while to make an index: one way to fill it, chosen by chance, is enough.
    fills = [random.choice(ENGINES[name])] if name == "opensearch" else ENGINES[name]
    for fill in fills:
        with TemporaryDirectory() as folder, filled(name, fill, Path(folder), documents) as engine:
            for query in asked:
                assert_same_answer(engine, oracle, query)


SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(0, 12)


@pytest.mark.parametrize("name", ["memory", "whoosh"])
@settings(max_examples=50, deadline=None)
@given(SEEDS, SIZES)
def test_questions_on_generated_documents(name: str, seed: int, size: int) -> None:
    _compare(name, seed, size, questions=20)


@pytest.mark.opensearch
@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(SEEDS, SIZES)
def test_questions_on_generated_documents_of_a_server(seed: int, size: int) -> None:
    """Fewer, because each is a request; a failure is repeated by its seed."""
    _compare("opensearch", seed, size, questions=40)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=2_000, deadline=None)
@given(SEEDS, SIZES)
def test_many_questions_on_generated_documents(name: str, seed: int, size: int) -> None:
    _compare(name, seed, size, questions=50)
