"""What a request may use: engine, store and configuration, handed to ``create_app``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin

from flask import current_app, request

from archive.document import Document
from archive.store import Store
from index.engine import SearchEngine
from index.errors import SearchError
from index.naming import under_names
from index.query import Query
from index.results import SearchResults
from webui.config import WebConfig
from webui.params import query_from_args

_KEY = "onrecord"
WITHOUT_INDEX = frozenset(
    {
        "static",
        "site.help_",
        "site.robots",
        "site.opensearch",
        "site.openapi",
        "kept.page",
        "kept.data",
        "statement.data",
        "statement.citation",
        "statement.cite",
        "statement.versions",
        "statement.original",
        "statement.capture",
    }
)
"""Endpoints that never ask the engine: they answer while it is out."""


@dataclass(frozen=True, slots=True)
class Services:
    """``build``: a fingerprint of this package's templates and static files."""

    engine: SearchEngine
    store: Store
    config: WebConfig
    build: str

    def documents(self, results: SearchResults) -> dict[str, Document]:
        """The statements on a page of results that quote somebody, by id."""
        held = (self.store.get(hit.id) for hit in results.hits if hit.speakers)
        return {document.id: document for document in held if document}

    def version(self) -> str:
        """Changes whenever the page that is asked for may have changed: the stuff of ETags."""
        held = f"{self.build}-{self.config}-{self.store.revision}"
        if request.endpoint in WITHOUT_INDEX:
            return held
        try:
            status = self.engine.status()
        except SearchError:  # what can be shown without an index is another page than with it
            return f"{held}-none"
        return f"{held}-{status.generation}-{status.revision}"


def attach(app_extensions: dict[str, object], services: Services) -> None:
    """Make the services known to an app."""
    app_extensions[_KEY] = services


def services() -> Services:
    """The services of the app that answers the current request."""
    return cast(Services, current_app.extensions[_KEY])


def asked() -> Query:
    """The question that the address asks, under the names that were decided for speakers.

    Raises BadQuery with a sentence for the reader.
    """
    query = query_from_args(request.args, services().config.limits)
    return under_names(query, services().store.aliases.name_of)


def absolute(path: str) -> str:
    """A public address of this archive, for feeds, permalinks and citations."""
    return urljoin(services().config.base_url or request.url_root, path.lstrip("/"))
