"""Addresses of this site's pages, and which addresses of other sites may become links."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from index.query import Query
from webui.params import url_for_query

_ABOUT_A_PERSON = re.compile(r"/+speaker/")
_FORM = re.compile(r"\.(?:json|jsonl|csv|atom)$")


def statement_path(
    document_id: str,
    query: Query | None = None,
    *,
    place: int | None = None,
    number: int | None = None,
) -> str:
    """A statement, or one quotation in it.

    The query marks its words and leads back to its results; ``place`` among them (from 1)
    leads on to the next one.
    """
    path = f"/statement/{quote(document_id, safe='')}"
    if query is not None:
        path = url_for_query(query, path)
    if place is not None:
        path += f"{'&' if '?' in path else '?'}hit={place}"
    return path if number is None else f"{path}#q{number}"


@lru_cache(4_000)
def speaker_path(name: str) -> str:
    """Everything that a person is quoted with."""
    return f"/speaker/{quote(name, safe='')}"


@lru_cache(400)
def country_path(code: str) -> str:
    """Everything about a country."""
    return f"/country/{quote(code, safe='')}"


def impersonal(path: str) -> str:
    """A requested path for a log: ``/speaker/*`` where it says about whom a reader asked."""
    if not _ABOUT_A_PERSON.match(unquote(path)):
        return path
    form = _FORM.search(path)
    return "/speaker/*" + (form.group() if form else "")


def web_address(url: str | None) -> str | None:
    """The address if it leads to the web, else None: ``javascript:`` never becomes a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
