"""Pages into the store: read, parse in workers, put, report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from archive.again import Again
from archive.calendar import parse_date
from archive.errors import PageError
from archive.limits import LIMITS, WORKER_LIMITS, Limits, WorkerLimits
from archive.page import Arrival, Page, ReadBefore, UnreadableSource
from archive.reader import reader_key, reading_of
from archive.sandbox import Sandbox
from archive.sources import read_pages
from archive.sources.files import walk
from archive.sources.names import holds_many
from archive.store import Store
from archive.store.captures import printable

if TYPE_CHECKING:
    from archive.extract import Extraction
    from archive.profiles import Profiles

Progress = Callable[[int, int | None], None]
"""Called with how many pages are safely stored, and of how many (None: not known)."""

_BATCH_PAGES = 64
_BATCH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every page and every statement.

    ``pages`` were looked at; ``empty`` of them had no statement, ``quarantined`` could not
    be read. Statements: ``seen = added + changed + unchanged + duplicate + quarantined``.
    ``retracted`` were in the archive and turned out to be none when their page was read again.
    """

    pages: int
    empty: int
    quarantined: int
    seen: int
    added: int
    changed: int
    unchanged: int
    duplicate: int
    retracted: int


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    profiles: Profiles,
    profile: str | None = None,
    base_url: str | None = None,
    jobs: int = 1,
    dry_run: bool = False,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
    worker: WorkerLimits = WORKER_LIMITS,
) -> IngestReport:
    """Take in every page of these files and folders, ``jobs`` at a time.

    A page that cannot be read is quarantined and the run goes on. What ``progress`` has
    counted is safe; after KeyboardInterrupt so is every page that was put. ``dry_run`` gives
    the same report and keeps nothing. Raises StoreError, and ProfileError for an unknown
    ``profile``.
    """
    total = _count(paths) if progress else None
    pages = read_pages(paths, base_url=base_url, limits=limits)
    run = _Run(store, profiles, profile, jobs, limits, worker)
    if not dry_run:
        return run.take_in(pages, progress, total)
    with store.rehearsal():
        return run.take_in(pages, progress, total)


def retry(
    store: Store,
    *,
    profiles: Profiles,
    ids: Collection[str] | None = None,
    profile: str | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
    worker: WorkerLimits = WORKER_LIMITS,
) -> IngestReport:
    """Read pages in quarantine again (all, or those with ``ids``), from the bytes kept.

    Where none were kept, the file is read again if it is still there. A web archive that was
    given up is read as a whole, and then no longer in quarantine for that.
    """
    entries = [e for e in store.quarantined() if ids is None or e.id in ids]
    again = Again(store, entries, limits)
    run = _Run(store, profiles, profile, jobs, limits, worker)
    report = run.take_in(again.pages(), progress, None if again.whole else len(entries))
    store.release(entry.id for entry in again.whole if entry.path not in run.refused)
    return report


def _count(paths: Sequence[Path]) -> int | None:
    """How many pages there will be; None with web archives, which must be read to know."""
    total = 0
    for file in chain.from_iterable(walk(path) for path in paths):
        if isinstance(file, Path) and holds_many(file.name):
            return None
        total += 1
    return total


def read_page(page: Page, profiles: Profiles, profile: str | None, limits: Limits) -> Extraction:
    """What a worker does with a page.

    What could not be stored or compared fails here, at the cost of this page alone.
    """
    from archive.extract import extract  # the parsers are the workers' to load

    extraction = extract(page, profiles, profile=profile, limits=limits)
    for document in extraction.documents:
        document.fingerprints()
        for date in (document.published, document.updated):
            if date is not None:
                parse_date(date)
    return extraction


def _ready(page: Page | UnreadableSource) -> Page | UnreadableSource:
    """The page with a path that can be printed, and its hash, which it takes to the worker."""
    path = printable(page.path)
    ready = page if path == page.path else replace(page, path=path)
    if isinstance(ready, Page):
        ready.sha256  # noqa: B018 (known from now on)
    return ready


class _Run:
    """One ingest: how its pages are read, and where they go."""

    def __init__(
        self,
        store: Store,
        profiles: Profiles,
        profile: str | None,
        jobs: int,
        limits: Limits,
        worker: WorkerLimits,
    ) -> None:
        if profile is not None:
            profiles.named(profile)
        self._store = store
        self._reader = reader_key(profiles, profile, limits)
        self._read = partial(read_page, profiles=profiles, profile=profile, limits=limits)
        self._jobs = jobs
        self._worker = worker
        self._tally: Counter[str] = Counter()
        self.refused: set[str] = set()

    def take_in(
        self,
        pages: Iterable[Page | UnreadableSource],
        progress: Progress | None,
        total: int | None,
    ) -> IngestReport:
        """Put every page, committing a batch at a time; what became of them."""
        with Sandbox(self._read, jobs=self._jobs, limits=self._worker) as sandbox:
            results = sandbox.read(map(self._known, map(_ready, pages)))
            more = True
            while more:
                interrupt = None
                with self._store.batch():
                    try:
                        more = self._batch(results)
                    except KeyboardInterrupt as error:
                        interrupt = error  # the pages that were put whole are kept
                if interrupt is not None:
                    raise interrupt
                if progress is not None:
                    progress(self._tally["pages"], total)
        return self._report()

    def _known(self, page: Page | UnreadableSource) -> Arrival:
        """The page, unless all that it says is in the store."""
        if isinstance(page, Page):
            statements = self._store.statements_read(page, reading_of(page, self._reader))
            if statements is not None:
                return ReadBefore(page.path, statements)
        return page

    def _batch(
        self, results: Iterator[tuple[Arrival, Extraction | PageError | ReadBefore]]
    ) -> bool:
        """Put a batch; False when there are no more pages."""
        until = time.monotonic() + _BATCH_SECONDS
        for count, (page, result) in enumerate(results, start=1):
            self._put(page, result)
            self._tally["pages"] += 1
            if count == _BATCH_PAGES or time.monotonic() > until:
                return True
        return False

    def _put(self, page: Arrival, result: Extraction | PageError | ReadBefore) -> None:
        if isinstance(page, ReadBefore):
            self._tally["unchanged"] += page.statements
            self._tally["empty"] += not page.statements
            return
        if isinstance(result, PageError):
            self._store.quarantine(page, result)
            self._tally["quarantined"] += 1
            self.refused.add(page.path)
            return
        assert isinstance(page, Page)  # noqa: S101 (only pages are read)
        assert not isinstance(result, ReadBefore)  # noqa: S101 (such a page is none)
        outcomes = self._store.put(page, result, reading=reading_of(page, self._reader))
        self._tally.update(outcomes)
        self._tally["empty"] += not result.documents

    def _report(self) -> IngestReport:
        statements = ("added", "changed", "unchanged", "duplicate")
        count = {name: self._tally[name] for name in ("pages", "empty", "quarantined", *statements)}
        seen = count["quarantined"] + sum(count[name] for name in statements)
        return IngestReport(seen=seen, retracted=self._tally["retracted"], **count)
