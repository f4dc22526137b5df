"""Time: how many hits lie in each year, month or day, as bars and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.calendar import DateSpan, parse_date
from index.query import Query
from index.results import Facet
from webui.params import url_for_query, with_dates
from webui.presenters import words

WIDTH, HEIGHT = 560, 72
_WIDEST_BAR = 64
_LABELLED = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the drawing and one row of the table; numbers are units of the drawing."""

    label: str
    count: int
    href: str
    selected: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def said(self) -> str:
        """The bar in words."""
        return f"{self.label}: {words.number(self.count)}"


@dataclass(frozen=True, slots=True)
class Histogram:
    """``up_href`` widens the view again; ``unit`` is "year", "month" or "day".

    ``labels`` stand below the drawing: of each bar, or of the first and the last.
    """

    unit: str
    bars: tuple[Bar, ...]
    labels: tuple[str, ...]
    each: bool
    highest: str
    undated: str | None
    up_href: str | None
    up_label: str | None


def present_years(facet: Facet | None, query: Query, path: str = "/search") -> Histogram | None:
    """The years of a result, empty ones between them included; None with nothing to draw."""
    if facet is None:
        return None
    counts = {int(v.value): v.count for v in facet.values if v.value and v.value.isdigit()}
    undated = sum(value.count for value in facet.values if value.value is None)
    if len(counts) < 2:
        return None
    years = range(min(counts), max(counts) + 1)
    return _draw(
        "year",
        [(str(year), str(year), counts.get(year, 0)) for year in years],
        query,
        path,
        undated=words.counted(undated, "undated result") if undated else None,
    )


def present_within(
    spans: Sequence[tuple[str, int]], query: Query, unit: str, up: str | None
) -> Histogram:
    """The months of a year or the days of a month: (date as typed, hits) in order.

    ``up`` is the year that a month belongs to; None leads back to all years.
    """
    steps = [(value, words.date(value), count) for value, count in spans]
    return _draw(unit, steps, query, "/search", up=(up,))


def _draw(
    unit: str,
    steps: Sequence[tuple[str, str, int]],
    query: Query,
    path: str,
    *,
    undated: str | None = None,
    up: tuple[str | None] | None = None,
) -> Histogram:
    highest = max(count for _, _, count in steps) or 1
    step = WIDTH / len(steps)
    width = round(min(step * 0.86, _WIDEST_BAR), 1)
    each = len(steps) <= _LABELLED
    labels = [label for _, label, _ in steps]
    low, high = _bounds(query)
    bars = []
    for position, (value, label, count) in enumerate(steps):
        # A single hit among thousands must still be seen.
        height = max(round(HEIGHT * count / highest, 1), 2.0) if count else 0.0
        bars.append(
            Bar(
                label=label,
                count=count,
                href=url_for_query(with_dates(query, value, value), path),
                selected=up is None and bool(low or high) and _overlaps(value, low, high),
                x=round(position * step, 1),
                y=HEIGHT - height,
                width=width,
                height=height,
            )
        )
    return Histogram(
        unit=unit,
        bars=tuple(bars),
        labels=tuple(labels if each else (labels[0], labels[-1])),
        each=each,
        highest=words.number(highest),
        undated=undated,
        up_href=url_for_query(with_dates(query, up[0], up[0]), path) if up else None,
        up_label=up[0] or "All years" if up else None,
    )


def _bounds(query: Query) -> tuple[DateSpan | None, DateSpan | None]:
    return (
        parse_date(query.date_from) if query.date_from else None,
        parse_date(query.date_to) if query.date_to else None,
    )


def _overlaps(value: str, low: DateSpan | None, high: DateSpan | None) -> bool:
    return parse_date(value).overlaps(low.first if low else None, high.last if high else None)
