"""gzip for readers that accept it: whole pages at once, exports as they are streamed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

_SMALLEST = 1000
_LEVEL = 4
"""A page grows by 4 % against level 6, in half the time."""
_TEXT = ("text/", "application/json", "application/atom+xml", "application/x-ndjson", "image/svg")
_GZIP_WINDOW = 31


def install(app: Flask) -> None:
    """Compress every textual answer that gains from it."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if not (response.content_type or "").startswith(_TEXT):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0 or response.content_encoding:
        return response
    if request.method == "HEAD" or response.status_code in (204, 304):
        return response
    if response.is_streamed and not response.direct_passthrough:
        response.response = _stream(response.iter_encoded())
        # werkzeug's own redirects state one, and are streams all the same.
        response.headers.pop("Content-Length", None)
    else:
        response.direct_passthrough = False  # a static file: small, read at once
        data = response.get_data()
        if len(data) < _SMALLEST:
            return response
        # mtime: the same page twice is the same bytes.
        response.set_data(gzip.compress(data, _LEVEL, mtime=0))
    response.content_encoding = "gzip"
    return response


def _stream(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP_WINDOW)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()
