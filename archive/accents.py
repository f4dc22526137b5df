"""Accents: the same letters without what stands above or below them."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """The text in its compatible letters (NFKD), its combining marks left out."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    # No character before U+0300 combines: a cheap test spares most of the costly ones.
    return "".join(c for c in decomposed if c < "\u0300" or not unicodedata.combining(c))
