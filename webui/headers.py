"""Headers of every answer: what a browser may do with it, and how long it stays true.

Pages change only when the archive or its index does, so that their ETag is known before
they are made: a reader who comes back costs nothing.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

from flask import Flask, Response, request

from archive.errors import StoreError
from webui.context import services
from webui.language import reader_language

CONTENT_POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_ONE_YEAR = 31_536_000


def install(app: Flask) -> None:
    """Check what a reader has before a page is made; dress every answer after it."""
    app.before_request(_not_modified)
    app.after_request(_dress)


def current_etag() -> str | None:
    """The weak ETag of the page asked for; None for what does not depend on the archive."""
    if request.endpoint in (None, "static", "health.healthz"):
        return None
    asked = f"{services().version()} {reader_language()} {request.host} {request.full_path}"
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _not_modified() -> Response | None:
    if request.method not in ("GET", "HEAD") or not request.if_none_match:
        return None
    etag = current_etag()
    if etag is None or not request.if_none_match.contains_weak(etag):
        return None
    response = Response(status=304)
    response.set_etag(etag, weak=True)
    return response


def _dress(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "interest-cohort=()")
    if request.endpoint == "static":
        # The address of a static file changes with its content.
        response.cache_control.max_age = _ONE_YEAR
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
    elif response.status_code == 200 and not response.cache_control.no_store:
        response.cache_control.no_cache = True
        with suppress(StoreError):  # it went after the page was made, which is whole without a tag
            if "ETag" not in headers and (etag := current_etag()):
                response.set_etag(etag, weak=True)
    elif response.status_code >= 400:
        response.cache_control.no_store = True
    return response
