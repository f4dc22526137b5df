"""Named plain arrays in one file: the container of a segment (Lucene's compound file).

File format, little-endian::

    8 bytes     magic "ONRARR02"
    arrays      in the order of their names, each at a multiple of 64 bytes
    checksums   for each block of 4096 bytes of what stands above, the CRC-32 (uint32) of all
                bytes up to its end
    directory   UTF-8 JSON {name: [dtype, count, offset], ...}
    32 bytes    offset of the checksums, offset and length of the directory (uint64), the CRC-32
                of the directory (uint32), "END2"

Names read like paths ("documents/text/ids.u1"). The directory is checked when the file is
opened: an array that does not lie inside the file, or of another type than the few plain
ones, is damage. Nothing else is read before it is asked for: the file is mapped. What is asked
for is checked block by block (:mod:`~index.whoosh_engine.blocks`), so that an altered byte is
damage too, and never another answer; an altered checksum can only refuse blocks that are
sound. Arrays are read through two doors: ``file[name]`` checks a whole one at once,
``file.lazy(name)`` what is read of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged
from index.whoosh_engine.blocks import BITS, BLOCK, BlockSums, CheckedBlocks

Array = npt.NDArray[Any]

MAGIC = b"ONRARR02"
ALIGNMENT = 64
_TAIL = struct.Struct("<QQQI4s")
_END = b"END2"
_DTYPES = frozenset({"u1", "u2", "u4", "u8", "i4", "f8"})
_SPOOL_MEMORY = 1 << 20
_COPY = 1 << 20

_FEW = 64
"""Until of an array more values than one in that many were read, only their blocks are checked:
a first question need not wait for the rest, and later ones need not look at each block.
"""


def smallest(values: Array) -> Array:
    """The same whole numbers (none below 0) in the smallest unsigned type that holds them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(unsigned(top))


def unsigned(top: int) -> str:
    """The smallest unsigned type for numbers up to ``top``."""
    return next(f"u{size}" for size in (1, 2, 4, 8) if top < 1 << 8 * size)


_SINGLE = 3
"""A block that is checked by itself takes that many times as long as among all."""


class LazyArray:
    """An array of which only what is read is checked."""

    __slots__ = ("_asked", "_check", "_map", "_size", "_sound", "_start", "_values")

    def __init__(self, mapped: mmap.mmap, values: Array, start: int, blocks: CheckedBlocks) -> None:
        self._map = mapped
        self._values = values
        self._size = values.itemsize
        self._start = start
        self._sound = blocks.sound
        self._check = blocks.check
        self._asked = 0

    def __len__(self) -> int:
        return len(self._values)

    @property
    def dtype(self) -> str:
        """The type of a value: u1, u2, u4, u8, i4 or f8."""
        return self._values.dtype.str[1:]

    def read(self, start: int, stop: int) -> Array:
        """The values from ``start`` to before ``stop``, read-only. Raises IndexDamaged, and
        IndexError beyond the end: what claims more must not have room made for it.
        """
        if stop > self._values.size:
            raise IndexError(f"{stop:,} of {self._values.size:,} values")
        first = self._start + start * self._size >> BITS
        last = (self._start + stop * self._size - 1 >> BITS) + 1
        if self._sound.find(0, first, last) >= 0:
            self._check(first, last)
        return self._values[start:stop]

    def piece(self, start: int, stop: int) -> bytes:
        """The bytes from ``start`` to before ``stop`` of an array of bytes: see :meth:`read`, which
        takes twice as long for a few of them.
        """
        if not 0 <= start <= stop <= self._values.nbytes:
            raise IndexError(f"{start:,} to {stop:,} of {self._values.nbytes:,} bytes")
        start += self._start
        stop += self._start
        if self._sound.find(0, start >> BITS, (stop - 1 >> BITS) + 1) >= 0:
            self._check(start >> BITS, (stop - 1 >> BITS) + 1)
        return self._map[start:stop]

    def numbered(self, number: int, ends: LazyArray) -> bytes:
        """One of many pieces of bytes that lie one after the other; ``ends``, of the same file:
        where each ends. Raises IndexDamaged, and IndexError where none can be.
        """
        values, sound = ends._values, self._sound
        place = ends._start + number * ends._size
        first, last = place - (number and ends._size) >> BITS, place >> BITS
        if not (sound[first] and sound[last]):
            self._check(first, last + 1)
        start, stop = values.item(number - 1) if number else 0, values.item(number)
        return self.piece(start, stop)

    def take(self, places: Array) -> Array:
        """The values at some places. Raises IndexDamaged."""
        self._check_places(places, 1)
        return self._values.take(places)

    def rows(self, places: Array, width: int) -> Array:
        """The values at some places, taken for rows of ``width`` values. Raises IndexDamaged."""
        self._check_places(places, width)
        return self._values.reshape(-1, width).take(places, axis=0)

    def _check_places(self, places: Array, width: int) -> None:
        """Check the blocks that some rows lie in; of many rows all blocks."""
        first, last = self._start >> BITS, (self._start + self._values.nbytes - 1 >> BITS) + 1
        if self._sound.find(0, first, last) >= 0:
            self._asked += len(places) * width
            if self._asked * _FEW < len(self) and len(places) * _SINGLE < last - first:
                self._check_rows(places, width * self._size)
            else:
                self._check(first, last)

    def _check_rows(self, places: Array, size: int) -> None:
        """Check the blocks in which rows of so many bytes begin and end."""
        begin = places.astype(np.int64) * size + self._start
        blocks = np.concatenate((begin >> BITS, begin + size - 1 >> BITS))
        for block in dict.fromkeys(blocks.tolist()):
            if not self._sound[block]:
                self._check(block, block + 1)

    def at(self, place: int) -> int:
        """One value. Raises IndexDamaged."""
        block = self._start + place * self._size >> BITS  # no value lies in two
        if not self._sound[block]:
            self._check(block, block + 1)
        value: int = self._values.item(place)
        return value


