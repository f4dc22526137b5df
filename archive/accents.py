"""Accents: the same letters without what stands above or below them."""

from __future__ import annotations

import re
import unicodedata

_PERHAPS_COMBINING = re.compile("[^\x00-\u02ff]+")
"""No character before U+0300 combines: a cheap test spares most of the costly ones."""


def without_accents(text: str) -> str:
    """The text in its compatible letters (NFKD), its combining marks left out."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return _PERHAPS_COMBINING.sub(_letters, decomposed)


def _letters(run: re.Match[str]) -> str:
    return "".join(c for c in run[0] if not unicodedata.combining(c))
