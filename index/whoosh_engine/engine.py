"""WhooshEngine: answers questions over the newest committed generation."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from archive.calendar import parse_date
from index.engine import CompletionField
from index.errors import IndexDamaged
from index.query import Query
from index.results import Completion, Hit, IndexStatus, QuotationHit, SearchResults
from index.whoosh_engine.complete import complete
from index.whoosh_engine.damage import reading
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.manifest import Manifest, read_live
from index.whoosh_engine.question import Question
from index.whoosh_engine.reader import Leaf, Reader, posting_cache
from index.whoosh_engine.segment import Segment

POSTING_MEMORY = 64 << 20
"""Bytes of decoded posting lists, of what phrases and prefixes met and of impacts that are kept
between questions."""

_FORGET_EVERY = 500
"""Questions after which mapped pages are given back: they stay in the system's cache."""


class WhooshEngine:
    """See :class:`index.engine.SearchEngine`. Raises IndexMissing when there is no index."""

    def __init__(self, path: Path) -> None:
        self._generations = Generations(Path(path))
        self._cache = posting_cache(POSTING_MEMORY)
        self._asked = 0
        self._open: _Open = self._newest(None)

    def search(self, query: Query, *, facets: bool = True, snippets: bool = True) -> SearchResults:
        """See :class:`index.engine.SearchEngine`."""
        started = time.perf_counter()
        with self._reading() as held:
            self._asked += 1
            if self._asked % _FORGET_EVERY == 0:
                for segment in held.segments.values():
                    segment.file.forget_pages()
            question = Question(query, held.reader)
            hits = question.page(snippets=snippets)
            quoted = query.scope == "quotations"
            return SearchResults(
                query=query,
                total=question.total,
                hits=() if quoted else hits,  # type: ignore[arg-type]  # of one kind per scope
                quotations=hits if quoted else (),  # type: ignore[arg-type]  # likewise
                facets=question.facets() if facets else (),
                took_ms=(time.perf_counter() - started) * 1000,
                suggestion=question.suggestion() if snippets and not question.total else None,
                notice=query.notice,
            )

    def stream(self, query: Query) -> Iterator[Hit] | Iterator[QuotationHit]:
        """See :class:`index.engine.SearchEngine`."""
        with self._reading() as held:
            hits = Question(query, held.reader).every()
        return self._guarded(hits)  # type: ignore[return-value]  # of one kind per scope

    def count_dates(self, query: Query, dates: Sequence[str]) -> tuple[int, ...]:
        """See :class:`index.engine.SearchEngine`."""
        with self._reading() as held:
            question = Question(replace(query, date_from=None, date_to=None), held.reader)
            return question.count_dates([parse_date(date) for date in dates])

    def complete(
        self, prefix: str, field: CompletionField, limit: int = 10
    ) -> tuple[Completion, ...]:
        """See :class:`index.engine.SearchEngine`."""
        with self._reading() as held:
            return complete(held.reader, prefix, field, limit)

    def contents(self) -> Iterator[tuple[str, str]]:
        """See :class:`index.engine.SearchEngine`."""
        with self._reading() as held:
            for leaf in held.reader.leaves:
                contents = list(leaf.segment.contents())
                for record in leaf.all("documents").tolist():
                    yield contents[record]

    def status(self) -> IndexStatus:
        """See :class:`index.engine.SearchEngine`."""
        return self._generations.status(self._open.manifest)

    def refresh(self) -> bool:
        """See :class:`index.engine.SearchEngine`."""
        before = self._open
        if self._generations.stamp() == before.stamp:
            return False
        self._open = self._newest(before)
        # Lists of segments that are gone would keep their files on the disk.
        known = {leaf.key for leaf in self._open.reader.leaves}
        self._cache.keep(lambda key: key[0] in known)
        return self._open.manifest != before.manifest

    def check(self) -> tuple[str, ...]:
        """What is wrong with the files of the newest generation; nothing when all is well."""
        return self._generations.check()

    def close(self) -> None:
        """Let go of the files."""
        self._cache = posting_cache(0)
        self._open = _Open((0, 0), self._open.manifest, {}, Reader(()))

    def _newest(self, before: _Open | None) -> _Open:
        while True:
            stamp, manifest = self._generations.stamp(), self._generations.current()
            try:
                return self._open_generation(stamp, manifest, before.segments if before else {})
            except FileNotFoundError as error:
                # A writer may have replaced the generation, and removed it, since its name
                # was read. That takes it longer than opening takes: there is no need to count.
                if manifest == self._generations.current():
                    raise IndexDamaged(
                        f"{error.filename} is missing. Run: onrecord index build"
                    ) from error

    def _open_generation(
        self, stamp: tuple[int, int], manifest: Manifest, known: dict[str, Segment]
    ) -> _Open:
        folder = self._generations.folder
        segments: dict[str, Segment] = {}
        leaves = []
        for entry in manifest.segments:
            segment = known.get(entry.name) or Segment(folder / entry.file.path)
            if segment.file.size != entry.file.size or segment.documents.size != entry.records:
                raise IndexDamaged(f"{entry.file.path} is cut off. Run: onrecord index build")
            segments[entry.name] = segment
            key = f"{entry.name} {entry.deleted.sha256 if entry.deleted else ''}"
            leaves.append(Leaf(segment, key, read_live(folder, entry), self._cache))
        return _Open(
            stamp, manifest, segments, Reader(leaves, partial(reading, folder, manifest.name))
        )

    @contextlib.contextmanager
    def _reading(self) -> Iterator[_Open]:
        """The open generation. What fails inside because of its contents is damage."""
        held = self._open
        with held.reader.reading():
            yield held

    def _guarded(self, hits: Iterator[Hit | QuotationHit]) -> Iterator[Hit | QuotationHit]:
        with self._reading():
            yield from hits


@dataclass(frozen=True, slots=True)
class _Open:
    """An open generation; ``segments`` by name, so that the next one need not open them again."""

    stamp: tuple[int, int]
    manifest: Manifest
    segments: dict[str, Segment]
    reader: Reader
