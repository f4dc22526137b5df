"""Collecting: the best of many hits, without sorting them all."""

from __future__ import annotations

import math

import numpy as np

from index import scoring
from index.query import Scope
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.matches import Matches
from index.whoosh_engine.reader import Leaf

UNDATED_KEY = 1 << 30

_SORTED = 256
"""So many keys are sorted as quickly as the lowest of them are found."""

_BLOCKS = 64
"""Scores that are compared at once."""

_INEXACT = 2e-5
"""By how much of itself a bound is off at most, as a sum in single precision: of 300 words."""

_ROUNDED = 10**-scoring.DIGITS
"""By how much two scores may differ, and be equal when they are compared."""


def lowest(keys: Array, limit: int) -> Array:
    """The places of the ``limit`` lowest keys, in order; of equal ones the first come first."""
    if len(keys) <= max(4 * limit, _SORTED):
        return np.argsort(keys, kind="stable")[:limit]
    bound = np.partition(keys, limit - 1)[limit - 1]
    below = np.flatnonzero(keys < bound)
    level = np.flatnonzero(keys == bound)[: limit - len(below)]
    places = np.concatenate((below, level))
    places.sort()
    order: Array = places[np.argsort(keys.take(places), kind="stable")]
    return order


def best(matches: Matches, ids: Array, limit: int) -> tuple[Array, Array | None]:
    """Those of the ids with the highest scores as they are compared, in order, and these scores,
    rounded (None: all 0).

    Of many ids only those are scored whose bound reaches the best ones: that is exact, and
    several times as quick where there are thousands.
    """
    chosen = ids
    if len(ids) > _BLOCKS * limit:
        steps, unit, slack = matches.bounds(ids)
        # Of so many blocks, those with the highest bounds hold at least ``limit`` hits that are
        # as good as the lowest of these, less the slack.
        highest = steps[: len(steps) // _BLOCKS * _BLOCKS].reshape(_BLOCKS, -1).max(axis=0)
        highest.partition(len(highest) - limit)
        reached = highest.item(-limit) * unit
        enough = (reached * (1 - _INEXACT) - slack - 2 * _ROUNDED) / unit
        if enough >= 0:
            # What is below a number of whole steps is none above it; a byte is compared as one.
            least = math.floor(enough) if steps.dtype == np.uint8 else enough
            chosen = ids.compress(steps > least)
    scores = compared(matches.scores(chosen))
    if scores is None:
        return chosen[:limit], None
    order = lowest(-scores, limit)
    return chosen.take(order), scores.take(order)


def compared(scores: Array | None) -> Array | None:
    """Scores as they are compared and shown: Python rounds to the same, many times as slowly."""
    return None if scores is None else np.round(scores, scoring.DIGITS)


def days(leaf: Leaf, scope: Scope, ids: Array) -> Array:
    """What to sort hits by for "oldest": undated ones last."""
    first = leaf.by_document("first_day", scope).take(ids)
    return np.where(first > 0, first, UNDATED_KEY)
