"""Completion: what an unfinished name or title may become."""

from __future__ import annotations

from collections import Counter

from index import names
from index.analysis import words
from index.engine import CompletionField
from index.fields import facet_label
from index.results import Completion
from index.whoosh_engine.lookup import Lookup
from index.whoosh_engine.reader import Reader
from index.whoosh_engine.record import unpack_head

_TITLES = 1000
"""Titles that are looked at in a segment, the newest first: two letters may begin them all."""


def complete(
    reader: Reader, prefix: str, field: CompletionField, limit: int
) -> tuple[Completion, ...]:
    """The values that fit, most frequent first."""
    counts = _titles(reader, prefix) if field == "title" else _values(reader, field)
    found = [
        Completion(value, facet_label(field, value), count)
        for value, count in counts.items()
        if names.completes(prefix, facet_label(field, value))
    ]
    return tuple(sorted(found, key=lambda c: (-c.count, c.label))[:limit])


def _values(reader: Reader, field: CompletionField) -> dict[str, int]:
    assert field != "title"  # noqa: S101 (titles are no facet)
    ordinals = reader.ordinals("documents", field)
    return dict(zip(ordinals.ordinal, ordinals.counts[1:].tolist(), strict=True))


def _titles(reader: Reader, prefix: str) -> Counter[str]:
    *complete, last = words(prefix) or [""]
    return Counter(
        unpack_head(leaf.segment.heads[record]).title
        for leaf in reader.leaves
        for record in Lookup(leaf, "documents", "title").holding_all(complete, last)[:_TITLES]
    )
