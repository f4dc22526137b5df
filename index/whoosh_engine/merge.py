"""Merging: several segments become one, without their deleted records; and when to do it.

Everything is streamed: postings some terms at a time, stored fields some documents at a time.

The policy keeps the number of segments logarithmic: what is new absorbs every segment that
is not clearly larger than what was gathered so far, and segments of which much is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.query import FacetName, Scope
from index.whoosh_engine.arrays import Array, ArrayFileWriter, smallest
from index.whoosh_engine.columns import OrdinalColumn, write_ordinal_arrays
from index.whoosh_engine.postings import Lists, PostingsReader, PostingsWriter, ranges, sort_order
from index.whoosh_engine.segment import COLUMNS, PARTS, POSTINGS, WITH_POSITIONS, Segment, Space
from index.whoosh_engine.stored import StoredWriter
from index.whoosh_engine.terms import encode, write_terms

RATIO = 4
"""A segment this many times larger than what is merged is left alone."""

SMALL = 200
"""Segments of fewer documents are always merged."""

WASTE = 0.3
"""A segment with a larger share of deleted documents is merged."""

_POSTINGS_AT_ONCE = 1 << 20
_STORED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A segment as the policy sees it: records, and those that are live."""

    records: int
    live: int


def choose(segments: Sequence[Candidate]) -> list[int]:
    """The places of the segments to merge into one; none when all is well."""
    wasteful = {at for at, s in enumerate(segments) if s.records - s.live > WASTE * s.records}
    by_size = sorted(range(len(segments)), key=lambda at: segments[at].live)
    chosen: list[int] = []
    gathered = 0
    for at in by_size:
        live = segments[at].live
        if chosen and live >= SMALL and live > RATIO * gathered:
            break
        chosen.append(at)
        gathered += live
    merged = set(chosen if len(chosen) > 1 else ()) | wasteful
    return sorted(merged)


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to merge, and which of its documents are live (None: all)."""

    segment: Segment
    live: Array | None


def merge(sources: Sequence[Source], path: Path) -> ArrayFileWriter:
    """Write the live records of all sources as one segment; size and SHA-256 are in what
    is returned.
    """
    with ArrayFileWriter(path) as out:
        documents = _number_documents(sources)
        quotations = _number_quotations(sources, documents)
        _merge_documents(out, sources, documents)
        _merge_quotations(out, sources, documents, quotations)
        numbered: tuple[tuple[Scope, Numbering], ...] = (
            ("documents", documents),
            ("quotations", quotations),
        )
        for scope, numbering in numbered:
            for name in POSTINGS[scope]:
                readers = [s.segment.space(scope).postings(name) for s in sources]
                writer = PostingsWriter(out, f"{scope}/{name}", positions=name in WITH_POSITIONS)
                for terms, lists in _merged_postings(readers, numbering.maps):
                    writer.add(terms, lists)
                writer.finish()
        out.finish()
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
        mapping = np.full(size, -1, np.int64)
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
    for name in ("first_day", "last_day", "year"):
        out.extend(f"documents/{name}", _merged([s.array(name) for s in spaces], numbering))
    for part in PARTS:
        lengths = _merged([s.array(f"length.{part}") for s in spaces], numbering)
        out.extend(f"documents/length.{part}", smallest(lengths))
    for facet in COLUMNS["documents"]:
        _merge_column(out, spaces, facet, numbering)
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
    for name in ("number", "length.body"):
        values = _merged([space.array(name) for space in spaces], numbering)
        out.extend(f"quotations/{name}", smallest(values))
    for facet in COLUMNS["quotations"]:
        _merge_column(out, spaces, facet, numbering)


def _merged(values: Sequence[Array], numbering: Numbering) -> Array:
    """A number (or row) per record, in the new order."""
    kept = [v.take(live, axis=0) for v, live in zip(values, numbering.live, strict=True)]
    return np.concatenate(kept).take(numbering.order, axis=0)


def _merge_column(
    out: ArrayFileWriter, spaces: Sequence[Space], facet: FacetName, numbering: Numbering
) -> None:
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
    write_ordinal_arrays(out, name, values, counts.take(order), flat)


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
            which = zip(source_of[places].tolist(), record_of[places].tolist(), strict=True)
            writer.add([held[source][record] for source, record in which])
        writer.finish()


def _merged_postings(
    readers: Sequence[PostingsReader], maps: Sequence[Array]
) -> Iterator[tuple[list[bytes], Lists]]:
    """The merged postings, some terms at a time."""
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
        parts = [
            _renumbered(reader, first, stop, numbers)
            for reader, first, stop, numbers in zip(readers, at, stops, maps, strict=True)
            if first < stop
        ]
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
            np.repeat(np.array([place[term] for term in names], np.int64), lists.counts)
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
