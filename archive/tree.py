"""HTML text -> a tree of what somebody may read.

lxml's C parser takes a tenth of the time that BeautifulSoup spends on building objects, and
it is what BeautifulSoup is fed by. But it silently drops what is nested deeper than 2,048, and
deep nesting makes much of what follows slow. So a page nested deeper than anybody writes has a
second reading: BeautifulSoup's, folded to a bounded depth. Two in three tags of a page of today
belong to menus, forms and scripts: they are cut out of the source, or else of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from lxml import etree, html

from archive.cuts import STATEMENTS, UNREAD, without_unread

MAX_DEPTH = 200

_GIANT = 1000
_GIANT_TAG = re.compile(rf"<([a-zA-Z][\w-]{{0,20}})\s([^<>]{{{_GIANT},}})>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 200
_IS_DEEPEST = etree.XPath(f"boolean({'/*' * MAX_DEPTH})")
_RUNNING_TEXT = 400
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(text: str) -> html.HtmlElement:
    """The page as a tree of at most ``MAX_DEPTH`` levels, without menus, forms and comments."""
    text = _without_crowds(text)
    try:
        root = etree.fromstring(without_unread(text.encode()), parser=_parser())
    except etree.XMLSyntaxError:  # there is no element and no text in it
        root = None
    if root is None:
        return html.Element("html")
    _drop(_unread(root))
    if is_deep(root):
        root = folded(BeautifulSoup(text, "lxml"))
        _drop(_unread(root))
    _drop(form for form in root.iter("form") if not _is_page(form))
    return root


def is_deep(root: html.HtmlElement) -> bool:
    """Whether a page reaches ``MAX_DEPTH``: nobody wrote it, or it has been folded."""
    return bool(_IS_DEEPEST(root))


def _parser() -> etree.HTMLParser:
    """lxml.html's parser without its form elements, which make each access cost double."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def folded(soup: BeautifulSoup) -> html.HtmlElement:
    """BeautifulSoup's tree as lxml's, in which no element lies deeper than ``MAX_DEPTH``.

    An element there ends where one inside of it begins: all text stays, in its order and in
    blocks of its own.
    """
    builder = etree.TreeBuilder(parser=_parser())
    around: list[Tag] = [soup]
    opened: list[Tag] = []
    for node in soup.descendants:
        while around[-1] is not node.parent:
            if around.pop() is opened[-1]:
                builder.end(_name(opened.pop()))
        if isinstance(node, Tag):
            if len(opened) == MAX_DEPTH:
                builder.end(_name(opened.pop()))
            builder.start(_name(node), dict(_attributes(node)))
            opened.append(node)
            around.append(node)
        elif opened and not isinstance(node, PreformattedString):
            builder.data(_NOT_XML.sub("", str(node)))
    while opened:
        builder.end(_name(opened.pop()))
    return builder.close()


def _name(tag: Tag) -> str:
    return tag.name if _NAME.fullmatch(tag.name) else "span"


def _attributes(tag: Tag) -> Iterator[tuple[str, str]]:
    for name, value in tag.attrs.items():
        if _NAME.fullmatch(name):
            yield name, _NOT_XML.sub("", value if isinstance(value, str) else " ".join(value))


def _without_crowds(text: str) -> str:
    """The page with each tag bare that has more attributes than anybody writes.

    The pattern takes a while, so it is asked only where no ``>`` ends a tag for long.
    """
    kept: list[str] = []
    start = at = 0
    while len(text) - at > _GIANT:
        last = text.rfind(">", at, at + _GIANT + 1)
        if last >= 0:
            at = last + 1
            continue
        end = text.find(">", at) + 1 or len(text)
        kept += text[start:at], _GIANT_TAG.sub(_without_crowd, text[at:end])
        start = at = end
    return "".join((*kept, text[start:])) if kept else text


def _without_crowd(tag: re.Match[str]) -> str:
    """A giant tag as it is, or bare where it has more attributes than anybody writes."""
    attributes = _QUOTED.sub("", tag[2])
    count = max(attributes.count("="), len(attributes.split()))
    return f"<{tag[1]}>" if count > _MOST_ATTRIBUTES else tag[0]


def _is_page(form: html.HtmlElement) -> bool:
    """Whether a form is a whole page, as ASP.NET writes them, rather than a search box."""
    if form.find(".//h1") is not None or form.find(".//article") is not None:
        return True
    texts = (element.text_content() for element in form.iter("p", "td"))
    return sum(len(text) for text in texts) >= _RUNNING_TEXT


def _unread(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in root.iter(*UNREAD, "script", "footer"):
        if element.tag == "script":
            is_read = "ld+json" in (element.get("type") or "")
        elif element.tag == "footer":
            is_read = next(element.iterancestors(*STATEMENTS), None) is not None
        else:
            is_read = False
        if not is_read:
            yield element


def _drop(elements: Iterable[html.HtmlElement]) -> None:
    """Take the elements out of their page; what stands behind them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()
