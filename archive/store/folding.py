"""What becomes of the statements of one page: contributions in, documents out.

The steps of :func:`put_page`, all in one transaction: keep the bytes; record what the page
says about each entry, and take back what the same bytes no longer say; find for linkless
teasers the document that they belong to; fold the documents that this touched anew; tell for
each statement what became of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from archive.document import Document
from archive.page import Page
from archive.store.captures import keep_capture, keep_sighting, page_key, printable
from archive.store.documents import (
    Change,
    absorb_document,
    retract_document,
    write_document,
)
from archive.store.entries import contributions_of, document_of, merged, register, settle
from archive.store.retraction import hand_over, is_spoken_of, silence, successor
from archive.store.sightings import Sighting
from archive.store.values import Outcome
from archive.store.writing import Writing

if TYPE_CHECKING:
    from archive.extract import Extraction


def put_page(
    writing: Writing, page: Page, extraction: Extraction, reading: str | None
) -> tuple[Outcome, ...]:
    """Take in one page; one outcome for each of ``extraction.documents``.

    Behind them "retracted" for each document that only these bytes once spoke of.
    """
    db = writing.db
    sighting = Sighting.of(writing, page, page_key(page, extraction.url))
    keep_capture(db, page)
    keep_sighting(
        db, page, sighting.key, writing.time, reading, statements=len(extraction.documents)
    )
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
    writing.new = fragments.keys() - held
    repeated = {entry for entry in held if sighting.repeats(entry)}
    gone = sighting.take_back(fragments)
    spoke = [e for e, f in fragments.items() if sighting.contribute(e, f)]
    changes = _fold(writing, spoke, gone, fragments)
    outcomes: list[Outcome] = []
    for entry in (fragment.id for fragment in extraction.documents):
        # What became of a document is told once, however many of its entries are here.
        change = changes.pop(_document_of(writing, entry) or "", "same")
        outcomes.append(_outcome(change, held=entry in held, repeated=entry in repeated))
    retracted = [change for change in changes.values() if change == "retracted"]
    return (*outcomes, *retracted)


def _document_of(writing: Writing, entry: str) -> str | None:
    return entry if writing.leads(entry) else document_of(writing.db, entry)


def _outcome(change: Change, *, held: bool, repeated: bool) -> Outcome:
    if change == "added" and not held:
        return "added"
    if change in {"added", "changed"}:
        return "changed"
    return "unchanged" if repeated else "duplicate"


def _fold(
    writing: Writing, spoke: Sequence[str], gone: Sequence[str], present: Collection[str]
) -> dict[str, Change]:
    """Fold anew every document that new contributions, or those taken back, touch.

    ``spoke`` and ``gone`` are the entries of these contributions, ``present`` all entries that
    the page has now.
    """
    db = writing.db
    unsettled: set[str] = set()
    touched = {document for entry in gone if (document := document_of(db, entry))}
    silent = {entry for entry in gone if not is_spoken_of(db, entry)}
    for entry in silent:
        unsettled |= silence(db, entry)
    for entry in (*spoke, *(entry for entry in gone if entry not in silent)):
        unsettled |= register(writing, entry)
    for entry in sorted(unsettled - silent):
        touched |= settle(writing, entry)
    touched |= {_document_of(writing, entry) or entry for entry in spoke}
    changes: dict[str, Change] = {}
    vacated: list[str] = []
    for document_id in sorted(touched):
        contributions = contributions_of(writing, document_id)
        if contributions:
            changes[document_id] = write_document(
                writing, merged(writing, document_id, contributions)
            )
        else:
            vacated.append(document_id)
    for document_id in vacated:
        _vacate(writing, document_id, present, changes)
    return changes


def _vacate(
    writing: Writing, document_id: str, present: Collection[str], changes: dict[str, Change]
) -> None:
    """Let a document to which nothing contributes any more go on in another one, or end."""
    db = writing.db
    into = document_of(db, document_id)
    if into in (None, document_id):
        into = successor(db, document_id, present)
    if into is None:
        if retract_document(writing, document_id):
            changes[document_id] = "retracted"
        return
    hand_over(db, document_id, into)
    same = absorb_document(writing, document_id, into)
    if same is not None and changes.get(into) == "added":
        changes[into] = "relisted" if same else "changed"
