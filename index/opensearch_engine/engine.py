"""OpenSearchEngine: answers questions over the index that the alias stands for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from archive.country_codes import country_name
from index import names
from index.analysis import words
from index.credentials import NOBODY, Credentials
from index.engine import CompletionField
from index.errors import IndexDamaged, IndexMissing
from index.opensearch_engine.compile import Clause, all_of
from index.opensearch_engine.connection import connect, translated
from index.opensearch_engine.facets import FACET_VALUES
from index.opensearch_engine.generations import Generation, current, status_of
from index.opensearch_engine.location import parse_location
from index.opensearch_engine.question import Question
from index.opensearch_engine.server import Server
from index.opensearch_engine.words import MOST_NAMES, holding_words
from index.query import Query
from index.results import Completion, Hit, IndexStatus, QuotationHit, SearchResults
from index.sentence import Sentence

FRESH = 1.0
"""Seconds for which :meth:`OpenSearchEngine.refresh` believes what the server last said, so that
a page with many parts, or many readers at once, do not each ask it."""

_COUNTRIES = 1_000
"""More than there are."""

T = TypeVar("T")


class OpenSearchEngine:
    """See :class:`index.engine.SearchEngine`. Raises IndexMissing when there is no index.

    It asks the concrete index behind the alias, so that one answer comes from one generation;
    where that is gone because of a rebuild, it moves on by itself.
    """

    def __init__(self, location: str, credentials: Credentials = NOBODY) -> None:
        self._location = parse_location(location)
        self._client = connect(self._location, credentials)
        self._held = self._newest()

    def search(self, query: Query, *, facets: bool = True, snippets: bool = True) -> SearchResults:
        """See :class:`index.engine.SearchEngine`."""
        started = time.perf_counter()

        def ask(server: Server) -> SearchResults:
            question = Question(query, server)
            page = question.ask(counted=facets, snippets=snippets)
            notice = (
                Sentence(
                    "Only the {count} most frequent values of a facet are counted.",
                    count=f"{FACET_VALUES:,}",
                )
                if page.truncated
                else query.notice
            )
            return SearchResults(
                query=query,
                total=page.total,
                hits=tuple(hit for hit in page.hits if isinstance(hit, Hit)),
                quotations=tuple(hit for hit in page.hits if isinstance(hit, QuotationHit)),
                facets=page.facets(),
                suggestion=question.suggestion() if snippets and not page.total else None,
                notice=notice,
                truncated=page.truncated,
                took_ms=(time.perf_counter() - started) * 1000,
            )

        return self._asked(ask)

    def stream(self, query: Query) -> Iterator[Hit] | Iterator[QuotationHit]:
        """See :class:`index.engine.SearchEngine`."""
        question = self._asked(lambda server: Question(query, server))
        return question.every()  # type: ignore[return-value]  # of one kind per scope

    def count_dates(self, query: Query, dates: Sequence[str]) -> tuple[int, ...]:
        """See :class:`index.engine.SearchEngine`. A question for each."""
        each = (replace(query, date_from=at, date_to=at, page=1, per_page=1) for at in dates)
        return tuple(self.search(one, facets=False, snippets=False).total for one in each)

    def complete(
        self, prefix: str, field: CompletionField, limit: int = 10
    ) -> tuple[Completion, ...]:
        """See :class:`index.engine.SearchEngine`."""
        *whole, begun = words(prefix) or [""]
        if not begun:
            return ()
        like, counted = _alike(field, whole, begun)
        body = {
            "size": 0,
            "query": all_of([*like, {"term": {"scope": "documents"}}]),
            "aggs": {"values": {"terms": counted}},
        }
        answer = self._asked(lambda server: server.search(body))
        found = [
            Completion(value, label, bucket["doc_count"])
            for bucket in answer["aggregations"]["values"]["buckets"]
            for value in [bucket["key"]]
            for label in [country_name(value) if field == "country" else value]
            if names.completes(prefix, label)
        ]
        return tuple(sorted(found, key=lambda c: (-c.count, c.label))[:limit])

    def contents(self) -> Iterator[tuple[str, str]]:
        """See :class:`index.engine.SearchEngine`."""
        body = {
            "query": all_of([{"term": {"scope": "documents"}}]),
            "sort": [{"id": "asc"}],
            "_source": False,
            "docvalue_fields": ["id", "fingerprint"],
        }
        for hit in self._held.server.stream(body):
            yield hit["fields"]["id"][0], hit["fields"]["fingerprint"][0]

    def status(self) -> IndexStatus:
        """See :class:`index.engine.SearchEngine`. Asked of the server each time."""
        self._move_on()
        return status_of(self._held)

    def refresh(self) -> bool:
        """See :class:`index.engine.SearchEngine`. At most one request in :data:`FRESH` seconds."""
        return time.monotonic() - self._asked_at >= FRESH and self._move_on()

    def check(self) -> tuple[str, ...]:
        """Whether every shard answers and no quotation is missing or left over."""
        problems = []
        with translated(self._location):
            health = self._client.cluster.health(index=self._held.server.name)
        if health["status"] == "red":
            problems.append(f"{health['unassigned_shards']} shards of the index are on no node.")
            return tuple(problems)
        body = {
            "size": 0,
            "query": all_of([{"term": {"scope": "documents"}}]),
            "aggs": {"quotations": {"sum": {"field": "quotations"}}},
        }
        noted = int(self._held.server.search(body)["aggregations"]["quotations"]["value"])
        held = status_of(self._held).quotations
        if noted != held:
            problems.append(f"The documents have {noted} quotations, the index holds {held}.")
        return tuple(problems)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _newest(self) -> Generation:
        with translated(self._location):
            found = current(self._client, self._location)
        found.meta.check(found.server.name)
        self._asked_at = time.monotonic()
        return found

    def _move_on(self) -> bool:
        before, self._held = self._held, self._newest()
        return before != self._held

    def _asked(self, ask: Callable[[Server], T]) -> T:
        """The answer of the index that is held, or of its successor where it is gone."""
        try:
            return ask(self._held.server)
        except IndexMissing:
            if not self._move_on():
                raise IndexDamaged(
                    f"{self._held.server.name} was removed while it was asked. "
                    "Run: onrecord index build"
                ) from None
            return ask(self._held.server)


def _alike(field: CompletionField, whole: list[str], begun: str) -> tuple[list[Clause], Clause]:
    """What holds such names, and how their values are counted."""
    if field == "country":
        return [], {"field": "country", "size": _COUNTRIES, "shard_size": _COUNTRIES}
    name = "speaker_words" if field == "speaker" else "documents_title"
    like: list[Clause] = [{"term": {name: word}} for word in whole]
    if field == "speaker":
        like = holding_words("speaker", whole)
    return [*like, {"prefix": {name: begun}}], {
        "field": field,
        "size": MOST_NAMES,
        "shard_size": MOST_NAMES,
    }
