"""The term dictionary: sorted words, found by bisection without reading them all.

Arrays under a name::

    NAME/terms.bytes   the words in UTF-8, one after the other, in order of their bytes
    NAME/terms.ends    where each ends

A term is known by its ordinal: its place in the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest


def encode(word: str) -> bytes:
    """A word as the dictionary keeps it."""
    return word.encode("utf-8", "surrogatepass")


def decode(term: bytes) -> str:
    """The inverse of :func:`encode`."""
    return term.decode("utf-8", "surrogatepass")


class TermDictionary:
    """Looks words up."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._bytes = file[f"{name}/terms.bytes"].data
        self._ends = file[f"{name}/terms.ends"]

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, ordinal: int) -> bytes:
        """The word with that ordinal."""
        start = int(self._ends[ordinal - 1]) if ordinal else 0
        return bytes(self._bytes[start : int(self._ends[ordinal])])

    def terms(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """The words from ordinal ``first`` to before ``last``."""
        stops = self._ends[first:last].tolist()
        start = int(self._ends[first - 1]) if first else 0
        return _split(self._bytes, start, stops)

    def find(self, term: bytes) -> int | None:
        """The ordinal of a word, None when it is not there."""
        at = self.bisect(term)
        return at if at < len(self) and self.term(at) == term else None

    def bisect(self, term: bytes) -> int:
        """The ordinal of the first word that is not below ``term``."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def with_prefix(self, prefix: bytes) -> range:
        """The ordinals of all words that begin with ``prefix``."""
        above = prefix.rstrip(b"\xff")
        last = self.bisect(above[:-1] + bytes([above[-1] + 1])) if above else len(self)
        return range(self.bisect(prefix), last)

    def within_one_edit(self, word: str) -> list[int]:
        """The ordinals of all words with the same first letter and at most one edit.

        An edit inserts, deletes or replaces one letter.
        """
        if not word:
            return [at for at in (self.find(b""),) if at is not None]
        family = self.with_prefix(encode(word[0]))
        ends = self._ends[family.start : family.stop].astype(np.int64)
        begins = np.concatenate(([int(self._ends[family.start - 1]) if family.start else 0], ends))
        lengths = ends - begins[:-1]
        # A letter takes one to four bytes, so one edit changes the length by at most four.
        near = np.flatnonzero(abs(lengths - len(encode(word))) <= 4)
        return [
            family.start + at
            for at in near.tolist()
            if one_edit_apart(word, decode(bytes(self._bytes[begins[at] : ends[at]])))
        ]


def one_edit_apart(one: str, other: str) -> bool:
    """Whether at most one letter must be inserted, deleted or replaced."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next(
        (i for i, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]),
        len(short),
    )
    skip = len(short) == len(long)
    return short[same + skip :] == long[same + 1 :]


def write_terms(out: ArrayFileWriter, name: str, terms: Sequence[bytes]) -> None:
    """Write a whole dictionary; ``terms`` are sorted and different."""
    out.extend(f"{name}/terms.bytes", np.frombuffer(b"".join(terms), np.uint8))
    out.extend(f"{name}/terms.ends", ends_of(terms))


def ends_of(pieces: Iterable[bytes]) -> Array:
    """Where each of some pieces ends when they are laid one after the other."""
    return smallest(np.cumsum([len(piece) for piece in pieces], dtype=np.uint64))


def _split(data: memoryview, start: int, stops: list[int]) -> list[bytes]:
    whole = bytes(data[start : stops[-1]]) if stops else b""

    def pieces() -> Iterator[bytes]:
        begin = start
        for stop in stops:
            yield whole[begin - start : stop - start]
            begin = stop

    return list(pieces())
