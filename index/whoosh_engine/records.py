"""Records: what a segment says of documents and quotations but their words.

They are collected as they come, and put in order once all are there (see
:mod:`~index.whoosh_engine.segment`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.document import Document
from index import fields
from index.whoosh_engine.arrays import Array, ArrayFileWriter, smallest
from index.whoosh_engine.columns import write_ordinals
from index.whoosh_engine.record import pack_body, pack_head
from index.whoosh_engine.rows import write_rows
from index.whoosh_engine.segment import COLUMNS
from index.whoosh_engine.stored import StoredWriter
from index.whoosh_engine.terms import encode, write_terms
from index.whoosh_engine.years import write_years


@dataclass(frozen=True, slots=True)
class Numbers:
    """The final number of each document and of each quotation, as they came."""

    documents: Array
    quotations: Array


class Records:
    """Collects documents, and writes what is neither a word nor counts words."""

    def __init__(self) -> None:
        self._documents: list[_Row] = []
        self._quoted: list[tuple[int, int, tuple[str, ...]]] = []

    def __len__(self) -> int:
        """How many documents and quotations there are."""
        return len(self._documents) + len(self._quoted)

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different."""
        record = len(self._documents)
        span = fields.date_span(document)
        self._documents.append(
            _Row(
                document.id,
                bytes.fromhex(document.fingerprint()),
                (span.first.toordinal(), span.last.toordinal()) if span else (0, 0),
                tuple(fields.facet_values(facet, document) for facet in COLUMNS["documents"]),
                pack_head(document),
                pack_body(document),
            )
        )
        for number, quotation in enumerate(document.quotations, 1):
            persons = fields.facet_values("speaker", document, quotation)
            self._quoted.append((record, number, persons))

    def numbers(self) -> Numbers:
        """Put all in order."""
        rows = self._documents
        order = sorted(range(len(rows)), key=lambda at: (-rows[at].days[0], rows[at].id))
        documents = _places(np.array(order, np.int64))
        return Numbers(documents, _places(np.argsort(self._owners(documents), kind="stable")))

    def write(self, out: ArrayFileWriter, numbers: Numbers) -> None:
        """Write them under these numbers."""
        self._write_documents(out, numbers)
        self._write_quotations(out, numbers)

    def _write_documents(self, out: ArrayFileWriter, numbers: Numbers) -> None:
        rows = [self._documents[at] for at in np.argsort(numbers.documents).tolist()]
        ids = sorted((encode(row.id), number) for number, row in enumerate(rows))
        write_terms(out, "documents/ids", [term for term, _ in ids])
        out.extend("documents/ids/records", smallest(_column([number for _, number in ids])))
        fingerprints = b"".join(row.fingerprint for row in rows)
        out.extend("documents/fingerprints", np.frombuffer(fingerprints, np.uint8))
        days = np.array([row.days for row in rows], np.int32).reshape(-1, 2)
        out.extend("documents/first_day", days[:, 0])
        out.extend("documents/last_day", days[:, 1])
        write_years(out, "documents/year", days[:, 0])
        facets = [
            write_ordinals(out, f"documents/{facet}", [row.facets[at] for row in rows])
            for at, facet in enumerate(COLUMNS["documents"])
        ]
        write_rows(out, "documents/facets", facets)
        heads, bodies = StoredWriter(out, "documents/head"), StoredWriter(out, "documents/body")
        heads.add([row.head for row in rows])
        bodies.add([row.body for row in rows])
        heads.finish()
        bodies.finish()

    def _write_quotations(self, out: ArrayFileWriter, numbers: Numbers) -> None:
        order = np.argsort(numbers.quotations)
        rows = [self._quoted[at] for at in order.tolist()]
        out.extend("quotations/document", smallest(self._owners(numbers.documents)[order]))
        out.extend("quotations/number", smallest(_column([row[1] for row in rows])))
        write_ordinals(out, "quotations/speaker", [row[2] for row in rows])

    def _owners(self, documents: Array) -> Array:
        """The final number of the document of each quotation, as they came."""
        return documents[_column([quoted[0] for quoted in self._quoted])]


@dataclass(frozen=True, slots=True)
class _Row:
    """A document that waits to be written."""

    id: str
    fingerprint: bytes
    days: tuple[int, int]
    facets: tuple[tuple[str, ...], ...]
    head: bytes
    body: bytes


def _places(order: Array) -> Array:
    """The place of each number in an order."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _column(values: Sequence[int]) -> Array:
    return np.array(values, np.int64)
