"""Our segments, seen by Whoosh: its codec extension point (``whoosh.codec.base``), read-only.

Whoosh's own searcher and matchers run unchanged over the arrays, posting by posting. Nothing
in production does that; in the tests they are the oracle of what :mod:`execute` does with
whole arrays. Fields of a scope:

``stems``      the stems, weighted by part (BM25F over title, body and references)
``text``       the folded words, with positions
``speakers``   the words of the speakers' names, with positions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import TEXT, Schema
from whoosh.formats import Frequency, Positions
from whoosh.reading import MultiReader, SegmentReader, TermInfo, TermNotFound
from whoosh.searching import Searcher

from index.query import Scope
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.matcher import ArrayMatcher
from index.whoosh_engine.postings import PostingsReader
from index.whoosh_engine.reader import Leaf

_NAMES = {"stems": "stems.text", "text": "text", "speakers": "speakers"}


def searcher(leaves: Sequence[Leaf], scope: Scope, weighting: Any) -> Searcher:
    """Whoosh's searcher over some leaves; ``weighting`` is one of its scoring models."""
    readers = [
        SegmentReader(None, schema(), ArraySegment(leaf, scope), codec=ArrayCodec())
        for leaf in leaves
    ]
    return Searcher(MultiReader(readers) if len(readers) > 1 else readers[0], weighting=weighting)


def schema() -> Schema:
    """The fields as Whoosh describes them."""
    described = Schema(stems=TEXT(), text=TEXT(), speakers=TEXT())
    described["stems"].format = Frequency()
    for name in ("text", "speakers"):
        described[name].format = DecodedPositions()
    return described


class DecodedPositions(Positions):  # type: ignore[misc]  # Whoosh has no types
    """The format of values that are lists of positions already."""

    def decode_positions(self, value: list[int]) -> list[int]:
        """Nothing is left to decode."""
        return value


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Hands out the readers of a segment."""

    def terms_reader(self, storage: None, segment: ArraySegment) -> ArrayTerms:
        """The term dictionaries and postings."""
        return ArrayTerms(segment)

    def per_document_reader(self, storage: None, segment: ArraySegment) -> ArrayPerDocument:
        """Deletions and lengths."""
        return ArrayPerDocument(segment)


class _Records:
    """Which records there are, and which of them count: asked of a segment and of its reader."""

    def __init__(self, size: int, live: Array | None) -> None:
        self._size = size
        self._live = live

    def doc_count_all(self) -> int:
        """Deleted records included."""
        return self._size

    def doc_count(self) -> int:
        """Live records."""
        return self._size - len(self.deleted_docs())

    def has_deletions(self) -> bool:
        """Whether any record is deleted."""
        return self._live is not None

    def deleted_docs(self) -> list[int]:
        """The deleted records."""
        return [] if self._live is None else [int(at) for at in np.flatnonzero(~self._live)]

    def is_deleted(self, docnum: int) -> bool:
        """Whether a record is deleted."""
        return self._live is not None and not self._live[docnum]


class ArraySegment(_Records, base.Segment):  # type: ignore[misc]
    """A leaf and a scope, as Whoosh's idea of a segment."""

    def __init__(self, leaf: Leaf, scope: Scope) -> None:
        base.Segment.__init__(self, "onrecord")
        self.space = leaf.space(scope)
        _Records.__init__(self, self.space.size, leaf.live(scope))
        self.lengths = {
            "stems": leaf.lengths(scope, "text").take(np.arange(self.space.size)),
            "text": np.ones(self.space.size),
            "speakers": np.ones(self.space.size),
        }


class ArrayPerDocument(_Records, base.PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks about single records."""

    def __init__(self, segment: ArraySegment) -> None:
        super().__init__(segment.space.size, segment._live)
        self._lengths = segment.lengths

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> float:
        """The length as scoring defines it."""
        return float(self._lengths[fieldname][docnum])

    def field_length(self, fieldname: str) -> float:
        """The sum of all lengths."""
        return float(self._lengths[fieldname].sum())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Nothing: hits are known by their numbers."""
        return {}


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """The term dictionaries and postings of a segment."""

    def __init__(self, segment: ArraySegment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._postings(term[0]).terms.find(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        """All fields."""
        return list(_NAMES)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All terms of a field from a word on, in order."""
        terms = self._postings(fieldname).terms
        for at in range(terms.bisect(prefix), len(terms)):
            yield fieldname, terms.term(at)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """A place in the dictionary, for expanding near words."""
        return Cursor(self._postings(fieldname))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term."""
        ids, freqs, _ = self._decode(fieldname, text)
        lengths = self._segment.lengths[fieldname].take(ids)
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(ids),
            minlength=float(lengths.min()),
            maxlength=float(lengths.max()),
            maxweight=float(freqs.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands anywhere."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many records a term stands."""
        postings = self._postings(fieldname)
        at = postings.terms.find(text)
        return 0 if at is None else postings.df(at)

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        """The postings of a term, one by one."""
        return ArrayMatcher((fieldname, text), *self._decode(fieldname, text), format_, scorer)

    def _postings(self, fieldname: str) -> PostingsReader:
        return self._segment.space.postings(_NAMES[fieldname])

    def _decode(self, fieldname: str, text: bytes) -> tuple[Array, Array, list[list[int]]]:
        postings = self._postings(fieldname)
        at = postings.terms.find(text)
        if at is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        lists = postings.lists(at, at + 1)
        positions: list[list[int]] = []
        if lists.positions is not None:
            ends = np.cumsum(lists.freqs)
            positions = [found.tolist() for found in np.split(lists.positions, ends[:-1])]
        return lists.ids, lists.freqs, positions


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """A place in a term dictionary."""

    def __init__(self, postings: PostingsReader) -> None:
        self._terms = postings.terms
        self._at = 0

    def find(self, string: str) -> str | None:
        """Go to the first term that is not below a word."""
        self._at = self._terms.bisect(string.encode())
        return self.text()

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term, None after the last."""
        return self._terms.term(self._at).decode() if self._at < len(self._terms) else None
