"""One line on standard error for each request: enough to run a server, nothing about its readers.

::

    2026-01-31T09:15:02Z GET /search 200 12ms

Of ``/speaker/NAME`` it says ``/speaker/*``: the name is personal data too. ``full`` adds what tells
who asked for what: the name, address, query, referrer and browser.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from typing import Any

from gunicorn.glogging import Logger

from webui.paths import impersonal

_LONGEST = 500  # characters of one value: whoever asks decides how long it is


class NoRequestLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """No line for a request; and where one failed, gunicorn's words without who asked for what."""

    def access(
        self, resp: Any, req: Any, environ: Mapping[str, Any], request_time: dt.timedelta
    ) -> None:
        """Called by gunicorn when a request is answered."""

    def warning(self, msg: str, *args: Any, **more: Any) -> None:
        """Of what is no HTTP gunicorn says from which address it came, and what it was."""
        if msg.startswith("Invalid request"):
            msg = "A request was refused: it is no proper HTTP"
        super().warning(msg, *args, **more)

    def exception(self, msg: Any, *args: Any, **more: Any) -> None:
        """Of a request that failed it says the whole address, with the question."""
        paths = (impersonal(str(value).partition("?")[0]) for value in args)
        super().exception(msg, *paths, **more)


class RequestLog(NoRequestLog):
    """When, which method, which path without its query and without the name of a person in it,
    with what result, how long it took.
    """

    def access(
        self, resp: Any, req: Any, environ: Mapping[str, Any], request_time: dt.timedelta
    ) -> None:
        """Called by gunicorn when a request is answered."""
        time = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        took = round(request_time.total_seconds() * 1000)
        fields = [time, req.method, _bare(self._path(req)), str(resp.status_code), f"{took}ms"]
        # One write: lines of several workers do not mix.
        sys.stderr.write(" ".join([*fields, *self._more(req, environ)]) + "\n")
        sys.stderr.flush()

    def _path(self, req: Any) -> str:
        return impersonal(req.path)

    def _more(self, req: Any, environ: Mapping[str, Any]) -> list[str]:
        return []


class FullRequestLog(RequestLog):
    """The same with the whole path, and the reader's address, query, referrer and browser."""

    def _path(self, req: Any) -> str:
        path: str = req.path
        return path

    def _more(self, req: Any, environ: Mapping[str, Any]) -> list[str]:
        names = ("REMOTE_ADDR", "QUERY_STRING", "HTTP_REFERER", "HTTP_USER_AGENT")
        return [json.dumps(str(environ.get(name, ""))[:_LONGEST]) for name in names]


REQUEST_LOGS: dict[str, type[Logger]] = {
    "none": NoRequestLog,
    "requests": RequestLog,
    "full": FullRequestLog,
}
"""By what ``--log`` says."""


def _bare(path: str) -> str:
    """A path that can neither begin a new line nor drive a terminal."""
    return path[:_LONGEST].encode("unicode_escape").decode("ascii").replace(" ", "%20") or "/"
