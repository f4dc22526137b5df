"""``listed``: what listing pages name, and whether the archive holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from index.query import Query
from index.results import Hit
from onrecord.cli.output import FORMATS, clipped, format_option, print_rows, say
from onrecord.cli.question import question
from onrecord.config import Home

if TYPE_CHECKING:
    from archive.store import Store
    from index.engine import SearchEngine

_TITLE = 60
"""Characters of a title in a table: the address beside it is what one needs whole."""

_VARIANT = re.compile(r"^https?://(?:www\.)?|/$")
"""What differs between addresses that lead to one page: the listing's link and its own."""


@click.command()
@question("documents", paged=False, limit="At most so many (everything).", permalink=False)
@click.option("--missing", is_flag=True, help="Only those whose own page the archive lacks.")
@format_option(*FORMATS, "urls")
@click.pass_obj
def listed(
    home: Home, query: Query, limit: int | None, page: int, missing: bool, form: str
) -> None:
    """Print the statements that listing pages name with an address."""
    start = (page - 1) * (limit or 0)
    with home.store(readonly=True) as store, closing(home.engine()) as engine:
        rows = (row for row in _rows(store, engine, query) if not (missing and row["held"]))
        found = list(islice(rows, start, limit and start + limit))
    if form == "urls":
        for row in found:
            click.echo(row["url"])
    elif form == "table":
        shown = [row | {"title": clipped(row["title"], _TITLE)} for row in found]
        names = ("published", "title", "url") if missing else ("published", "title", "held", "url")
        nothing = "No statement is missing." if missing else "No listing page names a statement."
        print_rows(names, shown, form, nothing=nothing)
    else:
        print_rows(("id", "url", "title", "published", "listed_on", "held"), found, form)
    if query.notice:
        say(query.notice)


def _rows(store: Store, engine: SearchEngine, query: Query) -> Iterator[dict[str, Any]]:
    """The listed statements that match, in the question's order."""
    articles = {_plain(hit.url) for hit in _hits(engine, Query()) if hit.kind == "article"}
    for hit in _hits(engine, query):
        document = store.get(hit.id) if hit.url else None
        if document is not None and document.url and document.listed_on:
            yield {
                "id": document.id,
                "url": document.url,
                "title": document.title,
                "published": document.published,
                "listed_on": list(document.listed_on),
                "held": _plain(document.url) in articles,
            }


def _hits(engine: SearchEngine, query: Query) -> Iterator[Hit]:
    return (hit for hit in engine.stream(query) if isinstance(hit, Hit))


def _plain(url: str | None) -> str:
    return _VARIANT.sub("", url or "")
