"""Keeping freed memory while an index is built.

Inversion takes and frees the same hundred megabytes for run after run. The C library gives
large blocks back to the kernel at once, which clears them before it hands them out again:
measured, that was half of the time that inverting took. So it is told to keep them meanwhile.
Where the C library is not glibc nothing happens, only slower.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
from collections.abc import Iterator

import numpy as np

from index.whoosh_engine.arrays import Array

# From malloc.h. Blocks from MMAP_THRESHOLD bytes on are mapped one by one; free memory is given
# back from TRIM_THRESHOLD bytes on.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEEPING = 1 << 30, 32 << 20
_USUAL = 128 << 10, 128 << 10


@contextlib.contextmanager
def kept_memory() -> Iterator[None]:
    """Keep what is freed within, up to a gibibyte, for what is needed next."""
    keep_memory()
    try:
        yield
    finally:
        _set(*_USUAL)
        release_memory()


def keep_memory() -> None:
    """The same for the rest of a process."""
    _set(*_KEEPING)


def release_memory() -> None:
    """Give back what is free now: another kind of work begins, which needs less."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def room(count: int) -> Array:
    """Room for so many numbers of eight bytes, not cleared by us, in pages of the usual size.

    NumPy asks for huge pages for an array that large, and the kernel first moves memory about to
    make some: where it is in many pieces, that takes as long as sorting the array.
    """
    private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    return np.frombuffer(mmap.mmap(-1, max(1, count) * 8, private), np.int64)[:count]


def _set(trim: int, mmap: int) -> None:
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, trim)
        mallopt(_MMAP_THRESHOLD, mmap)
