"""The body of an article on an unknown site, where running text shows plainly what it is.

Paragraphs are long and hardly linked; menus, captions, share lines and lists of other articles
are short or links. So the body is the element that holds the most letters of paragraphs against
few others. Where much running text stands elsewhere (comments, several statements, columns) the
page is no plain case, and nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.lines import HEADINGS, block_around, paragraphs
from archive.markup import Markup
from archive.selectors import Within

_PARAGRAPH = 60  # letters outside links, from which on a block is running text
_UNLINKED = 0.5  # of the letters of a block that is no list of links
_COST = 3  # letters of running text that each other letter beside them takes off
_PLAIN = 0.65  # of the page's running text, less that cost, in its body
_TEXT = frozenset((*HEADINGS, "p", "li", "blockquote", "td", "th", "pre", "dd", "dt"))


@dataclass(slots=True)
class _Block:
    """Letters of one block itself, not of the blocks inside of it, and those that are links."""

    is_beside: bool
    letters: int = 0
    linked: int = 0

    @property
    def is_text(self) -> bool:
        """Whether it is no list of links."""
        return not self.is_beside and self.linked <= _UNLINKED * self.letters

    @property
    def is_running(self) -> bool:
        """Whether it is running text."""
        return self.is_text and self.letters - self.linked >= _PARAGRAPH


def by_prose(page: Markup) -> tuple[list[str], HtmlElement] | None:
    """Paragraphs and element of a page's body, or None where it is not plain to see."""
    blocks = _blocks(page)
    worth: Counter[HtmlElement] = Counter()
    running = 0
    for element, block in blocks.items():
        if block.is_beside:
            continue
        gain = block.letters if block.is_running else -_COST * block.letters
        running += max(gain, 0)
        worth[element] = gain
    for element in reversed(list(page.body.iterdescendants())):
        if element in worth:
            worth[element.getparent()] += worth[element]
    # No single paragraph is the body: beside a short article's title it alone would cost nothing.
    holders = (element for element in worth if element.tag != "p")
    body = max(holders, key=worth.__getitem__, default=None)
    if body is None or worth[body] < max(_PLAIN * running, 1):
        return None
    return paragraphs(body, skip=list(_left_out(body, blocks))), body


def _blocks(page: Markup) -> dict[HtmlElement, _Block]:
    """The blocks that have text of their own, in order."""
    is_linked = Within(lambda tag: tag.tag == "a")
    found: dict[HtmlElement, _Block] = {}
    of: dict[HtmlElement, _Block] = {}
    for text, parent in page.texts:
        block = of.get(parent)
        if block is None:
            element = block_around(parent)
            of[parent] = block = found.setdefault(element, _Block(page.is_beside(element)))
        block.letters += len(text)
        block.linked += len(text) if is_linked(parent) else 0
    return found


def _left_out(body: HtmlElement, blocks: dict[HtmlElement, _Block]) -> Iterator[HtmlElement]:
    """What stands in the body but is no part of it, and the headings above that."""
    inside = frozenset(body.iter())
    holding: set[HtmlElement] = set()
    for element, block in blocks.items():
        around: HtmlElement | None = element if block.is_running else None
        while around is not None and around not in holding:
            holding.add(around)
            around = around.getparent()
    is_out = True
    for element, block in reversed(blocks.items()):
        if element in inside:
            is_heading = element.tag in HEADINGS
            is_kept = block.is_text and element.tag in _TEXT and not (is_heading and is_out)
            is_out = element not in holding and not is_kept
            if is_out:
                yield element
