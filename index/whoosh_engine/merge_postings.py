"""Merging postings: the lists of a term in several segments become one, under new numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.query import Scope
from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter
from index.whoosh_engine.postings import Lists, PostingsReader, PostingsWriter, ranges, sort_order
from index.whoosh_engine.segment import POSTINGS, WITH_POSITIONS

_POSTINGS_AT_ONCE = 1 << 19

_Share = tuple[tuple[Scope, str], ...]


@dataclass(frozen=True, slots=True)
class PostingsMerge:
    """The merge of all sets of postings of some segments: small enough to be sent to a process.

    ``maps``: per scope and segment the new number of each record, -1 where it is deleted.
    """

    paths: tuple[Path, ...]
    maps: Mapping[Scope, Sequence[Array]]

    @property
    def shares(self) -> tuple[_Share, ...]:
        """The sets in three shares: the words of documents are most of the work, their stems
        half as much, and all others about as much as these.
        """
        sets = tuple((scope, name) for scope, names in POSTINGS.items() for name in names)
        words, stems = sets.index(("documents", "text")), sets.index(("documents", "stems.text"))
        rest = tuple(held for at, held in enumerate(sets) if at not in (words, stems))
        return (sets[words],), (sets[stems],), rest

    def write(self, share: _Share, out: ArrayFileWriter) -> None:
        """Merge some sets."""
        files = [ArrayFile(path) for path in self.paths]
        for scope, name in share:
            readers = [PostingsReader(file, f"{scope}/{name}") for file in files]
            writer = PostingsWriter(out, f"{scope}/{name}", positions=name in WITH_POSITIONS)
            for terms, lists in _merged(files, readers, self.maps[scope]):
                writer.add(terms, lists)
            writer.finish()

    def write_share(self, at: int, path: Path) -> Path:
        """Merge one of the shares into a file of its own: the task of a process."""
        with ArrayFileWriter(path) as out:
            self.write(self.shares[at], out)
            out.finish(durable=False)
        return path


def _merged(
    files: Sequence[ArrayFile], readers: Sequence[PostingsReader], maps: Sequence[Array]
) -> Iterator[tuple[list[bytes], Lists]]:
    """The merged postings, some terms at a time; of each file no more is mapped than is needed."""
    at = [0] * len(readers)
    ends = [len(reader.terms) for reader in readers]
    share = max(1, _POSTINGS_AT_ONCE // len(readers))
    while at != ends:
        stops = [
            reader.stop(first, share) if first < end else end
            for reader, first, end in zip(readers, at, ends, strict=True)
        ]
        bounds = [
            reader.terms.term(stop)
            for reader, stop, end in zip(readers, stops, ends, strict=True)
            if stop < end
        ]
        if bounds:
            stops = [reader.terms.bisect(min(bounds)) for reader in readers]
        parts = []
        for file, reader, first, stop, numbers in zip(files, readers, at, stops, maps, strict=True):
            if first < stop:
                parts.append(_renumbered(reader, first, stop, numbers))
            file.forget_pages()
        yield _combine(parts)
        at = stops


def _renumbered(
    reader: PostingsReader, first: int, stop: int, numbers: Array
) -> tuple[list[bytes], Lists]:
    """Some terms of one source with new ids, in the old order, deleted records left out."""
    lists = reader.lists(first, stop)
    ids = numbers.take(lists.ids)
    if len(ids) and ids.min() < 0:
        keep = ids >= 0
        starts = np.cumsum(lists.counts) - lists.counts
        counts = np.add.reduceat(keep, starts, dtype=np.int64)
        positions = lists.positions
        if positions is not None:
            positions = positions.compress(np.repeat(keep, lists.freqs))
        lists = Lists(counts, ids.compress(keep), lists.freqs.compress(keep), positions)
    else:
        lists = Lists(lists.counts, ids, lists.freqs, lists.positions)
    return reader.terms.terms(first, stop), lists


def _combine(parts: Sequence[tuple[list[bytes], Lists]]) -> tuple[list[bytes], Lists]:
    """The lists of several sources as one: by term, then by new id."""
    terms = sorted(set().union(*(names for names, _ in parts)))
    place = {term: at for at, term in enumerate(terms)}
    ranks = np.concatenate(
        [
            np.repeat(np.array([place[term] for term in names], np.int32), lists.counts)
            for names, lists in parts
        ]
    )
    ids = np.concatenate([lists.ids for _, lists in parts])
    freqs = np.concatenate([lists.freqs for _, lists in parts])
    order = sort_order(ranks, ids)
    counts = np.bincount(ranks, minlength=len(terms))
    positions = None
    if parts[0][1].positions is not None:
        begins = np.cumsum(freqs) - freqs
        every = np.concatenate([held.positions for _, held in parts if held.positions is not None])
        positions = every.take(ranges(begins.take(order), freqs.take(order)))
    held = np.flatnonzero(counts)
    lists = Lists(counts.take(held), ids.take(order), freqs.take(order), positions)
    return [terms[at] for at in held.tolist()], lists
