"""What was saved under a page's name but is an error message: it must never become content."""

from __future__ import annotations

import re

from archive.errors import UnreadablePage
from archive.markup import Markup
from archive.sitenames import SiteNames
from archive.titles import trim_site

_ANY_TAG = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)\b", re.I)
_ERROR_TITLE = re.compile(
    r"(?:error\s)?(?:40[0134]|410|429|50[0-4])\b.{0,60}|"
    r"(?:page )?not found|access denied|"
    r"forbidden|bad gateway|service unavailable|internal server error|just a moment.{0,5}|"
    r"attention required.{0,40}|are you a robot.{0,20}",
    re.I,
)
_ERROR_TEXT = re.compile(
    r"(?:fatal |uncaught )?(?:error|exception|traceback|warning)\b|40[34]\b|cannot open", re.I
)
_SHORT_PAGE = 60  # words


def refuse_message(text: str) -> None:
    """Raise UnreadablePage for a file that is named as a web page but has no markup."""
    if not _ANY_TAG.search(text):
        raise UnreadablePage(
            "the file has no markup although it is named as a web page: "
            f"it says “{_start(text)}”; save the page again",
            "no-markup",
        )


def refuse_blank_page(page: Markup) -> None:
    """Raise UnreadablePage for a page without a body, such as one that is a comment only."""
    if page.root.find("body") is None and not page.texts:
        raise UnreadablePage("the page has no body, so it shows nothing: save it again", "no-body")


def refuse_error_page(page: Markup) -> None:
    """Raise UnreadablePage for what a server sends instead of a page."""
    title = page.title or ""
    if not _ERROR_TITLE.search(title):  # most titles; the site's names take a while to know
        return
    if not _ERROR_TITLE.fullmatch(trim_site(title, SiteNames(page))):
        return
    if sum(len(text.split()) for text, _ in page.texts) <= _SHORT_PAGE:
        raise UnreadablePage(
            f"the server answered with an error page (“{_start(title)}”): save the page again",
            "error-page",
        )


def refuse_error_text(text: str) -> None:
    """Raise UnreadablePage for a plain text that is one error message."""
    if len(text.split()) <= _SHORT_PAGE and _ERROR_TEXT.match(text.strip()):
        raise UnreadablePage(
            f"the text is an error message (“{_start(text)}”): save the page again",
            "error-message",
        )


def _start(text: str) -> str:
    return " ".join(text.split())[:120]
