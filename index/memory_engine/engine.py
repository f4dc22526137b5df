"""MemoryEngine: SearchEngine and IndexWriter in one, without a file."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.document import Document
from index import fields, names
from index.engine import CompletionField, Progress
from index.errors import IndexMissing
from index.memory_engine.question import Question
from index.memory_engine.records import Record, records_of
from index.query import Query, Scope
from index.results import Completion, Hit, IndexStatus, QuotationHit, SearchResults


@dataclass(frozen=True)
class _Generation:
    """What the index holds at one time."""

    number: int
    documents: dict[str, Document]
    revision: int = 0
    extractor_version: str | None = None
    built_at: str | None = None
    records: dict[Scope, list[Record]] = field(init=False)

    def __post_init__(self) -> None:
        scopes: tuple[Scope, ...] = ("documents", "quotations")
        records = {scope: records_of(self.documents.values(), scope) for scope in scopes}
        object.__setattr__(self, "records", records)


class MemoryEngine:
    """Keeps the documents that it is given; see the package for why it looks at all of them."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._now = _Generation(1, {document.id: document for document in documents})
        self._before: _Generation | None = None

    def search(self, query: Query, *, facets: bool = True, snippets: bool = True) -> SearchResults:
        """See :class:`index.engine.SearchEngine`."""
        started = time.perf_counter()
        question = self._ask(query)
        found = question.hits()
        shown = found[query.offset : query.offset + query.per_page]
        hits = [question.present(record, score, snippets=snippets) for record, score in shown]
        return SearchResults(
            query=query,
            total=len(found),
            hits=tuple(hit for hit in hits if isinstance(hit, Hit)),
            quotations=tuple(hit for hit in hits if isinstance(hit, QuotationHit)),
            facets=question.facets() if facets else (),
            suggestion=question.suggestion() if snippets and not found else None,
            notice=query.notice,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def stream(self, query: Query) -> Iterator[Hit] | Iterator[QuotationHit]:
        """See :class:`index.engine.SearchEngine`."""
        question = self._ask(query)
        return (question.present(*hit, snippets=False) for hit in question.hits())  # type: ignore[return-value]  # of one kind per scope

    def count_dates(self, query: Query, dates: Sequence[str]) -> tuple[int, ...]:
        """See :class:`index.engine.SearchEngine`."""
        each = (replace(query, date_from=date, date_to=date) for date in dates)
        return tuple(len(self._ask(asked).hits()) for asked in each)

    def complete(
        self, prefix: str, field: CompletionField, limit: int = 10
    ) -> tuple[Completion, ...]:
        """See :class:`index.engine.SearchEngine`."""
        counts = Counter(
            choice
            for document in self._now.documents.values()
            for choice in _names(document, field)
        )
        found = [
            Completion(value, label, count)
            for (value, label), count in counts.items()
            if names.completes(prefix, label)
        ]
        return tuple(sorted(found, key=lambda c: (-c.count, c.label))[:limit])

    def contents(self) -> Iterator[tuple[str, str]]:
        """See :class:`index.engine.SearchEngine`."""
        return ((id_, document.fingerprint()) for id_, document in self._now.documents.items())

    def status(self) -> IndexStatus:
        """See :class:`index.engine.SearchEngine`."""
        return IndexStatus(
            engine="memory",
            generation=f"gen-{self._now.number:06}",
            documents=len(self._now.records["documents"]),
            quotations=len(self._now.records["quotations"]),
            segments=1,
            bytes=0,
            revision=self._now.revision,
            built_at=self._now.built_at,
            schema_version=1,
            extractor_version=self._now.extractor_version,
        )

    def refresh(self) -> bool:
        """Nothing to do: what is written is seen at once."""
        return False

    def check(self) -> tuple[str, ...]:
        """Nothing to verify."""
        return ()

    def close(self) -> None:
        """Nothing to do."""

    def rebuild(
        self,
        documents: Iterable[Document],
        *,
        revision: int,
        extractor_version: str,
        progress: Progress | None = None,
    ) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`."""
        held: dict[str, Document] = {}
        for number, document in enumerate(documents, 1):
            held[document.id] = document
            if progress:
                progress(number)
        return self._commit(held, revision, extractor_version)

    def update(
        self,
        documents: Iterable[Document],
        removed: Iterable[str] = (),
        *,
        revision: int,
        extractor_version: str,
    ) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`."""
        gone = set(removed)
        held = {id_: d for id_, d in self._now.documents.items() if id_ not in gone}
        held |= {document.id: document for document in documents}
        return self._commit(held, revision, extractor_version)

    def rollback(self) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`. Raises IndexMissing when there is no previous."""
        if self._before is None:
            raise IndexMissing("There is no previous generation to go back to.")
        self._now, self._before = self._before, None
        return self.status()

    def _ask(self, query: Query) -> Question:
        return Question(query, self._now.records[query.scope])

    def _commit(
        self, documents: dict[str, Document], revision: int, extractor_version: str
    ) -> IndexStatus:
        built_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        number = self._now.number + 1
        self._before = self._now
        self._now = _Generation(number, documents, revision, extractor_version, built_at)
        return self.status()


def _names(document: Document, field: CompletionField) -> Iterable[tuple[str, str]]:
    """(value, label) of what may be completed to find a document."""
    if field == "country":
        return [(country.code, country.name) for country in fields.countries(document)]
    found = fields.speakers(document) if field == "speaker" else (document.title,)
    return [(name, name) for name in found]
