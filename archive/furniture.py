"""What stands on a page beside the statement: ``furniture.toml``, ready to ask."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal[
    "elements",
    "blocks",
    "classes",
    "aside_classes",
    "own_classes",
    "article_bodies",
    "banner_classes",
    "statement_classes",
    "title_classes",
    "date_classes",
    "other_dates",
]
Label = Literal["category", "location", "topics"]

_LONGEST_LINE = 240
_LONGEST_HEADING = 60


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("archive").joinpath("furniture.toml").read_text("utf-8"))


@cache
def names(kind: Kind) -> frozenset[str]:
    """The element names or class tokens of one kind."""
    return frozenset(_table()[kind])


@cache
def _pattern(kind: Literal["lines", "ends", "tails", "asides", "contacts"]) -> re.Pattern[str]:
    return re.compile("|".join(_table()[kind]), re.I)


def is_furniture_line(text: str) -> bool:
    """Whether a line is a share link, a pager or the like, not part of a statement."""
    return len(text) <= _LONGEST_LINE and _pattern("lines").fullmatch(text) is not None


def names_contact(text: str) -> bool:
    """Whether a line says that the one above names somebody whom the press may ask."""
    return len(text) <= _LONGEST_LINE and _pattern("contacts").fullmatch(text) is not None


def ends_listing(text: str) -> bool:
    """Whether nothing below this line belongs to a listing's last entry."""
    return len(text) <= _LONGEST_LINE and _pattern("ends").fullmatch(text) is not None


@lru_cache(maxsize=4096)
def names_aside(tokens: str) -> bool:
    """Whether class tokens or an id are those of a side column or of comments."""
    return any(map(_pattern("asides").fullmatch, tokens.lower().split()))


@lru_cache(maxsize=4096)
def label_of(tokens: str) -> Label | None:
    """The label of a statement that class tokens say an element to be, or None."""
    for token in tokens.lower().split():
        for name, pattern in _labels():
            if pattern.fullmatch(token):
                return name
    return None


@cache
def _labels() -> tuple[tuple[Label, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _table()["labels"].items())


def ends_article(text: str) -> bool:
    """Whether a line is a heading of what follows an article on its page: comments, others."""
    if len(text) > _LONGEST_HEADING or text[-1:] in (".", ",", ";"):
        return False
    return _pattern("tails").fullmatch(text) is not None
