"""A small proxy in front of the real server, which answers some requests in its own way.

What a healthy server on a quiet machine does not say by itself: that it is busy, that the line
broke, that it does not know us. Everything else is the real server's answer.
"""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    """What came in; ``number`` counts the requests of its kind (the last part of the path)."""

    method: str
    path: str
    body: bytes
    number: int


@dataclass(frozen=True)
class Answer:
    """What goes out. ``status`` 0: the connection breaks."""

    status: int
    body: bytes = b"{}"


Forward = Callable[..., Answer]
"""Asks the real server, with another body where one is given."""
Behaviour = Callable[[Request, Forward], Answer]


@dataclass
class Proxy:
    """Where it is, and what it was asked."""

    url: str
    requests: list[Request] = field(default_factory=list)


def broken(status: int, reason: str = "made up by a test") -> Answer:
    """An answer as the server gives it where it fails."""
    kind = {429: "rejected_execution_exception", 401: "security_exception"}.get(status, "failure")
    error = {"type": kind, "reason": reason, "root_cause": [{"type": kind, "reason": reason}]}
    return Answer(status, json.dumps({"status": status, "error": error}).encode())


@contextmanager
def proxied(url: str, behaviour: Behaviour) -> Iterator[Proxy]:
    """A proxy for the time of the block."""
    target = urlsplit(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind = urlsplit(self.path).path.rpartition("/")[2]
            seen = sum(urlsplit(r.path).path.rpartition("/")[2] == kind for r in proxy.requests)
            request = Request(self.command, self.path, body, seen + 1)
            proxy.requests.append(request)
            answer = behaviour(request, lambda other=body: self._forward(other))
            if not answer.status:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def _forward(self, body: bytes) -> Answer:
            connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
            headers = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
            try:
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                return Answer(answer.status, answer.read())
            finally:
                connection.close()

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve  # noqa: N815 (its names)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy = Proxy(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
