"""A page that a browser saved into one file, with its images (MHTML, RFC 2557)."""

from __future__ import annotations

import binascii
import datetime as dt
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from archive.errors import UnreadablePage
from archive.page import Page
from archive.sources.warc import MEDIA_TYPES

_HEAD = 16_384  # bytes; the standard library's parser takes quadratic time over hostile ones
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_WEB = re.compile(r"https?://", re.I)


def read_mhtml(data: bytes, shown: str) -> Page:
    """The page that was saved: the first part that is one. Its frames and images are left.

    Raises UnreadablePage when there is none.
    """
    head, body = _split(data)
    boundary = head.get_boundary()
    parts = _parts(body, boundary) if boundary else iter([(head, body)])
    for part, content in parts:
        media_type = MEDIA_TYPES.get(part.get_content_type())
        if media_type is not None and "Content-Type" in part:
            return Page(
                path=shown,
                data=_decoded(part, content),
                url=_address(head, part),
                captured_at=_instant(head.get("Date")),
                media_type=media_type,
                charset=part.get_content_charset(),
            )
    raise UnreadablePage("the MHTML file holds no page: save it again", "broken-mhtml")


def _split(data: bytes) -> tuple[Message, bytes]:
    """Headers and what follows them. Linear, which the parser of whole messages is not."""
    data = data.lstrip(b"\r\n")
    end = _BLANK_LINE.search(data[: _HEAD + 4])
    if end is None:
        return Message(), b""
    return BytesHeaderParser().parsebytes(data[: end.start()]), data[end.end() :]


def _parts(body: bytes, boundary: str) -> Iterator[tuple[Message, bytes]]:
    marker = b"--" + boundary.encode("ascii", "replace")
    start = body.find(marker)
    while start >= 0:
        start += len(marker)
        if body.startswith(b"--", start):
            return
        end = body.find(b"\n" + marker, start)
        yield _split(body[start : end if end >= 0 else len(body)].removesuffix(b"\r"))
        start = end + 1 if end >= 0 else -1


def _decoded(part: Message, content: bytes) -> bytes:
    match str(part.get("Content-Transfer-Encoding", "")).strip().lower():
        case "quoted-printable":
            return quopri.decodestring(content)
        case "base64":
            try:
                return binascii.a2b_base64(content)
            except binascii.Error as error:
                message = f"the MHTML file is damaged ({error}): save the page again"
                raise UnreadablePage(message, "broken-mhtml") from error
    return content


def _address(head: Message, part: Message) -> str | None:
    """Where the page was saved from; "cid:..." and "file:..." are no addresses of the web."""
    named = (head.get("Snapshot-Content-Location"), part.get("Content-Location"))
    urls = ("".join(str(url).split()) for url in named if url)
    return next((url for url in urls if _WEB.match(url)), None)


def _instant(date: str | None) -> str | None:
    try:
        moment = parsedate_to_datetime(str(date))
    except (TypeError, ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        return aware.astimezone(dt.UTC).isoformat()
    except OverflowError:
        return None
