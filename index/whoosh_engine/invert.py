"""Inversion: documents become a segment (Lucene's indexing chain).

What is searched are the words of :mod:`~index.whoosh_engine.tokens`; the postings of stems are
summed up from them (:mod:`~index.whoosh_engine.tallies`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from archive.document import Document
from index import fields
from index.query import Scope
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array, ArrayFileWriter, smallest
from index.whoosh_engine.columns import write_ordinals
from index.whoosh_engine.lengths import write_lengths
from index.whoosh_engine.postings import PostingsWriter
from index.whoosh_engine.record import pack_body, pack_head
from index.whoosh_engine.rows import write_rows
from index.whoosh_engine.segment import COLUMNS
from index.whoosh_engine.stored import StoredWriter
from index.whoosh_engine.tallies import Tallies
from index.whoosh_engine.terms import encode, write_terms
from index.whoosh_engine.tokens import Tokens
from index.whoosh_engine.vocabulary import Ranked, Vocabulary
from index.whoosh_engine.years import write_years

MAX_TOKENS = 1 << 24
"""Builders are full after that many tokens in all of their processes together, some 30,000
documents: what bounds their memory (about 600 MB), and what is done anew after a rebuild was
killed. Merging costs as much as inverting.
"""

MAX_RECORDS = 1 << 18
"""… or after that many documents and quotations, of which some may have no words."""

_MAX_WORDS = 1 << 18
"""So many words are known from builder to builder: half a kilobyte each."""


class SegmentBuilder:
    """Collects documents and writes them as a segment. It is full with ``limit`` tokens."""

    def __init__(self, limit: int = MAX_TOKENS, vocabulary: Vocabulary | None = None) -> None:
        vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._vocabulary = vocabulary
        self._limit = limit
        self._text = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._speakers = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._documents: list[_Row] = []
        self._quoted: list[tuple[int, int, tuple[str, ...]]] = []

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        records = len(self._documents) + len(self._quoted)
        tokens = sum(text.count for text in self._text.values())
        return tokens >= self._limit or records >= MAX_RECORDS

    def next(self) -> SegmentBuilder:
        """An empty builder that goes on with the words known so far, if these are not too many."""
        known = len(self._vocabulary) < _MAX_WORDS
        return SegmentBuilder(self._limit, self._vocabulary if known else None)

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different."""
        record = len(self._documents)
        texts = fields.texts(document)
        ordered = (*texts["title"], *texts["body"], *texts["references"])
        self._text["documents"].add(record, ordered)
        self._speakers["documents"].add(record, texts["speaker"])
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
            quoted = len(self._quoted)
            texts = fields.texts(document, quotation)
            self._text["quotations"].add(quoted, texts["body"])
            self._speakers["quotations"].add(quoted, texts["speaker"])
            persons = fields.facet_values("speaker", document, quotation)
            self._quoted.append((record, number, persons))

    def write(self, path: Path) -> ArrayFileWriter:
        """Write the segment, with fsync; size and SHA-256 are in what is returned."""
        for tokens in (*self._text.values(), *self._speakers.values()):
            tokens.split()
        ranked = self._vocabulary.ranked()
        with ArrayFileWriter(path) as out:
            numbers = self._write_documents(out)
            self._write_lengths(out, numbers)
            quoted = self._write_quotations(out, numbers)
            stems = Tallies(len(ranked.stems), len(numbers))
            self._write_parts(out, ranked, numbers, stems)
            _write_text(out, "documents", self._text["documents"], ranked, numbers, stems)
            stems = Tallies(len(ranked.stems), len(quoted))
            _write_text(out, "quotations", self._text["quotations"], ranked, quoted, stems)
            for scope, records in (("documents", numbers), ("quotations", quoted)):
                speakers = PostingsWriter(out, f"{scope}/speakers", positions=True)
                for found in self._speakers[scope].invert(ranked.ranks, records):
                    speakers.add(ranked.words(found.words), found.lists)
                speakers.finish()
            out.finish()
        return out

    def _write_lengths(self, out: ArrayFileWriter, numbers: Array) -> None:
        """Write how many tokens each document has in each part."""
        text, count, order = self._text["documents"], len(numbers), np.argsort(numbers)
        title, body = text.lengths(count, 0)[order], text.lengths(count, 1)[order]
        references = text.lengths(count)[order] - title - body
        write_lengths(out, "documents", {"title": title, "body": body, "references": references})

    def _write_parts(
        self, out: ArrayFileWriter, ranked: Ranked, numbers: Array, weighted: Tallies
    ) -> None:
        """Write the postings of titles and of references; add to the stems what an occurrence
        there counts beyond one in the body.
        """
        for part, first, last in (("title", 0, 1), ("references", 2, None)):
            words, records = self._text["documents"].among(first, last, numbers)
            ranks, once = ranked.ranks.take(words), np.ones_like(words)
            held = Tallies(len(ranked.terms), len(numbers))
            held.add(ranks, records, once)
            held.write(out, f"documents/text.{part}", ranked.terms)
            stems = Tallies(len(ranked.stems), len(numbers))
            stems.add(ranked.stem_of.take(ranks), records, once)
            stems.write(out, f"documents/stems.{part}", ranked.stems)
            beyond = WEIGHTS[part] - WEIGHTS["body"]
            if beyond:
                weighted.add(ranked.stem_of.take(ranks), records, beyond * once)

    def _write_documents(self, out: ArrayFileWriter) -> Array:
        """Write everything about documents but their words; their final numbers."""
        rows = self._documents
        order = sorted(range(len(rows)), key=lambda i: (-rows[i].days[0], rows[i].id))
        rows = [rows[i] for i in order]
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
        numbers = np.empty(len(rows), np.int64)
        numbers[order] = np.arange(len(rows))
        return numbers

    def _write_quotations(self, out: ArrayFileWriter, documents: Array) -> Array:
        """Write everything about quotations but their words; their final numbers."""
        owners = documents[_column([quoted[0] for quoted in self._quoted])]
        order = np.argsort(owners, kind="stable")
        rows = [self._quoted[i] for i in order.tolist()]
        out.extend("quotations/document", smallest(owners[order]))
        out.extend("quotations/number", smallest(_column([row[1] for row in rows])))
        lengths = self._text["quotations"].lengths(len(rows))
        write_lengths(out, "quotations", {"body": lengths[order]})
        write_ordinals(out, "quotations/speaker", [row[2] for row in rows])
        numbers = np.empty(len(rows), np.int64)
        numbers[order] = np.arange(len(rows))
        return numbers


@dataclass(frozen=True, slots=True)
class _Row:
    """A document that waits to be written."""

    id: str
    fingerprint: bytes
    days: tuple[int, int]
    facets: tuple[tuple[str, ...], ...]
    head: bytes
    body: bytes


def _write_text(
    out: ArrayFileWriter,
    scope: Scope,
    tokens: Tokens,
    ranked: Ranked,
    numbers: Array,
    stems: Tallies,
) -> None:
    """Write the postings of words and stems; ``stems`` has what is not counted by words."""
    writer = PostingsWriter(out, f"{scope}/text", positions=True)
    for found in tokens.invert(ranked.ranks, numbers):
        lists = found.lists
        writer.add(ranked.words(found.words), lists)
        held = ranked.stem_of.take(found.words).repeat(lists.counts)
        stems.add(held, lists.ids, WEIGHTS["body"] * lists.freqs)
    writer.finish()
    stems.write(out, f"{scope}/stems.text", ranked.stems)


def _column(values: Sequence[int]) -> Array:
    return np.array(values, np.int64)
