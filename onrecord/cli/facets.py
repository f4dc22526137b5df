"""``facets``: what the matching statements are about, by whom, and from when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import click

from index.query import Query
from index.results import Facet, FacetValue
from onrecord.cli.output import FORMATS, format_option, print_json, print_rows, say
from onrecord.cli.question import question
from onrecord.cli.text import Paint, columns, one_line
from onrecord.config import Home

_TABLE_LIMIT = 10
_BAR = 24


@click.command()
@question(
    "documents",
    paged=False,
    limit=f"How many values of each facet (table: {_TABLE_LIMIT}; else all).",
)
@format_option(*FORMATS)
@click.pass_obj
def facets(home: Home, query: Query, limit: int | None, page: int, form: str) -> None:
    """Count the matching statements by country, speaker, year, topic and category.

    A value is counted under the question and all other facets' filters.
    """
    with closing(home.engine()) as engine:
        results = engine.search(replace(query, per_page=1), snippets=False)
    shown = [replace(f, values=_window(f, limit, page)) for f in results.facets]
    if form == "table":
        print_facets(results.facets, limit, page)
    elif form == "json":
        from index.encode import encode_facets

        print_json({"query": query.text, "total": results.total, "facets": encode_facets(shown)})
    else:
        names = ("facet", "value", "label", "count", "selected")
        print_rows(names, _rows(shown), form)
    if results.notice:
        say(results.notice)


def print_facets(found: Sequence[Facet], limit: int | None = None, page: int = 1) -> None:
    """Each facet under its name, with bars that make counts comparable.

    Without a limit: all years, because they are a timeline, and the first of the others.
    """
    paint = Paint()
    for number, facet in enumerate(found):
        if number:
            click.echo()
        most = _TABLE_LIMIT if limit is None and facet.name != "year" else limit
        values = _window(facet, most, page)
        click.echo(paint.strong(facet.name.capitalize()))
        for line in _lines(values, paint):
            click.echo(line)
        if hidden := len(facet.values) - len(values):
            click.echo(paint.quiet(f"  … {hidden:,} more of {len(facet.values):,} (--limit)"))


def _lines(values: Sequence[FacetValue], paint: Paint) -> Iterator[str]:
    most = max((value.count for value in values), default=0) or 1
    rows = [
        (
            "✓" if value.selected else "−" if value.excluded else " ",
            paint.name(one_line(value.label)),
            f"{value.count:,}",
            paint.quiet("▪" * max(1, round(_BAR * value.count / most)) if value.count else ""),
        )
        for value in values
    ]
    return columns(rows, right=frozenset({2}))


def _window(facet: Facet, limit: int | None, page: int) -> Sequence[FacetValue]:
    return facet.values if limit is None else facet.values[(page - 1) * limit : page * limit]


def _rows(found: Iterable[Facet]) -> Iterator[dict[str, Any]]:
    for facet in found:
        for value in facet.values:
            yield {
                "facet": facet.name,
                "value": value.value,
                "label": value.label,
                "count": value.count,
                "selected": value.selected,
            }
