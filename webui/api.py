"""Answers as data: this page as JSON, everything that matches as JSON lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Literal

from flask import Response, jsonify

from index.encode import columns_of, csv_row, encode_hit, encode_results
from index.query import Query
from index.results import Hit, QuotationHit
from webui.context import services
from webui.feeds import feed

Form = Literal["json", "jsonl", "csv", "atom"]
FORMS = "any(json, jsonl, csv, atom)"
"""The converter of a route that ends in one of the forms."""

_CHUNK = 200


def answer_as(form: Form, query: Query, title: str, page_href: str) -> Response:
    """The answer to a question in one of the forms; ``page_href`` leads to it as a page."""
    match form:
        case "json":
            return json_page(query)
        case "jsonl":
            return _download(_json_lines(_matching(query)), "application/x-ndjson", "jsonl")
        case "csv":
            return _download(_csv(_matching(query), query), "text/csv; charset=utf-8", "csv")
        case "atom":
            return feed(query, title, page_href)


def json_page(query: Query) -> Response:
    """One page of the answer with facets, as the command line prints it."""
    return jsonify(encode_results(services().engine.search(query)))


def _matching(query: Query) -> Iterator[Hit | QuotationHit]:
    """Everything that matches. The first hit is found at once, while a refusal can be said."""
    hits: Iterator[Hit | QuotationHit] = iter(services().engine.stream(query))
    return chain(list(islice(hits, 1)), hits)


def _json_lines(hits: Iterable[Hit | QuotationHit]) -> Iterator[str]:
    for hit in hits:
        encoded = encode_hit(hit)
        del encoded["snippets"]  # belong to a page of results
        yield json.dumps(encoded, ensure_ascii=False) + "\n"


def _csv(hits: Iterable[Hit | QuotationHit], query: Query) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns_of(query.scope))
    for hit in hits:
        writer.writerow(csv_row(hit))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _download(lines: Iterator[str], content_type: str, suffix: str) -> Response:
    response = Response(_chunks(lines), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="onrecord.{suffix}"'
    return response


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    while chunk := "".join(islice(lines, _CHUNK)):
        yield chunk
