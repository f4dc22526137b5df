"""A question, as a value: what is looked for, narrowed how, shown how.

The tree knows no engine. Its words are folded tokens (:mod:`index.analysis`), not yet
stemmed: an engine decides how it compares them. The text a person typed is kept only to
be echoed; nothing parses it a second time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from archive.bounds import limit

Field = Literal["text", "title", "body", "speaker", "country"]
"""``text`` stands for title, body and references together. In quotations ``text`` and
``body`` are the quoted words, ``title`` is the title of the statement."""

Sort = Literal["relevance", "newest", "oldest"]
Scope = Literal["documents", "quotations"]
FacetName = Literal["country", "speaker", "topic", "category"]
FACETS: tuple[FacetName, ...] = ("country", "speaker", "topic", "category")

UNKNOWN = "unknown"
"""As a filter value: the documents that lack the field."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may cost. Over any of them it is refused with the reason.

    The parser recurses as deep as parentheses are nested. References such as 80/17 are phrases of
    two words, and pages show 20 hits where nothing is said, so that less would refuse ordinary
    questions.
    """

    characters: int = limit(256, "of the words", least=20, most=2_000)
    depth: int = limit(6, "of parentheses", least=1, most=30)
    clauses: int = limit(20, "words and phrases", least=1, most=200)
    phrase_words: int = limit(10, "of a phrase", least=2, most=100)
    slop: int = limit(5, "words between those of a phrase", least=0, most=50)
    prefix_letters: int = limit(3, "before a star, at least", least=2, most=20)
    prefix_terms: int = limit(200, "words that a prefix becomes", least=1, most=2_000)
    page_size: int = limit(100, "hits of a page", least=20, most=1_000)
    offset: int = limit(10_000, "hits before a page", least=0, most=100_000)
    filter_values: int = limit(100, "values of all filters", least=1, most=1_000)


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class All:
    """Everything."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, compared by its stem (in ``speaker`` and ``country``: as it is)."""

    text: str
    field: Field = "text"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exact words in this order, unstemmed; up to ``slop`` other words between them."""

    words: tuple[str, ...]
    slop: int = 0
    field: Field = "text"


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin with ``text`` (unstemmed)."""

    text: str
    field: Field = "text"


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """All words (unstemmed) with the same first letter and at most one letter inserted,
    deleted or replaced (a transposition counts as two).
    """

    text: str
    field: Field = "text"


@dataclass(frozen=True, slots=True)
class Range:
    """Documents whose date overlaps the bounds, both included; None is open.

    A date known only to the month or the year overlaps with any of its days.
    """

    low: dt.date | None
    high: dt.date | None


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of this. Adds nothing to a score."""

    child: Node


Node: TypeAlias = All | Term | Phrase | Prefix | Fuzzy | Range | And | Or | Not


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen facet values: OR within a facet, AND among facets.

    Countries are ISO codes; speakers, topics and categories are names; each may be
    :data:`UNKNOWN`. See :func:`index.names.resolve` for how a name finds its value.
    """

    country: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    category: tuple[str, ...] = ()

    def of(self, facet: FacetName) -> tuple[str, ...]:
        """The chosen values of one facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values


@dataclass(frozen=True, slots=True)
class Query:
    """What one page of answers is asked for. Build it with :func:`index.request.build_query`.

    ``date_from`` and ``date_to`` are kept as typed ("2017", "2017-07"): ``from`` begins with
    the first, ``to`` ends with the last day they cover. ``limits`` are those under which it was
    asked: what only an engine can tell, it tells by them.
    """

    tree: Node = field(default_factory=All)
    text: str = ""
    scope: Scope = "documents"
    include: Selection = field(default_factory=Selection)
    exclude: Selection = field(default_factory=Selection)
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort | None = None
    page: int = 1
    per_page: int = 20
    notice: str | None = None
    limits: Limits = LIMITS

    @property
    def order(self) -> Sort:
        """The order that is meant: by relevance when there are words, else newest first."""
        if self.sort is not None:
            return self.sort
        return "newest" if isinstance(self.tree, All) else "relevance"

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.per_page

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Name and value of every URL parameter, in canonical order, defaults left out."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in FACETS for value in self.include.of(name)]
        pairs += [(f"not.{name}", value) for name in FACETS for value in self.exclude.of(name)]
        if self.date_from:
            pairs.append(("from", self.date_from))
        if self.date_to:
            pairs.append(("to", self.date_to))
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        if self.per_page != 20:
            pairs.append(("per_page", str(self.per_page)))
        if self.scope != "documents":
            pairs.append(("in", self.scope))
        return tuple(pairs)

    def on_page(self, page: int) -> Query:
        """The same question, another page of its answer."""
        return replace(self, page=page)
