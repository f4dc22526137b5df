"""Pages in web archives (.warc, .warc.gz)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.errors import PageError, PageLimitExceeded, UnreadablePage
from archive.limits import LIMITS
from archive.page import Page, UnreadableSource

_NAME = re.compile(r"\.w?arc(?:\.gz)?$", re.I)
_CHUNK = 1 << 16
_MEDIA_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}


def is_warc(path: Path) -> bool:
    """Whether the file is named as a web archive."""
    return _NAME.search(path.name) is not None


def read_warc(path: Path) -> Iterator[Page | UnreadableSource]:
    """The HTML and text responses of a web archive; a broken record is reported."""
    shown = path.as_posix()
    number = 0
    try:
        with path.open("rb") as stream:
            for number, record in enumerate(ArchiveIterator(stream), 1):
                if record.rec_type in ("response", "resource"):
                    page = _page(record, f"{shown}#{number}")
                    if page is not None:
                        yield page
    except (OSError, EOFError, ArchiveLoadFailed, ValueError, KeyError) as error:
        yield UnreadableSource(
            f"{shown}#{number + 1}",
            UnreadablePage(
                f"the web archive is damaged after record {number}: {error}", "broken-warc"
            ),
        )


def _page(record: object, shown: str) -> Page | UnreadableSource | None:
    headers = record.http_headers or record.rec_headers  # type: ignore[attr-defined]
    status = record.http_headers.get_statuscode() if record.http_headers else "200"  # type: ignore[attr-defined]
    media_type, charset = _content_type(headers.get_header("Content-Type") or "")
    if media_type is None or status != "200":
        return None
    try:
        data = _read(record.content_stream())  # type: ignore[attr-defined]
    except PageError as error:
        return UnreadableSource(shown, error)
    except Exception as error:
        return UnreadableSource(
            shown, UnreadablePage(f"the record is damaged: {error}", "broken-record")
        )
    known = record.rec_headers  # type: ignore[attr-defined]
    return Page(
        path=shown,
        data=data,
        url=known.get_header("WARC-Target-URI"),
        captured_at=known.get_header("WARC-Date"),
        media_type=media_type,
        charset=charset,
    )


def _content_type(value: str) -> tuple[str | None, str | None]:
    kind, _, parameters = value.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    return _MEDIA_TYPES.get(kind.strip().lower()), charset[1] if charset else None


def _read(stream: object) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):  # type: ignore[attr-defined]
        size += len(chunk)
        if size > LIMITS.page_bytes:
            raise PageLimitExceeded(
                f"the page has more than {LIMITS.page_bytes:,} bytes: "
                "save the statement on its own",
                "too-large",
            )
        chunks.append(chunk)
    return b"".join(chunks)
