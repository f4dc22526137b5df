"""What every engine can do, whatever stands behind it.

Two faces: :class:`SearchEngine` answers and never writes (the web process holds only
this one), :class:`IndexWriter` changes what is answered. Both raise the errors of
:mod:`index.errors`; an engine that cannot do a thing raises ``Unsupported``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from index.query import Query
from index.results import Completion, Hit, IndexStatus, QuotationHit, SearchResults

if TYPE_CHECKING:  # a search makes no document
    from archive.document import Document

CompletionField = Literal["speaker", "country", "title"]
Progress = Callable[[int], None]
"""Called now and then with the number of documents done."""


class SearchEngine(Protocol):
    """Answers questions over the newest committed generation.

    Safe to use from several threads. Between two calls it may move on to a newer
    generation (:meth:`refresh`); one answer always comes from one generation.
    """

    def search(self, query: Query, *, facets: bool = True, snippets: bool = True) -> SearchResults:
        """One page of hits with total and facets.

        ``snippets``: whether people will read it; only then are passages cut, words marked in
        titles, and a spelling suggested where nothing was found.

        Raises BadQuery (QueryLimit when a prefix meets too many words).
        """

    def stream(self, query: Query) -> Iterator[Hit] | Iterator[QuotationHit]:
        """Everything that matches, in the query's order, without facets and snippets.

        Page and page size are ignored. The whole stream comes from one generation.
        """

    def count_dates(self, query: Query, dates: Sequence[str]) -> tuple[int, ...]:
        """How many hits fall on each of some dates ("2017", "2017-07": a month, "2017-07-31"),
        under all of the query but its own from and to: the bars of a histogram.

        A hit falls on every date that its own overlaps with, as in a filter. Raises BadQuery.
        """

    def complete(
        self, prefix: str, field: CompletionField, limit: int = 10
    ) -> tuple[Completion, ...]:
        """What an unfinished name or title may become, most frequent first."""

    def contents(self) -> Iterator[tuple[str, str]]:
        """(document id, fingerprint) of everything in the index, in no order."""

    def status(self) -> IndexStatus:
        """What the index holds."""

    def refresh(self) -> bool:
        """Move on to the newest generation; True when there was a newer one."""

    def check(self) -> tuple[str, ...]:
        """Read everything that the index is made of and verify it: what is wrong, if anything."""

    def close(self) -> None:
        """Release files and connections. The engine is not used afterwards."""


class IndexWriter(Protocol):
    """Changes an index. One at a time: a second one raises IndexLocked."""

    def rebuild(
        self,
        documents: Iterable[Document],
        *,
        revision: int,
        extractor_version: str,
        progress: Progress | None = None,
    ) -> IndexStatus:
        """Make the index anew from all documents; readers keep the old one until the end."""

    def update(
        self,
        documents: Iterable[Document],
        removed: Iterable[str] = (),
        *,
        revision: int,
        extractor_version: str,
    ) -> IndexStatus:
        """Add or replace documents (by id) and remove others, visible at once, all or nothing.

        The same id twice in ``documents``: the last one counts.
        """

    def rollback(self) -> IndexStatus:
        """Go back to the previous generation."""
