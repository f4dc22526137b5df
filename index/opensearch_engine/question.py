"""One question: asked in as few requests as it takes, and its answer as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.calendar import parse_date
from index import spelling
from index.opensearch_engine import facets
from index.opensearch_engine.compile import (
    EVERYTHING,
    Clause,
    all_of,
    compile_tree,
    has_value,
    in_range,
    without,
)
from index.opensearch_engine.records import present
from index.opensearch_engine.server import Server
from index.opensearch_engine.words import Vocabulary, expand, resolve
from index.query import FACETS, Query
from index.results import Facet, Hit, QuotationHit
from index.scoring import DIGITS
from index.snippets import Highlighter


class Question:
    """A query, asked of one index. Raises QueryLimit when created."""

    def __init__(self, query: Query, server: Server) -> None:
        self.query = query
        self._server = server
        expanded = expand(server, query.tree, query.scope, query.limits.prefix_terms)
        self._include, self._exclude = resolve(server, query)
        self._low = parse_date(query.date_from).first if query.date_from else None
        self._high = parse_date(query.date_to).last if query.date_to else None
        self._matching = {
            "bool": {
                "must": [compile_tree(query.tree, query.scope, expanded)],
                "filter": [{"term": {"scope": query.scope}}],
            }
        }

    def ask(self, *, counted: bool, snippets: bool) -> Page:
        """One page of hits, the total and the facets, all from one request."""
        query = self.query
        body = {
            "query": self._matching,
            "post_filter": self._filters(),
            "from": query.offset,
            "size": query.per_page,
            "sort": self._order(),
            "track_scores": True,
            "track_total_hits": True,
            "_source": self._shown(snippets=snippets),
            "aggs": facets.counting(self._filters) if counted else {},
        }
        return Page(self, self._server.search(body), snippets=snippets)

    def every(self) -> Iterator[Hit | QuotationHit]:
        """Everything that matches, in order."""
        body = {
            "query": all_of_scored(self._matching, self._filters()),
            "sort": self._order(),
            "track_scores": True,
            "_source": self._shown(snippets=False),
        }
        return (self.present(hit, None) for hit in self._server.stream(body))

    def suggestion(self) -> str | None:
        """A spelling that has hits."""
        asked = Vocabulary(self._server, self.query, self._filters())
        return spelling.suggest(self.query.tree, asked.words, asked.holds, asked.has_hits)

    def present(self, hit: dict[str, Any], shown: Highlighter | None) -> Hit | QuotationHit:
        """A hit of the server's as ours."""
        score = round(float(hit["_score"]), DIGITS)
        query = self.query
        return present(hit["_source"], score, shown, query.scope)

    def facets(self, counted: dict[str, Any]) -> tuple[Facet, ...]:
        """All facets, from the server's counts."""
        return facets.facets(self.query, self._include, self._exclude, counted)

    def _filters(self, leave_out: str | None = None) -> Clause:
        clauses: list[Clause] = []
        if leave_out != "year" and (self._low or self._high):
            clauses.append(in_range(self._low, self._high))
        for name in FACETS:
            if name == leave_out:
                continue
            if self.query.include.of(name):
                clauses.append(has_value(name, self._include[name]))
            if self._exclude[name]:
                clauses.append(without(has_value(name, self._exclude[name])))
        return all_of(clauses) if clauses else EVERYTHING

    def _order(self) -> list[Any]:
        """Undated ones are last among equals, then the id (and the number) decides."""
        oldest = self.query.order == "oldest"
        date = {"first": {"order": "asc" if oldest else "desc", "missing": "_last"}}
        score = ["_score"] if self.query.order == "relevance" else []
        return [*score, date, {"id": "asc"}, {"number": "asc"}]

    def _shown(self, *, snippets: bool) -> list[str]:
        return ["head", "body"] if snippets or self.query.scope == "quotations" else ["head"]


class Page:
    """The server's answer to a question, as values."""

    def __init__(self, question: Question, answer: dict[str, Any], *, snippets: bool) -> None:
        self._question = question
        self._aggregations: dict[str, Any] = answer.get("aggregations", {})
        self.total: int = answer["hits"]["total"]["value"]
        shown = Highlighter(question.query.tree) if snippets else None
        self.hits = [question.present(hit, shown) for hit in answer["hits"]["hits"]]

    def facets(self) -> tuple[Facet, ...]:
        """All facets that were counted."""
        if not self._aggregations:
            return ()
        return self._question.facets(self._aggregations)

    @property
    def truncated(self) -> bool:
        """Whether a facet has more values than were counted."""
        return facets.truncated(self._aggregations)


def all_of_scored(matching: Clause, filters: Clause) -> Clause:
    """The same hits with the same scores, narrowed."""
    return {"bool": {"must": [matching], "filter": [filters]}}
