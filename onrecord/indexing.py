"""From the store to the index: made anew, or brought up to date, and compared.

The store is the truth. Its revision grows with every change, and an index remembers the
revision that it was made from, so that what has to be indexed is what came after. It also
remembers which extractor and which names of speakers the documents came with: where those
have changed, every document is compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.document import EXTRACTOR_VERSION
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.results import IndexStatus
from onrecord.config import Home

if TYPE_CHECKING:
    from archive.document import Document
    from archive.store import Store
    from index.engine import Progress

_FEW = 1_000
"""So many documents are always quicker added to an index than an index is made anew."""
_SHARE = 5
"""Beyond a fifth of the archive, making the index anew is quicker and leaves a tidier one."""


_SPACE = 5
"""Bytes of disk for a character of text while an index is made: its segments, these merged into
one, and scratch files. Measured are 1.3 to 1.5 for each."""


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes of disk that making the index takes, about, and those that are free."""

    needed: int
    free: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What the index does not hold as the store does, by document id."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)


def made_by(store: Store) -> str:
    """What shaped the documents beside their pages: "1", "1 with names 0a1b2c3d"."""
    names = store.aliases.digest
    return f"{EXTRACTOR_VERSION} with names {names}" if names else EXTRACTOR_VERSION


def build(home: Home, store: Store, progress: Progress | None = None) -> IndexStatus:
    """Make the index anew from all documents. Readers keep the old one until it is done."""
    revision = store.revision
    return home.writer().rebuild(
        store.documents(),
        revision=revision,
        extractor_version=made_by(store),
        progress=progress,
    )


def space(home: Home, store: Store) -> Space | None:
    """Whether the index can be made here; None where it is made elsewhere."""
    if home.engine_location is not None:
        return None
    return Space(store.text_size() * _SPACE, shutil.disk_usage(home.path).free)


def update(home: Home, store: Store, progress: Progress | None = None) -> IndexStatus:
    """Bring the index up to the store's revision by the quicker way."""
    status = usable_status(home)
    if status is None:
        return build(home, store, progress)
    if status.extractor_version != made_by(store):
        return repair(home, store, progress) or status
    behind = store.revision - status.revision
    if behind == 0:
        return status
    if behind < 0 or behind > max(_FEW, store.counts().documents // _SHARE):
        return build(home, store, progress)
    return home.writer().update(
        _counted(store.documents(after_revision=status.revision), progress),
        store.removed(after_revision=status.revision),
        revision=store.revision,
        extractor_version=made_by(store),
    )


def repair(home: Home, store: Store, progress: Progress | None = None) -> IndexStatus | None:
    """Bring the index to what the store holds, document by document, whatever it says it has.

    None where there is nothing to do: a commit would take the rollback away for nothing.
    """
    revision, maker = store.revision, made_by(store)  # before comparing: more may come meanwhile
    status, difference = usable_status(home), compare(home, store)
    if (
        status
        and not difference
        and (status.revision, status.extractor_version) == (revision, maker)
    ):
        return None
    wanted = (*difference.missing, *difference.stale)
    documents = (document for name in wanted if (document := store.get(name)))
    return home.writer().update(
        _counted(documents, progress),
        difference.extra,
        revision=revision,
        extractor_version=maker,
    )


def _counted(documents: Iterable[Document], progress: Progress | None) -> Iterator[Document]:
    for done, document in enumerate(documents, start=1):
        yield document
        if progress:
            progress(done)


def compare(home: Home, store: Store) -> Difference:
    """The index against the store, by fingerprints. Raises the errors of a missing index."""
    held = dict(store.fingerprints())
    with closing(home.engine()) as engine:
        indexed = dict(engine.contents())
    return Difference(
        missing=tuple(name for name in held if name not in indexed),
        stale=tuple(n for n, mark in held.items() if n in indexed and indexed[n] != mark),
        extra=tuple(name for name in indexed if name not in held),
    )


def usable_status(home: Home) -> IndexStatus | None:
    """What the index holds; None where there is none that could be brought up to date."""
    try:
        with closing(home.engine()) as engine:
            return engine.status()
    except (IndexMissing, IndexMismatch, IndexDamaged):
        return None
