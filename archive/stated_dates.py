"""Dates that a page states for machines: in its meta tags and in JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.markup import Markup

_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "published",
    "pubdate",
    "article.published",
)
_DATE_META = ("dc.date", "dcterms.date", "date")
_UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
_TELLING_NAME = re.compile(
    r"(?!.{0,40}(?:last|modif|updat|revis|expir))"
    r".{0,40}\b(?:pub|publish|published|publication|posted|issued?)[\W_]?(?:date|time|on)\b"
)
"""Other names that say what they hold: "article:publicationdate", "cms-publish-date"."""

_BESIDE = ("Comment", "ImageObject", "VideoObject", "Product", "Review", "Event")
"""Objects of JSON-LD that are not the statement."""


def stated_publication(page: Markup) -> Iterator[tuple[str, str]]:
    """What the page states as its date of publication, the surest first, and where."""
    yield from _stated(page, _PUBLISHED_META, "datePublished")
    for name, content in page.meta.items():
        if _TELLING_NAME.match(name):
            yield content, f"meta {name}"
    yield from _named(page, _DATE_META)


def stated_update(page: Markup) -> Iterator[tuple[str, str]]:
    """What the page states as the date of its last change, and where."""
    yield from _stated(page, _UPDATED_META, "dateModified")


def _stated(page: Markup, names: tuple[str, ...], key: str) -> Iterator[tuple[str, str]]:
    for item in page.linked_data:
        value = item.get(key)
        if isinstance(value, str) and value.strip() and item.get("@type") not in _BESIDE:
            yield value, f"JSON-LD {key}"
    yield from _named(page, names)


def _named(page: Markup, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((page.meta[name], f"meta {name}") for name in names if name in page.meta)
