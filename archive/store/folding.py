"""What becomes of the statements of one page: contributions in, documents out.

The steps of :func:`put_page`, all in one transaction: keep the bytes; record what the page
says about each entry; find for linkless teasers the document that they belong to; fold the
documents that this touched anew; tell for each statement what became of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.document import Document
from archive.merge import merge
from archive.page import Page
from archive.store.captures import keep_capture, keep_sighting, page_key, printable, utc
from archive.store.documents import Change, Writing, absorb_document, to_text, write_document
from archive.store.entries import contributions_of, document_of, register, settle
from archive.store.values import Outcome

if TYPE_CHECKING:
    from archive.extract import Extraction


def put_page(writing: Writing, page: Page, extraction: Extraction) -> tuple[Outcome, ...]:
    """Take in one page; one outcome for each of ``extraction.documents``."""
    db = writing.db
    sighting = _Sighting.of(writing, page, page_key(page, extraction.url))
    keep_capture(db, page)
    keep_sighting(db, page, sighting.key, writing.time)
    db.execute(
        "DELETE FROM quarantine WHERE path = ? OR sha256 = ?",
        (printable(page.path), page.sha256),
    )
    fragments: dict[str, Document] = {}
    for fragment in extraction.documents:  # the same entry twice on a page: the fuller one
        known = fragments.get(fragment.id)
        if known is None or len(fragment.body) > len(known.body):
            fragments[fragment.id] = fragment
    held = {entry for entry in fragments if document_of(db, entry) is not None}
    repeated = {entry for entry in held if sighting.repeats(entry)}
    changes = _fold(writing, [e for e, f in fragments.items() if sighting.contribute(e, f)])
    outcomes: list[Outcome] = []
    for entry in (fragment.id for fragment in extraction.documents):
        # What became of a document is told once, however many of its entries are here.
        change = changes.pop(document_of(db, entry) or "", "same")
        outcomes.append(_outcome(change, held=entry in held, repeated=entry in repeated))
    return tuple(outcomes)


def _outcome(change: Change, *, held: bool, repeated: bool) -> Outcome:
    if change == "added" and not held:
        return "added"
    if change in {"added", "changed"}:
        return "changed"
    return "unchanged" if repeated else "duplicate"


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One meeting with a page: which capture it is, and what of it was known before.

    ``taken_at`` orders the captures of a page: one of unknown date was taken at the latest
    when it was first met.
    """

    writing: Writing
    key: str
    sha256: str
    captured_at: str
    taken_at: str
    capture_known: bool
    path_known: bool

    @classmethod
    def of(cls, writing: Writing, page: Page, key: str) -> _Sighting:
        rows = writing.db.execute(
            "SELECT sha256, path, ingested_at FROM sighting WHERE page = ?", (key,)
        ).fetchall()
        met = [time for sha256, _, time in rows if sha256 == page.sha256]
        captured_at = utc(page.captured_at)
        return cls(
            writing=writing,
            key=key,
            sha256=page.sha256,
            captured_at=captured_at,
            taken_at=captured_at or min(met, default=writing.time),
            capture_known=bool(met),
            path_known=any(path == printable(page.path) for _, path, _ in rows),
        )

    def repeats(self, entry: str) -> bool:
        """Whether the same file has already said something about this entry."""
        return self.path_known and self._spoken(entry) is not None

    def contribute(self, entry: str, fragment: Document) -> bool:
        """Record what this capture says about an entry, unless a newer one has spoken."""
        fingerprint = fragment.fingerprint()
        spoken = self._spoken(entry)
        if spoken is not None:
            sha256, taken_at, known = spoken
            if not self._supersedes(sha256, taken_at):
                return False
            if (sha256, taken_at, known) == (self.sha256, self.taken_at, fingerprint):
                return False
        self.writing.db.execute(
            "INSERT OR REPLACE INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                entry,
                self.key,
                self.sha256,
                self.captured_at,
                self.taken_at,
                fingerprint,
                zlib.compress(to_text(fragment).encode(), 1),
            ),
        )
        return True

    def _spoken(self, entry: str) -> tuple[str, str, str] | None:
        row: tuple[str, str, str] | None = self.writing.db.execute(
            "SELECT sha256, taken_at, fingerprint FROM contribution WHERE entry = ? AND page = ?",
            (entry, self.key),
        ).fetchone()
        return row

    def _supersedes(self, sha256: str, taken_at: str) -> bool:
        """Whether this capture is newer than the one with ``sha256``.

        Of two captures of one instant the one met first yields to the other, once: a
        known capture does not come back, or every run would swap the two.
        """
        if sha256 == self.sha256 or not self.capture_known:
            return self.taken_at >= taken_at
        return self.taken_at > taken_at


def _fold(writing: Writing, entries: Sequence[str]) -> dict[str, Change]:
    """Fold anew every document that new contributions to ``entries`` touch."""
    db = writing.db
    unsettled: set[str] = set()
    for entry in entries:
        unsettled |= register(db, entry)
    touched = {document for entry in sorted(unsettled) for document in settle(db, entry)}
    touched |= {document_of(db, entry) or entry for entry in entries}
    changes: dict[str, Change] = {}
    vacated: list[str] = []
    for document_id in sorted(touched):
        contributions = contributions_of(db, document_id)
        if contributions:
            changes[document_id] = write_document(writing, merge(document_id, contributions))
        else:
            vacated.append(document_id)
    for document_id in vacated:
        into = document_of(db, document_id) or ""
        same = absorb_document(writing, document_id, into)
        if same is not None and changes[into] == "added":
            changes[into] = "relisted" if same else "changed"
    return changes
