"""The page of a list, and the list as data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Literal

from flask import Blueprint, Response, render_template, request

from archive.citation import as_bibtex, as_ris
from index.encode import spreadsheet_cell
from webui.context import absolute, services
from webui.kept import PATH, Entry, entries_of, keys_from_args
from webui.paths import statement_path
from webui.presenters.kept import present_list

views = Blueprint("kept", __name__)

_TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
}
_COLUMNS = (
    "id",
    "quotation",
    "title",
    "url",
    "published",
    "site",
    "countries",
    "speaker",
    "role",
    "organisation",
    "text",
)


@views.get(PATH)
def page() -> str:
    """What is on the list of this address."""
    keys = keys_from_args(request.args)
    entries = entries_of(services().store, keys)
    return render_template("list.html", view=present_list(entries, len(keys) - len(entries)))


@views.get(f"{PATH}.<any(bib, ris, csv, jsonl):form>")
def data(form: Literal["bib", "ris", "csv", "jsonl"]) -> Response:
    """The list for a reference manager, a spreadsheet or a program."""
    entries = entries_of(services().store, keys_from_args(request.args))
    match form:
        case "csv":
            text = _csv(entries)
        case "jsonl":
            text = "".join(json.dumps(_encode(e), ensure_ascii=False) + "\n" for e in entries)
        case _:
            cite = as_bibtex if form == "bib" else as_ris
            text = "\n".join(
                cite(e.document, quotation=e.quotation, link=_link(e)) for e in entries
            )
    response = Response(text, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="onrecord-list.{form}"'
    return response


def _link(entry: Entry) -> str:
    return absolute(statement_path(entry.document.id, number=entry.number or None))


def _csv(entries: Sequence[Entry]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for entry in entries:
        encoded = _encode(entry)
        writer.writerow(spreadsheet_cell(_cell(encoded[name])) for name in _COLUMNS)
    return buffer.getvalue()


def _cell(value: object) -> str:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _encode(entry: Entry) -> dict[str, object]:
    """One line: the whole statement's text, or the quoted words and who said them."""
    document, quotation = entry
    said = entry.quotation
    return {
        "id": document.id,
        "quotation": quotation or None,
        "title": document.title,
        "url": document.url,
        "published": document.published,
        "site": document.site,
        "countries": [c.name for c in document.countries if c.relation != "mentioned"],
        "speaker": said.speaker if said else None,
        "role": said.role if said else None,
        "organisation": said.organisation if said else None,
        "text": said.text if said else document.body,
    }
