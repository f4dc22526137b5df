"""Pages in web archives (.warc, .warc.gz)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from archive.errors import PageError, UnreadablePage
from archive.page import Page, UnreadableSource
from archive.sources.bounded import read_bounded

_NAME = re.compile(r"\.warc(?:\.gz)?$", re.I)
_MEDIA_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.I)


def is_warc(path: Path) -> bool:
    """Whether the file is named as a web archive."""
    return _NAME.search(path.name) is not None


def read_warc(path: Path) -> Iterator[Page | UnreadableSource]:
    """The HTML and text responses of a web archive; a damaged record is reported."""
    shown = path.as_posix()
    number = 0
    try:
        with path.open("rb") as stream:
            records = (r for r in ArchiveIterator(stream) if r.format == "warc")
            for number, record in enumerate(records, 1):
                if record.rec_type in ("response", "resource"):
                    page = _page(record, f"{shown}#{number}")
                    if page is not None:
                        yield page
    except Exception as error:  # warcio fails in as many ways as a record can be broken
        yield _broken(f"{shown}#{number + 1}", f"is damaged after record {number}: {error}")
    else:
        if number == 0:
            yield _broken(shown, "has no records")


def _broken(shown: str, problem: str) -> UnreadableSource:
    message = f"the web archive {problem}; fetch it again"
    return UnreadableSource(shown, UnreadablePage(message, "broken-warc"))


def _page(record: ArcWarcRecord, shown: str) -> Page | UnreadableSource | None:
    http, known = record.http_headers, record.rec_headers
    content_type = (http or known).get_header("Content-Type") or ""
    media_type = _MEDIA_TYPES.get(content_type.partition(";")[0].strip().lower())
    if media_type is None or (http is not None and http.get_statuscode() != "200"):
        return None
    try:
        data = _content(record)
    except PageError as error:
        return UnreadableSource(shown, error)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        message = f"the record is damaged: {error}; fetch the page again"
        return UnreadableSource(shown, UnreadablePage(message, "broken-record"))
    charset = _CHARSET.search(content_type)
    return Page(
        path=shown,
        data=data,
        url=known.get_header("WARC-Target-URI"),
        captured_at=known.get_header("WARC-Date"),
        media_type=media_type,
        charset=charset[1] if charset else None,
    )


def _content(record: ArcWarcRecord) -> bytes:
    data = read_bounded(record.content_stream())
    if record.raw_stream.limit > 0:
        raise EOFError("it ends before its declared length")
    return data
