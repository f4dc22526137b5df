"""The OpenAPI document of everything that leaves as data, for programs and their authors."""

from __future__ import annotations

from typing import Any

from index.encode import DOCUMENT_COLUMNS, FACET_ORDER, QUOTATION_COLUMNS
from index.query import FACETS, LIMITS

API_VERSION = "1.0"
"""First number: something went away or means something else; second: something was added."""

Schema = dict[str, Any]

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


def describe(title: str, address: str) -> Schema:
    """The document, in OpenAPI 3.1."""
    search, name, id_ = _parameters(), _in_path("name"), _in_path("id")
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": API_VERSION},
        "servers": [{"url": address}],
        "paths": {
            "/search.json": _get("One page of results", search, "application/json", "Results"),
            "/search.jsonl": _get("Everything, a hit a line", search, "application/x-ndjson"),
            "/search.csv": _get("Everything, a hit a row", search, "text/csv"),
            "/search.atom": _get("The 50 newest entries", search, "application/atom+xml"),
            "/speaker/{name}.json": _get(
                "A person's quotations", [name, *search], "application/json", "Results"
            ),
            "/country/{name}.json": _get(
                "A country's statements", [name, *search], "application/json", "Results"
            ),
            "/statement/{id}.json": _get("One statement", [id_], "application/json", "Statement"),
        },
        "components": {"schemas": _schemas()},
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


def _parameters() -> list[Schema]:
    values = {"type": "array", "items": _TEXT}
    facets = [(f"{prefix}{facet}", values) for prefix in ("", "not.") for facet in FACETS]
    single: list[tuple[str, Schema]] = [
        ("from", _TEXT),
        ("to", _TEXT),
        ("sort", {"enum": ["relevance", "newest", "oldest"]}),
        ("page", {"type": "integer", "minimum": 1, "default": 1}),
        ("per_page", {"type": "integer", "minimum": 1, "maximum": LIMITS.page_size}),
        ("in", {"enum": ["documents", "quotations"], "default": "documents"}),
    ]
    words: Schema = {"type": "string", "maxLength": LIMITS.characters}
    return [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in [("q", words), *facets, *single]
    ]


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
