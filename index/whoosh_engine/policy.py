"""The merge policy: which segments become one after a change.

It keeps the number of segments logarithmic: what is new absorbs every segment that is not
clearly larger than what was gathered so far, and segments of which much is deleted. A few small
ones are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RATIO = 4
"""A segment this many times larger than what is merged is left alone."""

SMALL = 200
"""Segments of fewer documents are merged however much was gathered, once there are FEW."""

FEW = 4
"""So many are merged at a time: to merge takes longer than to write what is new, but every question
looks into each segment.
"""

WASTE = 0.3
"""A segment with a larger share of deleted documents is merged."""


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
    if len(chosen) < FEW and all(segments[at].live < SMALL for at in chosen):
        chosen = []
    merged = set(chosen if len(chosen) > 1 else ()) | wasteful
    return sorted(merged)
