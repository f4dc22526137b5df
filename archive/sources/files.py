"""Saved pages in files and folders."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from archive.errors import PageLimitExceeded, UnreadablePage
from archive.page import Page, UnreadableSource
from archive.sources.bounded import read_bounded
from archive.sources.warc import is_warc

_PAGE = re.compile(r"\.(?:x?html?|shtml|txt)(?:\.gz)?$", re.I)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{2,5})?", re.I)
# A file's own extension also looks like a top-level domain ("notes.txt").
_NOT_A_TLD = re.compile(r"\.(?:html?|txt|gz|warc|php|zip|xml|json|pdf)$", re.I)


def walk(root: Path) -> Iterator[Path | UnreadableSource]:
    """The pages and web archives below a folder, sorted; or the path itself when it is a file.

    Links that lead out of the folder are reported, not followed, and folders that cannot be
    read are reported; devices and pipes are not opened.
    """
    if not root.is_dir():
        yield root
        return
    base = root.resolve()
    unread: list[UnreadableSource] = []
    for folder, subfolders, names in os.walk(root, onerror=lambda e: unread.append(_shut(e))):
        subfolders.sort()
        for name in subfolders:
            if _leads_out(Path(folder, name), base):
                yield _outside(Path(folder, name))
        for name in sorted(names):
            path = Path(folder, name)
            if _PAGE.search(name) or is_warc(path):
                yield _outside(path) if _leads_out(path, base) else path
    yield from unread


def _leads_out(path: Path, base: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(base)


def _outside(path: Path) -> UnreadableSource:
    message = "this link leads out of the folder that was given; give its target by itself"
    return UnreadableSource(path.as_posix(), UnreadablePage(message, "link-outside"))


def _shut(error: OSError) -> UnreadableSource:
    message = f"the folder cannot be read, nor any page in it: {error.strerror}"
    return UnreadableSource(str(error.filename), UnreadablePage(message, "unreadable-folder"))


def read_file(path: Path, root: Path, base_url: str | None) -> Page | UnreadableSource:
    """The page in a file, unpacked when it is gzipped."""
    shown = path.as_posix()
    try:
        with _open(path) as stream:
            data = _unpacked(stream, path)
            saved = os.fstat(stream.fileno()).st_mtime
    except (UnreadablePage, PageLimitExceeded) as error:
        return UnreadableSource(shown, error)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return UnreadableSource(
            shown, UnreadablePage(f"the file cannot be read: {reason}", "unreadable-file")
        )
    plain = path.name.lower().removesuffix(".gz").endswith(".txt")
    return Page(
        path=shown,
        data=data,
        url=url_of(path, root, base_url),
        captured_at=dt.datetime.fromtimestamp(int(saved), dt.UTC).isoformat(),
        media_type="text/plain" if plain else "text/html",
    )


def _open(path: Path) -> BinaryIO:
    """The file, opened only when it is a regular one: a pipe would wait for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadablePage(
            "this is no regular file: give a saved page or a folder", "no-regular-file"
        )
    return os.fdopen(descriptor, "rb")


def _unpacked(stream: BinaryIO, path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        return read_bounded(stream)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        return read_bounded(unpacked)


def url_of(path: Path, root: Path, base_url: str | None) -> str | None:
    """The address of a saved file: below ``base_url``, or by the mirror's ``host/path``.

    wget writes ``host/path/index.html`` for a folder, ``page?id=3.html`` for a query, and
    ``%2F`` for a slash that it could not use; a path without a host gives no address.
    """
    folder = root if root.is_dir() else root.parent
    relative = PurePosixPath(path.relative_to(folder).as_posix())
    if base_url is not None:
        return base_url.rstrip("/") + "/" + _as_path(relative.parts)
    parts = path.absolute().parts
    for number in range(len(parts) - 2, 0, -1):
        if _HOST.fullmatch(parts[number]) and not _NOT_A_TLD.search(parts[number]):
            return f"https://{parts[number].lower()}/" + _as_path(parts[number + 1 :])
    return None


def _as_path(parts: tuple[str, ...]) -> str:
    name = re.sub(r"\.gz$", "", parts[-1], flags=re.I)
    name = "" if re.fullmatch(r"index\.(?:html?|php)", name, re.I) else name
    name = re.sub(r"@(?=[\w.-]+=)", "?", name)  # as wget writes it for Windows
    if "?" in name:  # wget -E appends .html to a page with a query
        name = name.removesuffix(".html")
    return quote("/".join((*parts[:-1], name)), safe="/?=&%:@!$'()*+,;~-._")
