"""Inversion: texts become postings (Lucene's indexing chain).

What is searched are the words of :mod:`~index.whoosh_engine.tokens`; the postings of stems are
summed up from them (:mod:`~index.whoosh_engine.tallies`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from index.query import Scope
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array, ArrayFileWriter
from index.whoosh_engine.lengths import write_lengths
from index.whoosh_engine.postings import PostingsWriter
from index.whoosh_engine.tallies import Tallies
from index.whoosh_engine.tokens import Tokens
from index.whoosh_engine.vocabulary import Ranked, Vocabulary

_MAX_WORDS = 1 << 18
"""So many words are known from one inversion to the next: half a kilobyte each."""


class Searched(NamedTuple):
    """What is searched of a document: small enough to be sent to a process.

    ``words``: title, body, references. ``quotations``: the words and the speakers of each.
    """

    words: tuple[str, ...]
    speakers: tuple[str, ...]
    quotations: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


class Inversion:
    """Collects what is searched of documents, and writes postings and lengths."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._vocabulary = vocabulary
        self._text = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._speakers = {"documents": Tokens(vocabulary), "quotations": Tokens(vocabulary)}
        self._documents = self._quotations = 0

    @property
    def tokens(self) -> int:
        """How many there are by now."""
        return sum(text.count for text in self._text.values())

    def next(self) -> Inversion:
        """An empty one that goes on with the words known so far, if these are not too many."""
        known = len(self._vocabulary) < _MAX_WORDS
        return Inversion(self._vocabulary if known else None)

    def add(self, searched: Searched) -> None:
        """Take a document."""
        self._text["documents"].add(self._documents, searched.words)
        self._speakers["documents"].add(self._documents, searched.speakers)
        self._documents += 1
        for words, speakers in searched.quotations:
            self._text["quotations"].add(self._quotations, words)
            self._speakers["quotations"].add(self._quotations, speakers)
            self._quotations += 1

    def write(self, out: ArrayFileWriter, documents: Array, quotations: Array) -> None:
        """Write the postings and lengths, under the final numbers of the documents and of the
        quotations. The tokens are gone afterwards.
        """
        if (self._documents, self._quotations) != (len(documents), len(quotations)):
            raise ValueError("texts of other records than there are")  # some failed to come
        for tokens in (*self._text.values(), *self._speakers.values()):
            tokens.split()
        ranked = self._vocabulary.ranked()
        self._write_lengths(out, documents, quotations)
        stems = Tallies(len(ranked.stems), len(documents))
        self._write_parts(out, ranked, documents, stems)
        _write_text(out, "documents", self._text["documents"], ranked, documents, stems)
        stems = Tallies(len(ranked.stems), len(quotations))
        _write_text(out, "quotations", self._text["quotations"], ranked, quotations, stems)
        for scope, records in (("documents", documents), ("quotations", quotations)):
            speakers = PostingsWriter(out, f"{scope}/speakers", positions=True)
            for found in self._speakers[scope].invert(ranked.ranks, records):
                speakers.add(ranked.words(found.words), found.lists)
            speakers.finish()

    def _write_lengths(self, out: ArrayFileWriter, documents: Array, quotations: Array) -> None:
        """Write how many tokens each record has, a document in each part."""
        text, count, order = self._text["documents"], len(documents), np.argsort(documents)
        title, body = text.lengths(count, 0)[order], text.lengths(count, 1)[order]
        references = text.lengths(count)[order] - title - body
        write_lengths(out, "documents", {"title": title, "body": body, "references": references})
        lengths = self._text["quotations"].lengths(len(quotations))
        write_lengths(out, "quotations", {"body": lengths[np.argsort(quotations)]})

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
