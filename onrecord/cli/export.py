"""``export``: every matching statement with all its fields, one after the other."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

import click

from archive import citation
from index.encode import spreadsheet_cell
from index.query import Query
from index.results import Hit
from onrecord import config
from onrecord.cli.output import format_option, say
from onrecord.cli.question import question
from onrecord.config import Home
from onrecord.errors import CommandError

if TYPE_CHECKING:
    from archive.document import Document
    from archive.store import Store
    from index.engine import SearchEngine

CSV_COLUMNS = (
    "id",
    "kind",
    "url",
    "site",
    "title",
    "published",
    "updated",
    "language",
    "byline",
    "category",
    "topics",
    "references",
    "countries",
    "speakers",
    "body",
)


@click.command()
@question("documents", paged=False, limit="At most so many (everything that matches).")
@format_option("jsonl", "csv", "bibtex", "ris")
@click.pass_obj
def export(home: Home, query: Query, limit: int | None, page: int, form: str) -> None:
    """Print everything that matches, with all fields, in the question's order."""
    start = (page - 1) * (limit or 0)
    with home.store(readonly=True) as store, closing(home.engine()) as engine:
        found = _documents(engine, store, query)
        _WRITERS[form](islice(found, start, limit and start + limit))
    if query.notice:
        say(query.notice)


def _documents(engine: SearchEngine, store: Store, query: Query) -> Iterator[Document]:
    """From the store, in the engine's order. Raises CommandError at the end if one is gone."""
    missing = 0
    for hit in engine.stream(query):
        assert isinstance(hit, Hit)  # noqa: S101 (the question is about documents)
        document = store.get(hit.id)
        if document is None or document.id != hit.id:  # part of another one by now
            missing += 1
        else:
            yield document
    if missing:
        raise CommandError(
            f"{missing:,} matching statements of the index are no longer in the archive: "
            "run `onrecord index update` and export again."
        )


def _jsonl(documents: Iterator[Document]) -> None:
    for document in documents:
        sys.stdout.write(json.dumps(document.to_json(), ensure_ascii=False) + "\n")


def _csv(documents: Iterator[Document]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(CSV_COLUMNS)
    for document in documents:
        cells = document.to_json() | {
            "byline": document.byline and document.byline.name,
            "countries": [country.name for country in document.countries],
            "speakers": [s.name or f"{s.organisation} spokesperson" for s in document.speakers],
        }
        writer.writerow([_cell(cells[name]) for name in CSV_COLUMNS])


def _cell(value: str | list[str] | None) -> str:
    text = "; ".join(dict.fromkeys(value)) if isinstance(value, list) else value or ""
    return spreadsheet_cell(text)


def _bibtex(documents: Iterator[Document]) -> None:
    for document in documents:
        sys.stdout.write(citation.as_bibtex(document, link=_link(document)) + "\n")


def _ris(documents: Iterator[Document]) -> None:
    for document in documents:
        sys.stdout.write(citation.as_ris(document, link=_link(document)))


def _link(document: Document) -> str | None:
    address = config.public_url()
    return address and f"{address}/statement/{document.id}"


_WRITERS: dict[str, Callable[[Iterator[Document]], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "bibtex": _bibtex,
    "ris": _ris,
}
