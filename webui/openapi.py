"""The OpenAPI document of everything that leaves as data, for programs and their authors."""

from __future__ import annotations

from typing import Any

from index.encode import DOCUMENT_COLUMNS, FACET_ORDER, QUOTATION_COLUMNS
from index.query import FACETS, Limits

API_VERSION = "1.1"
"""First number: something went away or means something else; second: something was added."""

Schema = dict[str, Any]

_JSON, _LINES, _CSV = "application/json", "application/x-ndjson", "text/csv"
_ATOM, _BIB = "application/atom+xml", "application/x-bibtex"
_RIS = "application/x-research-info-systems"

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DATE: Schema = {"type": ["string", "null"], "description": "YYYY, YYYY-MM or YYYY-MM-DD"}
_TYPES: dict[str, Schema] = {
    "id": _TEXT,
    "document_id": _TEXT,
    "title": _TEXT,
    "text": _TEXT,
    "countries": _TEXTS,
    "speakers": _TEXTS,
    "published": _DATE,
    "number": {"type": "integer", "minimum": 1},
    "score": {"type": "number"},
}
"""The types of a hit's fields; all others are text or null."""


def describe(title: str, address: str, limits: Limits) -> Schema:
    """The document, in OpenAPI 3.1."""
    search, name, id_ = _parameters(limits), _in_path("name"), _in_path("id")
    statement, listed = "/statement/{id}", [_query("id", {"type": "array", "items": _TEXT})]
    quoted = [id_, _query("quotation", {"type": "integer", "minimum": 1})]
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": API_VERSION},
        "servers": [{"url": address}],
        "paths": {
            **_results("/search", "What matches", search),
            **_results("/speaker/{name}", "A person's quotations", [name, *search]),
            **_results("/country/{name}", "A country's statements", [name, *search]),
            f"{statement}.json": _get("One statement", [id_], _JSON, "Statement"),
            f"{statement}.bib": _get("One statement or quotation as BibTeX", quoted, _BIB),
            f"{statement}.ris": _get("One statement or quotation as RIS", quoted, _RIS),
            f"{statement}/original.html": _get("The saved page", [id_], "text/html"),
            f"{statement}/original.bin": _get("Its bytes", [id_], "application/octet-stream"),
            "/list.bib": _get("Listed statements and quotations as BibTeX", listed, _BIB),
            "/list.ris": _get("The same as RIS", listed, _RIS),
            "/list.csv": _get("The same, a row each", listed, _CSV),
            "/list.jsonl": _get("The same, a line each", listed, _LINES),
            "/complete.json": _get(
                "What an unfinished word may become", [_query("q", _TEXT)], _JSON
            ),
            "/openapi.json": _get("This document", [], _JSON),
        },
        "components": {"schemas": _schemas()},
    }


def _results(path: str, what: str, parameters: list[Schema]) -> Schema:
    """The four forms in which an answer leaves."""
    return {
        f"{path}.json": _get(f"{what}: one page, with facets", parameters, _JSON, "Results"),
        f"{path}.jsonl": _get(f"{what}: everything, a line each", parameters, _LINES),
        f"{path}.csv": _get(f"{what}: everything, a row each", parameters, _CSV),
        f"{path}.atom": _get(f"{what}: the 50 that entered the archive last", parameters, _ATOM),
    }


def _get(summary: str, parameters: list[Schema], media_type: str, schema: str = "") -> Schema:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "content": {media_type: content}},
                "400": {"description": "It cannot be asked like this; the message says why"},
                "404": {"description": "There is no such statement, person or country"},
            },
        }
    }


def _parameters(limits: Limits) -> list[Schema]:
    values = {"type": "array", "items": _TEXT}
    facets = [(f"{prefix}{facet}", values) for prefix in ("", "not.") for facet in FACETS]
    single: list[tuple[str, Schema]] = [
        ("from", _TEXT),
        ("to", _TEXT),
        ("sort", {"enum": ["relevance", "newest", "oldest"]}),
        ("page", {"type": "integer", "minimum": 1, "default": 1}),
        ("per_page", {"type": "integer", "minimum": 1, "maximum": limits.page_size}),
        ("in", {"enum": ["documents", "quotations"], "default": "documents"}),
    ]
    words: Schema = {"type": "string", "maxLength": limits.characters}
    return [_query(name, schema) for name, schema in [("q", words), *facets, *single]]


def _query(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "schema": schema}


def _in_path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _schemas() -> Schema:
    span = _object({"text": _TEXT, "match": {"type": "boolean"}})
    snippets = {"type": "array", "items": {"type": "array", "items": span}}
    value = _object(
        {"value": _MAYBE, "label": _TEXT, "count": _COUNT, "selected": {"type": "boolean"}}
    )
    hits = [{"$ref": f"#/components/schemas/{name}"} for name in ("Hit", "QuotationHit")]
    facets = {name: {"type": "array", "items": value} for name in FACET_ORDER}
    return {
        "Hit": _hit(DOCUMENT_COLUMNS, snippets),
        "QuotationHit": _hit(QUOTATION_COLUMNS, snippets),
        "Results": _object(
            {
                "query": _TEXT,
                "total": _COUNT,
                "took_ms": {"type": "number"},
                "hits": {"type": "array", "items": {"anyOf": hits}},
                "facets": {"type": "object", "properties": facets},
                "suggestion": _MAYBE,
                "notice": _MAYBE,
                "truncated": {"type": "boolean"},
            }
        ),
        "Statement": {"type": "object", "description": "See “The document” in the documentation"},
    }


def _hit(columns: tuple[str, ...], snippets: Schema) -> Schema:
    return _object({name: _TYPES.get(name, _MAYBE) for name in columns} | {"snippets": snippets})


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}
