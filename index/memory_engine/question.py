"""One question over the records of its scope: filters, order, facets, presentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archive.calendar import parse_date
from index import fields, names, scoring, spelling
from index.memory_engine.records import Record, Records
from index.query import FACETS, UNKNOWN, FacetName, Field, Node, Query
from index.results import Facet, FacetValue, Hit, QuotationHit, Span
from index.snippets import Highlighter

Values = frozenset[str | None]
"""Values of a facet; None is its "unknown" bucket."""


class Question:
    """A query, asked of the live records of its scope. Raises QueryLimit when created."""

    def __init__(self, query: Query, records: Sequence[Record]) -> None:
        self.query = query
        self._records = Records(records, query.scope)
        self._records.check(query.tree, query.limits.prefix_terms)
        self._include = {facet: self._resolve(facet, query.include.of(facet)) for facet in FACETS}
        self._exclude = {facet: self._resolve(facet, query.exclude.of(facet)) for facet in FACETS}
        self._low = parse_date(query.date_from).first if query.date_from else None
        self._high = parse_date(query.date_to).last if query.date_to else None
        self._shown = Highlighter(query.tree)

    def hits(self) -> list[tuple[Record, float]]:
        """Everything that matches, in order, with its score."""
        tree = self.query.tree
        scored = [
            (record, round(self._records.score(tree, record), scoring.DIGITS))
            for record in self._matching(tree)
        ]
        return sorted(scored, key=lambda hit: self._place(*hit))

    def facets(self) -> tuple[Facet, ...]:
        """Each facet, counted under the selections of all others."""
        return (*(self._facet(name) for name in FACETS), self._years())

    def suggestion(self) -> str | None:
        """A spelling that has hits."""
        return spelling.suggest(
            self.query.tree,
            vocabulary=self._vocabulary,
            holds=lambda leaf: any(self._records.matches(leaf, r) for r in self._records.all),
            has_hits=lambda tree: bool(self._matching(tree)),
        )

    def present(self, record: Record, score: float, *, snippets: bool) -> Hit | QuotationHit:
        """The record as a hit, with or without marks and snippets."""
        if record.quotation is None:
            return self._document_hit(record, score, snippets)
        return self._quotation_hit(record, score, snippets)

    # What matches, and in which order

    def _matching(self, tree: Node, *, without: str | None = None) -> list[Record]:
        """The records under the tree and all filters, one facet's own (or "year") left out."""
        return [
            record
            for record in self._records.all
            if self._records.matches(tree, record)
            and (without == "year" or self._in_range(record))
            and all(self._passes(record, facet) for facet in FACETS if facet != without)
        ]

    def _in_range(self, record: Record) -> bool:
        if self._low is None and self._high is None:
            return True
        return record.span is not None and record.span.overlaps(self._low, self._high)

    def _passes(self, record: Record, facet: FacetName) -> bool:
        values = _values(record, facet)
        chosen = not self.query.include.of(facet) or bool(values & self._include[facet])
        return chosen and not values & self._exclude[facet]

    def _resolve(self, facet: FacetName, chosen: Sequence[str]) -> Values:
        held = {value for r in self._records.all for value in _values(r, facet) if value}
        resolved: set[str | None] = set()
        for value in chosen:
            if value == UNKNOWN:
                resolved.add(None)
            elif facet == "country":
                resolved.add(value)
            else:
                resolved |= names.resolve(value, held)
        return frozenset(resolved)

    def _place(self, record: Record, score: float) -> tuple[float, bool, int, str, int]:
        """The sort key of a hit; undated ones are last among equals."""
        day = record.span.first.toordinal() if record.span else 0
        first = -score if self.query.order == "relevance" else 0.0
        dated = day if self.query.order == "oldest" else -day
        return first, record.span is None, dated, record.document.id, record.number

    # Facets

    def _facet(self, name: FacetName) -> Facet:
        counts = Counter(
            value
            for record in self._matching(self.query.tree, without=name)
            for value in _values(record, name)
        )
        included, excluded = self._chosen(name)
        values = [
            FacetValue(
                value,
                fields.facet_label(name, value),
                counts[value],
                selected=value in included,
                excluded=value in excluded,
            )
            for value in counts.keys() | included | excluded
        ]
        values.sort(key=lambda v: (v.value is None, -v.count, v.label, v.value or ""))
        return Facet(name, tuple(values))

    def _chosen(self, name: FacetName) -> tuple[Values, Values]:
        """The values to show as selected and as excluded: those that the typed ones stand
        for, or the typed ones themselves where nothing bears such a name.
        """
        return (
            self._include[name] or frozenset(self.query.include.of(name)),
            self._exclude[name] or frozenset(self.query.exclude.of(name)),
        )

    def _years(self) -> Facet:
        records = self._matching(self.query.tree, without="year")
        counts = Counter(r.span.first.isoformat()[:4] if r.span else None for r in records)
        values = [
            FacetValue(year, fields.facet_label("year", year), count, selected=self._covers(year))
            for year, count in counts.items()
        ]
        return Facet("year", tuple(sorted(values, key=lambda v: (v.value is None, v.value or ""))))

    def _covers(self, year: str | None) -> bool:
        """Whether from and to select (any part of) a year."""
        if year is None or (self._low is None and self._high is None):
            return False
        return parse_date(year).overlaps(self._low, self._high)

    # Words

    def _vocabulary(self, field: Field, letter: str) -> list[tuple[str, int]]:
        counted = self._records.words(field).items()
        return [(word, count) for word, count in counted if word.startswith(letter)]

    # Presentation

    def _document_hit(self, record: Record, score: float, snippets: bool) -> Hit:
        document, shown = record.document, self._shown
        return Hit(
            id=document.id,
            title=shown.mark_title(document.title) if snippets else (Span(document.title),),
            url=document.url,
            published=document.published,
            site=document.site,
            kind=document.kind,
            countries=fields.countries(document),
            speakers=fields.speakers(document),
            score=score,
            snippets=shown.make_snippets(document.body) if snippets else (),
        )

    def _quotation_hit(self, record: Record, score: float, snippets: bool) -> QuotationHit:
        document, quotation = record.document, record.quotation
        assert quotation is not None  # noqa: S101 (only called for quotations)
        return QuotationHit(
            document_id=document.id,
            number=record.number,
            title=document.title,
            url=document.url,
            published=document.published,
            site=document.site,
            countries=fields.countries(document),
            speaker=quotation.speaker,
            kind=quotation.kind,
            role=quotation.role,
            organisation=quotation.organisation,
            text=quotation.text,
            snippets=self._shown.make_snippets(quotation.text) if snippets else (),
            score=score,
        )


def _values(record: Record, facet: FacetName) -> Values:
    values = fields.facet_values(facet, record.document, record.quotation)
    return frozenset(values) or frozenset((None,))
