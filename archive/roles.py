"""What an apposition says of a person: the role, and the organisation it is held in."""

from __future__ import annotations

import re

_AT = re.compile(r"\s+(?:at|with|from)\s+(?:the\s+)?(?=[^\W\d_a-z])")


def split_role(text: str) -> tuple[str | None, str | None]:
    """(role, organisation) of "Russia Researcher at Example Watch", either None if not stated."""
    text = text.strip(" ,.")
    at = list(_AT.finditer(text))
    if at:
        return text[: at[-1].start()], text[at[-1].end() :]
    head, comma, tail = text.rpartition(", ")
    if comma:
        return head, tail
    return text, None
