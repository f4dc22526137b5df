"""Lengths: how long each record is in a field, as :mod:`index.scoring` defines it.

Arrays of a scope::

    SCOPE/length.PART      tokens of each record in a part of it
    SCOPE/length.text      where there are several parts, their sum, each with its weight
    SCOPE/length.NAME.sum  a number: the sum of such an array, which a first answer need not read
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from index import fields
from index.query import Field, Scope
from index.scoring import WEIGHTS
from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest


class Lengths(Protocol):
    """The length of each record in a field."""

    def __len__(self) -> int:
        """How many records there are."""

    def take(self, ids: Array) -> Array:
        """Those of some records, in a type that bears sums."""

    def sum(self) -> int:
        """That of all records."""


class FieldLengths:
    """Reads the lengths in a field."""

    def __init__(self, file: ArrayFile, scope: Scope, field: Field) -> None:
        parts = fields.parts(field, scope)
        name = parts[0] if len(parts) == 1 else "text"
        self._weight = WEIGHTS.get(name, 1)
        self._lengths = file.lazy(f"{scope}/length.{name}")
        self._sum = file.lazy(f"{scope}/length.{name}.sum")

    def __len__(self) -> int:
        return len(self._lengths)

    def take(self, ids: Array) -> Array:
        """See :class:`Lengths`."""
        return np.multiply(self._lengths.take(ids), self._weight, dtype=np.int32)

    def sum(self) -> int:
        """See :class:`Lengths`."""
        return self._weight * self._sum.at(0)


class OwnerLengths:
    """The lengths of the document that each quotation is from."""

    def __init__(self, documents: Lengths, owners: Array) -> None:
        self._documents = documents
        self._owners = owners

    def __len__(self) -> int:
        return len(self._owners)

    def take(self, ids: Array) -> Array:
        """See :class:`Lengths`."""
        return self._documents.take(self._owners.take(ids))

    def sum(self) -> int:
        """See :class:`Lengths`."""
        return int(self._documents.take(self._owners).sum())


def write_lengths(out: ArrayFileWriter, scope: Scope, parts: Mapping[str, Array]) -> None:
    """Write the lengths of a scope from the tokens of each record in each part."""
    lengths = dict(parts)
    if len(parts) > 1:
        weighted = [WEIGHTS[part] * tokens.astype(np.int64) for part, tokens in parts.items()]
        lengths["text"] = np.sum(weighted, axis=0)
    for name, values in lengths.items():
        out.extend(f"{scope}/length.{name}", smallest(values))
        total = np.array([values.sum(dtype=np.int64)], np.uint64)
        out.extend(f"{scope}/length.{name}.sum", total)