class ArrayFile:
    """Reads such a file. Arrays are views on the map: they stay valid while they are held."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(MAGIC) + _TAIL.size:
                raise self._damaged("is too short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.size = size
        self._blocks, self._directory = self._read_directory()
        self._whole: dict[str, Array] = {}
        self._lazy: dict[str, LazyArray] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def __getitem__(self, name: str) -> Array:
        """The array of that name, read-only. Raises IndexDamaged when there is none, or another
        than was written.
        """
        found = self._whole.get(name)
        if found is None:
            lazy = self.lazy(name)
            found = self._whole[name] = lazy.read(0, len(lazy))
        return found

    def lazy(self, name: str) -> LazyArray:
        """The same, to be read in parts. Raises IndexDamaged when there is none."""
        found = self._lazy.get(name)
        if found is None:
            if name not in self._directory:
                raise self._damaged(f"lacks {name}")
            dtype, count, start = self._directory[name]
            values = np.frombuffer(self._map, np.dtype(f"<{dtype}"), count, start)
            found = self._lazy[name] = LazyArray(self._map, values, start, self._blocks)
        return found

    def names(self) -> Iterator[str]:
        """All names, as they were written."""
        return iter(self._directory)

    def forget_pages(self) -> None:
        """Give the mapped pages back; they are mapped again when they are touched."""
        with contextlib.suppress(OSError, ValueError):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _read_directory(self) -> tuple[CheckedBlocks, dict[str, tuple[str, int, int]]]:
        end = self.size - _TAIL.size
        sums, offset, length, crc, mark = _TAIL.unpack_from(self._map, end)
        if self._map[: len(MAGIC)] != MAGIC or mark != _END:
            raise self._damaged("is not a file of arrays, or is cut off")
        data = memoryview(self._map)
        if offset + length != end or zlib.crc32(data[offset:end]) != crc:
            raise self._damaged("has an altered directory")
        if sums + 4 * -(-sums // BLOCK) != offset:
            raise self._damaged("has another number of checksums than of blocks")
        try:
            described = json.loads(data[offset:end].tobytes()).items()
            directory = {
                name: (str(dtype), int(count), int(start))
                for name, (dtype, count, start) in described
            }
        except (AttributeError, OverflowError, RecursionError, TypeError, ValueError) as error:
            raise self._damaged("has a directory that is none") from error
        for name, (dtype, count, start) in directory.items():
            if dtype not in _DTYPES or count < 0 or start < 0 or start % ALIGNMENT:
                raise self._damaged(f"describes {name} impossibly")
            if start + count * int(dtype[1]) > sums:
                raise self._damaged(f"ends before {name} does")
        # Not the method: a file that knows itself stays mapped until garbage is collected.
        damaged = partial(_damaged, self.path)
        return CheckedBlocks(data[:sums], data[sums:offset], damaged), directory

    def _damaged(self, what: str) -> IndexDamaged:
        return _damaged(self.path, what)


def _damaged(path: Path, what: str) -> IndexDamaged:
    return IndexDamaged(f"{path} {what}. Run: onrecord index build")


class ArrayFileWriter:
    """Writes such a file. Arrays may grow side by side: each waits in a spool of its own.

    A context manager: an error inside removes the unfinished file. ``finish`` makes the file
    durable and leaves its size and SHA-256 in :attr:`size` and :attr:`sha256`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.sha256 = ""
        self._folder = str(path.parent)
        self._spools: dict[str, tuple[str, IO[bytes]]] = {}
        self._adopted: dict[str, ArrayFile] = {}

    def __enter__(self) -> ArrayFileWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _, spool in self._spools.values():
            spool.close()
        if kind is not None:
            self.path.unlink(missing_ok=True)

    def extend(self, name: str, values: Array) -> None:
        """Append to an array; its type is that of the first values."""
        if name not in self._spools:
            spool = tempfile.SpooledTemporaryFile(_SPOOL_MEMORY, dir=self._folder)  # noqa: SIM115 (closed by __exit__)
            self._spools[name] = values.dtype.str[1:], spool
        dtype, file = self._spools[name]
        file.write(np.ascontiguousarray(values, dtype=f"<{dtype}").data)

    def adopt(self, file: ArrayFile) -> None:
        """Take over all arrays of another file: they wait there to be copied, not in spools."""
        self._adopted |= dict.fromkeys(file.names(), file)

    def finish(self, *, durable: bool = True) -> None:
        """Write everything out; with fsync, unless nobody will look for the file after a crash."""
        directory: dict[str, tuple[str, int, int]] = {}
        with self.path.open("xb") as file:
            out = _SummedFile(file)
            out.put(MAGIC)
            for name in sorted((*self._spools, *self._adopted)):
                out.put(bytes(-out.size % ALIGNMENT))
                start = out.size
                dtype, chunks = self._taken(name)
                for chunk in chunks:
                    out.put(chunk)
                directory[name] = dtype, (out.size - start) // int(dtype[1]), start
            raw = json.dumps(directory, separators=(",", ":")).encode()
            sums, start = out.block_sums(), out.size
            for data in (
                sums,
                raw,
                _TAIL.pack(start, start + len(sums), len(raw), zlib.crc32(raw), _END),
            ):
                out.put(data)
            self.size, self.sha256 = out.size, out.finish()
            if durable:
                os.fsync(file.fileno())

    def _taken(self, name: str) -> tuple[str, Iterator[bytes]]:
        """The type of an array that is to be written, and its bytes, each read once."""
        if name in self._adopted:
            values = self._adopted[name].lazy(name)
            return values.dtype, _pieces(self._adopted[name], values)
        dtype, spool = self._spools[name]
        spool.seek(0)
        return dtype, iter(lambda: spool.read(_COPY), b"")


def _pieces(file: ArrayFile, values: LazyArray) -> Iterator[bytes]:
    for at in range(0, len(values), _COPY):
        yield values.read(at, min(at + _COPY, len(values))).tobytes()
        file.forget_pages()


class _SummedFile:
    """Writes a file and its sums, many small pieces at once: a small segment has hundreds."""

    def __init__(self, file: IO[bytes]) -> None:
        self.size = 0
        self._file = file
        self._digest = hashlib.sha256()
        self._blocks = BlockSums()
        self._waiting: list[bytes] = []
        self._written = 0

    def put(self, data: bytes) -> None:
        """Append some bytes."""
        self._waiting.append(data)
        self.size += len(data)
        if self.size - self._written >= _COPY:
            self._write()

    def block_sums(self) -> bytes:
        """Those of everything so far. What follows has none."""
        self._write()
        return self._blocks.finish()

    def finish(self) -> str:
        """Hand everything to the system; the SHA-256."""
        self._write()
        self._file.flush()
        return self._digest.hexdigest()

    def _write(self) -> None:
        data = b"".join(self._waiting)
        self._waiting, self._written = [], self.size
        self._file.write(data)
        self._digest.update(data)
        self._blocks.add(data)
