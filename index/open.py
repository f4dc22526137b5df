"""Opening an engine by its location, such as ``whoosh:/srv/onrecord/index``.

An engine's package is imported only when it is chosen: it may be heavy, or an extra that
is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.credentials import NOBODY, Credentials
from index.engine import IndexWriter, SearchEngine
from index.errors import Unsupported

_FORMS = "whoosh:FOLDER or opensearch+https://HOST[,HOST…]/ALIAS"


def open_engine(location: str, credentials: Credentials = NOBODY) -> SearchEngine:
    """The engine at a location, for questions only.

    Raises IndexMissing when nothing was built there yet, Unsupported when no engine has
    such a location.
    """
    if _on_a_server(location):
        with _extra_needed():
            from index.opensearch_engine.engine import OpenSearchEngine
        return OpenSearchEngine(location, credentials)
    path = _whoosh_path(location)
    from index.whoosh_engine.engine import WhooshEngine

    return WhooshEngine(path)


def open_writer(location: str, credentials: Credentials = NOBODY) -> IndexWriter:
    """The writer at a location. Raises IndexLocked or Unsupported."""
    if _on_a_server(location):
        with _extra_needed():
            from index.opensearch_engine.writer import OpenSearchWriter
        return OpenSearchWriter(location, credentials)
    path = _whoosh_path(location)
    from index.whoosh_engine.writer import WhooshWriter

    return WhooshWriter(path)


def _on_a_server(location: str) -> bool:
    return location.startswith("opensearch")


@contextmanager
def _extra_needed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise Unsupported(
            "this engine needs a package that is not installed: pip install 'onrecord[opensearch]'"
        ) from error


def _whoosh_path(location: str) -> Path:
    scheme, colon, rest = location.partition(":")
    if not colon or scheme != "whoosh":
        raise Unsupported(
            f"“{location}” is no location of an index: write {_FORMS}, "
            "as in whoosh:/srv/onrecord/index."
        )
    if not rest:
        raise Unsupported(f"“{location}” names no folder: write whoosh:FOLDER.")
    return Path(rest)
