"""Where a text names a country, by the tables ``countries.toml`` and ``homonyms.toml``.

The tables are read on first use: every command imports this module and few need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Sort = Literal["name", "demonym", "place"]

_HERE = Path(__file__).parent
_NAME = re.compile(r'\n\[([A-Z]+)\]\nname = "([^"\\]+)"(?=\n)')
_WORD = re.compile(r"(?:(?<![\w'-])|(?<=\b[dDlL]'))[^\W\d_](?:\w|\.(?=\w))*")
"""The words that may be a name in French and Spanish: "d'Haïti", "russe"."""
_CAPITALISED = re.compile(r"(?<![\w'-])[^\W\d_a-z](?:\w|\.(?=\w))*")
"""The words that may be a name in English: one in six, so that the others cost nothing."""
_SURNAME = re.compile(r" (?P<word>[A-Z][a-z'-]+)(?=,| said| says| told| who|'s)")
_GIVEN = re.compile(r"(?:(?P<lead>\S+)[ \xa0])?(?P<given>[^\W\d_a-z][\w'-]+) \Z")
_NAMED = re.compile(
    r"(?P<comma>,) (?P<next>[^\W\d]+)| \((?=[^\W\da-z])| (?:said|says|told|added|adds|warned)\b"
)
"""What stands behind a person's full name: an office, a party, a verb of saying."""
_OFFICE = ("who", "a", "an")
_MONEY = re.compile(r"[ \xa0]?\$")
_PLACED = re.compile(r"\b(?:in|to|from|of|across|throughout|within)\s+$")
_POINTS = ("North", "South", "West", "East")
"""Of "S. Africa" and "W. German"."""
_NO_PLURAL = ("ese", "sh", "ch", "ss", "men", "man", "s")
_BEFORE_PLACES = ("in", "across", "throughout", "within", "to", "from", "of", "near", "the")
"""What leads to "Soviet Russia" as well as to a name."""
_ROMANCE = ("fr", "es")
_BEFORE = 40
"""Characters before a word in which a first name or an honorific is looked for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a text: its code, where, by which word, and of which sort that is."""

    code: str
    start: int
    text: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling in the tables; ``code`` is None for a phrase that names no country."""

    text: str
    code: str | None
    sort: Sort


@cache
def country_names() -> Mapping[str, str]:
    """The English name of every code.

    Read without parsing the whole table, which takes a hundred times as long: nearly every
    command shows names, and few look for them in texts.
    """
    return dict(_NAME.findall((_HERE / "countries.toml").read_text(encoding="utf-8")))


@cache
def countries() -> Mapping[str, Any]:
    """The entries of ``countries.toml`` by code."""
    return _read("countries.toml")


@cache
def _homonyms() -> Mapping[str, Any]:
    return _read("homonyms.toml")


def _read(name: str) -> Mapping[str, Any]:
    import tomllib  # here, because most commands never read the tables

    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def mentions(text: str, language: str | None = None) -> tuple[Mention, ...]:
    """Every mention of a country in a text, in its order. Linear in the text."""
    plain = text.replace("’", "'")
    found = list(_spellings(plain, language if language in _ROMANCE else None))
    if not found:
        return ()
    words = {spelling.text for _, spelling in found}
    people = {spelling.text for at, spelling in found if _is_somebody(plain, at, spelling)}
    readings = {
        word: reading["code"] or None
        for reading in _homonyms()["reading"]
        if not words.isdisjoint(reading["words"]) and _applies(reading, plain)
        for word in reading["words"]
    }
    kept = []
    for start, spelling in found:
        code = readings.get(spelling.text, spelling.code)
        person = spelling.text in people and not _is_placed(plain, start)
        if code and not person:
            kept.append(Mention(code, start, spelling.text, spelling.sort))
    return tuple(kept)


def _spellings(plain: str, language: str | None) -> Iterator[tuple[int, _Spelling]]:
    """The longest spelling of the tables at each word, phrases that name no country included."""
    capitals = plain.isupper()
    folded = plain.casefold()
    haystack = folded if capitals and len(folded) == len(plain) else plain
    table = _by_first_word(language)
    end = 0
    for word in (_WORD if language else _CAPITALISED).finditer(plain):
        spellings = table.get(word[0].casefold())
        if spellings is None or word.start() < end or not (language or word[0][0].isupper()):
            continue
        for spelling in spellings:
            sought = spelling.text.casefold() if capitals else spelling.text
            stop = word.start() + len(sought)
            if spelling.text.isupper() and _MONEY.match(plain, stop):  # "US$", "US $"
                continue
            if haystack.startswith(sought, word.start()) and not plain[stop : stop + 1].isalnum():
                yield word.start(), spelling
                end = stop
                break


@cache
def _by_first_word(language: str | None) -> Mapping[str, tuple[_Spelling, ...]]:
    """Spellings under their folded first word, the longest first."""
    table: dict[str, list[_Spelling]] = {}
    for spelling in _table(language):
        first = _WORD.match(spelling.text)
        if first:
            table.setdefault(first.group().casefold(), []).append(spelling)
    return {
        word: tuple(sorted(spellings, key=lambda spelling: -len(spelling.text)))
        for word, spellings in table.items()
    }


def _table(language: str | None) -> Iterator[_Spelling]:
    for code, entry in countries().items():
        for text in _with_initials((entry["name"], *entry.get("aliases", ()))):
            yield _Spelling(text, code, "name")
        for text in _with_initials(entry.get("demonyms", ())):
            yield _Spelling(text, code, "demonym")
            if not text.endswith(_NO_PLURAL):
                yield _Spelling(text + "s", code, "demonym")
        for text in entry.get("places", ()):
            yield _Spelling(text, code, "place")
        for text in entry.get(language, ()) if language else ():
            yield from _romance(text, code, language)
    for text in _homonyms()["no_country"]:
        yield _Spelling(text, None, "name")


def _with_initials(names: Iterable[str]) -> Iterator[str]:
    """Names, and those that begin with a point of the compass also as headlines have them."""
    for name in names:
        yield name
        point, _, rest = name.partition(" ")
        if rest and point in _POINTS:
            yield f"{point[0]}. {rest}"


def _romance(text: str, code: str, language: str | None) -> Iterator[_Spelling]:
    """A name as it stands; an adjective with its endings, also as a noun ("les Russes")."""
    if text[0].isupper():
        yield _Spelling(text, code, "name")
        return
    if language == "fr":
        doubled = text[-1] + "e" if text.endswith("en") else "e"
        forms = [text + ending for ending in ("", "s", doubled, doubled + "s")]
    else:
        stem = text.removesuffix("o")
        plain = stem.replace("é", "e") if stem.endswith("és") else stem
        forms = [text, *(plain + ending for ending in ("a", "os", "as", "es", "s"))]
    for form in dict.fromkeys(forms):
        yield _Spelling(form, code, "demonym")
        yield _Spelling(form.capitalize(), code, "demonym")


def _applies(reading: Mapping[str, Any], plain: str) -> bool:
    """Whether the text has a sign for this reading and none against it."""
    signs, others = reading["when"], reading.get("unless", ())
    return any(sign in plain for sign in signs) and not any(sign in plain for sign in others)


def _is_somebody(plain: str, start: int, spelling: _Spelling) -> bool:
    """Whether the word is part of a person's name: "Mr Jordan", "Chad Roe said"."""
    table, word = _homonyms(), spelling.text
    before = plain[max(0, start - _BEFORE) : start].split()
    last = before[-1] if before and plain[start - 1].isspace() else ""
    if last in table["before_surnames"]:
        return True
    if spelling.sort != "demonym" and _is_surname(plain, start, word):
        return True
    if word not in table["first_names"]:
        return False
    follows = _SURNAME.match(plain, start + len(word))
    return follows is not None and follows["word"] not in table["after_countries"]


