"""WhooshWriter: changes an index. What it commits is durable before it is visible."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from archive.document import Document
from archive.durable import make_folder
from index.engine import Progress
from index.errors import BuildBroken, IndexDamaged, IndexMissing
from index.results import IndexStatus
from index.whoosh_engine.allocation import kept_memory
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.damage import reading
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.helper import Written
from index.whoosh_engine.journal import BuildJournal
from index.whoosh_engine.lock import writer_lock
from index.whoosh_engine.manifest import File, SegmentEntry, complete, read_live, write_durably
from index.whoosh_engine.merge import Source, merge
from index.whoosh_engine.policy import Candidate, choose
from index.whoosh_engine.segment import Segment
from index.whoosh_engine.workers import Inverter

_REPORT_EVERY = 500
_MAX_JOBS = 4


class WhooshWriter:
    """See :class:`index.engine.IndexWriter`. Opens the folder only while it writes.

    ``patience``: seconds to wait for another writer before IndexLocked is raised. ``jobs``:
    processes that a rebuild may use; as many as there are processors if None.
    """

    def __init__(self, path: Path, *, patience: float = 5.0, jobs: int | None = None) -> None:
        self._jobs = jobs or min(os.cpu_count() or 1, _MAX_JOBS)
        self._generations = Generations(Path(path))
        self._patience = patience

    def rebuild(
        self,
        documents: Iterable[Document],
        *,
        revision: int,
        extractor_version: str,
        progress: Progress | None = None,
    ) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`."""
        with kept_memory(), self._session(self._jobs, rebuild=True) as session:
            done = 0
            for document in documents:
                session.add(document)
                done += 1
                if progress and done % _REPORT_EVERY == 0:
                    progress(done)
            if progress:
                progress(done)
            session.merge_all()
            return session.commit(revision, extractor_version)

    def update(
        self,
        documents: Iterable[Document],
        removed: Iterable[str] = (),
        *,
        revision: int,
        extractor_version: str,
    ) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`."""
        with self._session() as session:
            session.open_current()
            for document_id in removed:
                session.delete(document_id)
            for document in documents:
                session.delete(document.id)
                session.add(document)
            session.merge_some()
            return session.commit(revision, extractor_version)

    def rollback(self) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`. Raises IndexMissing when there is none."""
        with self._locked():
            live = self._generations.current()
            before = self._generations.previous(live)
            if before is None:
                raise IndexMissing(
                    f"{live.name} in {self._generations.folder} has no previous generation "
                    "to go back to."
                )
            if not all(complete(self._generations.folder, file) for file in before.files()):
                raise IndexDamaged(
                    f"{before.name} in {self._generations.folder} is damaged: there is nothing "
                    "to go back to. Run: onrecord index build"
                )
            self._generations.make_current(before.name)
            return self._generations.status(before)

    @contextlib.contextmanager
    def _session(self, jobs: int = 1, *, rebuild: bool = False) -> Iterator[_Session]:
        """Leaves no rubbish; but an interrupted rebuild leaves what the next one goes on from."""
        with self._locked():
            journal = BuildJournal(self._generations.folder)
            finished = journal.sound_segments() if rebuild else []
            self._generations.clean(finished)
            session = _Session(self._generations, jobs)
            resumable = False
            try:
                if rebuild:
                    session.begin_anew(journal, finished)
                yield session
            except KeyboardInterrupt:
                resumable = rebuild
                raise
            except BrokenProcessPool as error:
                resumable = rebuild
                raise BuildBroken(
                    f"A process that makes the index in {self._generations.folder} was ended from "
                    "outside, perhaps for want of memory. The index is as it was. Make room, then "
                    "run: onrecord index build (it goes on from here)"
                ) from error
            finally:
                session.close()
                if not resumable:
                    journal.end()
                self._generations.clean(journal.named())

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        folder = self._generations.folder
        make_folder(folder / "segments")
        with writer_lock(folder, self._patience):
            yield


@dataclass(slots=True)
class _Part:
    """A segment of the generation that is being made. ``live`` None: all of it is."""

    file: File
    segment: Segment
    live: Array | None

    @property
    def candidate(self) -> Candidate:
        records = self.segment.documents.size
        return Candidate(records, records if self.live is None else int(self.live.sum()))


class _Session:
    """What becomes the next generation, once it is committed."""

    def __init__(self, generations: Generations, jobs: int) -> None:
        self._generations = generations
        numbers = generations.numbers()
        self._number = (numbers[-1] if numbers else 0) + 1
        self._previous = _live_number(generations)
        self._folder = generations.folder / f"gen-{self._number:06}"
        self._parts: list[_Part] = []
        self._journal: BuildJournal | None = None
        self._inverter = Inverter(self._new_path, jobs, self._note)
        self._taken: set[str] = set()
        self._held: dict[str, str] = {}  # what it begins with and nobody asked for yet

    def close(self) -> None:
        """Let go of what works for it."""
        self._inverter.close()

    def begin_anew(self, journal: BuildJournal, finished: Sequence[File]) -> None:
        """Begin with what an unfinished rebuild left, and note what is finished from now on.

        A damaged generation is none to roll back to.
        """
        if not self._generations.is_sound():
            self._previous = None
        self._journal = journal
        journal.begin(finished)
        self._parts = [
            _Part(file, Segment(self._generations.folder / file.path), None) for file in finished
        ]
        twins = set()
        for part in self._parts:
            for document_id, fingerprint in part.segment.contents():
                if document_id in self._held:
                    twins.add(document_id)
                self._held[document_id] = fingerprint
        for document_id in twins:  # it changed meanwhile, and there is no telling which is newer
            self.delete(document_id)
            del self._held[document_id]

    def open_current(self) -> None:
        """Begin with what the live generation holds; with nothing where there is none."""
        try:
            live = self._generations.current()
        except IndexMissing:
            return
        for entry in live.segments:
            segment = Segment(self._generations.folder / entry.file.path)
            records = read_live(self._generations.folder, entry)
            self._parts.append(_Part(entry.file, segment, records))

    def add(self, document: Document) -> None:
        """Take a document. The same id again replaces the one before."""
        held = self._held.pop(document.id, None)
        again = document.id in self._taken
        self._taken.add(document.id)
        if held and held == document.fingerprint():
            return
        if again:
            self._flush()
        if held or again:
            self.delete(document.id)
        self._inverter.add(document)

    def delete(self, document_id: str) -> None:
        """Let go of a document, if it is there."""
        for part in self._parts:
            with reading(self._generations.folder, part.file.path):
                record = part.segment.record_of(document_id)
            if record is None:
                continue
            if part.live is None:
                part.live = np.ones(part.segment.documents.size, bool)
            part.live[record] = False

    def merge_all(self) -> None:
        """Make one segment of everything that was taken."""
        for document_id in self._held:
            self.delete(document_id)
        self._taken.clear()  # a million ids are worth their memory
        self._flush()
        if len(self._parts) > 1 or any(part.live is not None for part in self._parts):
            self._merge(list(range(len(self._parts))))

    def merge_some(self) -> None:
        """Keep the number of segments low."""
        self._flush()
        self._parts = [part for part in self._parts if part.candidate.live]
        chosen = choose([part.candidate for part in self._parts])
        if chosen:
            self._merge(chosen)

    def commit(self, revision: int, extractor_version: str) -> IndexStatus:
        """Make it durable, then visible."""
        self._folder.mkdir()
        manifest = self._generations.commit(
            [self._entry(part) for part in self._parts],
            number=self._number,
            previous=self._previous,
            revision=revision,
            extractor_version=extractor_version,
        )
        return self._generations.status(manifest)

    def _note(self, written: Written) -> None:
        if self._journal is not None:
            self._journal.add(_file(written))

    def _flush(self) -> None:
        self._parts += [_part(written) for written in self._inverter.drain()]

    def _merge(self, chosen: list[int]) -> None:
        parts = [self._parts[at] for at in chosen]
        sources = [Source(part.segment, part.live) for part in parts]
        path = self._new_path()
        with reading(self._generations.folder, "a segment"):
            out = merge(sources, path, self._inverter.pools)
        self._parts = [part for at, part in enumerate(self._parts) if at not in chosen]
        self._parts.append(_part(Written(path, out.size, out.sha256)))

    def _new_path(self) -> Path:
        return self._generations.folder / "segments" / f"{secrets.token_hex(8)}.seg"

    def _entry(self, part: _Part) -> SegmentEntry:
        candidate = part.candidate
        deleted, quotations = None, part.segment.quotations.size
        if part.live is not None:
            bits = np.packbits(~part.live).tobytes()
            deleted = write_durably(self._folder / f"{Path(part.file.path).stem}.del", bits)
            with reading(self._generations.folder, part.file.path):
                owners = part.segment.quotations.array("document")
                quotations = int(part.live.take(owners).sum())
        return SegmentEntry(part.file, deleted, candidate.records, candidate.live, quotations)


def _part(written: Written) -> _Part:
    return _Part(_file(written), Segment(written.path), None)


def _file(written: Written) -> File:
    return File(f"segments/{written.path.name}", written.size, written.sha256)


def _live_number(generations: Generations) -> int | None:
    """The number of the live generation, None where there is none or its name is lost."""
    try:
        return int(generations.current_name().removeprefix("gen-"))
    except (IndexMissing, IndexDamaged):
        return None
