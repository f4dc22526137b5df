"""What the store answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.document import Document

Outcome = Literal["added", "changed", "unchanged", "duplicate", "retracted"]
"""What became of one statement of a page: new; its text or fields changed; nothing new from
this page; already held from elsewhere (which may add a listing to the document); or no longer
found in the same bytes, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a document was before. ``number`` counts from 1, the oldest."""

    number: int
    document: Document
    replaced_at: str


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of a page as they were saved, and where they were last met."""

    sha256: str
    data: bytes
    media_type: str
    charset: str | None
    url: str | None
    path: str
    captured_at: str | None


@dataclass(frozen=True, slots=True)
class QuarantineEntry:
    """A page that could not be read. ``kept``: its bytes are in the store. ``url``: its address
    as far as its source told, or that of the folder in a ZIP which was given up.
    """

    id: str
    path: str
    reason: str
    message: str
    time: str
    kept: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much the archive holds."""

    documents: int
    quotations: int
    captures: int
    quarantined: int
