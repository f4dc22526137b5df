"""Which elements of a page does a CSS selector mean? cssselect's XPath, run by libxml2."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from cssselect import HTMLTranslator, SelectorError
from lxml import etree
from lxml.html import HtmlElement

_CLASS = r"[A-Za-z_][\w-]{0,100}"
_CLASSED = etree.XPath("descendant-or-self::*[@class]")
_STEP = re.compile(rf"([a-z][a-z0-9]{{0,15}})?(?:#({_CLASS}))?((?:\.{_CLASS}){{0,5}})")


@cache
def compiled(selector: str) -> etree.XPath:
    """The selector, ready to ask of the root of a page. Raises ValueError, with the reason."""
    try:
        path = HTMLTranslator().css_to_xpath(selector)
        return etree.XPath(path, smart_strings=False)
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(str(error)) from error


class Step(NamedTuple):
    """An element by its name, its id, its classes or all of these, as most selectors name one."""

    tag: str | None
    identifier: str | None
    classes: frozenset[str]

    def fits(self, element: HtmlElement) -> bool:
        """Whether the element is such a one."""
        if self.identifier is not None and self.identifier != element.get("id"):
            return False
        tokens = _tokens(element.get("class", "")) if self.classes else ()
        return self.tag in (None, element.tag) and self.classes.issubset(tokens)


@lru_cache(maxsize=4096)
def _tokens(value: str) -> frozenset[str]:
    """The class tokens in an attribute: the pages of a site share most of them."""
    return frozenset(value.split())


@cache
def steps_of(selector: str) -> tuple[Step, ...] | None:
    """The steps of a selector from the outermost in, None where it says more ("a > b", "[c]").

    The last one has a class, or is a name alone and the one before it has a class.
    """
    found = [_STEP.fullmatch(step) for step in selector.split(" ")]
    steps = [Step(step[1], step[2], frozenset(step[3].split(".")[1:])) for step in found if step]
    if len(steps) != len(found) or "" in selector.split(" "):
        return None
    classed = [bool(step.classes) for step in steps]
    is_name = steps[-1].tag is not None and steps[-1].identifier is None
    return tuple(steps) if classed[-1] or (is_name and any(classed[-2:])) else None


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
            parts = [" ".join(part.split()) for part in selector.split(",")]
            if all(map(steps_of, parts)):
                self._found[selector] = self._by_any(parts)
            else:
                matched: Any = compiled(selector)(self._root)
                self._found[selector] = matched
        return self._found[selector]

    def _by_any(self, selectors: Sequence[str]) -> list[HtmlElement]:
        """What one of the selectors of steps matches: the elements of "a .b, .c"."""
        found = [self._by_steps(steps) for selector in selectors if (steps := steps_of(selector))]
        some = [elements for elements in found if elements]
        if len(some) < 2:
            return some[0] if some else []
        every = {element for elements in some for element in elements}
        return [tag for tag in self._root.iter({tag.tag for tag in every}) if tag in every]

    def _by_steps(self, steps: Sequence[Step]) -> list[HtmlElement]:
        *around, last = steps
        if not last.classes:
            outer = outermost(self._by_steps(around))
            return [tag for element in outer for tag in element.iterdescendants(last.tag)]
        named = self._called(min(last.classes))
        return [tag for tag in named if last.fits(tag) and _lies_in(tag, around)]

    def _called(self, token: str) -> list[HtmlElement]:
        """The elements that have a class token, in the order of the page."""
        named = {value for value in self._values if token in value and token in _tokens(value)}
        return [tag for tag, value in self._classed if value in named] if named else []

    def is_any_called(self, part: str) -> bool:
        """Whether any element of the page has this in its classes."""
        return any(part in value for value in self._values)

    @cached_property
    def _classed(self) -> list[tuple[HtmlElement, str]]:
        """The elements that have classes, and their attribute, in the order of the page."""
        found: Any = _CLASSED(self._root)
        return [(tag, tag.get("class")) for tag in found]

    @cached_property
    def _values(self) -> frozenset[str]:
        """What the attributes say: few things on most pages."""
        return frozenset(value for _, value in self._classed)

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


def _lies_in(element: HtmlElement, steps: Sequence[Step]) -> bool:
    """Whether elements of these steps, from the last to the first, are around an element."""
    for step in reversed(steps):
        around = next((tag for tag in element.iterancestors(step.tag) if step.fits(tag)), None)
        if around is None:
            return False
        element = around
    return True


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
