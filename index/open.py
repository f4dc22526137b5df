"""Opening an engine by its location, such as ``whoosh:/srv/onrecord/index``.

An engine's package is imported only when it is chosen: it may be heavy, or an extra that
is not installed.
"""

from __future__ import annotations

from pathlib import Path

from index.engine import IndexWriter, SearchEngine
from index.errors import Unsupported


def open_engine(location: str) -> SearchEngine:
    """The engine at a location, for questions only.

    Raises IndexMissing when nothing was built there yet, Unsupported when no engine has
    such a location.
    """
    path = _whoosh_path(location)
    from index.whoosh_engine.engine import WhooshEngine

    return WhooshEngine(path)


def open_writer(location: str) -> IndexWriter:
    """The writer at a location. Raises IndexLocked or Unsupported."""
    path = _whoosh_path(location)
    from index.whoosh_engine.writer import WhooshWriter

    return WhooshWriter(path)


def _whoosh_path(location: str) -> Path:
    scheme, colon, rest = location.partition(":")
    if not colon or scheme != "whoosh":
        raise Unsupported(
            f"“{location}” is no location of an index: write whoosh:FOLDER, "
            "as in whoosh:/srv/onrecord/index."
        )
    if not rest:
        raise Unsupported(f"“{location}” names no folder: write whoosh:FOLDER.")
    return Path(rest)
