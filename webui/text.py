"""Characters that must not reach a reader: they would break XML, or hide what is written."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Template
from markupsafe import Markup, escape

from index.results import Snippet

# Control characters and what XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def marked(snippet: Snippet) -> Markup:
    """The spans of a passage, escaped, those that match within ``mark``: a page has hundreds."""
    pieces = [(escape(span.text), span.match) for span in snippet]
    html = "".join([f"<mark>{text}</mark>" if match else text for text, match in pieces])
    return Markup(html)  # noqa: S704 (every piece is escaped)


class PrintableTemplate(Template):
    """A template whose page has no forbidden characters: looked for once in the whole page, not
    in each of its thousand values.
    """

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page."""
        page = super().render(*args, **kwargs)
        # Most pages are clean, which this tells in a twentieth of the time.
        if page.replace("\n", "").replace("\xa0", "").isprintable():
            return page
        return _FORBIDDEN.sub("\ufffd", page)
