"""Which texts share passages? Word shingles, and a small sample of them to look texts up by.

The sample is winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for
document fingerprinting", 2003): the smallest hash of every window of ``WINDOW`` shingles.
Any passage of at least ``WINDOW`` shingles that stands in a text has one of its own
hashes in the text's sample, so looking up all hashes of a short text finds every text
that it was cut from, without comparing each with each.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib

SIZE = 3
"""Words in a shingle."""

WINDOW = 10
"""Shingles in a window; a text with fewer is too short to say where it was cut from."""

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text: no case, no punctuation, compatibility forms made equal."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str) -> list[int]:
    """A 32-bit hash of every three consecutive words, in order."""
    found = words(text)
    runs = zip(*(found[offset:] for offset in range(SIZE)), strict=False)
    return [zlib.crc32(" ".join(run).encode()) for run in runs]


def sample(hashes: list[int]) -> set[int]:
    """The winnowed hashes: at least one out of every ``WINDOW`` consecutive ones."""
    last = max(len(hashes) - WINDOW, 0)
    return {min(hashes[start : start + WINDOW]) for start in range(last + 1) if hashes}


def containment(part: list[int], whole: list[int]) -> float:
    """The share (0 to 1) of the shingles of ``part`` that also stand in ``whole``."""
    wanted = set(part)
    return len(wanted.intersection(whole)) / len(wanted) if wanted else 0.0


def text_key(*texts: str) -> str:
    """SHA-256 (hex) of the words of the texts: equal for the same words in the same order."""
    return hashlib.sha256("\n".join(" ".join(words(text)) for text in texts).encode()).hexdigest()
