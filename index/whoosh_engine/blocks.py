"""Checksums of a file by blocks: what is read is what was written.

A bit that flips on a disk, or in a copy of an index, must not turn into another answer, so
nothing is used before it was checked. Blocks are checked when they are touched first, and that
is remembered: opening a file stays quick, and a question that was asked before pays next to
nothing.

The sum of a block is the CRC-32 of *everything up to its end*. From the sum before it, one sweep
over any run of blocks must come to the sum of the last: so a whole array is checked in one call
of zlib, a fifth faster than block by block, and single blocks can be checked all the same.

A block is as large as a page of memory. With larger ones a hit's stored fields, or a step of a
bisection, would have more checked than they touch; the sums take 0.1 % of the file.
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
                self._sums.append(self._sum)
                self._room = BLOCK

    def finish(self) -> bytes:
        """The sum of each block, the last of which may be short (uint32, little-endian)."""
        last = [self._sum] if self._room < BLOCK else []
        return np.array(self._sums + last, "<u4").tobytes()


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
        """Check the blocks from ``first`` to before ``last``: from the first to the last of them
        that was not checked yet.
        """
        last = self.sound.rfind(0, first, last) + 1
        first = self.sound.find(0, first, last)
        if first < 0:  # another thread was quicker
            return
        begin, end = first << BITS, last << BITS
        before = self._sums.item(first - 1) if first else 0
        if zlib.crc32(self._data[begin:end], before) != self._sums.item(last - 1):
            raise self._damaged(f"is altered between bytes {begin:,} and {end:,}")
        self.sound[first:last] = b"\1" * (last - first)
