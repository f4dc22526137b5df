"""A segment: a self-contained part of the index, never changed once it is written.

A file of arrays (:mod:`~index.whoosh_engine.arrays`) with two *spaces* of records that are
numbered apart, documents and quotations. Documents are numbered in the order newest first,
undated last, ties by id; quotations in the order of their documents, then as they stand
there. So ascending numbers are already the order of "newest first" and of ties.

==============================  =============================================================
documents/ids/terms.*           the ids, sorted; documents/ids/records: whose each is
documents/fingerprints          32 bytes each
documents/first_day, last_day   days of the calendar as ``date.toordinal()``; 0: undated
documents/year                  runs of the first day's, see :mod:`~index.whoosh_engine.years`
documents/length.FIELD          see :mod:`~index.whoosh_engine.lengths`
documents/head, documents/body  stored fields, see :mod:`~index.whoosh_engine.record`
documents/FACET                 columns of country, speaker, topic, category
documents/facets                rows of these
documents/text                  postings of the folded words, with positions
documents/text.title            … of the words in the title, without positions; text.references
documents/stems.text            postings of the stems; frequencies weighted by part
documents/stems.title           … of the stems in the title, and likewise stems.references
documents/speakers              postings of the words of the speakers' names, with positions
quotations/document             the number of the document; quotations/number: #q3 is 3
quotations/length.FIELD         likewise
quotations/speaker              column of the persons
quotations/text, stems.text, speakers       postings as above
==============================  =============================================================

In a document's positions title, body and each reference follow one another with a gap of
:data:`GAP`, which no phrase bridges; so the position tells the part.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from index.errors import IndexDamaged
from index.query import FACETS, FacetName, Field, Scope
from index.whoosh_engine.arrays import Array, ArrayFile
from index.whoosh_engine.columns import OrdinalColumn
from index.whoosh_engine.lengths import FieldLengths
from index.whoosh_engine.postings import PostingsReader
from index.whoosh_engine.rows import FacetRows
from index.whoosh_engine.stored import StoredReader
from index.whoosh_engine.terms import TermDictionary, decode, encode
from index.whoosh_engine.years import YearRuns

SCHEMA_VERSION = 6
"""Goes into every manifest: a change of the arrays described here must raise it."""

GAP = 100
"""Positions left free between two texts of a record: more than any phrase may skip."""

PARTS = ("title", "body", "references")

POSTINGS: dict[Scope, tuple[str, ...]] = {
    "documents": (
        "text",
        "text.title",
        "text.references",
        "stems.text",
        "stems.title",
        "stems.references",
        "speakers",
    ),
    "quotations": ("text", "stems.text", "speakers"),
}
WITH_POSITIONS = frozenset({"text", "speakers"})
COLUMNS: dict[Scope, tuple[FacetName, ...]] = {"documents": FACETS, "quotations": ("speaker",)}


class Space:
    """The records of one kind in a segment."""

    def __init__(self, file: ArrayFile, scope: Scope) -> None:
        self.file = file
        self.scope = scope
        self.size = len(file.lazy(f"{scope}/length.body"))
        self._postings: dict[str, PostingsReader] = {}
        self._columns: dict[str, OrdinalColumn] = {}

    def postings(self, name: str) -> PostingsReader:
        """A set of postings (see :data:`POSTINGS`)."""
        if name not in self._postings:
            self._postings[name] = PostingsReader(self.file, f"{self.scope}/{name}")
        return self._postings[name]

    def column(self, facet: FacetName) -> OrdinalColumn:
        """A facet's column (see :data:`COLUMNS`)."""
        if facet not in self._columns:
            self._columns[facet] = OrdinalColumn(self.file, f"{self.scope}/{facet}")
        return self._columns[facet]

    def lengths(self, field: Field) -> FieldLengths:
        """The length of each record in a field."""
        return FieldLengths(self.file, self.scope, field)

    def array(self, name: str) -> Array:
        """A number per record."""
        return self.file[f"{self.scope}/{name}"]


class Segment:
    """An open segment."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.documents = Space(self.file, "documents")
        self.quotations = Space(self.file, "quotations")

    def space(self, scope: Scope) -> Space:
        """Documents or quotations."""
        return self.documents if scope == "documents" else self.quotations

    @cached_property
    def ids(self) -> TermDictionary:
        """All document ids, sorted."""
        return TermDictionary(self.file, "documents/ids")

    @cached_property
    def heads(self) -> StoredReader:
        """What a hit shows of a document."""
        return StoredReader(self.file, "documents/head")

    @cached_property
    def bodies(self) -> StoredReader:
        """A document's body and quotations."""
        return StoredReader(self.file, "documents/body")

    @cached_property
    def rows(self) -> FacetRows:
        """The values of each document in all facets (in the order of COLUMNS)."""
        sizes = [len(self.documents.column(facet)) for facet in COLUMNS["documents"]]
        return FacetRows(self.file, "documents/facets", sizes)

    @cached_property
    def years(self) -> YearRuns:
        """The year of each document."""
        return YearRuns(self.file, "documents/year")

    def record_of(self, document_id: str) -> int | None:
        """The number of a document."""
        at = self.ids.find(encode(document_id))
        if at is None:
            return None
        record = self.file.lazy("documents/ids/records").at(at)
        if record >= self.documents.size:
            raise IndexDamaged(f"{self.file.path} lacks a document. Run: onrecord index build")
        return record

    def document_ids(self) -> list[str]:
        """The id of each document, by number."""
        ids = [""] * self.documents.size
        records = self.file["documents/ids/records"].tolist()
        for term, record in zip(self.ids.terms(), records, strict=True):
            ids[record] = decode(term)
        return ids

    def contents(self) -> Iterator[tuple[str, str]]:
        """(id, fingerprint) of each document, by number."""
        fingerprints = self.documents.array("fingerprints").reshape(-1, 32)
        for document_id, fingerprint in zip(self.document_ids(), fingerprints, strict=True):
            yield document_id, fingerprint.tobytes().hex()

    def quotations_of(self, documents: Array) -> tuple[Array, Array]:
        """Where the quotations of each of these documents begin, and how many there are."""
        owners = self.quotations.array("document")
        starts = np.searchsorted(owners, documents, "left")
        return starts, np.searchsorted(owners, documents, "right") - starts

    @cached_property
    def part_starts(self) -> tuple[Array, Array]:
        """For each document the positions at which its body, and its references, begin."""
        title = self.documents.array("length.title").astype(np.int64)
        return title + GAP, title + self.documents.array("length.body") + 2 * GAP
