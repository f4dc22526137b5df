"""What a limit may be set to: a field of a dataclass of limits says so beside its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

Value = TypeVar("Value", int, float)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a limit counts, and what it may be set to, both included.

    Beyond ``most`` something else would break: a parser's recursion, a server, the memory of a
    process without a limit. Below ``least`` nothing would work.
    """

    meaning: str
    least: int
    most: int


def limit(default: Value, meaning: str, *, least: int, most: int) -> Value:
    """A field of a dataclass of limits, with its :class:`Bound`."""
    made: Value = field(default=default, metadata={"bound": Bound(meaning, least, most)})
    return made


def bounds_of(limits: type) -> Mapping[str, Bound]:
    """The bound of each field of a dataclass of limits."""
    return {held.name: held.metadata["bound"] for held in fields(limits)}
