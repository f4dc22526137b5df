"""The parts of a page that nobody reads, cut out before the tree is built.

BeautifulSoup spends about 15 µs on a tag, and on a page of today two tags in three belong to
menus, forms and scripts. lxml's C parser finds those in a tenth of the time. It silently
drops what is nested deeper than 256, and compares each attribute of a tag with each other one,
so that a deep page and one with a giant tag are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

_CUT = ("style", "svg", "select", "template", "noscript", "iframe", "nav", "button", "canvas")
_GIANT_TAG = re.compile(r"<[^<>]{20000}")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]{0,20})\s([^<>]{1000,20000})>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 200
_TOO_DEEP = etree.XPath(f"boolean({'/*' * 200})")
_RUNNING_TEXT = 400
_INDENTATION = re.compile(r">[ \t]*\n\s+<")
"""BeautifulSoup makes it one line feed as well, looking at each blank by itself."""


def pruned(text: str) -> tuple[str, lxml_html.HtmlElement | None]:
    """The page without its menus and forms, and lxml's tree of it; or the page as it is."""
    text = _LONG_TAG.sub(_without_crowd, text)
    if _GIANT_TAG.search(text):
        return text, None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError):
        return text, None
    if _TOO_DEEP(root):
        return text, None
    for element in list(_unread(root)):
        if element.getparent() is not None:
            element.drop_tree()
    text = etree.tostring(root, encoding="unicode", method="html")
    return _INDENTATION.sub(">\n<", text), root


def _without_crowd(tag: re.Match[str]) -> str:
    """A tag as it is, or bare where it has more attributes than anybody writes."""
    attributes = _QUOTED.sub("", tag[2])
    count = max(attributes.count("="), len(attributes.split()))
    return f"<{tag[1]}>" if count > _MOST_ATTRIBUTES else tag[0]


def _is_page(form: lxml_html.HtmlElement) -> bool:
    """Whether a form is a whole page, as ASP.NET writes them, rather than a search box."""
    if form.find(".//h1") is not None or form.find(".//article") is not None:
        return True
    texts = (element.text_content() for element in form.iter("p", "td"))
    return sum(len(text) for text in texts) >= _RUNNING_TEXT


def _unread(root: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    yield from root.iter(*_CUT)
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            yield script
    for link in root.iter("link"):
        if link.get("rel") not in ("canonical", "next", "prev"):
            yield link
    for form in root.iter("form"):
        if not _is_page(form):
            yield form
    for footer in root.iter("footer"):
        if not any(parent.tag in ("article", "main") for parent in footer.iterancestors()):
            yield footer
