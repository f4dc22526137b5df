"""Matches: what a node of the tree finds in one leaf, and what it is worth.

Exact scores are worked out for few ids only. Of thousands of hits each has a *bound* first, the
most that it can score, from the impacts of its words (:mod:`~index.whoosh_engine.impacts`);
only hits whose bound reaches the best ten are scored. Lucene skips blocks by their bounds
(block-max WAND); over arrays, bounds of everything are quicker to add up than to skip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from index.whoosh_engine.arrays import Array
from index.whoosh_engine.impacts import UNIT, Impacts, Norms, saturated
from index.whoosh_engine.sets import SPARSE, subset

FEW = 4
"""A list that is that many times as long as what is asked for is searched, not read."""


class Bounds(NamedTuple):
    """The most that each of some ids can score: ``steps`` of so much each, ``unit``. ``slack``: by
    how much that is too high.
    """

    steps: Array
    unit: float
    slack: float


class Matches(Protocol):
    """What a node finds in one leaf."""

    @property
    def ids(self) -> Array:
        """What matches, ascending."""

    def held(self) -> Array | None:
        """A number per record, not 0 where it matches; None where that would have to be made."""

    def scores(self, ids: Array) -> Array | None:
        """The score of each of these ids (ascending), 0 where it does not match; None: all 0."""

    def add_to(self, total: Array) -> bool:
        """Add the scores of all matches to an array by record; False where they are worth none."""

    def bounds(self, ids: Array) -> Bounds:
        """The most that each of these ids (ascending) can score."""

    def add_bounds(self, total: Array) -> float:
        """Add the bounds of all matches to an array by record; by how much they are too high."""


@dataclass(frozen=True, slots=True)
class Unscored:
    """Matches that are worth nothing."""

    ids: Array

    def held(self) -> Array | None:
        """See :class:`Matches`."""
        return None

    def scores(self, ids: Array) -> Array | None:
        """See :class:`Matches`."""
        return None

    def add_to(self, total: Array) -> bool:
        """See :class:`Matches`."""
        return False

    def bounds(self, ids: Array) -> Bounds:
        """See :class:`Matches`."""
        return Bounds(np.zeros(len(ids), np.uint8), 1.0, 0.0)

    def add_bounds(self, total: Array) -> float:
        """See :class:`Matches`."""
        return 0.0


@dataclass(frozen=True, slots=True)
class Weighted:
    """Matches of one leaf of the tree: ``tf`` of each (None: 1), ``norms`` by record.

    ``impacts``: those of a frequent word.
    """

    ids: Array
    tf: Array | None
    weight: float
    norms: Norms
    impacts: Impacts | None = None

    def held(self) -> Array | None:
        """See :class:`Matches`."""
        return self.impacts.known if self.impacts else None

    def scores(self, ids: Array) -> Array | None:
        """See :class:`Matches`."""
        return self._scores(ids)

    def _scores(self, ids: Array) -> Array:
        if ids is self.ids:
            return saturated(self.ids, self.tf, self.norms, self.weight)
        if not len(self.ids):
            return np.zeros(len(ids))
        at, here = subset(self.ids, ids)
        tf = None if self.tf is None else self.tf.take(at)
        if len(here) == len(ids):
            return saturated(ids, tf, self.norms, self.weight)
        values = np.zeros(len(ids))
        values[here] = saturated(ids.take(here), tf, self.norms, self.weight)
        return values

    def add_to(self, total: Array) -> bool:
        """See :class:`Matches`."""
        total[self.ids] += saturated(self.ids, self.tf, self.norms, self.weight)
        return True

    def bounds(self, ids: Array) -> Bounds:
        """See :class:`Matches`."""
        impacts = self.impacts.by_record() if self.impacts else None
        if impacts is None:
            return Bounds(self._scores(ids), 1.0, 0.0)
        unit = self.weight * UNIT
        return Bounds(impacts.take(ids), unit, unit)

    def add_bounds(self, total: Array) -> float:
        """See :class:`Matches`."""
        impacts = self.impacts.by_record() if self.impacts else None
        if impacts is None:
            self.add_to(total)
            return 0.0
        unit = self.weight * UNIT
        total += impacts * np.float32(unit)
        return unit


@dataclass(frozen=True, slots=True)
class Summed:
    """Matches of several nodes: the sum of those that match; ``size``: how many records are."""

    ids: Array
    children: Sequence[Matches]
    size: int

    def held(self) -> Array | None:
        """See :class:`Matches`."""
        return None

    def scores(self, ids: Array) -> Array | None:
        """See :class:`Matches`."""
        # Few of many are looked up in each list; of more, all scores are worked out in one array.
        if len(ids) * SPARSE > self.size and len(ids) * FEW > max(
            (len(child.ids) for child in self.children), default=0
        ):
            every = np.zeros(self.size)
            return every.take(ids) if self.add_to(every) else None
        total: Array | None = None
        for child in self.children:
            same = child.ids if ids is self.ids and len(child.ids) == len(ids) else ids
            more = child.scores(same)
            if more is not None:
                total = more if total is None else total + more
        return total

    def add_to(self, total: Array) -> bool:
        """See :class:`Matches`."""
        nested = [child for child in self.children if isinstance(child, Summed)]
        # A sum within a sum is added up first, as the formula has it.
        sums = {id(child): np.zeros(self.size) for child in nested}
        scored = False
        for child in self.children:
            own = sums.get(id(child))
            scored |= child.add_to(total if own is None else own)
            if own is not None:
                total += own
        return scored

    def bounds(self, ids: Array) -> Bounds:
        """See :class:`Matches`."""
        if len(ids) * FEW > self.size:
            every = np.zeros(self.size, np.float32)
            slack = self.add_bounds(every)
            return Bounds(every.take(ids), 1.0, slack)
        total, slack = np.zeros(len(ids), np.float32), 0.0
        for child in self.children:
            steps, unit, more = child.bounds(ids)
            total += steps * np.float32(unit)
            slack += more
        return Bounds(total, 1.0, slack)

    def add_bounds(self, total: Array) -> float:
        """See :class:`Matches`."""
        return sum(child.add_bounds(total) for child in self.children)
