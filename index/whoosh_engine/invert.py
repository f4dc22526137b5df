"""Inversion: documents become a segment (Lucene's indexing chain).

Python only splits the text and looks each word up; the rest is one sort of 64-bit keys,
each a word, a record and a position packed side by side::

    word rank | record | position

Sorted, they *are* the postings. Records get their final numbers before that (see
:mod:`~index.whoosh_engine.segment` for their order), so nothing has to be renumbered after.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from archive.document import Document
from index import fields
from index.analysis import TOKEN_PATTERN, fold, stem
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array, ArrayFileWriter, smallest
from index.whoosh_engine.columns import write_ordinals
from index.whoosh_engine.postings import Lists, PostingsWriter, ranges, sort_order
from index.whoosh_engine.record import pack_body, pack_head
from index.whoosh_engine.segment import COLUMNS, GAP
from index.whoosh_engine.stored import StoredWriter
from index.whoosh_engine.terms import encode, write_terms

MAX_TOKENS = 1 << 21
"""A builder is full after that many tokens: what bounds its memory (about 150 MB)."""

_MAX_WORDS = 1 << 20
_find_words = re.compile(TOKEN_PATTERN).findall


class Vocabulary(dict[str, int]):
    """Words as they stand in the text -> number of the folded word; each is folded once."""

    def __init__(self) -> None:
        super().__init__()
        self._folded: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._stem_of: list[int] = []

    def __missing__(self, raw: str) -> int:
        word = fold(raw)
        number = self._folded.get(word)
        if number is None:
            number = self._folded[word] = len(self._folded)
            self._stem_of.append(self._stems.setdefault(stem(word), len(self._stems)))
        self[raw] = number
        return number

    def ranked(self) -> Ranked:
        """The order of words and stems."""
        terms, ranks = _rank(self._folded)
        stems, stem_ranks = _rank(self._stems)
        stem_of = np.empty(len(terms), np.int64)
        stem_of[ranks] = stem_ranks[np.array(self._stem_of, np.int64)]
        return Ranked(terms, ranks, stems, stem_of)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Words and stems in order; ``ranks`` by number of the word, ``stem_of`` by its rank."""

    terms: list[bytes]
    ranks: Array
    stems: list[bytes]
    stem_of: Array


