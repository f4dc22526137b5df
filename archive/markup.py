"""A parsed page: its texts, and its head read once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from archive.identity import canonical_url
from archive.limits import LIMITS, Limits
from archive.lines import attribute, is_aside, is_furniture
from archive.selectors import Selection, Within
from archive.tree import parse
from archive.words import clean

_WHOLE = re.compile(r"https?://[^/?#]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
"""How an address begins that needs no other one to be whole; most do, and joining takes a while."""
_TEXTS = etree.XPath("descendant::text()[normalize-space() and not(parent::script)]")


class Text(NamedTuple):
    """A text that is not blank, with single spaces, and the element in which it stands."""

    text: str
    parent: HtmlElement


class Markup:
    """A parsed page. ``root`` is its tree, from which everything is read within ``limits``."""

    def __init__(self, text: str, url: str | None = None, limits: Limits = LIMITS) -> None:
        self.root = parse(text)
        self.limits = limits
        self.selection = Selection(self.root)
        self._given_url = url

    @cached_property
    def body(self) -> HtmlElement:
        """The body, or the whole tree of a page without one."""
        body = self.root.find("body")
        return self.root if body is None else body

    @cached_property
    def is_beside(self) -> Within:
        """Asks whether an element lies in a side column, a menu, comments or other furniture."""
        return Within(_is_beside)

    @cached_property
    def texts(self) -> list[Text]:
        """Every text of the body that is not blank, in order."""
        return list(texts_of(_TEXTS, self.body))

    @cached_property
    def meta(self) -> dict[str, str]:
        """Lower-case name, property or itemprop -> content; the first one counts."""
        found: dict[str, str] = {}
        for tag in self.root.iter("meta"):
            name = tag.get("property") or tag.get("name") or tag.get("itemprop")
            content = attribute(tag, "content")
            if name and content:
                found.setdefault(name.strip().lower(), clean(content))
        return found

    @cached_property
    def linked_data(self) -> tuple[dict[str, Any], ...]:
        """The objects of all JSON-LD scripts, graphs unrolled."""
        found: list[dict[str, Any]] = []
        for script in self.root.iter("script"):
            try:
                data = _linked_data(script.text or "")
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
        tag = next(self.root.iter("title"), None)
        return None if tag is None else clean(tag.text_content()) or None

    @cached_property
    def language(self) -> str | None:
        """The primary language tag that the page declares ("en"), or None."""
        declared = (
            attribute(self.root, "lang") or self.meta.get("og:locale") or self.meta.get("language")
        )
        match = re.match(r"[a-z]{2}(?![a-z])", declared.lower()) if declared else None
        return match.group() if match else None

    @cached_property
    def canonical(self) -> str | None:
        """What the page calls its own address: ``link rel=canonical``, else ``og:url``."""
        return self.absolute(self._declared_url)

    @cached_property
    def _declared_url(self) -> str | None:
        links = (tag for tag in self.root.iter("link") if "canonical" in tag.get("rel", "").split())
        hrefs = (attribute(tag, "href") for tag in links)
        return next(filter(None, hrefs), None) or self.meta.get("og:url")

    @cached_property
    def base(self) -> str | None:
        """The address that relative links start from."""
        href = next(filter(None, (attribute(tag, "href") for tag in self.root.iter("base"))), None)
        if self._given_url:
            with suppress(ValueError):  # of a <base> that is no address
                return urljoin(self._given_url, href or "")
            return self._given_url
        if href and href.startswith(("http://", "https://")):
            return href
        return self._declared_url

    def absolute(self, href: str | None) -> str | None:
        """The canonical URL of a link, or None when it is none."""
        if not href:
            return None
        try:
            address = href.strip()
            whole = _WHOLE.match(address) is not None
            return canonical_url(address if whole else urljoin(self.base or "", address))
        except ValueError:
            return None


def _is_beside(element: HtmlElement) -> bool:
    return is_aside(element) or is_furniture(element)


def texts_of(path: etree.XPath, element: HtmlElement) -> Iterator[Text]:
    """The texts to which an XPath leads from an element."""
    results: Any = path(element)
    for found in results:
        text = " ".join(found.split())
        if text:
            parent = found.getparent()
            yield Text(text, parent.getparent() if found.is_tail else parent)


def _linked_data(text: str) -> Any:
    """What JSON says. Half of a pair of surrogates, as in text that was cut, is no letter."""
    data = json.loads(text, strict=False)
    if _SURROGATE.search(text):
        data = json.loads(_HALF.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    return data
