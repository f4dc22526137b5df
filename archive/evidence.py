"""How a field of a statement was found, and how far that can be trusted, for whoever asks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fnmatch import translate
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from archive.document import Document, Quotation

Confidence = Literal["high", "medium", "low"]
"""How far evidence can be trusted: ``confidence.toml`` has the grades and what they mean."""

# What is found by one rule only needs no evidence of its own in every document.
_ALWAYS = {
    "url": "address of the page",
    "site": "host of the address",
    "references": "form of the number",
    "attachments": "links to files in the text",
    "speakers": "whom quotations are attributed to",
    "quotations": "quotation marks and verbs of saying",
    "listed_on": "listing pages that name it",
}


def how_found(document: Document, field: str) -> str:
    """The rule or selector that found a field; "" where none is recorded."""
    if field == "site" and document.site == document.source.profile:
        return "name of the profile"
    if field == "quotations":  # what is recorded is said of each of them
        return _ALWAYS[field]
    return document.evidence.get(field) or _ALWAYS.get(field, "")


def attributions(document: Document) -> Iterator[tuple[Quotation, str]]:
    """Each quotation with what in the text tells whose it is; "" where nothing does."""
    hows = document.evidence.get("quotations", "").split("\n")
    if len(hows) != len(document.quotations):  # none is recorded
        hows = [""] * len(document.quotations)
    return zip(document.quotations, hows, strict=True)


@lru_cache(maxsize=1024)
def confidence_in(how: str) -> Confidence | None:
    """How far a field that was found so can be trusted; None where nothing is recorded."""
    if not how:
        return None
    return next((grade for grade, fits in _grades() if fits.match(how)), "medium")


@cache
def _grades() -> tuple[tuple[Confidence, re.Pattern[str]], ...]:
    table = tomllib.loads(files("archive").joinpath("confidence.toml").read_text("utf-8"))
    order: tuple[Confidence, ...] = ("low", "high")
    return tuple((grade, re.compile("|".join(map(translate, table[grade])))) for grade in order)
