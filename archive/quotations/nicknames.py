"""Nicknames in marks within a name, which are no quotation: Jane “Jo” Roe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.names import UPPER

_WORD = rf"[{UPPER}][\w’'.-]{{0,29}}"
_NICKNAME = re.compile(rf"[“\"‘'][{UPPER}][\w’-]{{0,19}}(?:\s[{UPPER}][\w’-]{{0,19}})?[”\"’']\s")
_BEFORE = re.compile(rf"(?:{_WORD}\s){{1,3}}$")
_BEHIND = re.compile(rf"[{UPPER}]\w[\w’-]{{0,29}}(?:\s[{UPPER}]\w[\w’-]{{0,29}})?")
_LONGEST = 45
"""Characters of a nickname with its marks."""
_REACH = 60
"""Characters before a nickname in which the name begins."""


def is_nickname(text: str, start: int, end: int) -> bool:
    """Whether the marks from ``start`` to ``end`` stand within a name."""
    if end - start > _LONGEST:
        return False
    match = _NICKNAME.match(text, start)
    return match is not None and match.end() == end + 1 and _name_around(text, match) is not None


def nicknamed(body: str) -> Iterator[tuple[int, int]]:
    """Where each name with a nickname begins and ends."""
    for match in _NICKNAME.finditer(body):
        around = _name_around(body, match)
        if around:
            yield around


def without_nickname(name: str) -> str:
    """The name without the nickname."""
    return _NICKNAME.sub("", name)


def _name_around(text: str, nickname: re.Match[str]) -> tuple[int, int] | None:
    start = nickname.start()
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    behind = _BEHIND.match(text, nickname.end())
    return (start - len(before.group()), behind.end()) if before and behind else None
