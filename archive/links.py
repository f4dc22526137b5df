"""Where an element leads: its links, and what old pages do with scripts instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from archive.lines import attribute

_NO_PAGE = ("#", "mailto:", "javascript:", "tel:")
# onclick="location.href='/news/7'", "window.open('/news/7')", "show('https://example.org/7')"
_CLICK = re.compile(
    r"""(?:location(?:\.href)?\s?=|\bopen\()\s?['"]([^'"\s]{1,2000})['"]|"""
    r"""['"](https?://[^'"\s]{1,2000})['"]"""
)

_CLICKED = etree.XPath("descendant-or-self::*[@onclick]")


def target(tag: HtmlElement) -> str | None:
    """The address to which an element itself leads, as the page writes it, or None."""
    if tag.tag == "a":
        href = attribute(tag, "href")
        if href and not href.startswith(_NO_PAGE):
            return href
    click = tag.get("onclick")
    found = _CLICK.search(click) if click else None
    return (found[1] or found[2]) if found else None


def links_in(tag: HtmlElement) -> Iterator[HtmlElement]:
    """The links to pages and files in an element, itself included; without any, what is clicked."""
    is_any = False
    for link in tag.iter("a"):
        href = attribute(link, "href")
        if href and not href.startswith(_NO_PAGE):
            is_any = True
            yield link
    if not is_any:
        clickable: Any = _CLICKED(tag)
        yield from (clicked for clicked in clickable if target(clicked))


def leads(tag: HtmlElement) -> bool:
    """Whether an element leads anywhere."""
    return next(links_in(tag), None) is not None
