"""Pages in a ZIP: a mirror that was packed (.zip), or a web archive with its indexes (.wacz).

Nothing is unpacked onto the disk. A member's name is a label and tells the address, as a path
in a mirror does.
"""

from __future__ import annotations

import datetime as dt
import gzip
import os
import stat
import struct
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from archive.errors import PageError, UnreadablePage
from archive.limits import Limits
from archive.page import Page, UnreadableSource
from archive.sources.address import url_of_parts
from archive.sources.bounded import ArchiveBomb, Budget, read_bounded
from archive.sources.mhtml import read_mhtml
from archive.sources.names import holds_many, is_mhtml, is_page, is_plain, is_warc, is_zip
from archive.sources.opening import unreadable
from archive.sources.warc import read_warc

_ENCRYPTED = 0x1
_ENTRY = 128  # bytes that a member takes in the directory: 46 and its name
_UNIX_TIME = 0x5455  # the extra field of Info-ZIP: seconds since 1970, UTC


def read_zip(
    stream: BinaryIO, shown: str, base_url: str | None, limits: Limits
) -> Iterator[Page | UnreadableSource]:
    """Every page in a ZIP, in the order of its directory; what cannot be read is reported."""
    try:
        budget = Budget(stream.seek(0, os.SEEK_END), limits)
        with ZipFile(cast("BinaryIO", _Directory(stream, limits.zip_members))) as packed:
            members = packed.infolist()
            if len(members) > limits.zip_members:
                raise _too_many(limits.zip_members)
            for member in members:
                if not member.is_dir() and _is_wanted(member.filename):
                    name = f"{shown}#{member.filename}"
                    yield from _member(packed, member, name, budget, base_url)
    except ArchiveBomb as error:
        yield UnreadableSource(shown, error, base_url)
    except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        message = f"the ZIP file is damaged ({error}): fetch it again"
        yield UnreadableSource(shown, UnreadablePage(message, "broken-zip"), base_url)


def _is_wanted(name: str) -> bool:
    return is_page(name) or is_mhtml(name) or holds_many(name)


class _Directory:
    """The file for the library, which reads the whole directory at once.

    How large that is, the file alone says; held in memory it is ten times larger.
    """

    def __init__(self, stream: BinaryIO, members: int) -> None:
        self._stream = stream
        self._members = members
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        most = self._members * _ENTRY
        data = self._stream.read(size if 0 <= size <= most else most + 1)
        if len(data) > most:
            raise _too_many(self._members)
        return data


def _too_many(most: int) -> ArchiveBomb:
    return ArchiveBomb(f"has more than {most:,} members", "zip_members")


def _member(
    packed: ZipFile,
    member: ZipInfo,
    shown: str,
    budget: Budget,
    base_url: str | None,
) -> Iterator[Page | UnreadableSource]:
    refusal = _refusal(member)
    if refusal is not None:
        yield _refused(shown, *refusal)
        return
    try:
        if is_warc(member.filename):
            budget.spend(member.file_size)  # no more comes out of the ZIP, whatever is in it
            with packed.open(member) as stream:
                yield from read_warc(stream, shown, budget)
        else:
            yield _page(packed, member, shown, budget, base_url)
    except ArchiveBomb:
        raise
    except PageError as error:
        yield UnreadableSource(shown, error, _address(member.filename, base_url))
    except (OSError, EOFError, zlib.error, BadZipFile, RuntimeError, ValueError) as error:
        yield unreadable(shown, error)


def _refusal(member: ZipInfo) -> tuple[str, str] | None:
    """Why a member is not read, as a message and a reason; None when it is."""
    if ".." in PurePosixPath(member.filename).parts or member.filename.startswith("/"):
        return "the name of this member leads out of the ZIP: pack the page again", "member-name"
    if stat.S_IFMT(member.external_attr >> 16) == stat.S_IFLNK:
        return "this member is a link: pack the page itself", "link"
    if member.flag_bits & _ENCRYPTED:
        return "this member is encrypted: unpack the ZIP first", "encrypted"
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "this member is packed by a rare method: unpack the ZIP first", "packing"
    if is_zip(member.filename):
        return "this is a ZIP in a ZIP: unpack the outer one", "nested"
    return None


def _page(
    packed: ZipFile,
    member: ZipInfo,
    shown: str,
    budget: Budget,
    base_url: str | None,
) -> Page:
    name, limits = member.filename, budget.limits
    with packed.open(member) as stream:
        if is_mhtml(name):
            data = read_bounded(stream, limits.mhtml_bytes, "mhtml_bytes", budget=budget)
            return read_mhtml(data, shown)
        if name.lower().endswith(".gz"):
            with gzip.GzipFile(fileobj=stream) as unpacked:
                data = read_bounded(unpacked, limits.page_bytes, budget=budget)
        else:
            data = read_bounded(stream, limits.page_bytes, budget=budget)
    return Page(
        path=shown,
        data=data,
        url=_address(name, base_url),
        captured_at=_saved(member),
        media_type="text/plain" if is_plain(name) else "text/html",
    )


def _address(name: str, base_url: str | None) -> str | None:
    if is_mhtml(name) or holds_many(name):  # these tell their own
        return None
    return url_of_parts((), PurePosixPath(name).parts, base_url)


def _saved(member: ZipInfo) -> str | None:
    """When the member was last changed; without a time zone's knowledge, as if in UTC."""
    extra = member.extra
    while len(extra) >= 9:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNIX_TIME and size >= 5 and extra[4] & 1:
            (seconds,) = struct.unpack_from("<l", extra, 5)
            return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
        extra = extra[4 + size :]
    if member.date_time[0] <= 1980:  # where the format begins: nobody set a date
        return None
    try:
        return dt.datetime(*member.date_time, tzinfo=dt.UTC).isoformat()
    except ValueError:
        return None


def _refused(shown: str, message: str, reason: str) -> UnreadableSource:
    return UnreadableSource(shown, UnreadablePage(message, reason))
