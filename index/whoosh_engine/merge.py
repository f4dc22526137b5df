"""Merging: several segments become one, without their deleted records.

Everything is streamed: postings some terms at a time (:mod:`~index.whoosh_engine.merge_postings`,
in processes of their own where there are any), stored fields some documents at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.query import FacetName
from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest
from index.whoosh_engine.columns import OrdinalColumn, write_ordinal_arrays
from index.whoosh_engine.helper import emptied
from index.whoosh_engine.lengths import write_lengths
from index.whoosh_engine.merge_postings import PostingsMerge
from index.whoosh_engine.postings import ranges
from index.whoosh_engine.rows import Values, write_rows
from index.whoosh_engine.segment import COLUMNS, PARTS, Segment, Space
from index.whoosh_engine.stored import StoredWriter
from index.whoosh_engine.terms import encode, write_terms
from index.whoosh_engine.years import write_years

_STORED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to merge, and which of its documents are live (None: all)."""

    segment: Segment
    live: Array | None


def merge(sources: Sequence[Source], path: Path, pools: Sequence[Executor] = ()) -> ArrayFileWriter:
    """Write the live records of all sources as one segment; size and SHA-256 are in what
    is returned. The bytes are the same with and without ``pools`` of other processes.
    """
    documents = _number_documents(sources)
    quotations = _number_quotations(sources, documents)
    postings = PostingsMerge(
        tuple(source.segment.file.path for source in sources),
        {"documents": documents.maps, "quotations": quotations.maps},
    )
    with ArrayFileWriter(path) as out:
        *others, own = range(len(postings.shares))
        parts = [
            pools[at % len(pools)].submit(
                emptied, postings.write_share, at, path.with_suffix(f".{at}")
            )
            for at in (others if pools else ())
        ]
        _merge_documents(out, sources, documents)
        _merge_quotations(out, sources, documents, quotations)
        for at in [own] if pools else [*others, own]:
            postings.write(postings.shares[at], out)
        for part in parts:
            out.adopt(ArrayFile(part.result()))
        out.finish()
    for part in parts:
        part.result().unlink()
    return out


@dataclass(frozen=True, slots=True)
class Numbering:
    """New numbers: per source by old number (-1: deleted); ``order`` lists, by new number,
    the places among the live records of all sources, laid one after the other.
    """

    maps: list[Array]
    live: list[Array]
    order: Array


def _number_documents(sources: Sequence[Source]) -> Numbering:
    live = [
        np.arange(source.segment.documents.size)
        if source.live is None
        else np.flatnonzero(source.live)
        for source in sources
    ]
    keys: list[tuple[int, str]] = []
    for source, records in zip(sources, live, strict=True):
        ids = source.segment.document_ids()
        days = source.segment.documents.array("first_day").take(records).tolist()
        keys += [(-day, ids[at]) for day, at in zip(days, records.tolist(), strict=True)]
        source.segment.file.forget_pages()
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
    return _numbering([source.segment.documents.size for source in sources], live, order)


def _number_quotations(sources: Sequence[Source], documents: Numbering) -> Numbering:
    live: list[Array] = []
    owners: list[Array] = []
    for source, numbers in zip(sources, documents.maps, strict=True):
        owner = numbers.take(source.segment.quotations.array("document"))
        live.append(np.flatnonzero(owner >= 0))
        owners.append(owner.take(live[-1]))
    order = np.argsort(np.concatenate(owners), kind="stable")
    return _numbering([source.segment.quotations.size for source in sources], live, order)


def _numbering(sizes: Sequence[int], live: list[Array], order: Array) -> Numbering:
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.arange(len(order))
    maps = []
    at = 0
    for size, records in zip(sizes, live, strict=True):
        mapping = np.full(size, -1, np.int32)
        mapping[records] = numbers[at : at + len(records)]
        maps.append(mapping)
        at += len(records)
    return Numbering(maps, live, order)


