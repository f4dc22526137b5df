"""The countries of ISO 3166: their codes, their names, and what else they are called.

Nearly every command shows names, and few look for them in texts: that is
:mod:`archive.countries`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from archive.accents import without_accents

ROMANCE = ("fr", "es")
"""The languages in which countries are named, besides English."""

_TABLE = Path(__file__).with_name("countries.toml")
_NAME = re.compile(r'\n\[([A-Z]+)\]\nname = "([^"\\]+)"(?=\n)')


@cache
def country_names() -> Mapping[str, str]:
    """The English name of every code, read without parsing the whole table, which takes a hundred
    times as long.
    """
    return dict(_NAME.findall(_TABLE.read_text(encoding="utf-8")))


@cache
def countries() -> Mapping[str, Any]:
    """The entries of ``countries.toml`` by code."""
    import tomllib  # here, because most commands never read the table

    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def names_of(code: str) -> Sequence[str]:
    """Every name and alias of a country, the English ones first."""
    entry = countries()[code]
    foreign = (text for language in ROMANCE for text in entry.get(language, ()))
    named = (text for text in foreign if text[0].isupper())
    return (entry["name"], *entry.get("aliases", ()), *named)


def country_name(code: str) -> str:
    """The English name of an ISO code, or the code itself when the table has none."""
    return country_names().get(code.upper(), code)


def country_code(name_or_code: str) -> str | None:
    """The ISO code for a name, an alias or a code in any case ("russian federation", "ru")."""
    code, folded = name_or_code.strip().upper(), _fold(name_or_code)
    if code in country_names():
        return code
    return _by_folded_name().get(folded) or _by_folded_alias().get(folded)


def other_of_name(name: str) -> str | None:
    """The code of the country that a name may mean as well as the one it stands for: "Korea"."""
    folded = _fold(name)
    if name.strip().upper() in country_names() or folded in _by_folded_name():
        return None  # without the whole table
    return next(
        (
            code
            for code, entry in countries().items()
            if folded in map(_fold, entry.get("shared", ()))
        ),
        None,
    )


@cache
def all_countries() -> tuple[tuple[str, str], ...]:
    """Every (code, English name), by name."""
    return tuple(sorted(country_names().items(), key=lambda pair: _fold(pair[1])))


@cache
def _by_folded_name() -> Mapping[str, str]:
    return {_fold(name): code for code, name in country_names().items()}


@cache
def _by_folded_alias() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for code in country_names():
        for name in names_of(code):
            table.setdefault(_fold(name), code)
    return table


def _fold(text: str) -> str:
    plain = without_accents(text.replace("’", "'").replace("&", "and"))
    return " ".join(plain.split()).casefold().removeprefix("the ")
