"""An answer, as values: hits, facets and what to say about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.query import FacetName, Query


class Span(NamedTuple):
    """A piece of original text; ``match`` is True where it is what was looked for.

    Spans of one snippet, joined, are a passage of the document. Nothing is escaped: that
    happens once, where they are shown. (A named tuple, as a facet's value.)
    """

    text: str
    match: bool = False


Snippet = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """ISO 3166-1 alpha-2 code and English name."""

    code: str
    name: str


class Hit(NamedTuple):
    """One statement that matches. A named tuple, since a page is made of them: see FacetValue.

    ``countries`` and ``speakers`` are those that feed the facets (relations primary and
    listed; persons). ``score`` is only comparable within one answer.
    """

    id: str
    title: Snippet
    url: str | None
    published: str | None
    site: str | None
    kind: str
    countries: tuple[NamedCountry, ...]
    speakers: tuple[str, ...]
    score: float
    snippets: tuple[Snippet, ...]


class QuotationHit(NamedTuple):
    """One quotation that matches. ``number`` counts from 1 within its document: ``#q3``."""

    document_id: str
    number: int
    title: str
    url: str | None
    published: str | None
    site: str | None
    countries: tuple[NamedCountry, ...]
    speaker: str | None
    kind: str | None
    role: str | None
    organisation: str | None
    text: str
    snippets: tuple[Snippet, ...]
    score: float


class FacetValue(NamedTuple):
    """``value`` None is the bucket of hits that lack the field. ``label`` is for people.

    A named tuple, since one answer may hold thousands: it is made three times as quickly.
    """

    value: str | None
    label: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """All values with a count or a selection, by count, then label; years by year.

    ``name`` is one of the facets or "year". A value's count is the number of hits under the
    query and the selections of all *other* facets.
    """

    name: FacetName | Literal["year"]
    values: Sequence[FacetValue]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to one :class:`~index.query.Query`.

    According to ``query.scope`` either ``hits`` or ``quotations`` is filled.
    ``total`` and all counts are exact. ``suggestion`` is a spelling that has hits.
    ``truncated`` is True when a bound cut the answer short, which ``notice`` then explains.
    """

    query: Query
    total: int
    hits: tuple[Hit, ...]
    quotations: tuple[QuotationHit, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    suggestion: str | None = None
    notice: str | None = None
    truncated: bool = False

    def facet(self, name: str) -> Facet | None:
        """One facet by its name."""
        return next((facet for facet in self.facets if facet.name == name), None)


@dataclass(frozen=True, slots=True)
class Completion:
    """What an unfinished word may become: the value to search for, its label, its hits."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What an index holds. ``revision``: the store's revision that it is built from."""

    engine: str
    generation: str | None
    documents: int
    quotations: int
    segments: int
    bytes: int
    revision: int
    built_at: str | None
    schema_version: int
    extractor_version: str | None
