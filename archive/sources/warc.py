"""Pages in web archives (WARC, ISO 28500: .warc, .warc.gz)."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import IO, Protocol, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from archive.errors import PageError, UnreadablePage
from archive.page import Page, UnreadableSource
from archive.sources.bounded import ArchiveBomb, Budget, read_bounded

MEDIA_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.I)
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16


def read_warc(stream: IO[bytes], shown: str, budget: Budget) -> Iterator[Page | UnreadableSource]:
    """The HTML and text responses of a web archive; a damaged record is reported.

    A revisit of another address has that address's bytes: they are looked up in a second
    pass. ``stream`` (an open file, a member of a ZIP) stands at the archive's beginning.
    """
    start = stream.tell()
    revisits: list[_Revisit] = []
    yield from _pages(stream, shown, budget, revisits)
    if revisits:
        stream.seek(start)
        yield from _revisited(stream, shown, budget, revisits)


@dataclass(frozen=True)
class _Revisit:
    """A capture whose bytes are those of another record."""

    shown: str
    url: str
    captured_at: str | None
    digest: str


class _Stream(Protocol):
    """An open file, a member of a ZIP, or either unpacked."""

    def read1(self, size: int, /) -> bytes: ...

    def peek(self, size: int, /) -> bytes: ...


@dataclass
class _Unpacked:
    """The archive's bytes for warcio, counted, and bounded where warcio reads without bounds."""

    stream: _Stream
    budget: Budget
    offset: int = 0
    head: int | None = None

    def read(self, size: int) -> bytes:
        try:
            # One step: what was unpacked before the damage is not lost with it.
            data = self.stream.read1(size)
        except EOFError as error:  # which warcio would take for the archive's regular end
            raise OSError("the compressed data ends too early") from error
        self.budget.spend(len(data))
        self.offset += len(data)
        if self.head is not None:
            self.head -= len(data)
            if self.head < 0:
                most = self.budget.limits.record_head
                raise ArchiveBomb(f"has a record with a head of over {most:,} bytes", "record_head")
        return data

    def tell(self) -> int:
        return self.offset


def _records(stream: IO[bytes], budget: Budget) -> Iterator[tuple[int, ArcWarcRecord | None]]:
    """The records with their numbers; None where one did not end where it said.

    Fails in as many ways as an archive can be broken.
    """
    limits = budget.limits
    unpacked = _Unpacked(_gunzipped(cast(_Stream, stream)), budget, head=limits.record_head)
    records = ArchiveIterator(unpacked)
    records.INC_RECORD = ""  # it would print what it found instead of a record
    number = revisits = errors = 0
    for number, record in enumerate(records, 1):
        if records.err_count > errors:
            errors = records.err_count
            yield number - 1, None
        if number > limits.warc_records:
            raise ArchiveBomb(f"has more than {limits.warc_records:,} records", "warc_records")
        if record.format != "warc":
            raise ValueError("it is an ARC, of the format before WARC")
        revisits += record.rec_type == "revisit"
        if revisits > limits.warc_revisits:
            raise ArchiveBomb(f"has more than {limits.warc_revisits:,} revisits", "warc_revisits")
        unpacked.head = None
        yield number, record
        while record.raw_stream.read(_CHUNK):
            pass
        unpacked.head = limits.record_head
    if records.err_count > errors:
        yield number, None


def _gunzipped(stream: _Stream) -> _Stream:
    """The archive unpacked once: warcio alone would unpack again what it finds packed twice."""
    if stream.peek(2)[:2] != _GZIP:
        return stream
    unpacked = gzip.GzipFile(fileobj=cast("IO[bytes]", stream))
    if unpacked.peek(2)[:2] == _GZIP:
        raise ValueError("it is packed twice")
    return unpacked


