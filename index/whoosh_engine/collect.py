"""Collecting: the best of many hits, without sorting them all."""

from __future__ import annotations

import numpy as np

from index.query import Scope, Sort
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.reader import Leaf

UNDATED_KEY = 1 << 30


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


def sort_keys(
    leaf: Leaf, scope: Scope, order: Sort, ids: Array, scores: Array | None
) -> Array | None:
    """What to sort a leaf's hits by, lowest first; None when they are in order already.

    Hits with equal keys are in order already too: a segment numbers its records that way.
    """
    if order == "relevance":
        return None if scores is None else -scores
    if order == "newest":
        return None
    days = leaf.by_document("first_day", scope).take(ids)
    return np.where(days > 0, days, UNDATED_KEY)
