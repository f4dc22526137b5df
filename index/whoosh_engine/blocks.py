"""Blocks of a file, each with its checksum: what is read is what was written.

A bit that flips on a disk, or in a copy of an index, must not turn into another answer, so
nothing is used before it was compared with its CRC-32. That is done for the blocks that are
touched, when they are touched first, and remembered: opening a file stays quick, and a
question that was asked before pays next to nothing. (SQLite's checksum extension and the
blocks of Btrfs and ZFS do so on each read; here the map is the cache.)

A block is as large as a page of memory. Larger ones are checked faster by the byte (64 KiB: by
a third), but a hit's stored fields or a step of a bisection touch one block each, whatever its
size; and the checksums of smaller ones would take more room than 0.1 % of the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

BITS = 12
BLOCK = 1 << BITS


class BlockSums:
    """Sums up what is written, piece after piece."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._sum = 0
        self._room = BLOCK

    def add(self, data: bytes) -> None:
        """Take the next bytes of the file."""
        rest = memoryview(data)
        while len(rest):
            piece, rest = rest[: self._room], rest[self._room :]
            self._sum = zlib.crc32(piece, self._sum)
            self._room -= len(piece)
            if not self._room:
                self._end_block()

    def finish(self) -> bytes:
        """The CRC-32 of each block, the last of which may be short (uint32, little-endian)."""
        if self._room < BLOCK:
            self._end_block()
        return np.array(self._sums, "<u4").tobytes()

    def _end_block(self) -> None:
        self._sums.append(self._sum)
        self._sum, self._room = 0, BLOCK


class CheckedBlocks:
    """Checks the blocks of some bytes against their sums (as :meth:`BlockSums.finish` has them).

    ``sound`` has a 1 for each block that was checked, else a 0; ``damaged`` makes the error to
    raise of what is wrong. Safe to use from several threads: at worst two check the same block.
    """

    def __init__(
        self, data: memoryview, sums: memoryview, damaged: Callable[[str], Exception]
    ) -> None:
        self._data = data
        self._sums: npt.NDArray[np.uint32] = np.frombuffer(sums, "<u4")
        self._damaged = damaged
        self.sound = bytearray(len(self._sums))

    def check(self, first: int, last: int) -> None:
        """Check those blocks from ``first`` to before ``last`` that were not."""
        for block, expected in enumerate(self._sums[first:last].tolist(), first):
            if not self.sound[block]:
                begin = block << BITS
                if zlib.crc32(self._data[begin : begin + BLOCK]) != expected:
                    raise self._damaged(f"is altered between bytes {begin:,} and {begin + BLOCK:,}")
                self.sound[block] = 1
