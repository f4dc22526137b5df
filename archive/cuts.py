"""What nobody reads on a page, cut out of its source: half of most pages, which then need no tree.

Only what plainly begins and ends is cut; the rest is for the tree. Where an author closes too much
or too little within a menu, a parser takes what follows for a part of it, or leaves a part behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

UNREAD = ("style", "svg", "select", "template", "noscript", "iframe", "nav", "button", "canvas")
"""Elements that hold nothing of a statement, wherever they stand."""
STATEMENTS = ("article", "main")
"""Elements whose footer may belong to a statement."""

_NAMED = rb"(?=[\s/>])"  # the whole name
_OPEN = _NAMED + rb"(?![^<>]*/>)"  # and an element that is not empty
_NAMES = "|".join(("script", "footer", *UNREAD)).encode()
_BEGIN = re.compile(rb"<(?P<name>!--|(?:%s)%s)" % (_NAMES, _OPEN))
"""Where one begins; in lower case as on nearly all pages, since that is found twice as quickly."""
_STATEMENT = re.compile(rb"<(?P<end>/?)(?:%s)%s" % ("|".join(STATEMENTS).encode(), _NAMED))
_RAW_NAMES = (b"script", b"style", b"iframe")
_RAW = {
    b"!--": re.compile(rb"--!?>"),
    **{name: re.compile(rb"</%s%s[^<>]*>" % (name, _NAMED), re.I) for name in _RAW_NAMES},
}
"""The end of what has no tags in it."""
_LEFT = (b"ld+json", b"<!--")
"""What a script has that is data, or that may hide its end: it is left to the parser."""


def without_unread(data: bytes) -> bytes:
    """A page, in an encoding that extends ASCII, without comments, scripts, menus and the like."""
    kept = []
    start = 0
    for begin, end in _unread(data):
        kept.append(data[start:begin])
        start = end
    return b"".join((*kept, data[start:]))


def _unread(data: bytes) -> Iterator[tuple[int, int]]:
    at = since = counted = around = 0
    unclosed = set()  # names that are not looked for again: each is followed to the end once
    while edge := _BEGIN.search(data, at):
        begin, at = edge.span()
        since, within = begin, _within_tag(data, since, begin)
        if within:
            continue
        name = edge["name"]
        if name == b"footer":
            around += _opened(data, counted, begin)
            counted = begin
        if name in unclosed or (name == b"footer" and around):
            continue
        end = _end(name, data, begin)
        if end is None:
            unclosed.add(name)
            continue
        at, since = end, end - 1
        if name != b"script" or not any(mark in data[begin:end] for mark in _LEFT):
            yield begin, end


def _within_tag(data: bytes, start: int, end: int) -> bool:
    """Whether a tag is open at ``end``, as in ``<p title="the <nav> element">``."""
    return data.rfind(b"<", start, end) > data.rfind(b">", start, end)


def _opened(data: bytes, start: int, end: int) -> int:
    """How many more statements begin there than end."""
    return sum(-1 if edge["end"] else 1 for edge in _STATEMENT.finditer(data, start, end))


def _end(name: bytes, data: bytes, begin: int) -> int | None:
    """Where an element ends, or None where it is never closed."""
    at = begin + len(b"<!")
    if name in _RAW:
        closed = _RAW[name].search(data, at)
        return closed.end() if closed else None
    depth = 1
    while depth:
        edge = _edge(name).search(data, at)
        if edge is None:
            return None
        if edge["raw"]:
            behind = _end(edge["raw"].lower(), data, edge.start())
            if behind is None:
                return None
            at = behind
        else:
            depth += 1 if edge["open"] else -1
            at = edge.end()
    return at


@cache
def _edge(name: bytes) -> re.Pattern[bytes]:
    """What may stand between an element's begin and its end, and the end itself."""
    raw = rb"(?P<raw>!--|(?:%s)%s)" % (b"|".join(_RAW_NAMES), _OPEN)
    return re.compile(
        rb"<(?:%s|(?P<open>%s%s)|/%s%s[^<>]*>)" % (raw, name, _OPEN, name, _NAMED), re.I
    )
