"""Opening what was given, and nothing else: regular files, inside the folder they were found in."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from archive.errors import UnreadablePage
from archive.page import UnreadableSource

# Never wait for the other end of a pipe, and hand no file on to a worker.
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC

_LINKED = (errno.ELOOP, errno.ENOTDIR)
"""The errors of a file's, and of a folder's, link that is not to be followed."""


def open_source(path: Path, root: Path) -> FileIO:
    """A regular file, unbuffered: the root itself, or one inside that folder.

    Raises UnreadablePage for what is none or leads out, OSError for what cannot be opened.
    """
    descriptor = os.open(path, _READ) if path == root else _open_within(path, root)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadablePage(
            "this is no regular file: give a saved page or a folder", "no-regular-file"
        )
    return FileIO(descriptor)


def _open_within(path: Path, root: Path) -> int:
    """Open along a path without links, folder by folder.

    A check and an opening by name leave a moment in which a folder may become a link to
    somewhere else. Links that stay inside are resolved; one that appears later fails.
    """
    try:
        return _open_along(str(root), path.relative_to(root).parts)
    except OSError as error:
        if error.errno not in _LINKED:
            raise
    base = os.path.realpath(root)
    target = os.path.realpath(path)
    inside = base.rstrip(os.sep) + os.sep
    if not target.startswith(inside):
        raise leads_out()
    try:
        return _open_along(base, Path(target.removeprefix(inside)).parts)
    except OSError as error:
        if error.errno in _LINKED:
            raise leads_out() from error
        raise


def _open_along(base: str, parts: Sequence[str]) -> int:
    folder = os.open(base, _READ | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _READ | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _READ | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)


def resolved(path: Path) -> Path:
    """Where the path leads; for a circle of links a part of it (pathlib raises RuntimeError)."""
    return Path(os.path.realpath(path))


def leads_out() -> UnreadablePage:
    """The error of a link to somewhere else."""
    message = (
        "this link leads out of the folder that was given, or nowhere: give its target by itself"
    )
    return UnreadablePage(message, "link-outside")


def unreadable(shown: str, error: Exception) -> UnreadableSource:
    """A file that the system or its own packing refuses."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadableSource(
        shown, UnreadablePage(f"the file cannot be read: {reason}", "unreadable-file")
    )
