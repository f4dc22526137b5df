"""What every engine of the comparison can do. Free of imports that only our own Python has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

FACETS = ("country", "speaker", "topic", "category", "year")

SHOWN = 20
"""Values that are shown of a facet. All are counted."""

MODES = ("page", "top")
"""``top``: the best ten and the exact total. ``page``: also five facets, and snippets. Of a facet
the most frequent values are made, or all by engines that cannot give these alone."""


def shown(facet: str) -> int:
    """How many of its values are shown; of the years all, as a histogram."""
    return 1000 if facet == "year" else SHOWN


class Peer(Protocol):
    """An engine: builds an index, opens it, answers."""

    def build(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Make an index from records (see :class:`benchmarks.engines.corpus.Record`)."""

    def open(self, path: str) -> None:
        """Open it for questions."""

    def ask(self, question: Mapping[str, Any], mode: str) -> dict[str, Any] | None:
        """``total``, ``ids`` of the best ten, and for a page ``facets`` (name -> value ->
        count) and ``snippets``. None: this kind of question cannot be asked.
        """
