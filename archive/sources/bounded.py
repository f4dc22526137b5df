"""Reading in chunks, so that a small file cannot unpack to a huge one."""

from __future__ import annotations

from typing import Protocol

from archive.errors import PageLimitExceeded
from archive.limits import Limits, to_raise

_CHUNK = 1 << 16


class Readable(Protocol):
    """What can be read in chunks."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class ArchiveBomb(PageLimitExceeded):
    """A web archive unpacks to more than it may: nothing more of it is read.

    ``setting`` is the limit's name.
    """

    def __init__(self, problem: str, setting: str) -> None:
        super().__init__(
            f"the web archive {problem}: split it, save its pages, or {to_raise(setting)}",
            "archive-limit",
        )


class Budget:
    """What may still be unpacked from one web archive, all its members together, and the
    ``limits`` of each.
    """

    def __init__(self, packed: int, limits: Limits) -> None:
        self.limits = limits
        by_ratio = limits.packed_ratio * packed + 2 * limits.page_bytes
        self._most = self._left = min(by_ratio, limits.packed_bytes)
        self._setting = "packed_ratio" if by_ratio < limits.packed_bytes else "packed_bytes"

    def spend(self, size: int) -> None:
        """Count bytes. Raises ArchiveBomb when they are too many."""
        self._left -= size
        if self._left < 0:
            raise ArchiveBomb(f"unpacks to more than {self._most:,} bytes", self._setting)


def read_bounded(
    stream: Readable, most: int, setting: str = "page_bytes", *, budget: Budget | None = None
) -> bytes:
    """All bytes of a stream, at most ``most``, which is what the limit named ``setting`` allows.

    Raises PageLimitExceeded as soon as they are too many.
    """
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if budget is not None:
            budget.spend(len(chunk))
        if size > most:
            raise PageLimitExceeded(
                f"the page has more than {most:,} bytes: save the statement on its own, "
                f"or {to_raise(setting)}",
                "too-large",
            )
        chunks.append(chunk)
    return b"".join(chunks)
