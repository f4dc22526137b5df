"""The term dictionary: sorted words, found by bisection without reading them all.

Arrays under a name::

    NAME/terms.bytes   the words in UTF-8, one after the other, in order of their bytes
    NAME/terms.ends    where each ends

A term is known by its ordinal: its place in the order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter, smallest

_PROBED = 1 << 12
"""Words that are kept because a bisection met them: every one begins with the same."""

_KNOWN_WORDS = 1_000
"""Words whose ordinal is remembered; then all are forgotten."""


def encode(word: str) -> bytes:
    """A word as the dictionary keeps it."""
    return word.encode("utf-8", "surrogatepass")


def decode(term: bytes) -> str:
    """The inverse of :func:`encode`."""
    return term.decode("utf-8", "surrogatepass")


def decode_all(terms: Iterable[bytes]) -> list[str]:
    """The same for many words."""
    return [term.decode("utf-8", "surrogatepass") for term in terms]


class TermDictionary:
    """Looks words up."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._bytes = file.lazy(f"{name}/terms.bytes")
        self._ends = file.lazy(f"{name}/terms.ends")
        self._probed: dict[int, bytes] = {}
        self._known: dict[bytes, int | None] = {}
        self._near: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, ordinal: int) -> bytes:
        """The word with that ordinal."""
        return self._bytes.numbered(ordinal, self._ends)

    def terms(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """The words from ordinal ``first`` to before ``last``."""
        stops = self._ends.read(first, len(self) if last is None else last).tolist()
        if not stops:
            return []
        start = self._begin(first)
        return _split(self._bytes.piece(start, stops[-1]), start, stops)

    def of(self, ordinals: Sequence[int]) -> list[bytes]:
        """The words with these ordinals: of a range those of neighbours."""
        if isinstance(ordinals, range):
            return self.terms(ordinals.start, ordinals.stop)
        return [self.term(at) for at in ordinals]

    def find(self, term: bytes) -> int | None:
        """The ordinal of a word, None when it is not there. Remembers the words asked for lately:
        a question asks several times, and the next one, narrowed, asks again.
        """
        try:
            return self._known[term]
        except KeyError:
            at = self.bisect(term)
            found = at if at < len(self) and self.term(at) == term else None
            if len(self._known) >= _KNOWN_WORDS:
                self._known.clear()
            self._known[term] = found
            return found

    def bisect(self, term: bytes) -> int:
        """The ordinal of the first word that is not below ``term``."""
        return bisect_left(range(len(self)), term, key=self._probe)

    def _probe(self, ordinal: int) -> bytes:
        probed = self._probed.get(ordinal)
        if probed is None:
            probed = self.term(ordinal)
            if len(self._probed) < _PROBED:
                self._probed[ordinal] = probed
        return probed

    def with_prefix(self, prefix: bytes) -> range:
        """The ordinals of all words that begin with ``prefix``."""
        above = prefix.rstrip(b"\xff")
        last = self.bisect(above[:-1] + bytes([above[-1] + 1])) if above else len(self)
        return range(self.bisect(prefix), last)

    def within_one_edit(self, word: str) -> list[int]:
        """The ordinals of all words with the same first letter and at most one edit.

        An edit inserts, deletes or replaces one letter.
        """
        near = self._near.get(word)
        if near is None:
            near = self._near[word] = self._within_one_edit(word)
            if len(self._near) > _KNOWN_WORDS:
                self._near.clear()
        return near

    def _within_one_edit(self, word: str) -> list[int]:
        if not word:
            return [at for at in (self.find(b""),) if at is not None]
        half, length = len(word) // 2, len(encode(word))
        # The edit is before the middle or behind it: the other half is as it was.
        begun = self.with_prefix(encode(word[: max(1, half)]))
        found = {
            *self._alike(begun, b"", length),
            *self._alike(self.with_prefix(encode(word[0])), encode(word[half:]), length),
        }
        return [at for at in sorted(found) if one_edit_apart(word, decode(self.term(at)))]

    def _alike(self, family: range, suffix: bytes, length: int) -> list[int]:
        """The ordinals of those words of a family that end so, and have about this length."""
        if not family:
            return []
        start = self._begin(family.start)
        ends = self._ends.read(family.start, family.stop).astype(np.int64) - start
        lengths = np.diff(ends, prepend=0)
        # A letter takes one to four bytes, so one edit changes the length by at most four.
        found = np.flatnonzero((abs(lengths - length) <= 4) & (lengths >= len(suffix)))
        data = self._bytes.read(start, start + int(ends[-1]))
        for back, letter in enumerate(reversed(suffix), 1):
            found = found.compress(data.take(ends.take(found) - back) == letter)
        ordinals: list[int] = (family.start + found).tolist()
        return ordinals

    def _begin(self, ordinal: int) -> int:
        """Where a word begins."""
        return self._ends.at(ordinal - 1) if ordinal else 0


def one_edit_apart(one: str, other: str) -> bool:
    """Whether at most one letter must be inserted, deleted or replaced."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    pairs = enumerate(zip(short, long, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def write_terms(out: ArrayFileWriter, name: str, terms: Sequence[bytes]) -> None:
    """Write a whole dictionary; ``terms`` are sorted and different."""
    out.extend(f"{name}/terms.bytes", np.frombuffer(b"".join(terms), np.uint8))
    out.extend(f"{name}/terms.ends", ends_of(terms))


def ends_of(pieces: Iterable[bytes]) -> Array:
    """Where each of some pieces ends when they are laid one after the other."""
    return smallest(np.cumsum(np.fromiter(map(len, pieces), np.uint64)))


def _split(words: bytes, start: int, stops: list[int]) -> list[bytes]:
    ends = [stop - start for stop in stops]
    return [words[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