def _merge_documents(out: ArrayFileWriter, sources: Sequence[Source], numbering: Numbering) -> None:
    spaces = [source.segment.documents for source in sources]
    ids = sorted(
        (encode(id_), number)
        for source, numbers in zip(sources, numbering.maps, strict=True)
        for id_, number in zip(source.segment.document_ids(), numbers.tolist(), strict=True)
        if number >= 0
    )
    write_terms(out, "documents/ids", [term for term, _ in ids])
    out.extend("documents/ids/records", smallest(np.array([n for _, n in ids], np.int64)))
    fingerprints = [space.array("fingerprints").reshape(-1, 32) for space in spaces]
    out.extend("documents/fingerprints", _merged(fingerprints, numbering).reshape(-1))
    first_days, last_days = (
        _merged([space.array(name) for space in spaces], numbering)
        for name in ("first_day", "last_day")
    )
    out.extend("documents/first_day", first_days)
    out.extend("documents/last_day", last_days)
    write_years(out, "documents/year", first_days)
    lengths = (_merged([s.array(f"length.{part}") for s in spaces], numbering) for part in PARTS)
    write_lengths(out, "documents", dict(zip(PARTS, lengths, strict=True)))
    facets = [_merge_column(out, spaces, facet, numbering) for facet in COLUMNS["documents"]]
    write_rows(out, "documents/facets", facets)
    _merge_stored(out, sources, numbering)


def _merge_quotations(
    out: ArrayFileWriter, sources: Sequence[Source], documents: Numbering, numbering: Numbering
) -> None:
    spaces = [source.segment.quotations for source in sources]
    owners = [
        numbers.take(space.array("document"))
        for space, numbers in zip(spaces, documents.maps, strict=True)
    ]
    out.extend("quotations/document", smallest(_merged(owners, numbering)))
    numbers, lengths = (
        _merged([space.array(name) for space in spaces], numbering)
        for name in ("number", "length.body")
    )
    out.extend("quotations/number", smallest(numbers))
    write_lengths(out, "quotations", {"body": lengths})
    for facet in COLUMNS["quotations"]:
        _merge_column(out, spaces, facet, numbering)


def _merged(values: Sequence[Array], numbering: Numbering) -> Array:
    """A number (or row) per record, in the new order."""
    kept = [v.take(live, axis=0) for v, live in zip(values, numbering.live, strict=True)]
    return np.concatenate(kept).take(numbering.order, axis=0)


def _merge_column(
    out: ArrayFileWriter, spaces: Sequence[Space], facet: FacetName, numbering: Numbering
) -> Values:
    columns = [space.column(facet) for space in spaces]
    held = [_held(column, live) for column, live in zip(columns, numbering.live, strict=True)]
    used = [np.unique(ordinals) for _, ordinals in held]
    terms = [
        {at: column.values.term(at - 1) for at in present.tolist() if at}
        for column, present in zip(columns, used, strict=True)
    ]
    values = sorted(set().union(*(t.values() for t in terms)))
    place = {value: at + 1 for at, value in enumerate(values)}
    ordinals = []
    for column, named, (_, mine) in zip(columns, terms, held, strict=True):
        mapping = np.zeros(len(column), np.int64)
        for at, value in named.items():
            mapping[at] = place[value]
        ordinals.append(mapping.take(mine))
    counts = np.concatenate([counts for counts, _ in held])
    starts = np.cumsum(counts) - counts
    order = numbering.order
    flat = np.concatenate(ordinals).take(ranges(starts.take(order), counts.take(order)))
    name = f"{spaces[0].scope}/{facet}"
    counts = counts.take(order)
    write_ordinal_arrays(out, name, values, counts, flat)
    return Values(len(values) + 1, counts, flat)


def _held(column: OrdinalColumn, records: Array) -> tuple[Array, Array]:
    """How many ordinals each record has, and these, record after record."""
    starts = column.starts.astype(np.int64)
    counts = np.diff(starts).take(records)
    return counts, column.ordinals.take(ranges(starts.take(records), counts))


def _merge_stored(out: ArrayFileWriter, sources: Sequence[Source], numbering: Numbering) -> None:
    source_of = np.repeat(np.arange(len(sources)), [len(live) for live in numbering.live])
    record_of = np.concatenate(numbering.live)
    readers = {
        "head": [source.segment.heads for source in sources],
        "body": [source.segment.bodies for source in sources],
    }
    for name, held in readers.items():
        writer = StoredWriter(out, f"documents/{name}")
        for at in range(0, len(numbering.order), _STORED_AT_ONCE):
            places = numbering.order[at : at + _STORED_AT_ONCE]
            owners, records = source_of.take(places), record_of.take(places)
            pieces = [b""] * len(places)
            for number, (source, reader) in enumerate(zip(sources, held, strict=True)):
                mine = np.flatnonzero(owners == number)
                for place, piece in zip(mine.tolist(), reader.some(records[mine]), strict=True):
                    pieces[place] = piece
                source.segment.file.forget_pages()
            writer.add(pieces)
        writer.finish()
