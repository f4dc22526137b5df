"""What makes a statement the same statement: its canonical URL.

Ids depend on nothing but what was published: never on a path of this machine, the
time or the order of an ingest.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from archive.words import fold

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_ga|xtor|PHPSESSID|jsessionid)=",
    re.I,
)
_DEFAULT_PORT = {"http": 80, "https": 443}
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_SAFE = "/%:@!$&'()*+,;=~-._"
_FIRST_WORDS = 12


@lru_cache(maxsize=4096)  # a page asks several times for each of its links
def canonical_url(url: str) -> str:
    """The URL in one spelling: host in lower case, no default port, no fragment, no trackers.

    The scheme, a trailing slash and the order of parameters stay: they may matter.
    Raises ValueError when it is no http(s) URL.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT or not parts.hostname:
        raise ValueError(f"“{url[:200]}” is not an address of the web (http or https)")
    host = parts.hostname.rstrip(".").lower()
    if ":" in host:
        host = f"[{host}]"
    if parts.port not in (None, _DEFAULT_PORT[scheme]):
        host = f"{host}:{parts.port}"
    path = _escape(_without_dots(parts.path or "/"))
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    return urlunsplit((scheme, host, path, _escape(query, extra="?"), ""))


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept) or "/"


def _escape(text: str, extra: str = "") -> str:
    """Percent-escapes in one spelling; what is escaped already stays escaped."""
    escaped = quote(text, safe=_SAFE + extra)
    return _ESCAPED.sub(lambda match: match.group().upper(), escaped) if "%" in escaped else escaped


def document_id(url: str) -> str:
    """The id of a statement that has its own address: 16 hex digits."""
    return _digest(canonical_url(url))


def entry_id(listing_url: str | None, date: str | None, first_words: str) -> str:
    """The id of a statement that exists only as an entry of a listing, without a link.

    The listing's parameters do not count: a pager moves an entry from page to page.
    """
    listing = canonical_url(listing_url).partition("?")[0] if listing_url else ""
    return _digest("\n".join((listing, date or "", fold(first_words))))


def first_words(title: str | None, body: str) -> str:
    """What tells the entries of one listing and one date apart: their title and first words."""
    return " ".join((*fold(title or "").split(), *fold(body[:500]).split()[:_FIRST_WORDS]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def host_of(url: str | None) -> str | None:
    """The host without "www."; None where there is none, or no address at all."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:  # as of "https://["
        return None
    return host.removeprefix("www.") if host else None
