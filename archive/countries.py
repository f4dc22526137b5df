"""Which countries a text is about, which it merely names, and what they are called.

The table is ``countries.toml``. It is read on first use, because every command imports this
module and few need it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from archive.document import Country

Sort = Literal["name", "demonym", "place"]

_TABLE = Path(__file__).with_name("countries.toml")
_WORD = re.compile(r"(?<![\w'-])[^\W\d_](?:\w|\.(?=\w))*")
_NO_PLURAL = ("ese", "sh", "ch", "ss", "men", "man", "s")


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling in the table."""

    text: str
    code: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    name: _Name


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _names() -> Iterator[_Name]:
    for code, entry in _table().items():
        for text in (entry["name"], *entry.get("aliases", ())):
            yield _Name(text, code, "name")
        for text in entry.get("demonyms", ()):
            yield _Name(text, code, "demonym")
            if not text.endswith(_NO_PLURAL):
                yield _Name(text + "s", code, "demonym")
        for text in entry.get("places", ()):
            yield _Name(text, code, "place")


@cache
def _by_first_word() -> Mapping[str, tuple[_Name, ...]]:
    """Spellings under their first word, the longest first."""
    table: dict[str, list[_Name]] = {}
    for name in _names():
        first = _WORD.match(name.text)
        if first:
            table.setdefault(first.group().casefold(), []).append(name)
    return {
        word: tuple(sorted(names, key=lambda name: -len(name.text)))
        for word, names in table.items()
    }


@cache
def _by_folded_name() -> Mapping[str, str]:
    """Codes under their folded names and aliases, for what people type."""
    folded = {_fold(name.text): name.code for name in _names() if name.sort == "name"}
    return folded | {_fold(entry["name"]): code for code, entry in _table().items()}


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("&", "and"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", plain).strip().casefold().removeprefix("the ")


def country_name(code: str) -> str:
    """The English name of an ISO code, or the code itself when the table has none."""
    entry = _table().get(code.upper())
    return str(entry["name"]) if entry else code


def country_code(name_or_code: str) -> str | None:
    """The ISO code for a name, an alias or a code in any case ("russian federation", "ru")."""
    code = name_or_code.strip().upper()
    return code if code in _table() else _by_folded_name().get(_fold(name_or_code))


@cache
def all_countries() -> tuple[tuple[str, str], ...]:
    """Every (code, English name), by name."""
    pairs = ((code, str(entry["name"])) for code, entry in _table().items())
    return tuple(sorted(pairs, key=lambda pair: _fold(pair[1])))


def find_countries(
    title: str, body: str, *, listed: Sequence[str] = (), language: str | None = None
) -> tuple[Country, ...]:
    """The countries of a statement: primary ones first, then mentioned, then listed.

    ``listed`` are names or codes of the countries under whose listing the statement stands.
    """
    title_counts = Counter(m.name.code for m in _mentions(title))
    body_mentions = list(_mentions(body))
    lead = body.find("\n\n") if "\n\n" in body else len(body)
    counts: Counter[str] = Counter()
    first: dict[str, _Mention] = {}
    for mention in body_mentions:
        code = mention.name.code
        counts[code] += 2 if mention.start < lead else 1
        first.setdefault(code, mention)
    for code, count in title_counts.items():
        counts[code] += 3 * count
    top = max(counts.values(), default=0)
    found = []
    for code, count in counts.most_common():
        primary = title_counts[code] > 0 or count >= max(2, top / 3)
        place = "title" if title_counts[code] else f"“{first[code].name.text}” in the text"
        relation: Literal["primary", "mentioned"] = "primary" if primary else "mentioned"
        found.append(Country(code, country_name(code), relation, place))
    for given in listed:
        listed_code = country_code(given)
        if listed_code:
            found.append(Country(listed_code, country_name(listed_code), "listed", "listing"))
    order = {"primary": 0, "mentioned": 1, "listed": 2}
    return tuple(sorted(dict.fromkeys(found), key=lambda country: order[country.relation]))


def _mentions(text: str) -> Iterator[_Mention]:
    plain = text.replace("’", "'")
    capitals = plain.isupper()
    haystack = plain.casefold() if capitals and len(plain.casefold()) == len(plain) else plain
    table = _by_first_word()
    end = 0
    for word in _WORD.finditer(plain):
        if word.start() < end or not word.group()[0].isupper():
            continue
        for name in table.get(word.group().casefold(), ()):
            text_of = name.text.casefold() if capitals else name.text
            stop = word.start() + len(text_of)
            if haystack.startswith(text_of, word.start()) and not plain[stop : stop + 1].isalnum():
                yield _Mention(word.start(), name)
                end = stop
                break
