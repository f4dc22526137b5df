"""HTML text -> a tree, and text out of a tree.

BeautifulSoup over lxml was the only parser that came through all hostile files without
being killed or losing text silently. Nothing here recurses over the page's nesting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeGuard
from urllib.parse import urljoin

from bs4 import BeautifulSoup, CData, NavigableString, Tag

from archive.furniture import names
from archive.identity import canonical_url
from archive.prune import pruned
from archive.selectors import Scope
from archive.words import clean, split_joined

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ESCAPED_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|em|b|i|u|a|ul|ol|li|h[1-6]|blockquote)(?:\s[^<>]{0,300})?/?>", re.I
)


class Markup:
    """A parsed page: its tree, and its head read once.

    ``soup`` is what everything is read from; ``tree`` is lxml's, for trafilatura, and None
    where the page is nested too deeply for it.
    """

    def __init__(self, text: str, url: str | None = None) -> None:
        text, self.tree = pruned(text)
        self.soup = BeautifulSoup(text, "lxml")
        self._given_url = url

    @cached_property
    def strings(self) -> list[NavigableString]:
        """Every text of the body that is not blank, in order, those of scripts included."""
        return [
            node
            for node in self.body.descendants
            if isinstance(node, NavigableString) and node.strip()
        ]

    @cached_property
    def scope(self) -> Scope:
        """The whole tree, for selectors."""
        return Scope(self.soup)

    @cached_property
    def body(self) -> Tag:
        """The body, or the whole tree of a fragment."""
        return self.soup.body or self.soup

    @cached_property
    def meta(self) -> dict[str, str]:
        """Lower-case name, property or itemprop -> content; the first one counts."""
        found: dict[str, str] = {}
        for tag in self._head("meta"):
            name = tag.get("property") or tag.get("name") or tag.get("itemprop")
            content = tag.get("content")
            if isinstance(name, str) and isinstance(content, str) and content.strip():
                found.setdefault(name.strip().lower(), clean(content))
        return found

    @cached_property
    def linked_data(self) -> tuple[dict[str, Any], ...]:
        """The objects of all JSON-LD scripts, graphs unrolled."""
        found: list[dict[str, Any]] = []
        for script in self._head("script"):
            try:
                data = json.loads(script.string or "", strict=False)
            except (ValueError, RecursionError):
                continue  # broken JSON-LD is common; the page itself is still good
            for item in data if isinstance(data, list) else [data]:
                if isinstance(item, dict):
                    graph = item.get("@graph")
                    items = graph if isinstance(graph, list) else [item]
                    found.extend(entry for entry in items if isinstance(entry, dict))
        return tuple(found)

    @cached_property
    def is_dated_article(self) -> bool:
        """Whether the head says that the page is one article with a date of its own."""
        dated = "article:published_time" in self.meta
        return dated or any(
            "datePublished" in item and str(item.get("@type")).endswith(("Article", "Posting"))
            for item in self.linked_data
        )

    @cached_property
    def title(self) -> str | None:
        """The text of ``<title>``."""
        tag = next(iter(self._head("title")), None)
        return clean(tag.get_text()) or None if tag else None

    @cached_property
    def language(self) -> str | None:
        """The primary language tag that the page declares ("en"), or None."""
        html = self.soup.html
        declared = (
            (attribute(html, "lang") if html else None)
            or self.meta.get("og:locale")
            or self.meta.get("language")
        )
        match = re.match(r"[a-z]{2}(?![a-z])", declared.lower()) if declared else None
        return match.group() if match else None

    @cached_property
    def canonical(self) -> str | None:
        """What the page calls its own address: ``link rel=canonical``, else ``og:url``."""
        return self.absolute(self._declared_url)

    @cached_property
    def _declared_url(self) -> str | None:
        links = (tag for tag in self._head("link") if "canonical" in (tag.get("rel") or ""))
        hrefs = (attribute(tag, "href") for tag in links)
        return next(filter(None, hrefs), None) or self.meta.get("og:url")

    def _head(self, name: str) -> list[Tag]:
        """Elements that belong into the head, wherever a broken page has them."""
        return self._by_name.get(name, [])

    @cached_property
    def _by_name(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for node in self.soup.descendants:
            if isinstance(node, Tag) and node.name in ("meta", "link", "base", "script", "title"):
                found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def base(self) -> str | None:
        """The address that relative links start from."""
        href = next(filter(None, (attribute(tag, "href") for tag in self._head("base"))), None)
        if href and self._given_url:
            return urljoin(self._given_url, href)
        if href and href.startswith(("http://", "https://")):
            return href
        if self._given_url:
            return self._given_url
        return self._declared_url

    def absolute(self, href: str | None) -> str | None:
        """The canonical URL of a link, or None when it is none."""
        if not href:
            return None
        try:
            return canonical_url(urljoin(self.base or "", href.strip()))
        except ValueError:
            return None


def attribute(tag: Tag, name: str) -> str | None:
    """An attribute as text, or None when it is missing or blank."""
    value = tag.get(name)
    return value if isinstance(value, str) and value.strip() else None


def classes(tag: Tag) -> list[str]:
    """The class tokens, in lower case."""
    value = tag.get("class")
    return [token.lower() for token in value] if isinstance(value, list) else []


def is_furniture(tag: Tag) -> bool:
    """Whether the element is a menu, a share line, a pager or hidden, by its name and classes."""
    if tag.name in names("elements"):
        return True
    if not tag.attrs:
        return False
    tokens = classes(tag)
    if not names("classes").isdisjoint(tokens):
        return True
    identifier = tag.get("id")
    if isinstance(identifier, str) and identifier.lower() in names("classes"):
        return True
    style = tag.get("style")
    return "hidden" in tag.attrs or (isinstance(style, str) and bool(_HIDDEN_STYLE.search(style)))


def line(tag: Tag) -> str:
    """All text of an element as one clean line."""
    if len(tag.contents) == 1 and type(tag.contents[0]) is NavigableString:
        return clean(tag.contents[0])
    return clean("".join(_strings(tag)))


def paragraphs(root: Tag, *, skip: Iterable[Tag] = ()) -> list[str]:
    """The visible text of an element, block by block, cleaned.

    Furniture inside and the elements of ``skip`` are left out. Two ``<br>`` in a row, an
    escaped tag shown as text and a run of spaces after a sentence separate paragraphs.
    """
    skipped = {id(tag) for tag in skip}
    blocks: list[str] = []
    current: list[str] = []
    breaks = 0

    def close() -> None:
        text = "".join(current)
        current.clear()
        if text.strip():
            blocks.append(text)

    for node, entering in _walk(root, skipped):
        if isinstance(node, Tag):
            if node.name == "br" and entering:
                breaks += 1
                if breaks == 2:
                    close()
                else:
                    current.append("\n")
            elif node.name in names("blocks"):
                close()
                breaks = 0
        else:
            text = str(node)
            if text.strip():
                breaks = 0
            current.append(text)
    close()
    return [part for block in blocks for part in _parts(block)]


def _parts(block: str) -> list[str]:
    if "<" in block and _ESCAPED_TAG.search(block):
        block = _ESCAPED_TAG.sub(
            lambda tag: (
                "   "
                if re.match(r"</?(?:p|br|div|li|h|bl|ul|ol)\b|</?h\d", tag.group(), re.I)
                else ""
            ),
            block,
        )
        return [clean(part) for part in re.split(r" {3}|\n\s*\n", block) if clean(part)]
    return split_joined(block)


def _walk(root: Tag, skipped: set[int]) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Depth first without recursion: (element, True) on entering, (element, False) on leaving."""
    blocks = names("blocks")
    stack: list[tuple[Tag | NavigableString, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        if not isinstance(node, Tag):
            yield node, True
            continue
        if entering:
            if node is not root and (id(node) in skipped or is_furniture(node)):
                if node.name in blocks:
                    yield node, False
                continue
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.contents) if _is_readable(child))
        yield node, entering


def _is_readable(node: object) -> TypeGuard[Tag | NavigableString]:
    """Tags and plain text; comments, doctypes and processing instructions are neither."""
    return isinstance(node, Tag) or type(node) in (NavigableString, CData)


def _strings(tag: Tag) -> Iterator[str]:
    blocks = names("blocks")
    for node, entering in _walk(tag, set()):
        if isinstance(node, Tag):
            if node.name in blocks or node.name == "br":
                yield " "
        elif entering:
            yield str(node)
