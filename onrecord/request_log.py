"""One line on standard error for each request: enough to run a server, nothing about its readers.

::

    2026-01-31T09:15:02Z GET /search 200 12ms

``full`` adds what tells who asked for what: address, query, referrer and browser.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from typing import Any

from gunicorn.glogging import Logger

_LONGEST = 500  # characters of one value: whoever asks decides how long it is


class RequestLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """When, which method, which path without its query, with what result, how long it took."""

    def access(
        self, resp: Any, req: Any, environ: Mapping[str, Any], request_time: dt.timedelta
    ) -> None:
        """Called by gunicorn when a request is answered."""
        time = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        took = round(request_time.total_seconds() * 1000)
        fields = [time, req.method, _bare(req.path), str(resp.status_code), f"{took}ms"]
        # One write: lines of several workers do not mix.
        sys.stderr.write(" ".join([*fields, *self._more(req, environ)]) + "\n")
        sys.stderr.flush()

    def _more(self, req: Any, environ: Mapping[str, Any]) -> list[str]:
        return []


class FullRequestLog(RequestLog):
    """The same, and the reader's address, query, referrer and browser."""

    def _more(self, req: Any, environ: Mapping[str, Any]) -> list[str]:
        names = ("REMOTE_ADDR", "QUERY_STRING", "HTTP_REFERER", "HTTP_USER_AGENT")
        return [json.dumps(str(environ.get(name, ""))[:_LONGEST]) for name in names]


REQUEST_LOGS: dict[str, type[Logger]] = {
    "none": Logger,
    "requests": RequestLog,
    "full": FullRequestLog,
}
"""By what ``--log`` says. gunicorn's own writes none unless it is told where."""


def _bare(path: str) -> str:
    """A path that can neither begin a new line nor drive a terminal."""
    return path[:_LONGEST].encode("unicode_escape").decode("ascii").replace(" ", "%20") or "/"