def _is_surname(plain: str, start: int, word: str) -> bool:
    """Whether the word ends a full name: "by Mara Jordan, a lawyer", "Mara Jordan (Split)".

    A first name that no table knows stands within the sentence, so that it is capitalised for
    itself, and a comma behind it leads to an office.
    """
    follows = _NAMED.match(plain, start + len(word))
    match = _GIVEN.search(plain, max(0, start - _BEFORE), start) if follows else None
    if not (match and follows) or " " in word or word.isupper():
        return False
    from archive.nouns import nouns  # here, because most commands never read the tables

    given, lead, behind = match["given"], match["lead"] or "", follows["next"] or ""
    if nouns().is_first_name(given):
        return True
    if follows["comma"] and not (behind in _OFFICE or nouns().is_title(behind)):
        return False
    if given.isupper() or given in _homonyms()["no_first_names"]:
        return False
    if given.casefold() in _by_first_word(None) or given.casefold() in nouns().organisations:
        return False
    within = lead.isalpha() and lead.islower() and lead not in _BEFORE_PLACES
    return within or nouns().is_title(lead)


def _is_placed(plain: str, start: int) -> bool:
    """Whether a preposition of place leads to the word, as it leads to no person."""
    return bool(_PLACED.search(plain, max(0, start - 12), start))


def begins_name(word: str) -> bool:
    """Whether the capitalised word may begin a person's name: not "Western", "Nazi", "Monday"."""
    return word not in _no_first_names()


@cache
def _no_first_names() -> frozenset[str]:
    return frozenset(_homonyms()["no_first_names"])


def is_place(text: str) -> bool:
    """Whether the text is the name of a country or of a place in the tables."""
    word = _WORD.match(text)
    spellings = _by_first_word(None).get(word.group().casefold(), ()) if word else ()
    return any(spelling.text == text and spelling.sort != "demonym" for spelling in spellings)


def is_geographic(word: str) -> bool:
    """Whether a single word names a country or a place, or what comes from there: "Kenyan"."""
    spellings = _by_first_word(None).get(word.casefold(), ())
    return any(spelling.text == word for spelling in spellings)


def names_of(code: str) -> Sequence[str]:
    """Every name and alias of a country, the English ones first."""
    entry = countries()[code]
    foreign = (text for language in _ROMANCE for text in entry.get(language, ()))
    named = (text for text in foreign if text[0].isupper())
    return (entry["name"], *entry.get("aliases", ()), *named)
