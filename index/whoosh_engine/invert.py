"""Inversion: documents become a segment (Lucene's indexing chain).

Texts are numbers of words already (:mod:`~index.whoosh_engine.tokens`); the rest is one sort
of 64-bit keys, each a word, a record and a position packed side by side::

    word rank | record | position

Sorted, they *are* the postings. Records get their final numbers before that (see
:mod:`~index.whoosh_engine.segment` for their order), so nothing has to be renumbered after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from archive.document import Document
from index import fields
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array, ArrayFileWriter, smallest
from index.whoosh_engine.columns import write_ordinals
from index.whoosh_engine.postings import Lists, PostingsWriter, run_starts, sort_order
from index.whoosh_engine.record import pack_body, pack_head
from index.whoosh_engine.rows import write_rows, years
from index.whoosh_engine.segment import COLUMNS, GAP
from index.whoosh_engine.stored import StoredWriter
from index.whoosh_engine.terms import encode, write_terms
from index.whoosh_engine.tokens import Inverted, Ranked, Tokens, Vocabulary

MAX_TOKENS = 1 << 21
"""A builder is full after that many tokens: what bounds its memory (about 250 MB)."""

_MAX_WORDS = 1 << 18
"""So many words are known from builder to builder: half a kilobyte each."""


class SegmentBuilder:
    """Collects documents and writes them as a segment."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._vocabulary = vocabulary
        self._text = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._speakers = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._documents: list[_Row] = []
        self._quoted: list[tuple[int, int, tuple[str, ...]]] = []

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return sum(text.count for text in self._text.values()) >= MAX_TOKENS

    def next(self) -> SegmentBuilder:
        """An empty builder that goes on with the words known so far, if these are not too many."""
        known = len(self._vocabulary) < _MAX_WORDS
        return SegmentBuilder(self._vocabulary if known else None)

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
                (span.first.toordinal(), span.last.toordinal(), span.first.year)
                if span
                else (0, 0, 0),
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
            bounds = self._write_lengths(out, numbers)
            quoted = self._write_quotations(out, numbers)
            for scope, records in (("documents", numbers), ("quotations", quoted)):
                found = self._text[scope].invert(ranked.ranks, records)
                _write_words(out, f"{scope}/text", ranked.terms, found)
                _write_stems(out, scope, ranked, found, bounds if scope == "documents" else None)
                found = self._speakers[scope].invert(ranked.ranks, records)
                _write_words(out, f"{scope}/speakers", ranked.terms, found)
            out.finish()
        return out

    def _write_lengths(self, out: ArrayFileWriter, numbers: Array) -> tuple[Array, Array]:
        """Write the lengths of the parts; where in each document the body begins, and the
        references if there are any.
        """
        text, count, order = self._text["documents"], len(numbers), np.argsort(numbers)
        title, body = text.lengths(count, 0)[order], text.lengths(count, 1)[order]
        references = text.lengths(count)[order] - title - body
        lengths = {"title": title, "body": body, "references": references}
        for part, values in lengths.items():
            out.extend(f"documents/length.{part}", smallest(values))
        begins = np.where(references > 0, title + body + 2 * GAP, np.iinfo(np.int64).max)
        return title + GAP, begins

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
        for at, (name, kind) in enumerate(
            (("first_day", "i4"), ("last_day", "i4"), ("year", "u2"))
        ):
            days = _column([row.days[at] for row in rows])
            out.extend(f"documents/{name}", days.astype(kind))
        facets = [
            write_ordinals(out, f"documents/{facet}", [row.facets[at] for row in rows])
            for at, facet in enumerate(COLUMNS["documents"])
        ]
        write_rows(out, "documents/facets", [*facets, years(days)])
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
        out.extend("quotations/length.body", smallest(lengths[order]))
        write_ordinals(out, "quotations/speaker", [row[2] for row in rows])
        numbers = np.empty(len(rows), np.int64)
        numbers[order] = np.arange(len(rows))
        return numbers


@dataclass(frozen=True, slots=True)
class _Row:
    """A document that waits to be written."""

    id: str
    fingerprint: bytes
    days: tuple[int, int, int]
    facets: tuple[tuple[str, ...], ...]
    head: bytes
    body: bytes


def _write_words(out: ArrayFileWriter, name: str, terms: Sequence[bytes], found: Inverted) -> None:
    writer = PostingsWriter(out, name, positions=True)
    term = run_starts(found.words)
    counts = np.diff(term, append=len(found.words))
    lists = Lists(counts, found.records, found.freqs, found.positions)
    writer.add([terms[rank] for rank in found.words[term].tolist()], lists)
    writer.finish()


def _write_stems(
    out: ArrayFileWriter,
    scope: str,
    ranked: Ranked,
    found: Inverted,
    bounds: tuple[Array, Array] | None,
) -> None:
    """Write the postings of the stems: all, and where there are parts those of the parts, of
    words and of stems.
    """
    stems = ranked.stem_of[found.words]
    order = sort_order(stems, found.records)
    stems, holders = stems[order], found.records[order]
    merged = run_starts(stems, holders)
    stems, holders = stems[merged], holders[merged]

    def occurrences(freqs: Array) -> Array:
        """Per stem and record how often it stands there, from the same per word and record."""
        return _sums(freqs[order], merged)

    weighted = WEIGHTS["body"] * occurrences(found.freqs)
    if bounds is not None:
        holder = np.repeat(np.arange(len(found.words)), found.freqs)

        def among(tokens: Array, inside: Callable[[Array, Array], Array], bound: Array) -> Array:
            """How many of some tokens each word and record holds in a part."""
            posting = holder.take(tokens)
            held = inside(found.positions.take(tokens), bound.take(found.records.take(posting)))
            return np.bincount(posting[held], minlength=len(found.words))

        body, references = bounds
        early = np.flatnonzero(found.positions < body.max())
        late = np.flatnonzero(found.positions >= references.min())
        for part, freqs in (
            ("title", among(early, np.less, body)),
            ("references", among(late, np.greater_equal, references)),
        ):
            name = f"{scope}/text.{part}"
            _write_freqs(out, name, ranked.terms, found.words, found.records, freqs)
            counts = occurrences(freqs)
            _write_freqs(out, f"{scope}/stems.{part}", ranked.stems, stems, holders, counts)
            weighted += (WEIGHTS[part] - WEIGHTS["body"]) * counts
    _write_freqs(out, f"{scope}/stems.text", ranked.stems, stems, holders, weighted)


def _write_freqs(
    out: ArrayFileWriter, name: str, terms: Sequence[bytes], ranks: Array, ids: Array, freqs: Array
) -> None:
    """Write a set of postings without positions from those that have a frequency."""
    held = np.flatnonzero(freqs)
    ranks, ids, freqs = ranks[held], ids[held], freqs[held]
    writer = PostingsWriter(out, name, positions=False)
    term = run_starts(ranks)
    lists = Lists(np.diff(term, append=len(ranks)), ids, freqs, None)
    writer.add([terms[rank] for rank in ranks[term].tolist()], lists)
    writer.finish()


def _sums(values: Array, begins: Array) -> Array:
    """The sums of runs of values: several times as quick as ``np.add.reduceat`` on short runs."""
    totals = np.cumsum(np.concatenate(([0], values)))
    return np.diff(totals[begins], append=totals[-1])


def _column(values: Sequence[int]) -> Array:
    return np.array(values, np.int64)
