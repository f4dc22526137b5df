"""Characters that must not reach a reader: they would break XML, or hide what is written."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Template

# Control characters and what XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class PrintableTemplate(Template):
    """A template whose page has no forbidden characters: looked for once in the whole page, not
    in each of its thousand values.
    """

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page."""
        return _FORBIDDEN.sub("\ufffd", super().render(*args, **kwargs))
