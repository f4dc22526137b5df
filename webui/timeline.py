"""Months of a chosen year, days of a chosen month, counted as filters count."""

from __future__ import annotations

from calendar import monthrange

from index.engine import SearchEngine
from index.query import Query
from webui.presenters import words
from webui.presenters.histogram import Histogram, Step, Unit, present_within

_YEAR, _MONTH = len("2017"), len("2017-07")


def within_dates(engine: SearchEngine, query: Query) -> Histogram | None:
    """The finer histogram, where the question is narrowed to one year or one month."""
    chosen = query.date_from
    if not chosen or chosen != query.date_to or len(chosen) > _MONTH:
        return None
    if len(chosen) == _YEAR:
        unit: Unit = "month"
        up = None
        steps = [f"{chosen}-{month:02}" for month in range(1, 13)]
    else:
        unit, up = "day", chosen[:_YEAR]
        days = monthrange(int(chosen[:_YEAR]), int(chosen[_YEAR + 1 :]))[1]
        steps = [f"{chosen}-{day:02}" for day in range(1, days + 1)]
    counts = engine.count_dates(query, steps)
    counted = [Step(step, words.date(step), n) for step, n in zip(steps, counts, strict=True)]
    return present_within(counted, query, unit, up)
