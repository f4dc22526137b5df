"""Saved pages in files and folders."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO

from archive.errors import PageError, UnreadablePage
from archive.limits import Limits
from archive.page import Page, UnreadableSource
from archive.sources.address import url_of_parts
from archive.sources.bounded import Budget, read_bounded
from archive.sources.mhtml import read_mhtml
from archive.sources.names import holds_many, is_mhtml, is_page, is_plain, is_warc
from archive.sources.opening import leads_out, open_source, resolved, unreadable
from archive.sources.warc import read_warc
from archive.sources.zips import read_zip


def walk(root: Path) -> Iterator[Path | UnreadableSource]:
    """The pages and web archives below a folder, sorted; or the path itself when it is a file.

    Links that lead out of the folder are reported, not followed, and folders that cannot be
    read are reported; devices and pipes are not opened.
    """
    if not root.is_dir():
        yield root
        return
    base = resolved(root)
    unread: list[UnreadableSource] = []
    for folder, subfolders, names in os.walk(root, onerror=lambda e: unread.append(_shut(e))):
        subfolders.sort()
        for name in subfolders:
            if _leads_out(os.path.join(folder, name), base):  # noqa: PTH118 (text, each page)
                yield UnreadableSource(Path(folder, name).as_posix(), leads_out())
        for name in sorted(names):
            if not (is_page(name) or is_mhtml(name) or holds_many(name)):
                continue
            path = Path(folder, name)
            if _leads_out(str(path), base):
                yield UnreadableSource(path.as_posix(), leads_out())
            else:
                yield path
    yield from unread


def _leads_out(path: str, base: Path) -> bool:
    try:
        return os.path.islink(path) and not resolved(Path(path)).is_relative_to(base)  # noqa: PTH114
    except OSError:  # it went while it was looked at: opening it will tell
        return False


def _shut(error: OSError) -> UnreadableSource:
    message = f"the folder cannot be read, nor any page in it: {error.strerror}"
    return UnreadableSource(str(error.filename), UnreadablePage(message, "unreadable-folder"))


def read_file(
    path: Path, root: Path, base_url: str | None, limits: Limits
) -> Iterator[Page | UnreadableSource]:
    """The page in a file, or every page in a web archive."""
    shown = path.as_posix()
    try:
        with open_source(path, root) as stream:
            if holds_many(path.name):
                with BufferedReader(stream) as buffered:
                    yield from _pages(buffered, path, root, base_url, limits)
            else:
                yield _page(stream, path, root, base_url, limits)
    except PageError as error:
        yield UnreadableSource(shown, error, _told(path, root, base_url))
    except (OSError, EOFError, zlib.error) as error:
        yield replace(unreadable(shown, error), url=_told(path, root, base_url))


def _told(path: Path, root: Path, base_url: str | None) -> str | None:
    """What is known from outside about the address of a file that was not read."""
    if holds_many(path.name):
        return base_url if path == root else None
    return None if is_mhtml(path.name) else url_of(path, root, base_url)


def _page(stream: FileIO, path: Path, root: Path, base_url: str | None, limits: Limits) -> Page:
    if is_mhtml(path.name):
        data = read_bounded(stream, limits.mhtml_bytes, "mhtml_bytes")
        return read_mhtml(data, path.as_posix())
    saved = os.fstat(stream.fileno()).st_mtime
    return Page(
        path=path.as_posix(),
        data=_unpacked(stream, path, limits.page_bytes),
        url=url_of(path, root, base_url),
        captured_at=dt.datetime.fromtimestamp(int(saved), dt.UTC).isoformat(),
        media_type="text/plain" if is_plain(path.name) else "text/html",
    )


def _unpacked(stream: FileIO, path: Path, most: int) -> bytes:
    if path.suffix.lower() != ".gz":
        return read_bounded(stream, most)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        return read_bounded(unpacked, most)


def _pages(
    stream: BinaryIO, path: Path, root: Path, base_url: str | None, limits: Limits
) -> Iterator[Page | UnreadableSource]:
    """The pages of a web archive. One without any is reported only if it was named itself.

    In a mirror it is some download, in a crawl the one with the images.
    """
    if is_warc(path.name):
        size = os.fstat(stream.fileno()).st_size
        pages = read_warc(stream, path.as_posix(), Budget(size, limits))
    else:
        base = base_url if path == root else None  # of the folder that was given
        pages = read_zip(stream, path.as_posix(), base, limits)
    empty = True
    for page in pages:
        empty = False
        yield page
    if empty and path == root:
        raise UnreadablePage("there is no page in this file", "no-pages")


def url_of(path: Path, root: Path, base_url: str | None) -> str | None:
    """The address of a saved file, see :func:`archive.sources.address.url_of_parts`."""
    folder = root.parent if path == root else root
    return url_of_parts(folder.parts[1:], path.relative_to(folder).parts, base_url)