def _pages(
    stream: IO[bytes], shown: str, budget: Budget, revisits: list[_Revisit]
) -> Iterator[Page | UnreadableSource]:
    number = 0
    try:
        for number, record in _records(stream, budget):
            name = f"{shown}#{number}"
            if record is None:
                yield _broken(name, "has a record that does not end where it says")
            elif record.rec_type in ("response", "resource"):
                page = _page(record, name, budget)
                if page is not None:
                    yield page
            elif (revisit := _revisit(record, name)) is not None:
                revisits.append(revisit)
    except ArchiveBomb as error:
        yield UnreadableSource(f"{shown}#{number + 1}", error)
    except Exception as error:  # warcio fails in as many ways as a record can be broken
        yield _broken(f"{shown}#{number + 1}", f"is damaged after record {number}: {error}")
    else:
        if number == 0:
            yield _broken(shown, "has no records")


def _revisit(record: ArcWarcRecord, name: str) -> _Revisit | None:
    """A revisit that stands for another address's page; with its own address, nothing is new."""
    if record.rec_type != "revisit":
        return None
    known = record.rec_headers
    url = known.get_header("WARC-Target-URI")
    original = known.get_header("WARC-Refers-To-Target-URI")
    digest = known.get_header("WARC-Payload-Digest")
    if not (url and digest and original) or original == url:
        return None
    if record.http_headers is not None and _media_type(record) is None:
        return None
    return _Revisit(name, url, known.get_header("WARC-Date"), digest)


def _revisited(
    stream: IO[bytes], shown: str, budget: Budget, revisits: list[_Revisit]
) -> Iterator[Page | UnreadableSource]:
    """The pages that revisits stand for, and those whose bytes are in another archive."""
    waiting: dict[str, list[_Revisit]] = {}
    for revisit in revisits:
        waiting.setdefault(revisit.digest, []).append(revisit)
    try:
        for record in (record for _, record in _records(stream, budget) if record):
            digest = record.rec_headers.get_header("WARC-Payload-Digest")
            if record.rec_type == "response" and digest in waiting:
                yield from _as_revisited(_page(record, shown, budget), waiting.pop(digest))
            if not waiting:
                return
    except ArchiveBomb as error:
        yield UnreadableSource(shown, error)
        return
    except Exception:  # noqa: S110 (the first pass has reported the damage)
        pass
    message = "its page is in no record of this web archive: ingest the archive that has it"
    for revisit in chain.from_iterable(waiting.values()):
        yield UnreadableSource(revisit.shown, UnreadablePage(message, "revisit"))


def _as_revisited(
    page: Page | UnreadableSource | None, revisits: Iterable[_Revisit]
) -> Iterator[Page | UnreadableSource]:
    for revisit in revisits:
        match page:
            case Page():
                yield replace(
                    page, path=revisit.shown, url=revisit.url, captured_at=revisit.captured_at
                )
            case UnreadableSource():
                yield UnreadableSource(revisit.shown, page.error)


def _broken(shown: str, problem: str) -> UnreadableSource:
    message = f"the web archive {problem}; fetch it again"
    return UnreadableSource(shown, UnreadablePage(message, "broken-warc"))


def _page(record: ArcWarcRecord, shown: str, budget: Budget) -> Page | UnreadableSource | None:
    http, known = record.http_headers, record.rec_headers
    media_type = _media_type(record)
    if media_type is None or (http is not None and http.get_statuscode() != "200"):
        return None
    try:
        data = _content(record, budget)
    except ArchiveBomb:
        raise
    except PageError as error:
        return UnreadableSource(shown, error)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        message = f"the record is damaged: {error}; fetch the page again"
        return UnreadableSource(shown, UnreadablePage(message, "broken-record"))
    charset = _CHARSET.search(_content_type(record))
    return Page(
        path=shown,
        data=data,
        url=known.get_header("WARC-Target-URI"),
        captured_at=known.get_header("WARC-Date"),
        media_type=media_type,
        charset=charset[1] if charset else None,
    )


def _content_type(record: ArcWarcRecord) -> str:
    return (record.http_headers or record.rec_headers).get_header("Content-Type") or ""


def _media_type(record: ArcWarcRecord) -> str | None:
    """What kind of page the record holds, None when it is none."""
    return MEDIA_TYPES.get(_content_type(record).partition(";")[0].strip().lower())


def _content(record: ArcWarcRecord, budget: Budget) -> bytes:
    data = read_bounded(record.content_stream(), budget.limits.page_bytes, budget=budget)
    if record.raw_stream.limit > 0:
        raise EOFError("it ends before its declared length")
    return data
