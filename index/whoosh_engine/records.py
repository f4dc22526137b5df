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
        self._ids: list[str] = []
        self._fingerprints: list[str] = []
        self._days: list[tuple[int, int]] = []
        self._facets: list[tuple[tuple[str, ...], ...]] = []
        self._heads: list[bytes] = []
        self._bodies: list[bytes] = []
        self._quoted: list[tuple[int, int, tuple[str, ...]]] = []

    def __len__(self) -> int:
        """How many documents and quotations there are."""
        return len(self._ids) + len(self._quoted)

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different."""
        record = len(self._ids)
        span = fields.date_span(document)
        facets = {facet: fields.facet_values(facet, document) for facet in COLUMNS["documents"]}
        self._ids.append(document.id)
        self._fingerprints.append(document.fingerprint())
        self._days.append((span.first.toordinal(), span.last.toordinal()) if span else (0, 0))
        self._facets.append(tuple(facets.values()))
        self._heads.append(pack_head(document, facets["country"], facets["speaker"]))
        self._bodies.append(pack_body(document))
        for number, quotation in enumerate(document.quotations, 1):
            persons = fields.facet_values("speaker", document, quotation)
            self._quoted.append((record, number, persons))

    def numbers(self) -> Numbers:
        """Put all in order."""
        order = self._by_id()
        order.sort(key=[-first for first, _ in self._days].__getitem__)
        documents = _places(np.array(order, np.int64))
        return Numbers(documents, _places(np.argsort(self._owners(documents), kind="stable")))

    def write(self, out: ArrayFileWriter, numbers: Numbers) -> None:
        """Write them under these numbers."""
        self._write_documents(out, numbers.documents)
        self._write_quotations(out, numbers)

    def _write_documents(self, out: ArrayFileWriter, numbers: Array) -> None:
        order, by_id = np.argsort(numbers).tolist(), self._by_id()
        write_terms(out, "documents/ids", [encode(self._ids[at]) for at in by_id])
        out.extend("documents/ids/records", smallest(numbers[by_id]))
        fingerprints = bytes.fromhex("".join([self._fingerprints[at] for at in order]))
        out.extend("documents/fingerprints", np.frombuffer(fingerprints, np.uint8))
        days = np.array(self._days, np.int32).reshape(-1, 2)[order]
        out.extend("documents/first_day", days[:, 0])
        out.extend("documents/last_day", days[:, 1])
        write_years(out, "documents/year", days[:, 0])
        rows = [self._facets[at] for at in order]
        facets = [
            write_ordinals(out, f"documents/{facet}", [row[at] for row in rows])
            for at, facet in enumerate(COLUMNS["documents"])
        ]
        write_rows(out, "documents/facets", facets)
        for name, pieces in (("head", self._heads), ("body", self._bodies)):
            stored = StoredWriter(out, f"documents/{name}")
            stored.add([pieces[at] for at in order])
            stored.finish()

    def _write_quotations(self, out: ArrayFileWriter, numbers: Numbers) -> None:
        order = np.argsort(numbers.quotations)
        rows = [self._quoted[at] for at in order.tolist()]
        out.extend("quotations/document", smallest(self._owners(numbers.documents)[order]))
        out.extend("quotations/number", smallest(_column([row[1] for row in rows])))
        write_ordinals(out, "quotations/speaker", [row[2] for row in rows])

    def _by_id(self) -> list[int]:
        """The documents in the order of their ids: that of letters is that of UTF-8."""
        return sorted(range(len(self._ids)), key=self._ids.__getitem__)

    def _owners(self, documents: Array) -> Array:
        """The final number of the document of each quotation, as they came."""
        return documents[_column([quoted[0] for quoted in self._quoted])]


def _places(order: Array) -> Array:
    """The place of each number in an order."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _column(values: Sequence[int]) -> Array:
    return np.array(values, np.int64)
