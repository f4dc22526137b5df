"""One question: asked in as few requests as it takes, and its answer as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.calendar import parse_date
from index import fields, spelling
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
from index.query import FACETS, FacetName, Query
from index.results import Facet, FacetValue, Hit, QuotationHit
from index.scoring import DIGITS

FACET_VALUES = 14_000
"""Values of one facet that are counted: the server hands out 65,535 in one answer."""

YEARS = 9_999


class Question:
    """A query, asked of one index. Raises QueryLimit when created."""

    def __init__(self, query: Query, server: Server) -> None:
        self.query = query
        self._server = server
        expanded = expand(server, query.tree, query.scope)
        self._include, self._exclude = resolve(server, query)
        self._low = parse_date(query.date_from).first if query.date_from else None
        self._high = parse_date(query.date_to).last if query.date_to else None
        self._matching = {
            "bool": {
                "must": [compile_tree(query.tree, query.scope, expanded)],
                "filter": [{"term": {"scope": query.scope}}],
            }
        }

    def ask(self, *, facets: bool, snippets: bool) -> Page:
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
            "aggs": self._counted() if facets else {},
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
        return (self.present(hit, snippets=False) for hit in self._server.stream(body))

    def suggestion(self) -> str | None:
        """A spelling that has hits."""
        asked = Vocabulary(self._server, self.query, self._filters())
        return spelling.suggest(self.query.tree, asked.words, asked.holds, asked.has_hits)

    def present(self, hit: dict[str, Any], *, snippets: bool) -> Hit | QuotationHit:
        """A hit of the server's as ours."""
        score = round(float(hit["_score"]), DIGITS)
        query = self.query
        return present(hit["_source"], score, query.tree, query.scope, snippets=snippets)

    def facet(self, name: FacetName, counted: dict[str, Any]) -> Facet:
        """A facet from its counts, with what was selected."""
        counts: dict[str | None, int] = {
            b["key"]: b["doc_count"] for b in counted["values"]["buckets"]
        }
        if counted["unknown"]["doc_count"]:
            counts[None] = counted["unknown"]["doc_count"]
        # The typed value itself where nothing bears such a name.
        included = self._include[name] or frozenset(self.query.include.of(name))
        excluded = self._exclude[name] or frozenset(self.query.exclude.of(name))
        values = [
            FacetValue(
                value,
                fields.facet_label(name, value),
                counts.get(value, 0),
                selected=value in included,
                excluded=value in excluded,
            )
            for value in counts.keys() | included | excluded
        ]
        values.sort(key=lambda v: (v.value is None, -v.count, v.label, v.value or ""))
        return Facet(name, tuple(values))

    def years(self, counted: dict[str, Any]) -> Facet:
        """The years, with those that from and to select."""
        counts: list[tuple[str | None, int]] = [
            (bucket["key"], bucket["doc_count"]) for bucket in counted["values"]["buckets"]
        ]
        counts.sort()
        if counted["unknown"]["doc_count"]:
            counts.append((None, counted["unknown"]["doc_count"]))
        values = (
            FacetValue(year, fields.facet_label("year", year), count, selected=self._covers(year))
            for year, count in counts
        )
        return Facet("year", tuple(values))

    def _covers(self, year: str | None) -> bool:
        if year is None or (self._low is None and self._high is None):
            return False
        return parse_date(year).overlaps(self._low, self._high)

    def _counted(self) -> dict[str, Any]:
        """Each facet's counts, under the filters of all others."""
        return {
            name: {
                "filter": self._filters(leave_out=name),
                "aggs": {
                    "values": {"terms": {"field": name, "size": size, "shard_size": size}},
                    "unknown": {"missing": {"field": name}},
                },
            }
            for name, size in (*((name, FACET_VALUES) for name in FACETS), ("year", YEARS))
        }

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
        self.hits = [question.present(hit, snippets=snippets) for hit in answer["hits"]["hits"]]

    def facets(self) -> tuple[Facet, ...]:
        """All facets that were counted."""
        if not self._aggregations:
            return ()
        named = (self._question.facet(name, self._aggregations[name]) for name in FACETS)
        return (*named, self._question.years(self._aggregations["year"]))

    @property
    def truncated(self) -> bool:
        """Whether a facet has more values than were counted."""
        counted = self._aggregations.values()
        return any(facet["values"]["sum_other_doc_count"] for facet in counted)


def all_of_scored(matching: Clause, filters: Clause) -> Clause:
    """The same hits with the same scores, narrowed."""
    return {"bool": {"must": [matching], "filter": [filters]}}
