"""The array engine against the engine that looks at everything: random archives and questions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.document import Country, Document, Quotation, Source, Speaker
from index.errors import QueryLimit
from index.memory_engine import MemoryEngine
from index.query import (
    UNKNOWN,
    All,
    And,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Selection,
    Term,
)
from index.results import SearchResults
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import make_document

WORDS = ["court", "courts", "prison", "prisons", "prisoner", "élan", "elan", "say", "says", "80"]
PEOPLE = ["Ada Court", "Ben Prison", "Cy Elan", None]
COUNTRIES = [("RU", "Russian Federation"), ("FR", "France"), ("BY", "Belarus")]
DATES = [None, "2016", "2017", "2017-03", "2017-03-27", "2017-07-31", "2018-01"]
SOURCE = Source(None, None, None, None, "1")

words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=12).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    number = draw(st.integers(0, 30))
    people = draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True))
    quotations = tuple(
        Quotation(name, "person" if name else None, None, None, (draw(texts),), 0, 0)
        for name in people
        for _ in range(draw(st.integers(1, 2)))
    )
    return Document(
        id=f"{number:016x}",
        kind="article",
        url=None,
        listed_on=(),
        site=None,
        title=draw(texts) or "untitled",
        title_derived=False,
        body=draw(texts),
        published=draw(st.sampled_from(DATES)),
        updated=None,
        language=None,
        byline=None,
        category=draw(st.sampled_from(["News", "Blog", None])),
        topics=tuple(draw(st.lists(st.sampled_from(["Court", "Élan", "80"]), max_size=3))),
        references=tuple(draw(st.lists(texts, max_size=2))),
        attachments=(),
        countries=tuple(
            Country(code, name, draw(st.sampled_from(["primary", "listed", "mentioned"])), "")
            for code, name in draw(st.lists(st.sampled_from(COUNTRIES), max_size=3))
        ),
        speakers=tuple(Speaker(name, "person") for name in people if name)
        + ((Speaker("Elan Watch", "organisation"),) if draw(st.booleans()) else ()),
        quotations=quotations,
        source=SOURCE,
    )


fields = st.sampled_from(["text", "text", "title", "body", "speaker"])
days = st.dates(dt.date(2016, 6, 1), dt.date(2018, 3, 1)) | st.none()
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, words.map(lambda w: w.replace("é", "e")), fields),
    st.builds(Term, words.map(lambda w: w.replace("é", "e")), fields),
    st.builds(Term, st.sampled_from(["RU", "FR", "DE"]), st.just("country")),
    st.builds(
        Phrase,
        st.lists(words.map(lambda w: w.replace("é", "e")), min_size=1, max_size=3).map(tuple),
        st.integers(0, 3),
        fields,
    ),
    st.builds(Prefix, st.sampled_from(["pri", "cou", "ela", "sa", "x"]), fields),
    st.builds(Fuzzy, st.sampled_from(["prison", "curt", "elan", "say", "x"]), fields),
    st.builds(Range, days, days),
    st.just(All()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)


def chosen(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    some = st.lists(st.sampled_from([*values, UNKNOWN]), max_size=2, unique=True).map(tuple)
    return st.just(()) | st.just(()) | some


selections = st.builds(
    Selection,
    country=chosen("RU", "FR", "DE"),
    speaker=chosen("Ada Court", "elan", "nobody"),
    topic=chosen("Court", "elan"),
    category=chosen("News", "Blog"),
)
bounds = st.sampled_from([None, None, "2016", "2017-03", "2017-03-27", "2018"])
queries = st.builds(
    Query,
    tree=trees,
    scope=st.sampled_from(["documents", "quotations"]),
    include=selections,
    exclude=st.just(Selection()) | selections,
    date_from=bounds,
    date_to=bounds,
    sort=st.sampled_from([None, "relevance", "newest", "oldest"]),
    page=st.integers(1, 3),
    per_page=st.sampled_from([1, 3, 20]),
)
Step = tuple[list[Document], list[str]]
steps = st.lists(
    st.tuples(
        st.lists(documents(), max_size=6),
        st.lists(st.integers(0, 30).map(lambda n: f"{n:016x}"), max_size=4),
    ),
    max_size=4,
)


def answer(engine: Any, query: Query) -> Any:
    try:
        found: SearchResults = engine.search(query)
    except QueryLimit as limit:
        return str(limit)
    return dataclasses.replace(found, took_ms=0)


histories = given(
    first=st.lists(documents(), max_size=12),
    changes=steps,
    asked=st.lists(queries, min_size=1, max_size=8),
)
merging = pytest.mark.parametrize("merge", [True, False], ids=["merged", "many segments"])


@merging
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@histories
def test_every_answer_is_that_of_looking_at_everything(
    merge: bool, first: list[Document], changes: list[Step], asked: list[Query]
) -> None:
    compare(merge, first, changes, asked)


def test_a_phrase_in_titles_where_quotations_are_few() -> None:
    said = Quotation("Ada Court", "person", None, None, ("say prison",), 0, 0)
    archive = [make_document(f"{n:016x}", "court court prison") for n in range(12)]
    archive += [
        make_document(f"{n:016x}", title, quotations=[said])
        for n, title in enumerate(("court prison", "prison court", "prison"), 12)
    ]
    phrase = Phrase(("court", "prison"), 0, "title")
    compare(True, archive, [], [Query(phrase, scope="quotations"), Query(phrase)])


@pytest.mark.slow
@merging
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@histories
def test_thousands_of_answers_are_those_of_looking_at_everything(
    merge: bool, first: list[Document], changes: list[Step], asked: list[Query]
) -> None:
    compare(merge, first, changes, asked)


def compare(merge: bool, first: list[Document], changes: list[Step], asked: list[Query]) -> None:
    memory = MemoryEngine()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # Few hits are chosen by bounds too, and by those of words that are asked for only once.
        patch.setattr("index.whoosh_engine.collect._BLOCKS", 1)
        patch.setattr("index.whoosh_engine.cache.Cache.asked_before", lambda *_: True)
        if not merge:
            patch.setattr("index.whoosh_engine.writer.choose", lambda _: [])
        writer = WhooshWriter(Path(folder))
        for target in (memory, writer):
            target.rebuild(first, revision=1, extractor_version="1")
        engine = WhooshEngine(Path(folder))
        for changed, removed in changes:
            for target in (memory, writer):
                target.update(changed, removed, revision=2, extractor_version="1")
        engine.refresh()
        for query in asked:
            assert answer(engine, query) == answer(memory, query)
            assert list(engine.stream(query)) == list(memory.stream(query))
        assert sorted(engine.contents()) == sorted(memory.contents())
        for field in ("speaker", "country", "title"):
            for prefix in ("c", "pri", "ru", ""):
                assert engine.complete(prefix, field) == memory.complete(prefix, field)