class Tokens:
    """The words of one set of postings: runs of text, each at a position in a record."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._number = vocabulary.__getitem__
        self.words = array("I")
        self._records = array("I")
        self._starts = array("I")
        self._lengths = array("I")

    def add(self, record: int, start: int, text: str) -> int:
        """Add a text; how many tokens it has."""
        found = _find_words(text)
        self.words.extend(map(self._number, found))
        self._records.append(record)
        self._starts.append(start)
        self._lengths.append(len(found))
        return len(found)

    def add_all(self, record: int, start: int, texts: Sequence[str]) -> int:
        """Add texts that no phrase may bridge; how many tokens they have."""
        total = 0
        for text in texts:
            length = self.add(record, start, text)
            start += length + GAP
            total += length
        return total

    def invert(self, ranks: Array, numbers: Array) -> tuple[Array, Array, Array]:
        """(word rank, record, position) of each token, in this order.

        ``ranks`` by number of the word, ``numbers`` by record as it was added.
        """
        lengths = _as_array(self._lengths)
        words = ranks[_as_array(self.words)]
        positions = ranges(_as_array(self._starts), lengths)
        records = np.repeat(numbers[_as_array(self._records)], lengths)
        if not len(words):
            return words, records, positions
        position_bits = int(positions.max()).bit_length()
        record_bits = int(records.max()).bit_length()
        keys = (words << record_bits | records) << position_bits | positions
        keys.sort()
        postings = keys >> position_bits
        return (
            postings >> record_bits,
            postings & (1 << record_bits) - 1,
            keys & (1 << position_bits) - 1,
        )


class SegmentBuilder:
    """Collects documents and writes them as a segment."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._vocabulary = vocabulary
        self._text = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._speakers = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._documents: list[_Row] = []
        self._quoted: list[tuple[int, int, int, tuple[str, ...]]] = []

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        tokens = sum(len(text.words) for text in self._text.values())
        return tokens >= MAX_TOKENS

    def next(self) -> SegmentBuilder:
        """An empty builder that goes on with the words known so far, if these are not too many."""
        known = len(self._vocabulary) < _MAX_WORDS
        return SegmentBuilder(self._vocabulary if known else None)

    def add(self, document: Document) -> None:
        """Take a document. Ids must be different."""
        record = len(self._documents)
        texts = fields.texts(document)
        text = self._text["documents"]
        title = text.add_all(record, 0, texts["title"])
        body = text.add_all(record, title + GAP, texts["body"])
        references = text.add_all(record, title + body + 2 * GAP, texts["references"])
        self._speakers["documents"].add_all(record, 0, texts["speaker"])
        span = fields.date_span(document)
        self._documents.append(
            _Row(
                document.id,
                bytes.fromhex(document.fingerprint()),
                (span.first.toordinal(), span.last.toordinal(), span.first.year)
                if span
                else (0, 0, 0),
                (title, body, references),
                tuple(fields.facet_values(facet, document) for facet in COLUMNS["documents"]),
                pack_head(document),
                pack_body(document),
            )
        )
        for number, quotation in enumerate(document.quotations, 1):
            quoted = len(self._quoted)
            texts = fields.texts(document, quotation)
            length = self._text["quotations"].add_all(quoted, 0, texts["body"])
            self._speakers["quotations"].add_all(quoted, 0, texts["speaker"])
            persons = fields.facet_values("speaker", document, quotation)
            self._quoted.append((record, number, length, persons))

    def write(self, path: Path) -> ArrayFileWriter:
        """Write the segment, with fsync; size and SHA-256 are in what is returned."""
        ranked = self._vocabulary.ranked()
        with ArrayFileWriter(path) as out:
            numbers = self._write_documents(out)
            bounds = self._part_starts(numbers)
            quoted = self._write_quotations(out, numbers)
            for scope, records in (("documents", numbers), ("quotations", quoted)):
                tokens = self._text[scope].invert(ranked.ranks, records)
                _write_words(out, f"{scope}/text", ranked.terms, tokens)
                _write_stems(out, scope, ranked, tokens, bounds if scope == "documents" else None)
                tokens = self._speakers[scope].invert(ranked.ranks, records)
                _write_words(out, f"{scope}/speakers", ranked.terms, tokens)
            out.finish()
        return out

    def _part_starts(self, numbers: Array) -> tuple[Array, Array]:
        """For each document where its body begins, and its references if it has any."""
        title, body, references = np.array([row.lengths for row in self._documents], np.int64).T
        order = np.argsort(numbers)
        begins = np.where(references > 0, title + body + 2 * GAP, np.iinfo(np.int64).max)
        return title[order] + GAP, begins[order]

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
        for at, name in enumerate(("first_day", "last_day", "year")):
            out.extend(f"documents/{name}", _column([row.days[at] for row in rows]).astype("i4"))
        for at, part in enumerate(("title", "body", "references")):
            lengths = _column([row.lengths[at] for row in rows])
            out.extend(f"documents/length.{part}", smallest(lengths))
        for at, facet in enumerate(COLUMNS["documents"]):
            write_ordinals(out, f"documents/{facet}", [row.facets[at] for row in rows])
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
        out.extend("quotations/length.body", smallest(_column([row[2] for row in rows])))
        write_ordinals(out, "quotations/speaker", [row[3] for row in rows])
        numbers = np.empty(len(rows), np.int64)
        numbers[order] = np.arange(len(rows))
        return numbers


@dataclass(frozen=True, slots=True)
class _Row:
    """A document that waits to be written."""

    id: str
    fingerprint: bytes
    days: tuple[int, int, int]
    lengths: tuple[int, int, int]
    facets: tuple[tuple[str, ...], ...]
    head: bytes
    body: bytes


