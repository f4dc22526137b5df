"""The entries that run on in one element, parted by nothing but line breaks.

Old pages, and editors who type, list statements in a single ``<p>``, ``<td>`` or ``<pre>``: a
date and a link in each line, or some lines for each with a blank one between. Every entry
becomes an element of its own, made of copies, so that what follows reads it as any other row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement

from archive.dates import Order, date_line, find_dates
from archive.furniture import names
from archive.lines import line
from archive.links import leads

_FEWEST = 3
_LINKED = 0.8  # share of the entries that lead somewhere: prose with dates in it does not
_LISTED = 0.6  # share of the text that the entries are
_START = 40  # characters in which an entry states its date


class _Piece(NamedTuple):
    """A line of the flow. ``blank``: nothing is in it."""

    tag: HtmlElement
    text: str
    leads: bool

    @property
    def blank(self) -> bool:
        return not self.text


class FlowEntry(NamedTuple):
    """One entry, as an element made of copies. ``date``: the one of the line above its group."""

    tag: HtmlElement
    date: str | None


def entries_in(element: HtmlElement, order: Order | None) -> list[FlowEntry]:
    """The entries of an element whose own text and inline elements list them, or []."""
    blocks = list(_blocks(_pieces(_innermost(element))))
    linked = sum(_leads(block) for block in blocks)
    lines = sum(piece.leads for block in blocks for piece in block)
    if linked < lines * _LINKED:  # no blank lines between the entries: each link begins one
        blocks = [part for block in blocks for part in _by_links(block, order)]
    found = list(_dated(blocks, order))
    text = sum(len(piece.text) for block in blocks for piece in block)
    listed = sum(len(line(entry.tag)) for entry in found)
    return found if len(found) >= _FEWEST and listed >= text * _LISTED else []


def _by_links(block: Sequence[_Piece], order: Order | None) -> Iterator[list[_Piece]]:
    """The lines of a block, parted before each that leads somewhere and at each bare date."""
    part: list[_Piece] = []
    for piece in block:
        is_date = date_line(piece.text, order) is not None
        if part and (is_date or piece.leads):
            yield part
            part = []
        part.append(piece)
        if is_date:
            yield part
            part = []
    if part:
        yield part


def _dated(blocks: Sequence[Sequence[_Piece]], order: Order | None) -> Iterator[FlowEntry]:
    """The blocks that lead somewhere, each with the date in it or on the line above it."""
    above: str | None = None
    for block in blocks:
        if not _leads(block):
            heading = date_line(" ".join(piece.text for piece in block), order)
            above = heading.value if heading else above
            continue
        own = any(found.start < _START for p in block for found in find_dates(p.text, order))
        if own or above:
            yield FlowEntry(_joined(block), None if own else above)


def _leads(block: Sequence[_Piece]) -> bool:
    return any(piece.leads for piece in block)


def _joined(block: Sequence[_Piece]) -> HtmlElement:
    entry = html.Element("div")
    for piece in block:
        entry.append(piece.tag)
    return entry


def _blocks(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    """The lines between blank ones."""
    block: list[_Piece] = []
    for piece in pieces:
        if piece.blank:
            if block:
                yield block
            block = []
        else:
            block.append(piece)
    if block:
        yield block


def _innermost(element: HtmlElement) -> HtmlElement:
    """The element that holds the lines, where others are wrapped around all of them."""
    while len(element) == 1 and not (element.text or "").strip():
        (child,) = element
        if (child.tail or "").strip() or child.tag in ("a", "br"):
            break
        element = child
    return element


def _pieces(element: HtmlElement) -> Iterator[_Piece]:
    """The lines of an element: what stands between its ``<br>``, blocks and, in ``<pre>``, ends."""
    breaks_at_newline = element.tag == "pre"
    blocks = names("blocks")
    current = html.Element("div")

    def close() -> _Piece:
        nonlocal current
        done, current = current, html.Element("div")
        return _piece(done)

    def add(text: str | None) -> Iterator[_Piece]:
        first, *more = (text or "").split("\n") if breaks_at_newline else [text or ""]
        _append(current, first)
        for part in more:
            yield close()
            _append(current, part)

    def inside(parent: HtmlElement) -> Iterator[_Piece]:
        yield from add(parent.text)
        for child in parent:
            if child.tag == "br":
                yield close()
            elif child.tag in blocks:
                yield close()
                yield _piece(_without_tail(child))
                yield close()
            elif child.find(".//br") is not None:  # <font> around several lines
                yield from inside(child)
            else:
                current.append(_without_tail(child))
            yield from add(child.tail)

    yield from inside(element)
    yield close()


def _piece(tag: HtmlElement) -> _Piece:
    return _Piece(tag, line(tag), leads(tag))


def _without_tail(child: HtmlElement) -> HtmlElement:
    copied = deepcopy(child)
    copied.tail = None
    return copied


def _append(tag: HtmlElement, text: str) -> None:
    if len(tag):
        tag[-1].tail = (tag[-1].tail or "") + text
    else:
        tag.text = (tag.text or "") + text
