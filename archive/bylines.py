"""Who signed a statement: "By Jane Roe, Campaigner, Example Watch"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.document import Byline
from archive.names import PERSON
from archive.roles import split_role

_BYLINE = re.compile(
    rf"(?:By|BY|Par|Por|Von|Written by|Posted by|Author:|Blog by)\s+(?P<name>{PERSON})"
    r"(?:\s*[,|–—-]\s+(?P<role>[^\n]{2,200}))?",
)
_LINES_SEARCHED = 12
_LONGEST = 240


def locate_byline(lines: Sequence[str]) -> tuple[int, Byline] | None:
    """The index of the line that is a byline, and what it says; the first lines are looked at."""
    seen = 0
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        seen += 1
        if seen > _LINES_SEARCHED:
            break
        match = _BYLINE.fullmatch(text.rstrip(" .")) if len(text) <= _LONGEST else None
        if match:
            role, organisation = split_role(match["role"]) if match["role"] else (None, None)
            return number, Byline(match["name"], role, organisation)
    return None