def _write_words(
    out: ArrayFileWriter, name: str, terms: Sequence[bytes], tokens: tuple[Array, Array, Array]
) -> None:
    words, records, positions = tokens
    writer = PostingsWriter(out, name, positions=True)
    posting = _starts(words, records)
    term = _starts(words[posting])
    freqs = np.diff(posting, append=len(words))
    lists = Lists(np.diff(term, append=len(posting)), records[posting], freqs, positions)
    writer.add([terms[rank] for rank in words[posting][term].tolist()], lists)
    writer.finish()


def _write_stems(
    out: ArrayFileWriter,
    scope: str,
    ranked: Ranked,
    tokens: tuple[Array, Array, Array],
    bounds: tuple[Array, Array] | None,
) -> None:
    """Write the postings of the stems: all, and where there are parts those of the parts."""
    words, records, positions = tokens
    posting = _starts(words, records)
    stems, holders = ranked.stem_of[words[posting]], records[posting]
    order = sort_order(stems, holders)
    stems, holders = stems[order], holders[order]
    merged = _starts(stems, holders)

    def occurrences(of: Array | None = None) -> Array:
        """Per stem and record how often it stands there: at all, or at these tokens."""
        if of is None:
            freqs = np.diff(posting, append=len(words))
        else:
            at = np.searchsorted(posting, of, "right") - 1
            freqs = np.bincount(at, minlength=len(posting))
        return _sums(freqs[order], merged)

    everywhere = occurrences()
    stems, holders = stems[merged], holders[merged]
    if bounds is None:
        weighted = WEIGHTS["body"] * everywhere
    else:
        body, references = bounds
        early = np.flatnonzero(positions < body.max())
        title = occurrences(early[positions[early] < body[records[early]]])
        late = np.flatnonzero(positions >= references.min())
        references = occurrences(late[positions[late] >= references[records[late]]])
        weighted = (
            WEIGHTS["title"] * title
            + WEIGHTS["references"] * references
            + WEIGHTS["body"] * (everywhere - title - references)
        )
        for part, counts in (("title", title), ("references", references)):
            held = np.flatnonzero(counts)
            name = f"{scope}/stems.{part}"
            _write_freqs(out, name, ranked.stems, stems[held], holders[held], counts[held])
    _write_freqs(out, f"{scope}/stems.text", ranked.stems, stems, holders, weighted)


def _write_freqs(
    out: ArrayFileWriter, name: str, terms: Sequence[bytes], ranks: Array, ids: Array, freqs: Array
) -> None:
    writer = PostingsWriter(out, name, positions=False)
    term = _starts(ranks)
    lists = Lists(np.diff(term, append=len(ranks)), ids, freqs, None)
    writer.add([terms[rank] for rank in ranks[term].tolist()], lists)
    writer.finish()


def _starts(*keys: Array) -> Array:
    """Where, in sorted rows, a new combination of keys begins."""
    if not len(keys[0]):
        return np.zeros(0, np.int64)
    new = np.zeros(len(keys[0]), bool)
    new[0] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new)


def _sums(values: Array, starts: Array) -> Array:
    return np.add.reduceat(values, starts) if len(starts) else values[:0]


def _rank(words: dict[str, int]) -> tuple[list[bytes], Array]:
    """The words in order, and the place in it of each, by number."""
    terms = [encode(word) for word in words]
    order = sorted(range(len(terms)), key=terms.__getitem__)
    ranks = np.empty(len(terms), np.int64)
    ranks[order] = np.arange(len(terms))
    return [terms[number] for number in order], ranks


def _as_array(values: array[int]) -> Array:
    return np.frombuffer(values, np.uint32).astype(np.int64) if values else np.zeros(0, np.int64)


def _column(values: Sequence[int]) -> Array:
    return np.array(values, np.int64)
