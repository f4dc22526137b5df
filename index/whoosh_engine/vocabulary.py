"""Tokens by the thousand: texts become numbers of words, many texts at a time.

The words of a batch are found with a few sweeps over its characters, a byte for each: where
letters begin and end, the first sixteen of each word as two numbers, and a table that knows the
numbers of the words met lately. It costs a sixth of a regular expression and a dictionary. What
the table does not know, words of more than sixteen letters and those with letters beyond
Latin-1 go through the dictionary: the same words come out.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from dataclasses import dataclass

import numpy as np

from index.analysis import fold, stem
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.terms import encode

_FEWEST_SLOTS, _MOST_SLOTS = 10, 20
"""Bits. The table of words begins small: each page of it that is touched has to be cleared."""
_IN_HEADS = 16
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
_FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)

_is_letter = re.compile(r"\w").match
_STOP, _OTHER = 1, 0xFF
_LATIN = bytes(
    _STOP if letter == "." else ord(letter.lower()) if _is_letter(letter) else 0
    for letter in map(chr, range(256))
)
"""The byte of a character: that of the small letter, _OTHER for letters beyond Latin-1 (and, being
the last of it, for "\u00ff"), _STOP for a full stop and 0 for what is in no word.
"""


class _Dictionary(dict[str, int]):
    """Words by number, as they came, and their order: few are new when it is asked for again."""

    def __init__(self) -> None:
        super().__init__()
        self._terms: list[bytes] = []
        self._order: list[int] = []

    def ranked(self) -> tuple[list[bytes], Array]:
        """The words in order, and the place in it of each, by number."""
        self._terms += [encode(word) for word in itertools.islice(self, len(self._terms), None)]
        self._order += range(len(self._order), len(self))
        self._order.sort(key=self._terms.__getitem__)
        ranks = np.empty(len(self), np.int64)
        ranks[self._order] = np.arange(len(self))
        return [self._terms[number] for number in self._order], ranks


class Vocabulary(dict[str, int]):
    """Words as they stand in the text -> number of the folded word; each is folded once."""

    def __init__(self) -> None:
        super().__init__()
        self._folded = _Dictionary()
        self._stems = _Dictionary()
        self._stem_of: list[int] = []
        self._slots = _FEWEST_SLOTS
        self._heads = np.zeros((2, 1 << _FEWEST_SLOTS), np.uint64)
        self._known = np.zeros(1 << _FEWEST_SLOTS, np.int64)

    def __missing__(self, raw: str) -> int:
        word = fold(raw)
        number = self._folded.get(word)
        if number is None:
            number = self._folded[word] = len(self._folded)
            self._stem_of.append(self._stems.setdefault(stem(word), len(self._stems)))
        self[raw] = number
        return number

    def numbers(self, texts: list[str]) -> tuple[Array, Array]:
        """How many words each text has, and the numbers of all of them, in order."""
        text = "\n".join(texts)
        data = _bytes_of(text)
        starts, sizes = _words_in(np.frombuffer(data, np.uint8))
        heads = _heads_of(data, starts, sizes)
        self._make_room()
        slots = self._slots_of(heads)
        known = self._heads[0].take(slots) == heads[0]
        known &= self._heads[1].take(slots) == heads[1]
        known &= sizes <= _IN_HEADS
        numbers = self._known.take(slots)
        unknown = np.flatnonzero(~known)
        words = [
            text[start : start + size].lower()
            for start, size in zip(starts[unknown].tolist(), sizes[unknown].tolist(), strict=True)
        ]
        numbers[unknown] = [self[word] for word in words]
        fits = (sizes[unknown] <= _IN_HEADS) & ~_has_others(heads.take(unknown, axis=1))
        fits &= self._heads[0].take(slots[unknown]) == 0  # frequent words are met first, and stay
        learnt = unknown[fits]
        self._heads[:, slots[learnt]] = heads[:, learnt]
        self._known[slots[learnt]] = numbers[learnt]
        ends = np.cumsum([len(text) + 1 for text in texts])
        return np.diff(np.searchsorted(starts, ends), prepend=0), numbers

    def ranked(self) -> Ranked:
        """The order of words and stems."""
        terms, ranks = self._folded.ranked()
        stems, stem_ranks = self._stems.ranked()
        stem_of = np.empty(len(terms), np.int64)
        stem_of[ranks] = stem_ranks[np.array(self._stem_of, np.int64)]
        return Ranked(terms, ranks, stems, stem_of)

    def _make_room(self) -> None:
        """Four slots for every word that is known, up to a limit."""
        slots = min((4 * len(self)).bit_length(), _MOST_SLOTS)
        if slots > self._slots:
            self._slots = slots
            held = np.flatnonzero(self._heads[0])
            heads, known = self._heads[:, held], self._known[held]
            self._heads = np.zeros((2, 1 << slots), np.uint64)
            self._known = np.zeros(1 << slots, np.int64)
            places = self._slots_of(heads)
            self._heads[:, places] = heads
            self._known[places] = known

    def _slots_of(self, heads: Array) -> Array:
        mixed: Array = heads[0] * _MIX[0] ^ heads[1] * _MIX[1]
        # Before NumPy 2.2 nothing is taken by unsigned numbers of eight bytes.
        slots: Array = (mixed >> np.uint64(64 - self._slots)).view(np.int64)
        return slots


@dataclass(frozen=True, slots=True)
class Ranked:
    """Words and stems in order; ``ranks`` by number of the word, ``stem_of`` by its rank."""

    terms: list[bytes]
    ranks: Array
    stems: list[bytes]
    stem_of: Array

    def words(self, ranks: Array) -> list[bytes]:
        """The words with these ranks."""
        return [self.terms[rank] for rank in ranks.tolist()]


def _bytes_of(text: str) -> bytes:
    """A byte for each character (see :data:`_LATIN`)."""
    with contextlib.suppress(UnicodeEncodeError):
        return text.encode("latin-1").translate(_LATIN)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    beyond = np.flatnonzero(codes > 0xFF)
    met, which = np.unique(codes[beyond], return_inverse=True)
    data = bytearray(codes.astype(np.uint8).tobytes().translate(_LATIN))
    letters = np.array([_OTHER if _is_letter(chr(code)) else 0 for code in met.tolist()], np.uint8)
    np.frombuffer(data, np.uint8)[beyond] = letters[which]
    return bytes(data)


def _words_in(data: Array) -> tuple[Array, Array]:
    """Where words begin, and how long they are, as TOKEN_PATTERN has them."""
    inside = np.zeros(len(data) + 2, bool)
    np.greater(data, _STOP, out=inside[1:-1])
    stops = np.flatnonzero(data == _STOP) + 1
    inside[stops[inside[stops - 1] & inside[stops + 1]]] = True
    bounds = np.flatnonzero(inside[1:] != inside[:-1])
    return bounds[::2], bounds[1::2] - bounds[::2]


def _heads_of(data: bytes, starts: Array, sizes: Array) -> Array:
    """The first sixteen bytes of each word as two numbers."""
    eights = np.frombuffer(data + bytes(24 + -len(data) % 8), "<u8")
    at, before = starts >> 3, ((starts & 7) << 3).astype(np.uint64)
    second = eights.take(at + 1)
    heads = np.zeros((2, len(starts)), np.uint64)
    heads[0] = _joined(eights.take(at), second, before)
    heads[0] &= _FIRST_BYTES.take(sizes, mode="clip")
    long = np.flatnonzero(sizes > 8)
    rest = _joined(second.take(long), eights.take(at.take(long) + 2), before.take(long))
    heads[1, long] = rest & _FIRST_BYTES.take(sizes.take(long) - 8, mode="clip")
    return heads


def _joined(low: Array, high: Array, bits: Array) -> Array:
    """Two numbers side by side as one, without so many bits of the lower one."""
    joined: Array = low >> bits | high << np.uint64(64) - bits  # shifted by 64 it is 0
    return joined


def _has_others(heads: Array) -> Array:
    """Whether a word has a letter that its bytes do not tell."""
    others = heads.view(np.uint8) == _OTHER
    found: Array = others.reshape(2, -1, 8).any(axis=(0, 2))
    return found
