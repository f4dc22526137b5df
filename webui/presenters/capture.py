"""The captured page, shown safely: as text, or in a frame that may do nothing."""

from __future__ import annotations

import html
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from archive.decode import decode
from archive.document import Document
from archive.errors import PageError
from archive.limits import Limits
from archive.page import Page
from archive.store import Capture
from webui.paths import statement_path, web_address
from webui.presenters import words

_LONGEST = 400_000
_AS_IT_IS = Limits(page_bytes=sys.maxsize, page_tags=sys.maxsize)
"""What was read into the archive is shown, whatever limits there were or are."""
# Keeps the length, which str.lower() does not ("İ").
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_SILENT = ("script", "style", "template", "noscript", "svg")


@dataclass(frozen=True, slots=True)
class CaptureView:
    """``lines``: the page's whole text, menus included; None where it cannot be read."""

    title: str
    back_href: str
    source_href: str | None
    captured: str | None
    path: str
    sha256: str
    size: str
    media_type: str
    lines: tuple[str, ...] | None
    shortened: bool
    frame_href: str | None
    text_href: str
    page_href: str
    download_href: str


def present_capture(document: Document, capture: Capture, *, framed: bool) -> CaptureView:
    """The view of a capture; ``framed``: as a page in a sandbox instead of as text."""
    base = f"{statement_path(document.id)}/original"
    text = None if framed else _text(capture)
    return CaptureView(
        title=document.title,
        back_href=statement_path(document.id),
        source_href=web_address(capture.url or document.url),
        captured=capture.captured_at,
        path=words.place(capture.path),
        sha256=capture.sha256,
        size=words.size(len(capture.data)),
        media_type=capture.media_type,
        lines=tuple(_lines(text[:_LONGEST])) if text is not None else None,
        shortened=text is not None and len(text) > _LONGEST,
        frame_href=f"{base}.html" if framed else None,
        text_href=base,
        page_href=f"{base}?view=page",
        download_href=f"{base}.bin",
    )


def _text(capture: Capture) -> str | None:
    page = Page(capture.path, capture.data, media_type=capture.media_type, charset=capture.charset)
    try:
        text = decode(page, _AS_IT_IS)
    except PageError:
        return None
    return text if capture.media_type == "text/plain" else plain_text_of(text)


def plain_text_of(markup: str) -> str:
    """What a page says, without its tags, scripts and comments; entities are resolved."""
    return html.unescape("".join(_without_tags(markup)))


def _without_tags(markup: str) -> Iterator[str]:
    """What stands between the tags, in one pass over the text: no parser, so that no page,
    however it is built, takes longer than its length.
    """
    lowered, at = markup.translate(_ASCII_LOWER), 0
    while (opened := markup.find("<", at)) >= 0:
        yield markup[at:opened]
        name = next((n for n in _SILENT if lowered.startswith(n, opened + 1)), None)
        if lowered.startswith("<!--", opened):
            closed = markup.find("-->", opened + 4)
            closed = closed + 2 if closed >= 0 else -1
        elif name:
            closed = lowered.find(f"</{name}", opened)
            closed = markup.find(">", closed) if closed >= 0 else -1
        else:
            closed = markup.find(">", opened)
        if closed < 0:
            return
        yield "\n"
        at = closed + 1
    yield markup[at:]


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if stripped := " ".join(line.split()):
            yield stripped
