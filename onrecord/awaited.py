"""An index that cannot be opened when a server process starts, and may be mended while it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, cast

from index.engine import SearchEngine
from index.errors import SearchError


def open_or_await(open_engine: Callable[[], SearchEngine]) -> SearchEngine:
    """The engine; or one that raises SearchError until ``refresh`` finds that it can be opened."""
    try:
        return open_engine()
    except SearchError:
        return cast(SearchEngine, _Awaited(open_engine))


class _Awaited:
    """Hands everything on to the engine that it stands for, once there is one."""

    def __init__(self, open_engine: Callable[[], SearchEngine]) -> None:
        self._open_engine = open_engine
        self._engine: SearchEngine | None = None
        self._opening = threading.Lock()

    def refresh(self) -> bool:
        """See :class:`index.engine.SearchEngine`. Raises what opening raises."""
        with self._opening:
            if self._engine is None:
                self._engine = self._open_engine()
                return True
        return self._engine.refresh()

    def close(self) -> None:
        """See :class:`index.engine.SearchEngine`."""
        if self._engine is not None:
            self._engine.close()

    def __getattr__(self, name: str) -> Any:
        if self._engine is None:
            self.refresh()
        return getattr(self._engine, name)
