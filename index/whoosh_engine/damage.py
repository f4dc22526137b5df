"""Damage that shows late: plain arrays with impossible contents, behind checksums that fit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import IndexDamaged

# What they lead to, whatever they are.
_DAMAGE = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


@contextlib.contextmanager
def reading(folder: Path, generation: str) -> Iterator[None]:
    """What fails within because of the contents of a generation's files is IndexDamaged."""
    try:
        yield
    except _DAMAGE as error:
        raise IndexDamaged(
            f"{generation} in {folder} is damaged ({error}). Run: onrecord index check"
        ) from error
