"""A page: bytes that were saved from the web, and what is known about them from outside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from archive.errors import PageError


@dataclass(frozen=True)
class Page:
    """A saved page, not yet looked into.

    ``path``         where it was read from, for people ("mirror/news/1.html", "crawl.warc.gz#17")
    ``data``         the page's bytes, already unpacked
    ``url``          its address as far as the source tells (mirror path, WARC record, --base-url)
    ``captured_at``  ISO 8601 instant of the capture, or None
    ``media_type``   "text/html" or "text/plain"
    ``charset``      the charset of an HTTP header, or None
    """

    path: str
    data: bytes
    url: str | None = None
    captured_at: str | None = None
    media_type: str = "text/html"
    charset: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, hex: the capture's identity."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class ReadBefore:
    """A page that need not be read: the same bytes were, in the same way, and are stored.

    ``statements``  how many there are on it
    """

    path: str
    statements: int


@dataclass(frozen=True)
class UnreadableSource:
    """Something that a source could not turn into a page (I/O error, broken gzip, too large).

    ``url`` is the address that the page would have had; of a whole ZIP that of its folder, where
    it was given.
    """

    path: str
    error: PageError
    url: str | None = None


Arrival = Page | UnreadableSource | ReadBefore
"""What comes of a source: only a page is to be read."""
