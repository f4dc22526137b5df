"""Reading in chunks, so that a small file cannot unpack to a huge one."""

from __future__ import annotations

from typing import Protocol

from archive.errors import PageLimitExceeded
from archive.limits import LIMITS

_CHUNK = 1 << 16


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_bounded(stream: _Readable) -> bytes:
    """All bytes of a stream. Raises PageLimitExceeded as soon as they are too many."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > LIMITS.page_bytes:
            raise PageLimitExceeded(
                f"the page has more than {LIMITS.page_bytes:,} bytes: "
                "save the statement on its own",
                "too-large",
            )
        chunks.append(chunk)
    return b"".join(chunks)
