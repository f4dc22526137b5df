"""Text out of a tree: an element as one line, or as paragraphs. Nothing here recurses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from enum import Enum, auto
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from archive.furniture import Kind, names, names_aside
from archive.words import clean, split_joined

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ESCAPED_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|em|b|i|u|a|ul|ol|li|h[1-6]|blockquote)(?:\s[^<>]{0,300})?/?>", re.I
)
_ESCAPED_BLOCK = re.compile(r"</?(?:p|br|div|li|h|bl|ul|ol)\b|</?h\d", re.I)

_OUTSIDE = ("nav", "aside", "select", "script", "style", "head")

_LENGTH = etree.XPath("string-length(normalize-space())")
_CLASSED = etree.XPath("descendant::*[@class]")


class Edge(Enum):
    """What parts two texts: the edge of a block, or a ``<br>``."""

    BLOCK = auto()
    BREAK = auto()


def attribute(element: HtmlElement, name: str) -> str | None:
    """An attribute as text, or None when it is missing or blank."""
    value: str | None = element.get(name)
    return value if value and value.strip() else None


def is_called(element: HtmlElement, kind: Kind, *, by_id: bool = False) -> bool:
    """Whether a class token of the element is one of this kind in ``furniture.toml``.

    ``by_id``: its id counts as well.
    """
    tokens = element.get("class")
    if tokens and _any_of(kind, tokens):
        return True
    identifier = element.get("id") if by_id else None
    return bool(identifier) and _any_of(kind, identifier)


@lru_cache(maxsize=4096)
def _any_of(kind: Kind, tokens: str) -> bool:
    return not names(kind).isdisjoint(tokens.lower().split())


def classes(element: HtmlElement) -> list[str]:
    """The class tokens, in lower case."""
    value = element.get("class")
    return value.lower().split() if value else []


def is_furniture(element: HtmlElement) -> bool:
    """Whether the element is a menu, a share line, a pager or hidden, by its name and classes."""
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN_STYLE.search(style)):
        return True
    return _is_furniture(element.tag, element.get("class"), element.get("id"))


@lru_cache(maxsize=4096)  # most elements are called as many others of their page and site
def _is_furniture(name: str, tokens: str | None, identifier: str | None) -> bool:
    if name in names("elements"):
        return True
    return any(value and _any_of("classes", value) for value in (tokens, identifier))


def is_aside(tag: HtmlElement) -> bool:
    """Whether an element is a side column, a menu or comments, by its name or what it is called."""
    known = _is_aside(tag.tag, tag.get("class"), tag.get("id"))
    return tag.find(".//h1") is None if known is None else known


@lru_cache(maxsize=4096)
def _is_aside(name: str, tokens: str | None, identifier: str | None) -> bool | None:
    """None where it depends on whether the main heading stands in the element."""
    called = tokens is not None and _any_of("aside_classes", tokens)
    if name in _OUTSIDE or (called and "footer" not in (tokens or "").lower().split()):
        return True
    if name in ("body", "html") or not any(map(names_aside, filter(None, (tokens, identifier)))):
        return False
    return None


def without_furniture(root: HtmlElement) -> HtmlElement:
    """A copy of a tree without its menus, share lines, scripts and what is hidden."""
    copy = deepcopy(root)
    for element in _suspects()(copy):
        around = element.getparent()
        if element.tag != "head" and around is not None and is_furniture(element):
            element.drop_tree()
    return copy


@cache
def _suspects() -> etree.XPath:
    """The descendants that may be furniture: by their name, or because they have attributes."""
    named = "".join(f" or self::{name}" for name in sorted(names("elements")))
    return etree.XPath(f"descendant::*[@class or @id or @style or @hidden{named}]")


def block_around(element: HtmlElement) -> HtmlElement:
    """The element that starts a line of its own, in which an element stands; else itself."""
    blocks = names("blocks")
    around = (tag for tag in chain((element,), element.iterancestors()) if tag.tag in blocks)
    return next(around, element)


def length(element: HtmlElement) -> int:
    """Characters of all text in an element, furniture included: what is quick to know."""
    found: Any = _LENGTH(element)
    return int(found)


def with_classes(element: HtmlElement) -> list[HtmlElement]:
    """The elements in an element that have classes."""
    found: Any = _CLASSED(element)
    return list(found)


def line(element: HtmlElement) -> str:
    """All text of an element as one clean line."""
    if not len(element):  # most elements that are asked
        return clean(element.text or "")
    return clean("".join(" " if isinstance(p, Edge) else p for p in _pieces(element, ())))


def paragraphs(root: HtmlElement, *, skip: Collection[HtmlElement] = ()) -> list[str]:
    """The visible text of an element, block by block, cleaned.

    Furniture inside and the elements of ``skip`` are left out. Two ``<br>`` in a row, an
    escaped tag shown as text and a run of spaces after a sentence separate paragraphs.
    """
    blocks: list[str] = []
    current: list[str] = []
    breaks = 0

    def close() -> None:
        text = "".join(current)
        current.clear()
        if text.strip():
            blocks.append(text)

    for piece in _pieces(root, skip):
        if piece is Edge.BLOCK:
            close()
            breaks = 0
        elif piece is Edge.BREAK:
            breaks += 1
            if breaks == 2:
                close()
            else:
                current.append("\n")
        else:
            if piece.strip():
                breaks = 0
            current.append(piece)
    close()
    return [part for block in blocks for part in _parts(block)]


def _parts(block: str) -> list[str]:
    if "<" in block and _ESCAPED_TAG.search(block):
        block = _ESCAPED_TAG.sub(
            lambda tag: "   " if _ESCAPED_BLOCK.match(tag.group()) else "", block
        )
        return [clean(part) for part in re.split(r" {3}|\n\s*\n", block) if clean(part)]
    return split_joined(block)


def _pieces(root: HtmlElement, skip: Collection[HtmlElement]) -> Iterator[str | Edge]:
    """The texts of an element in order, and what stands between them; no furniture."""
    blocks = names("blocks")
    skipped = set(skip)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in blocks:
            yield Edge.BLOCK
        if event == "end":
            if element is not root and element.tail:
                yield element.tail
        elif element is not root and (element in skipped or is_furniture(element)):
            walk.skip_subtree()
        elif element.tag == "br":
            yield Edge.BREAK
        elif element.text:
            yield element.text
