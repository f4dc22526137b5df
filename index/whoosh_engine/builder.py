"""The builder: documents become a segment, in one process."""

from __future__ import annotations

from pathlib import Path

from archive.document import Document
from index import fields
from index.whoosh_engine.arrays import ArrayFileWriter
from index.whoosh_engine.invert import Inversion, Searched
from index.whoosh_engine.records import Records

MAX_TOKENS = 1 << 24
"""Builders are full after that many tokens in all of their processes together, some 30,000
documents: what bounds their memory (about 600 MB), and what is done anew after a rebuild was
killed. Merging costs as much as inverting.
"""

MAX_RECORDS = 1 << 18
"""… or after that many documents and quotations, of which some may have no words."""

_BESIDE_BODY = 200
"""Characters that the other fields of a document count for: many have no body."""


class SegmentBuilder:
    """Collects documents and writes them as a segment. It is full with ``limit`` tokens."""

    def __init__(self, limit: int = MAX_TOKENS, inversion: Inversion | None = None) -> None:
        self._limit = limit
        self._records = Records()
        self._inversion = inversion or Inversion()

    def __len__(self) -> int:
        """How many documents and quotations there are."""
        return len(self._records)

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return self._inversion.tokens >= self._limit or len(self._records) >= MAX_RECORDS

    def next(self) -> SegmentBuilder:
        """An empty builder that goes on with the words known so far."""
        return SegmentBuilder(self._limit, self._inversion.next())

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different."""
        self._inversion.add(searched(document))
        self._records.add(document)

    def write(self, path: Path) -> ArrayFileWriter:
        """Write the segment, with fsync; size and SHA-256 are in what is returned."""
        numbers = self._records.numbers()
        with ArrayFileWriter(path) as out:
            self._records.write(out, numbers)
            self._inversion.write(out, numbers.documents, numbers.quotations)
            out.finish()
        return out


def searched(document: Document) -> Searched:
    """What is searched of a document, as an inversion takes it."""
    texts = fields.texts(document)
    ordered = (*texts["title"], *texts["body"], *texts["references"])
    quoted = [fields.texts(document, quotation) for quotation in document.quotations]
    return Searched(
        ordered, texts["speaker"], tuple([(held["body"], held["speaker"]) for held in quoted])
    )


def characters(document: Document) -> int:
    """About how many a document has: by them it is decided what may wait in memory."""
    return _BESIDE_BODY + len(document.body)
