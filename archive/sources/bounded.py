"""Reading in chunks, so that a small file cannot unpack to a huge one."""

from __future__ import annotations

from typing import Protocol

from archive.errors import PageLimitExceeded
from archive.limits import LIMITS

_CHUNK = 1 << 16


class Readable(Protocol):
    """What can be read in chunks."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class ArchiveBomb(PageLimitExceeded):
    """A web archive unpacks to more than it may: nothing more of it is read."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"the web archive {limit}: split it, or save its pages", "archive-limit")


class Budget:
    """What may still be unpacked from one web archive, all its members together."""

    def __init__(self, packed: int) -> None:
        by_ratio = LIMITS.packed_ratio * packed + 2 * LIMITS.page_bytes
        self._most = self._left = min(by_ratio, LIMITS.packed_bytes)

    def spend(self, size: int) -> None:
        """Count bytes. Raises ArchiveBomb when they are too many."""
        self._left -= size
        if self._left < 0:
            raise ArchiveBomb(f"unpacks to more than {self._most:,} bytes")


def read_bounded(
    stream: Readable, most: int | None = None, *, budget: Budget | None = None
) -> bytes:
    """All bytes of a stream, at most ``most`` (else as many as a page may have).

    Raises PageLimitExceeded as soon as they are too many.
    """
    most = LIMITS.page_bytes if most is None else most
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if budget is not None:
            budget.spend(len(chunk))
        if size > most:
            raise PageLimitExceeded(
                f"the page has more than {most:,} bytes: save the statement on its own",
                "too-large",
            )
        chunks.append(chunk)
    return b"".join(chunks)
