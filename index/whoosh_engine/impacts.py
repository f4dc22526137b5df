"""Impacts: what a word is worth in a record, in a byte, rounded up (Lucene's name for it).

The worth of a word in a record, but for its weight, depends on the record alone and is below
``K1 + 1``; 255 steps of it tell which few of thousands of records can be among the best ten.
Kept between questions for frequent words only, as an array by record: 0 where the word is not.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np

from index import scoring
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.cache import Cache
from index.whoosh_engine.lengths import Lengths

UNIT = (scoring.K1 + 1) / 255
"""What one step is worth."""


def saturated(ids: Array, tf: Array | None, norms: Norms, weight: float) -> Array:
    """The scores of a word (``tf`` None: 1) in some records, by :mod:`index.scoring`."""
    added = norms.take(ids)
    if tf is None:
        return (weight * (scoring.K1 + 1)) / (1.0 + added)
    exact = tf.astype(np.float64)
    added += exact
    exact *= weight * (scoring.K1 + 1)
    exact /= added
    return exact


class Norms:
    """What scoring adds to tf in the denominator: worked out for the records that are asked for,
    since of all records that would be most of a first answer's time.
    """

    def __init__(self, lengths: Lengths, average: float) -> None:
        self._lengths = lengths
        self.average = average

    def __len__(self) -> int:
        return len(self._lengths)

    def take(self, ids: Array) -> Array:
        """Those of some records (float64)."""
        norms: Array = self._lengths.take(ids) * (scoring.K1 * scoring.B / self.average)
        norms += scoring.K1 * (1 - scoring.B)
        return norms


class Impacts:
    """The impacts of a word in one leaf.

    ``key`` says in the cache which they are: of that word, over these norms.
    """

    def __init__(
        self, cache: Cache[Any, Any], key: Hashable, ids: Array, tf: Array | None, norms: Norms
    ) -> None:
        self._cache = cache
        self._key = key
        self._word = ids, tf, norms

    @property
    def known(self) -> Array | None:
        """The impact in each record (uint8), if that is at hand."""
        found: Array | None = self._cache.peek(self._key)
        return found

    def by_record(self) -> Array | None:
        """The same, made when it is asked for a second time: once, scores cost less."""
        if self._cache.asked_before(self._key):
            made: Array = self._cache.get(self._key, self._make)
            return made
        return None

    def _make(self) -> Array:
        ids, tf, norms = self._word
        steps = saturated(ids, tf, norms, 1 / UNIT)
        np.ceil(steps, out=steps)
        by_record = np.zeros(len(norms), np.uint8)
        by_record[ids] = steps
        return by_record
