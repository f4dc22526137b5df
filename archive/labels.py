"""What a site files a statement under: its category and its topics, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from archive.lines import line
from archive.markup import Markup
from archive.profiles import Article
from archive.words import clean

_SITE = ("WebSite", "Organization", "NewsMediaOrganization")
"""Objects of JSON-LD that describe the site rather than the statement."""


_MOST_KEYWORDS = 8
"""Longer lists are written for search engines, the same on every page of a site."""


def category_of(markup: Markup, article: Article) -> tuple[str, str] | None:
    """The kind of statement, by selector or by the page's head, and how it was found."""
    for selector in article.category:
        element = markup.selection.first(selector)
        text = "" if element is None else line(element)
        if text:
            return text, f"selector {selector}"
    section = markup.meta.get("article:section")
    if section:
        return section, "meta article:section"
    stated = _stated(markup, "articleSection")
    return (stated[0], "JSON-LD articleSection") if stated else None


def topics_of(markup: Markup, article: Article) -> tuple[tuple[str, ...], str] | None:
    """The topics, each once, by selector or by the page's head, and how they were found."""
    for selector in article.topics:
        found = _once(map(line, markup.selection.all(selector)))
        if found:
            return found, f"selector {selector}"
    tags = markup.selection.all('meta[property="article:tag"]')
    found = _once(tag.get("content", "").strip() for tag in tags)
    if found:
        return found, "meta article:tag"
    found = _stated(markup, "keywords")
    if found:
        return found, "JSON-LD keywords"
    found = _once(map(str.strip, markup.meta.get("keywords", "").split(",")))
    return (found, "meta keywords") if 0 < len(found) <= _MOST_KEYWORDS else None


def _stated(markup: Markup, key: str) -> tuple[str, ...]:
    """The labels of the page's JSON-LD: a list, or one text with commas."""
    for item in markup.linked_data:
        value = item.get(key)
        labels = value.split(",") if isinstance(value, str) else value
        if isinstance(labels, list) and item.get("@type") not in _SITE:
            found = _once(clean(label) for label in labels if isinstance(label, str))
            if found:
                return found
    return ()


def _once(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, labels)))
