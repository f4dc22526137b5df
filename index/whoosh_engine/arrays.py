"""Named plain arrays in one file: the container of a segment (Lucene's compound file).

File format, little-endian::

    8 bytes     magic "ONRARR01"
    arrays      in the order of their names, each at a multiple of 64 bytes
    directory   UTF-8 JSON {name: [dtype, count, offset], ...}
    24 bytes    offset and length of the directory (uint64), its CRC-32 (uint32), "END1"

Names read like paths ("documents/text/ids.u1"). The directory is checked when the file is
opened: an array that does not lie inside the file, or of another type than the few plain
ones, is damage. Nothing else is read before it is asked for: the file is mapped.
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
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged

Array = npt.NDArray[Any]

MAGIC = b"ONRARR01"
ALIGNMENT = 64
_TAIL = struct.Struct("<QQI4s")
_END = b"END1"
_DTYPES = frozenset({"u1", "u2", "u4", "u8", "i4", "f8"})
_SPOOL_MEMORY = 1 << 20
_COPY = 1 << 20


def smallest(values: Array) -> Array:
    """The same whole numbers (none below 0) in the smallest unsigned type that holds them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(unsigned(top))


def unsigned(top: int) -> str:
    """The smallest unsigned type for numbers up to ``top``."""
    return next(f"u{size}" for size in (1, 2, 4, 8) if top < 1 << 8 * size)


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
        self._directory = self._read_directory()
        self._open: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def __getitem__(self, name: str) -> Array:
        """The array of that name, read-only. Raises IndexDamaged when there is none."""
        found = self._open.get(name)
        if found is None:
            if name not in self._directory:
                raise self._damaged(f"lacks {name}")
            dtype, count, offset = self._directory[name]
            found = np.frombuffer(self._map, np.dtype(f"<{dtype}"), count, offset)
            self._open[name] = found
        return found

    def names(self) -> Iterator[str]:
        """All names, as they were written."""
        return iter(self._directory)

    def forget_pages(self) -> None:
        """Give the mapped pages back; they are mapped again when they are touched."""
        with contextlib.suppress(OSError, ValueError):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _read_directory(self) -> dict[str, tuple[str, int, int]]:
        offset, length, crc, end = _TAIL.unpack_from(self._map, self.size - _TAIL.size)
        if self._map[: len(MAGIC)] != MAGIC or end != _END:
            raise self._damaged("is not a file of arrays, or is cut off")
        raw = self._map[offset : offset + length]
        if len(raw) != length or zlib.crc32(raw) != crc:
            raise self._damaged("has an altered directory")
        directory = {
            name: (str(dtype), int(count), int(start))
            for name, (dtype, count, start) in json.loads(raw).items()
        }
        for name, (dtype, count, start) in directory.items():
            if dtype not in _DTYPES or count < 0 or start < 0 or start % ALIGNMENT:
                raise self._damaged(f"describes {name} impossibly")
            if start + count * int(dtype[1]) > offset:
                raise self._damaged(f"ends before {name} does")
        return directory

    def _damaged(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"{self.path} {what}. Run: onrecord index build")


class ArrayFileWriter:
    """Writes such a file. Arrays may grow side by side: each waits in a spool of its own.

    A context manager: an error inside removes the unfinished file. ``finish`` makes the file
    durable and leaves its size and SHA-256 in :attr:`size` and :attr:`sha256`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.sha256 = ""
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
            folder = str(self.path.parent)
            spool = tempfile.SpooledTemporaryFile(_SPOOL_MEMORY, dir=folder)  # noqa: SIM115 (closed by __exit__)
            self._spools[name] = values.dtype.str[1:], spool
        dtype, file = self._spools[name]
        file.write(np.ascontiguousarray(values, dtype=f"<{dtype}").data)

    def adopt(self, file: ArrayFile) -> None:
        """Take over all arrays of another file: they wait there to be copied, not in spools."""
        self._adopted |= dict.fromkeys(file.names(), file)

    def finish(self, *, durable: bool = True) -> None:
        """Write everything out; with fsync, unless nobody will look for the file after a crash."""
        digest = hashlib.sha256()
        directory: dict[str, tuple[str, int, int]] = {}
        with self.path.open("xb") as file:

            def put(data: bytes) -> None:
                file.write(data)
                digest.update(data)

            put(MAGIC)
            for name in sorted((*self._spools, *self._adopted)):
                put(bytes(-file.tell() % ALIGNMENT))
                start = file.tell()
                dtype, chunks = self._taken(name)
                for chunk in chunks:
                    put(chunk)
                directory[name] = dtype, (file.tell() - start) // int(dtype[1]), start
            raw = json.dumps(directory, separators=(",", ":")).encode()
            start = file.tell()
            put(raw)
            put(_TAIL.pack(start, len(raw), zlib.crc32(raw), _END))
            file.flush()
            if durable:
                os.fsync(file.fileno())
            self.size = file.tell()
        self.sha256 = digest.hexdigest()

    def _taken(self, name: str) -> tuple[str, Iterator[bytes]]:
        """The type of an array that is to be written, and its bytes, each read once."""
        if name in self._adopted:
            values = self._adopted[name][name]
            return values.dtype.str[1:], _pieces(self._adopted[name], values)
        dtype, spool = self._spools[name]
        spool.seek(0)
        return dtype, iter(lambda: spool.read(_COPY), b"")


def _pieces(file: ArrayFile, values: Array) -> Iterator[bytes]:
    size = _COPY // values.itemsize
    for at in range(0, len(values), size):
        yield values[at : at + size].tobytes()
        file.forget_pages()
