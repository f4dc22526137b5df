"""Time: how many hits lie in each year, month or day, as bars and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive.calendar import parse_date
from index.query import Query
from index.results import Facet
from webui.language import gettext, ngettext
from webui.params import around, url_for_query, with_dates
from webui.presenters import words
from webui.presenters.links import Link

Unit = Literal["year", "month", "day"]

RELATIVE = "share"
"""The URL parameter that asks for shares; it changes the drawing, not the question."""

WIDTH, HEIGHT = 560, 72
_WIDEST_BAR = 64
_LABELLED = 8
_LONGEST_AXIS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """A year, month or day as typed in a filter, and its hits.

    ``whole``: how much the archive holds there, when the share is asked for.
    """

    value: str
    label: str
    count: int
    whole: int | None = None

    @property
    def weight(self) -> float:
        """What the height of the bar stands for."""
        return self.count if self.whole is None else self.count / max(self.whole, 1)

    @property
    def said(self) -> str:
        """The count, or the share with its denominator: "3 of 120 (2.5 %)"."""
        if self.whole is None:
            return words.number(self.count)
        return gettext(
            "%(count)s of %(whole)s (%(share)s)",
            count=words.number(self.count),
            whole=words.number(self.whole),
            share=words.share(self.weight),
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the drawing and one row of the table; numbers are units of the drawing."""

    label: str
    said: str
    href: str
    empty: bool
    selected: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """``up`` widens the view again, ``other`` changes between numbers and shares.

    ``unit`` and ``table`` head the table; ``labels`` stand below the drawing: of each bar, or
    of the first and the last.
    """

    unit: str
    table: str
    measure: str
    bars: tuple[Bar, ...]
    labels: tuple[str, ...]
    each: bool
    undated: str | None
    up: Link | None
    other: Link | None


def present_years(
    facet: Facet | None, query: Query, *, whole: Facet | None = None, optional: bool = False
) -> Histogram | None:
    """The years of a result, empty ones between them included; None with nothing to draw.

    ``whole``: the years of the entire archive, to draw the share of it; ``optional``: a link
    changes between numbers and shares.
    """
    counts = _years(facet)
    if len(counts) < 2:
        return None
    years = range(min(counts), max(counts) + 1)
    # An absurd date must not make a page of thousands of empty bars.
    shown = years if len(years) <= _LONGEST_AXIS else sorted(counts)
    wholes = _years(whole) if whole else None
    steps = [
        Step(str(y), str(y), counts.get(y, 0), None if wholes is None else wholes.get(y, 0))
        for y in shown
    ]
    undated = sum(v.count for v in facet.values if v.value is None) if facet else 0
    return _draw(
        "year",
        steps,
        query,
        undated=_undated(undated) if undated else None,
        other=_other_measure(query, relative=whole is not None) if optional else None,
    )


def present_within(steps: Sequence[Step], query: Query, unit: Unit, up: str | None) -> Histogram:
    """The months of a year or the days of a month, in order.

    ``up`` is the year that a month belongs to; None leads back to all years.
    """
    wider = Link(up or gettext("All years"), url_for_query(with_dates(query, up, up)))
    return _draw(unit, steps, query, up=wider)


def _draw(
    unit: Unit,
    steps: Sequence[Step],
    query: Query,
    *,
    undated: str | None = None,
    up: Link | None = None,
    other: Link | None = None,
) -> Histogram:
    highest = max(step.weight for step in steps) or 1
    space = WIDTH / len(steps)
    each = len(steps) <= _LABELLED
    before, after = around(with_dates(query, None, None), "to")
    bars = []
    for position, step in enumerate(steps):
        # A single hit among thousands must still be seen.
        height = max(round(HEIGHT * step.weight / highest, 1), 2.0) if step.count else 0.0
        bars.append(
            Bar(
                label=step.label,
                said=step.said,
                href=f"{before}from={step.value}&to={step.value}{after}",
                empty=not step.count,
                selected=up is None and _selected(step.value, query),
                x=round(position * space, 1),
                y=HEIGHT - height,
                width=round(min(space * 0.86, _WIDEST_BAR), 1),
                height=height,
            )
        )
    labels = tuple(step.label for step in steps)
    named, table = _unit_labels(unit)
    return Histogram(
        unit=named,
        table=table,
        measure=gettext("Results") if steps[0].whole is None else gettext("Share of the archive"),
        bars=tuple(bars),
        labels=labels if each else (labels[0], labels[-1]),
        each=each,
        undated=undated,
        up=up,
        other=other,
    )


def _years(facet: Facet | None) -> dict[int, int]:
    values = facet.values if facet else ()
    return {int(v.value): v.count for v in values if v.value and v.value.isdigit()}


def _undated(count: int) -> str:
    return ngettext(
        "And %(count)s undated result.",
        "And %(count)s undated results.",
        count,
        count=words.number(count),
    )


def _unit_labels(unit: Unit) -> tuple[str, str]:
    match unit:
        case "year":
            return gettext("Year"), gettext("By year, as a table")
        case "month":
            return gettext("Month"), gettext("By month, as a table")
        case "day":
            return gettext("Day"), gettext("By day, as a table")


def _other_measure(query: Query, *, relative: bool) -> Link:
    href = url_for_query(query)
    if relative:
        return Link(gettext("Show numbers"), href)
    shares = f"{href}{'&' if '?' in href else '?'}{RELATIVE}=1"
    return Link(gettext("Show shares of the archive"), shares)


def _selected(value: str, query: Query) -> bool:
    """Whether it lies within the dates that are chosen."""
    if not (query.date_from or query.date_to):
        return False
    low = parse_date(query.date_from).first if query.date_from else None
    high = parse_date(query.date_to).last if query.date_to else None
    return parse_date(value).overlaps(low, high)
