"""Where a page in quarantine is read from again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archive.errors import UnreadablePage
from archive.limits import Limits
from archive.page import Page, UnreadableSource
from archive.sources import read_pages
from archive.sources.names import holds_many
from archive.store import QuarantineEntry, Store
from archive.store.captures import printable

_GIVEN_UP = ("archive-limit", "broken-warc", "broken-zip")
"""Reasons for which nothing after a place in a web archive was read."""


class Again:
    """The pages of some entries: from the bytes kept, else from their files, under the addresses
    that they had.

    ``whole``: the entries for which a web archive is read from end to end, which may yield
    other pages than they name.
    """

    def __init__(self, store: Store, entries: Iterable[QuarantineEntry], limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._single: list[QuarantineEntry] = []
        self._packed: dict[Path, list[QuarantineEntry]] = defaultdict(list)
        self.whole: list[QuarantineEntry] = []
        for entry in entries:
            packed = None if entry.kept else _packed_in(entry.path)
            if packed is None:
                self._single.append(entry)
            else:
                self._packed[packed].append(entry)
                self.whole += [entry] if entry.reason in _GIVEN_UP else []

    def pages(self) -> Iterator[Page | UnreadableSource]:
        """One for each entry, and more where a web archive is read as a whole."""
        for entry in self._single:
            page = self._store.quarantined_page(entry.id)
            if page is not None:
                yield page
            elif _is_there(Path(entry.path)):
                for found in read_pages([Path(entry.path)], limits=self._limits):
                    yield replace(found, url=entry.url or found.url)
            else:
                yield _as_before(entry)
        for packed, entries in self._packed.items():
            yield from self._of_archive(packed, entries)

    def _of_archive(
        self, packed: Path, entries: Sequence[QuarantineEntry]
    ) -> Iterator[Page | UnreadableSource]:
        whole = [entry for entry in entries if entry in self.whole]
        missed = {entry.path: entry for entry in entries if entry not in whole}
        base_url = next((entry.url for entry in entries if Path(entry.path) == packed), None)
        for page in read_pages([packed], base_url=base_url, limits=self._limits):
            entry = missed.pop(printable(page.path), None)
            if entry is not None:
                yield replace(page, url=entry.url or page.url)
            elif whole:
                yield page
        yield from map(_as_before, missed.values())


def _packed_in(path: str) -> Path | None:
    """The web archive of "crawl.wacz#archive/data.warc.gz#7", if it is still there."""
    parts = path.split("#")
    outer = (Path("#".join(parts[:count])) for count in range(1, len(parts) + 1))
    return next((file for file in outer if holds_many(file.name) and _is_there(file)), None)


def _is_there(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _as_before(entry: QuarantineEntry) -> UnreadableSource:
    return UnreadableSource(entry.path, UnreadablePage(entry.message, entry.reason), entry.url)
