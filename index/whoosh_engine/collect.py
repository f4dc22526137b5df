"""Collecting: the best of many hits, without sorting them all."""

from __future__ import annotations

import numpy as np

from index import scoring
from index.query import Scope
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.reader import Leaf

UNDATED_KEY = 1 << 30

_BLOCKS = 64
"""Scores that are compared at once."""


def lowest(keys: Array, limit: int) -> Array:
    """The places of the ``limit`` lowest keys, in order; of equal ones the first come first."""
    if len(keys) > 4 * limit:
        bound = np.partition(keys, limit - 1)[limit - 1]
        below = np.flatnonzero(keys < bound)
        level = np.flatnonzero(keys == bound)[: limit - len(below)]
        places = np.concatenate((below, level))
        places.sort()
    else:
        places = np.arange(len(keys))
    order: Array = places[np.argsort(keys.take(places), kind="stable")]
    return order[:limit]


def best(scores: Array, limit: int) -> Array:
    """The places of the ``limit`` highest scores as they are compared, in order."""
    places = np.arange(len(scores))
    if len(scores) > _BLOCKS * limit:
        # Of so many blocks, those with the highest scores hold at least ``limit`` hits as good as
        # the lowest of these. Only what is not worse is rounded: by less than one last digit.
        highest = scores[: len(scores) // _BLOCKS * _BLOCKS].reshape(_BLOCKS, -1).max(axis=0)
        bound = np.partition(highest, -limit)[-limit]
        places = np.flatnonzero(scores > bound - 2 * 10**-scoring.DIGITS)
    return places.take(lowest(-np.round(scores.take(places), scoring.DIGITS), limit))


def days(leaf: Leaf, scope: Scope, ids: Array) -> Array:
    """What to sort hits by for "oldest": undated ones last."""
    first = leaf.by_document("first_day", scope).take(ids)
    return np.where(first > 0, first, UNDATED_KEY)
