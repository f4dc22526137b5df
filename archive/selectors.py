"""Which elements of a tree? By CSS selectors, by names, by what is around them.

The plain selectors, which profiles are made of, are compared here. A profile asks a dozen
of every row, and soupsieve, which knows all of CSS, takes ten times as long for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from bs4 import Tag

_NAME = re.compile(r"[a-z][a-z0-9]*|(?=[.#\[])")
_PART = re.compile(
    r"(?P<sign>[.#])(?P<token>[a-zA-Z_][\w-]*)|"
    r"\[(?P<key>itemprop|property|name|data-[a-z-]+)=(?P<mark>[\"']?)(?P<value>[\w:.-]+)(?P=mark)\]"
)
"""A class, an id or an attribute whose case counts, as it does not in "rel" and "type"."""


class _Compound(NamedTuple):
    """One word of a plain selector: "h2.title", "time[itemprop=datePublished]"."""

    name: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]

    def matches(self, tag: Tag) -> bool:
        if self.name and tag.name != self.name:
            return False
        if self.classes:
            own = tag.attrs.get("class", ())
            if not all(token in own for token in self.classes):
                return False
        return all(tag.attrs.get(key) == value for key, value in self.attributes)


class Scope:
    """An element of which many selectors are asked."""

    def __init__(self, root: Tag) -> None:
        self._root = root

    @cached_property
    def _tags(self) -> list[Tag]:
        return [node for node in self._root.descendants if isinstance(node, Tag)]

    def select(self, selector: str) -> list[Tag]:
        """The elements inside that match, in the order of the page."""
        compounds = _plain(selector)
        if compounds is None:
            return list(self._root.select(selector))
        *around, own = compounds
        found = [tag for tag in self._tags if own.matches(tag)]
        return [tag for tag in found if _stands_in(tag, around)] if around else found

    def first(self, selector: str) -> Tag | None:
        """The first element inside that matches."""
        return next(iter(self.select(selector)), None)


def _stands_in(tag: Tag, around: list[_Compound]) -> bool:
    """Whether elements around match the words before the last, from the inside outwards."""
    wanted = list(around)
    for parent in tag.parents:
        if wanted and wanted[-1].matches(parent):
            wanted.pop()
    return not wanted


@cache
def _plain(selector: str) -> tuple[_Compound, ...] | None:
    """The words of a selector that has nothing but blanks between them; None for any other."""
    compounds = tuple(map(_compound, selector.split()))
    return None if None in compounds else tuple(filter(None, compounds))


def _compound(word: str) -> _Compound | None:
    name = _NAME.match(word)
    at = name.end() if name else 0
    classes, attributes = [], []
    while name and (part := _PART.match(word, at)):
        at = part.end()
        if part["sign"] == ".":
            classes.append(part["token"])
        else:
            attributes.append((part["key"] or "id", part["value"] or part["token"]))
    return (
        _Compound(name[0], tuple(classes), tuple(attributes)) if name and at == len(word) else None
    )


def tags_in(tag: Tag, *names: str) -> Iterator[Tag]:
    """The elements of these names inside an element; five times as fast as ``find_all``."""
    for node in tag.descendants:
        if isinstance(node, Tag) and node.name in names:
            yield node


class Within:
    """Whether an element, or one around it, passes a test. Each element is asked once."""

    def __init__(self, test: Callable[[Tag], bool]) -> None:
        self._test = test
        self._known: dict[int, bool] = {}

    def __call__(self, tag: Tag) -> bool:
        """The answer for an element of the page for which this was made."""
        path = []
        answer = False
        for node in chain((tag,), tag.parents):
            known = self._known.get(id(node))
            path.append(id(node))
            answer = self._test(node) if known is None else known
            if answer or known is not None:
                break
        self._known.update(dict.fromkeys(path, answer))
        return answer
