"""The store: what the other rooms call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive.aliases import Aliases, AliasFile
from archive.document import Document
from archive.errors import PageError
from archive.merge import may_belong
from archive.page import Page, UnreadableSource
from archive.store import captures, documents, integrity, quarantine, samples
from archive.store.database import FILE, Database, damaged
from archive.store.entries import document_of, sample_after
from archive.store.folding import put_page
from archive.store.values import Capture, Outcome, QuarantineEntry, StoreCounts, Version
from archive.store.writing import Writing

if TYPE_CHECKING:
    from archive.extract import Extraction

_CHUNK = 500


class _RehearsalEnds(Exception):
    """Takes back what was written."""


class Store:
    """An archive on disk. One process writes at a time; any number read meanwhile.

    Use it as a context manager. A reader is safe to use from several threads. What a method
    has written when it returns is on the disk, unless a :meth:`batch` is open around it.
    Every method raises StoreError or one of its kind. Documents are handed out with the
    speakers' names that ``aliases`` says, and with fingerprints accordingly.
    """

    def __init__(self, database: Database, aliases: AliasFile | None = None) -> None:
        """For :meth:`open`."""
        self._database = database
        self._alias_file = aliases

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        create: bool = False,
        readonly: bool = False,
        wait: float = 5.0,
        aliases: AliasFile | None = None,
    ) -> Self:
        """Open the archive of a home (a folder), or an ``archive.db``.

        Raises StoreMissing, StoreVersionError or StoreDamaged; StoreLocked when another
        writer does not end within ``wait`` seconds.
        """
        path = home if home.name == FILE else home / FILE
        return cls(Database(path, create=create, readonly=readonly, wait=wait), aliases)

    def close(self) -> None:
        """Close the file and let the next writer in."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Writing

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Commit everything within as one, or nothing of it when it raises."""
        with self._database.writing():
            yield

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Do everything within as if it counted, and keep nothing of it."""
        with suppress(_RehearsalEnds), self._database.writing():
            yield
            raise _RehearsalEnds

    def put(
        self, page: Page, extraction: Extraction, *, reading: str | None = None
    ) -> tuple[Outcome, ...]:
        """Take in a page: all of it or nothing. One outcome for each of its documents.

        Behind them a "retracted" for each document that is gone because only these bytes,
        read in another way, spoke of it. ``reading`` says what read the page, see reader.
        """
        if any(map(may_belong, extraction.documents)):
            self._sample()
        with self._database.changing() as db:
            writing = Writing(db, captures.now())
            outcomes = put_page(writing, page, extraction, reading)
            writing.finish()
            return outcomes

    def _sample(self) -> None:
        """Sample all texts before the first teaser that needs it, and let Ctrl-C in meanwhile."""
        last: int | None = 0
        while last is not None:
            with self._database.changing() as db:
                sampled = samples.are_looked_up(db)
                last = None if sampled else sample_after(Writing(db, captures.now()), last)

    def statements_read(self, page: Page, reading: str) -> int | None:
        """How many statements of a page that reading put, when nothing can have changed since:
        to put it again would be without effect. None where the page is to be read.
        """
        with self._database.reading() as db:
            return captures.statements_read(db, page, reading)

    def quarantine(self, page: Page | UnreadableSource, error: PageError) -> None:
        """Keep a page that could not be read, with its reason, until it is put."""
        with self._database.changing() as db:
            quarantine.quarantine_page(db, page, error, captures.now())

    def release(self, ids: Iterable[str]) -> None:
        """Let entries go whose web archive has since been read past what was wrong."""
        with self._database.changing() as db:
            quarantine.release(db, ids)

    # Documents

    @property
    def aliases(self) -> Aliases:
        """The names under which speakers are handed out now."""
        return self._alias_file.current() if self._alias_file else Aliases()

    def _document(self, text: str, fingerprint: str | None = None) -> Document:
        try:
            document = documents.from_text(text)
            if fingerprint is not None:
                document.known_by(fingerprint)
        except (ValueError, KeyError, TypeError) as error:
            self._database.require_current()  # a newer version may write other documents
            raise damaged(self._database.path, error) from error
        return self.aliases.apply(document)

    def get(self, document_id: str) -> Document | None:
        """The document that an id, once given out, stands for today."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT json FROM document JOIN entry ON document.id = entry.document"
                " WHERE entry.id = ?",
                (document_id,),
            ).fetchone()
            return self._document(row[0]) if row else None

    def resolve(self, document_id: str) -> str | None:
        """The present id of the document that ``document_id`` stands for."""
        with self._database.reading() as db:
            return document_of(db, document_id)

    def documents(self, *, after_revision: int = 0) -> Iterator[Document]:
        """Documents added or changed after a revision, in that order.

        A document that changes while this runs comes again in its new form.
        """
        while True:
            with self._database.reading() as db:
                rows = db.execute(
                    "SELECT revision, json, fingerprint FROM document WHERE revision > ?"
                    " ORDER BY revision LIMIT ?",
                    (after_revision, _CHUNK),
                ).fetchall()
            if not rows:
                return
            for _, text, fingerprint in rows:
                yield self._document(text, fingerprint)
            after_revision = rows[-1][0]

    def removed(self, after_revision: int = 0) -> Iterator[str]:
        """Ids of documents that became part of another one, or were retracted, after a revision."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id FROM removal WHERE revision > ? ORDER BY revision", (after_revision,)
            ).fetchall()
        yield from (row[0] for row in rows)

    @property
    def revision(self) -> int:
        """Counts the changes to documents, from 0 for an empty archive."""
        with self._database.reading() as db:
            return int(db.execute("SELECT revision FROM state").fetchone()[0])

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """(id, fingerprint) of every document, by id."""
        after = ""
        while True:
            with self._database.reading() as db:
                rows = db.execute(
                    "SELECT id, fingerprint, CASE WHEN ? THEN json END FROM document"
                    " WHERE id > ? ORDER BY id LIMIT ?",
                    (bool(self.aliases), after, _CHUNK),
                ).fetchall()
            if not rows:
                return
            for name, fingerprint, text in rows:
                yield name, self._document(text).fingerprint() if text else fingerprint
            after = rows[-1][0]

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """What a document was before, the oldest first; all that there is of a retracted one."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT number, json, replaced_at FROM version WHERE document = ? ORDER BY number",
                (document_of(db, document_id) or document_id,),
            ).fetchall()
        return tuple(Version(number, self._document(text), at) for number, text, at in rows)

    def related(self, document_id: str) -> tuple[str, ...]:
        """Ids of other documents (other URLs) with the same words."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT other.id FROM document JOIN document AS other USING (text_key)"
                " WHERE document.id = ?1 AND other.id != ?1 ORDER BY other.id",
                (document_of(db, document_id),),
            ).fetchall()
        return tuple(row[0] for row in rows)

    def newest_entries(self, limit: int = 50) -> tuple[Document, ...]:
        """The documents that entered the archive last, the newest first."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT json FROM document ORDER BY entered_at DESC, id LIMIT ?", (limit,)
            ).fetchall()
        return tuple(self._document(row[0]) for row in rows)

    def entered_at(self, ids: Collection[str]) -> dict[str, str]:
        """When documents entered the archive: id -> ISO 8601 instant in UTC."""
        with self._database.reading() as db:
            times = (
                db.execute("SELECT id, entered_at FROM document WHERE id = ?", (name,)).fetchone()
                for name in ids
            )
            return dict(row for row in times if row)

    # Pages

    def capture(self, sha256: str) -> Capture | None:
        """The bytes of a page, as saved."""
        with self._database.reading() as db:
            return captures.find_capture(db, sha256)

    def quarantined(self) -> tuple[QuarantineEntry, ...]:
        """The pages that could not be read, the newest first."""
        with self._database.reading() as db:
            return quarantine.quarantined(db)

    def quarantined_page(self, entry_id: str) -> Page | None:
        """A page in quarantine as it was read, None where its bytes were not kept."""
        with self._database.reading() as db:
            return quarantine.quarantined_page(db, entry_id)

    # The whole

    def counts(self) -> StoreCounts:
        """How much the archive holds."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT (SELECT count(*) FROM document),"
                " (SELECT ifnull(sum(quotations), 0) FROM document),"
                " (SELECT count(*) FROM capture), (SELECT count(*) FROM quarantine)"
            ).fetchone()
        return StoreCounts(*row)

    def text_size(self) -> int:
        """About how many characters all documents have together, from a sample of them."""
        with self._database.reading() as db:
            # Ids are hashes: the first by id are as good a sample as any.
            (mean,) = db.execute(
                "SELECT avg(length(json)) FROM (SELECT json FROM document ORDER BY id LIMIT 1000)"
            ).fetchone()
        return round((mean or 0) * self.counts().documents)

    def check(self) -> list[str]:
        """Read everything and compare it with its hashes; what is wrong, a sentence each."""
        with self._database.reading() as db:
            return integrity.problems(db)
