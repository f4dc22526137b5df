"""Characters that must not reach a reader: they would break XML, or hide what is written."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

# Control characters and what XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value: Any) -> Any:
    """The value as a template may print it: for strings, without forbidden characters."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _FORBIDDEN.sub("\ufffd", value) if _FORBIDDEN.search(value) else value
