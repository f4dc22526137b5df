"""One question over one generation: what matches, in which order, shown how."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, repeat

import numpy as np

from archive.calendar import DateSpan
from index import spelling
from index.query import Field, Query, Scope, Sort
from index.results import Facet, Hit, QuotationHit
from index.whoosh_engine.collect import best, compared, days, lowest
from index.whoosh_engine.execute import Execution
from index.whoosh_engine.facets import Filters, Split, count_facets
from index.whoosh_engine.lookup import Lookup
from index.whoosh_engine.matches import Matches
from index.whoosh_engine.present import Found, Presenter
from index.whoosh_engine.reader import Reader
from index.whoosh_engine.record import unpack_head
from index.whoosh_engine.terms import decode


class Question:
    """A query, asked. Raises QueryLimit when a prefix meets too many words."""

    def __init__(self, query: Query, reader: Reader) -> None:
        self._query = query
        self._reader = reader
        self._scope = query.scope
        self._filters = Filters(query, reader)
        self._matches = self._execution().run(query.tree)
        self._splits = self._split(self._matches)
        self._hits = [split.without() for split in self._splits]
        self.total = sum(map(len, self._hits))

    def page(self, *, snippets: bool) -> tuple[Hit | QuotationHit, ...]:
        """The hits of the page."""
        first, last = self._query.offset, self._query.offset + self._query.per_page
        present = Presenter(self._query, snippets=snippets).present
        return tuple(map(present, islice(self._best(last), first, last)))

    def every(self) -> Iterator[Hit | QuotationHit]:
        """All hits, in order, without snippets."""
        present = Presenter(self._query, snippets=False).present
        return map(present, self._best(max(1, self.total)))

    def facets(self) -> tuple[Facet, ...]:
        """Each facet, counted under the selections of all others."""
        return count_facets(self._reader, self._scope, self._filters, self._splits, self._hits)

    def count_dates(self, dates: Sequence[DateSpan]) -> tuple[int, ...]:
        """How many hits overlap each of some dates: those that begin before its end, without
        those that end before it begins.
        """
        totals = [0] * len(dates)
        for leaf, ids in zip(self._reader.leaves, self._hits, strict=True):
            first = leaf.by_document("first_day", self._scope).take(ids)
            last = leaf.by_document("last_day", self._scope).take(ids).compress(first > 0)
            first = first.compress(first > 0)
            for at, date in enumerate(dates):
                begun = np.count_nonzero(first <= date.last.toordinal())
                totals[at] += int(begun - np.count_nonzero(last < date.first.toordinal()))
        return tuple(totals)

    def suggestion(self) -> str | None:
        """A spelling that has hits."""
        execution = self._execution()
        return spelling.suggest(
            self._query.tree,
            vocabulary=self._vocabulary,
            holds=lambda leaf: any(len(found.ids) for found in execution.run(leaf)),
            has_hits=lambda tree: any(
                len(split.without()) for split in self._split(execution.run(tree))
            ),
        )

    def _execution(self) -> Execution:
        return Execution(self._reader, self._scope, self._query.limits.prefix_terms)

    def _split(self, matches: Sequence[Matches]) -> list[Split]:
        return [self._filters.split(at, found) for at, found in enumerate(matches)]

    def _vocabulary(self, field: Field, letter: str) -> list[tuple[str, int]]:
        counts: dict[bytes, int] = {}
        for leaf in self._reader.leaves:
            for term, count in Lookup(leaf, self._scope, field).counts(letter):
                counts[term] = counts.get(term, 0) + count
        return [(decode(term), count) for term, count in counts.items()]

    # Order

    def _best(self, limit: int) -> Iterator[Found]:
        """The first hits over all leaves; more than ``limit`` of them need not come."""
        runs = [self._best_of(at, limit) for at in range(len(self._hits)) if len(self._hits[at])]
        if len(runs) == 1:
            return runs[0]
        return heapq.merge(*runs, key=partial(_place, self._scope, self._query.order))

    def _best_of(self, at: int, limit: int) -> Iterator[Found]:
        """The first hits of a leaf. Equal ones are in order already, and so is "newest": a
        segment numbers its records that way.
        """
        leaf, matches, ids = self._reader.leaves[at], self._matches[at], self._hits[at]
        if self._query.order == "relevance":
            shown, scores = best(matches, ids, limit)
        else:
            shown = ids[:limit]
            if self._query.order == "oldest":
                shown = ids.take(lowest(days(leaf, self._scope, ids), limit))
            scores = compared(matches.scores(shown))
        values = [0.0] * len(shown) if scores is None else scores.tolist()
        return map(Found, repeat(leaf), shown.tolist(), values)


def _place(scope: Scope, order: Sort, found: Found) -> tuple[float, bool, int, str, int]:
    """The sort key over several leaves; undated ones are last among equals."""
    leaf, record, score = found
    segment, document, number = leaf.segment, record, 0
    if scope == "quotations":
        document = int(segment.quotations.array("document")[record])
        number = int(segment.quotations.array("number")[record])
    day = int(segment.documents.array("first_day")[document])
    first = -score if order == "relevance" else 0.0
    dated = day if order == "oldest" else -day
    return first, not day, dated, unpack_head(segment.heads[document]).id, number
