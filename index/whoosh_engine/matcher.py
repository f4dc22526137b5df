"""A posting list as Whoosh's searcher walks over it, one record after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar

from index.whoosh_engine.arrays import Array


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks over the postings of a term."""

    def __init__(
        self,
        term: tuple[str, bytes],
        ids: Array,
        freqs: Array,
        positions: list[list[int]],
        format_: Any,
        scorer: Any,
        at: int = 0,
    ) -> None:
        self._term = term
        self._lists = ids, freqs, positions
        self._ids = ids
        self._at = at
        self.format = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._at < len(self._ids)

    def id(self) -> int:
        """The record of this posting."""
        return int(self._ids[self._at])

    def next(self) -> bool:
        """Go on by one."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        """Go on to the first posting that is not below a record."""
        self._at = max(self._at, int(np.searchsorted(self._ids, id)))

    def skip_to_quality(self, minquality: float) -> int:
        """All postings are one block: past it, or not at all."""
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._ids)
        return 1

    def weight(self) -> float:
        """How often the term stands here."""
        return float(self._lists[1][self._at])

    def value(self) -> list[int]:
        """The positions here."""
        return self._lists[2][self._at]

    def all_ids(self) -> Iterator[int]:
        """The records from here on."""
        return iter(self._ids[self._at :].tolist())

    def copy(self) -> ArrayMatcher:
        """Another one at the same place."""
        return ArrayMatcher(self._term, *self._lists, self.format, self.scorer, self._at)

    def replace(self, minquality: float = 0) -> Any:
        """Nothing, once it is not needed."""
        if not self.is_active() or (minquality and self.max_quality() < minquality):
            return NullMatcher()
        return self

    def block_max_weight(self) -> float:
        """The highest frequency."""
        return float(self._lists[1].max())

    def block_min_length(self) -> float:
        """No record is shorter than that."""
        return 0.0
