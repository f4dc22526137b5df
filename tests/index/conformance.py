"""One suite for every engine: how it is filled, what it is asked, and how answers compare.

The measure is :class:`index.memory_engine.MemoryEngine` over the same documents. An engine
is filled in several ways: by one rebuild, and by a history of updates with replaced and
removed documents, merged or left in several segments. Its answers must not tell the
difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias
from unittest.mock import patch

import pytest

from archive.calendar import parse_date
from archive.document import Document
from index.analysis import words
from index.engine import IndexWriter, SearchEngine
from index.errors import BadQuery
from index.marks import find_marks
from index.memory_engine import MemoryEngine
from index.open import open_engine, open_writer
from index.query import Query
from index.results import Hit, QuotationHit, SearchResults, Snippet
from tests import opensearch_server

TOLERANCE = 2e-6
"""Scores are rounded to 1e-6: two that are nearly equal may be rounded apart."""

AnyHit: TypeAlias = Hit | QuotationHit
Fill: TypeAlias = Callable[[IndexWriter, Sequence[Document]], None]


def by_rebuild(writer: IndexWriter, documents: Sequence[Document]) -> None:
    """All at once."""
    writer.rebuild(documents, revision=1, extractor_version="1")


def by_updates(writer: IndexWriter, documents: Sequence[Document]) -> None:
    """By and by: some documents in an earlier version first, and others that go again.

    What goes is about the same words, so that it would be noticed in any count, length or
    frequency that it stayed in.
    """
    gone = [replace(d, id=f"gone-{d.id}", title=f"{d.title} {d.title}") for d in documents]
    early = [
        replace(d, title=other.title, body=other.body, published=other.published, topics=())
        for d, other in zip(documents[::2], reversed(documents[::2]), strict=True)
    ]
    writer.rebuild([*early, *gone[::2]], revision=1, extractor_version="1")
    writer.update([*gone[1::2], *documents[1::2]], revision=2, extractor_version="1")
    writer.update(documents[::4], [d.id for d in gone[::2]], revision=3, extractor_version="1")
    writer.update([*gone[:1], *documents[2::4]], revision=4, extractor_version="1")
    writer.update([], [d.id for d in gone], revision=5, extractor_version="1")


def by_segments(writer: IndexWriter, documents: Sequence[Document]) -> None:
    """By and by, with merging put off: few documents would never stay in several segments."""
    with patch("index.whoosh_engine.writer.choose", lambda segments: []):
        by_updates(writer, documents)


ENGINES: dict[str, tuple[Fill, ...]] = {
    "memory": (by_updates,),
    "whoosh": (by_rebuild, by_updates, by_segments),
    "opensearch": (by_rebuild, by_updates),
}
"""The engines by the scheme of their locations, and how each is filled."""

DATES = ("2016", "2016-12", "2017", "2017-01", "2017-07", "2017-07-31", "0987")
"""The bars of a histogram."""

OWN_SCORES = frozenset({"OpenSearchEngine"})
"""Engines whose scores are their own. What these put in which order is compared all the same."""

_MARKS = {"opensearch": (pytest.mark.opensearch,)}

NAMES = tuple(pytest.param(name, marks=_MARKS.get(name, ())) for name in ENGINES)

CASES = tuple(
    pytest.param((engine, fill), id=f"{engine}-{fill.__name__}", marks=_MARKS.get(engine, ()))
    for engine, fills in ENGINES.items()
    for fill in fills
)


@contextmanager
def filled(
    engine: str, fill: Fill, folder: Path, documents: Sequence[Document]
) -> Iterator[SearchEngine]:
    """An engine of some name that holds the documents."""
    if engine == "memory":
        memory = MemoryEngine()
        fill(memory, documents)
        yield memory
        return
    with place(engine, folder) as location:
        fill(open_writer(location), documents)
        with closing(open_engine(location)) as opened:
            yield opened


@contextmanager
def place(engine: str, folder: Path) -> Iterator[str]:
    """A location for an index of some engine, where there is none yet."""
    if engine == "opensearch":
        with opensearch_server.place() as location:
            yield location
    else:
        yield f"{engine}:{folder}"


def assert_same_answer(engine: SearchEngine, oracle: MemoryEngine, query: Query) -> None:
    """The engine says what the oracle says: in all but the cut of its snippets."""
    try:
        expected = oracle.search(query)
    except BadQuery as refusal:
        _assert_refused(engine, query, refusal)
        return
    found = engine.search(query)
    assert found.total == expected.total, query
    assert engine.count_dates(query, DATES) == oracle.count_dates(query, DATES), query
    assert found.facets == expected.facets, query
    assert found.suggestion == expected.suggestion, query
    assert (found.notice, found.truncated) == (expected.notice, expected.truncated), query
    streamed: list[AnyHit] = [*engine.stream(query)]
    wanted: list[AnyHit] = [*oracle.stream(query)]
    assert sorted(map(_key, streamed)) == sorted(map(_key, wanted)), query
    if type(engine).__name__ in OWN_SCORES:
        wanted = _rescored(wanted, streamed, query)
    _assert_same_order(streamed, wanted)
    _assert_same_order(_hits(found), wanted[query.offset :][: query.per_page])
    _assert_same_hits(found, oracle)


def _rescored(wanted: Sequence[AnyHit], streamed: Sequence[AnyHit], query: Query) -> list[AnyHit]:
    """The oracle's hits with the engine's scores, in the order that these lead to."""
    scores = {_key(hit): hit.score for hit in streamed}
    rescored = [hit._replace(score=scores[_key(hit)]) for hit in wanted]
    if query.order == "relevance":
        rescored.sort(key=_by_score)
    return rescored


def _by_score(hit: AnyHit) -> tuple[float, bool, int, tuple[str, int]]:
    day = parse_date(hit.published).first.toordinal() if hit.published else 0
    return -hit.score, hit.published is None, -day, _key(hit)


def _assert_refused(engine: SearchEngine, query: Query, refusal: BadQuery) -> None:
    with pytest.raises(type(refusal)) as caught:
        engine.search(query)
    assert str(caught.value) == str(refusal), query


def _hits(results: SearchResults) -> list[AnyHit]:
    return [*results.hits, *results.quotations]


def _key(hit: AnyHit) -> tuple[str, int]:
    return (hit.id, 0) if isinstance(hit, Hit) else (hit.document_id, hit.number)


def _assert_same_hits(found: SearchResults, oracle: MemoryEngine) -> None:
    """What is shown of each hit."""
    query = replace(found.query, page=1, per_page=max(1, found.total))
    every = {_key(hit): hit for hit in _hits(oracle.search(query, facets=False))}
    for hit in _hits(found):
        wanted = every[_key(hit)]
        assert hit._replace(score=0.0, snippets=()) == wanted._replace(score=0.0, snippets=())
        _assert_fair_snippets(hit, wanted, query)


def _assert_same_order(found: Sequence[AnyHit], expected: Sequence[AnyHit]) -> None:
    """The same hits in the same places, but for scores that were rounded apart."""
    for hit, wanted in zip(found, expected, strict=True):
        assert _key(hit) == _key(wanted) or abs(hit.score - wanted.score) <= TOLERANCE
        assert abs(hit.score - wanted.score) <= TOLERANCE


def _assert_fair_snippets(hit: AnyHit, wanted: AnyHit, query: Query) -> None:
    """Passages of the text; marked is only what was looked for, and something if anything."""
    assert bool(hit.snippets) == bool(wanted.snippets)
    for snippet in hit.snippets:
        marks = find_marks(_plain(snippet), query.tree, ("text", "body"))
        looked_for = {word for m in marks for word in words(_plain(snippet)[m.start : m.end])}
        assert {word for s in snippet if s.match for word in words(s.text)} <= looked_for
    marked = any(span.match for snippet in hit.snippets for span in snippet)
    assert marked == any(span.match for snippet in wanted.snippets for span in snippet), query


def _plain(snippet: Snippet) -> str:
    return "".join(span.text for span in snippet)
