"""``countries``: what the archive is about, and the values of any facet."""

from __future__ import annotations

from contextlib import closing

import click

from index.query import FacetName, Query
from index.results import FacetValue
from onrecord.cli.output import FORMATS, format_option, print_rows
from onrecord.config import Home


@click.group()
def countries() -> None:
    """The countries that statements are about."""


@countries.command("list")
@click.option("--all", "every", is_flag=True, help="Also those that nothing is about.")
@format_option(*FORMATS)
@click.pass_obj
def list_countries(home: Home, every: bool, form: str) -> None:
    """The countries that statements are about, with their number."""
    rows = [
        {"code": v.value, "name": v.label, "statements": v.count}
        for v in values_of(home, "country")
    ]
    if every:
        from archive.country_codes import all_countries

        found = {row["code"] for row in rows}
        rows += [
            {"code": code, "name": name, "statements": 0}
            for code, name in all_countries()
            if code not in found
        ]
    print_rows(("code", "name", "statements"), rows, form)


def values_of(home: Home, facet: FacetName) -> list[FacetValue]:
    """The facet's values over the whole archive, most frequent first."""
    with closing(home.engine()) as engine:
        found = engine.search(Query(per_page=1), snippets=False).facet(facet)
    return [value for value in found.values if value.value is not None] if found else []
