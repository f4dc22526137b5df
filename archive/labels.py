"""What a site files a statement under: its category and its topics, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from archive.markup import Markup, line
from archive.profiles import Article


def category_of(markup: Markup, article: Article) -> tuple[str, str] | None:
    """The kind of statement, by selector or by the page's head, and how it was found."""
    for selector in article.category:
        tag = markup.scope.first(selector)
        text = line(tag) if tag else ""
        if text:
            return text, f"selector {selector}"
    section = markup.meta.get("article:section")
    return (section, "meta article:section") if section else None


def topics_of(markup: Markup, article: Article) -> tuple[tuple[str, ...], str] | None:
    """The topics, each once, by selector or by the page's head, and how they were found."""
    for selector in article.topics:
        found = _once(line(tag) for tag in markup.scope.select(selector))
        if found:
            return found, f"selector {selector}"
    tags = markup.scope.select('meta[property="article:tag"]')
    found = _once(str(tag.get("content", "")).strip() for tag in tags)
    return (found, "meta article:tag") if found else None


def _once(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, labels)))
