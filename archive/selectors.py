"""Which elements of a page does a CSS selector mean? cssselect's XPath, run by libxml2."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache, cached_property
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml import etree
from lxml.html import HtmlElement

_CLASS = re.compile(r"([a-z][a-z0-9]{0,15})?\.([A-Za-z_][\w-]{0,100})")
_CLASSED = etree.XPath("descendant-or-self::*[@class]")


@cache
def compiled(selector: str) -> etree.XPath:
    """The selector, ready to ask of the root of a page. Raises ValueError, with the reason."""
    try:
        path = HTMLTranslator().css_to_xpath(selector)
        return etree.XPath(path, smart_strings=False)
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(str(error)) from error


class Selection:
    """The elements of a page that selectors match, asked once of the whole page.

    A selector says where in the page an element stands, not where in a row: ".view h2" finds
    the heading of a row whatever it is around the row that is called "view".
    """

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._found: dict[str, list[HtmlElement]] = {}

    def all(self, selector: str) -> list[HtmlElement]:
        """The elements that match, in the order of the page."""
        if selector not in self._found:
            named = _CLASS.fullmatch(selector)
            if named:
                found = self._called.get(named[2], [])
                tag = named[1]
                self._found[selector] = [e for e in found if e.tag == tag] if tag else found
            else:
                matched: Any = compiled(selector)(self._root)
                self._found[selector] = matched
        return self._found[selector]

    @cached_property
    def _called(self) -> dict[str, list[HtmlElement]]:
        """Class token -> the elements that have it: most selectors ask for no more."""
        found: dict[str, list[HtmlElement]] = defaultdict(list)
        classed: Any = _CLASSED(self._root)
        for element in classed:
            for token in set(element.get("class").split()):
                found[token].append(element)
        return found

    def first(self, selector: str) -> HtmlElement | None:
        """The first element that matches."""
        return next(iter(self.all(selector)), None)


class RowSelection:
    """The same for the rows of a page: what lies in each of them."""

    def __init__(self, page: Selection, rows: Collection[HtmlElement]) -> None:
        self._page = page
        self._rows = frozenset(rows)
        self._found: dict[str, dict[HtmlElement, list[HtmlElement]]] = {}

    def all(self, selector: str, row: HtmlElement) -> list[HtmlElement]:
        """The elements inside the row that match, in the order of the page."""
        if selector not in self._found:
            self._found[selector] = self._by_row(selector)
        return self._found[selector].get(row, [])

    def _by_row(self, selector: str) -> dict[HtmlElement, list[HtmlElement]]:
        found: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
        for element in self._page.all(selector):
            for row in self._rows.intersection(element.iterancestors()):
                found[row].append(element)
        return found


def outermost(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    """The elements that lie in none of the others."""
    chosen = list(elements)
    known = frozenset(chosen)
    return [element for element in chosen if known.isdisjoint(element.iterancestors())]


class Within:
    """Whether an element, or one around it, passes a test. Each element is asked once."""

    def __init__(self, test: Callable[[HtmlElement], bool]) -> None:
        self._test = test
        self._known: dict[HtmlElement, bool] = {}

    def __call__(self, element: HtmlElement) -> bool:
        """The answer for an element of the page for which this was made."""
        known = self._known
        path = []
        node: HtmlElement | None = element
        answer: bool | None = False
        while node is not None:
            answer = known.get(node)
            if answer is not None:
                break
            path.append(node)
            answer = self._test(node)
            if answer:
                break
            node = node.getparent()
        found = bool(answer)
        for node in path:
            known[node] = found
        return found
