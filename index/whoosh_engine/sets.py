"""Set operations on sorted ids, and on the days of records."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.whoosh_engine.arrays import Array

NONE = np.zeros(0, np.int32)

SPARSE = 32
"""Fewer records than one in that many are handled as a list, more as a mask over all."""


def intersect(lists: Sequence[Array], size: int) -> Array:
    """The ids in all lists; ids are below ``size``."""
    ids, *others = sorted(lists, key=len)
    for other in others:
        ids = among(ids, other, size)
    return ids


def among(ids: Array, other: Array, size: int) -> Array:
    """The ids that are among others too, which are not fewer."""
    if len(other) == size or not len(ids):
        return ids
    if len(ids) * 8 < len(other):
        return ids.take(subset(other, ids)[1])
    return ids.compress(mask(other, size).take(ids))


def subset(ids: Array, asked: Array) -> tuple[Array, Array]:
    """Which of the asked are among some ids: their places there, and among the asked."""
    at = np.searchsorted(ids, asked)
    same = ids.take(at, mode="clip") == asked
    here = same.nonzero()[0]
    return (at if len(here) == len(at) else at.take(here)), here


def places(ids: Array, asked: Array, size: int) -> Array:
    """Where the asked, which are all among the ids, stand among them; ids are below ``size``."""
    if len(asked) * 8 < len(ids):
        return np.searchsorted(ids, asked)
    return mask(asked, size).take(ids).nonzero()[0]


def common(one: Array, other: Array) -> Array:
    """The numbers in both of two ascending lists: two runs are sorted by merging them."""
    merged = np.concatenate((one, other))
    merged.sort(kind="stable")
    found: Array = merged[1:].compress(merged[1:] == merged[:-1])
    return found


def union(lists: Sequence[Array], size: int, arrays: Sequence[Array] = ()) -> Array:
    """The ids in any list, or at which one of the ``arrays`` (uint8) by id is not 0."""
    if not arrays and sum(map(len, lists)) * SPARSE < size:
        merged: Array = np.unique(np.concatenate(lists)) if lists else NONE
        return merged
    held = np.zeros(size, np.uint8)
    for array in arrays:
        held |= array
    for ids in lists:
        held[ids] = 1
    return held.astype(bool).nonzero()[0].astype(np.int32)


def subtract(ids: Array, unwanted: Array, size: int) -> Array:
    """The ids that are not unwanted."""
    if not len(unwanted) or not len(ids):
        return ids
    return ids.compress(~mask(unwanted, size).take(ids))


def mask(ids: Array, size: int) -> Array:
    """True at each of the ids."""
    held = np.zeros(size, bool)
    held[ids] = True
    return held


def days_overlap(first: Array, last: Array, low: int | None, high: int | None) -> Array:
    """Which dates have a day within the bounds (ordinals, both included, None: open)."""
    held = first > 0
    if low is not None:
        held &= last >= low
    if high is not None:
        held &= first <= high
    return held
