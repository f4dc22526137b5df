"""Where a text names a country, by the tables ``countries.toml`` and ``homonyms.toml``.

The tables are read on first use.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Literal

from archive.country_codes import ROMANCE, countries
from archive.homonyms import (
    american_states,
    homonyms,
    is_accord,
    is_code,
    is_company,
    is_full_name,
    is_joined,
    is_money,
    is_placed,
    is_somebody,
    is_town,
    readings,
    state_behind,
)

Sort = Literal["name", "demonym", "place", "share", "money"]

_WORD = r"\w*(?:\.\w+)*"
"""What goes on behind a word's first letter: "Moscow", "U.S"."""
_BEGINS = r"(?<![\w'-].)"
_ELIDED = r"(?<=\b[dDlL]'.)"
"""What stands before that letter; in French and Spanish also "d'Haïti"."""
_MONEY = re.compile(r"[ \xa0]?\$")
_POINTS = ("North", "South", "West", "East")
"""Of "S. Africa" and "W. German"."""
_NO_PLURAL = ("ese", "sh", "ch", "ss", "men", "man", "s")
_SHARE = re.compile(
    r"[<(\[](?:\w{1,8}\.(?P<suffix>[A-Z]{1,2})|(?P<market>[A-Z]{3,6}): ?\w{1,6})[>)\]]"
)
"""The code of a share: "<XYZ.L>", "(LSE: XYZ)"."""
_SUM = re.compile(r"[0-9] (?:(?:million|billion|mln|bn) )?(?P<unit>[a-z]{3,})\b")


_FEW = 8
"""Countries in a title up to which each is looked for as somebody's name in the text below."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a text: its code, where, by which word, and of which sort that is."""

    code: str
    start: int
    text: str
    sort: Sort


_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling in the tables; ``code`` is None for a phrase that names no country."""

    text: str
    code: str | None
    sort: Sort


def mentions(
    text: str, language: str | None = None, beside: str = "", people: Collection[str] = ()
) -> tuple[Mention, ...]:
    """Every mention of a country in a text, in its order. Linear in the text.

    ``beside`` is other text that tells which Georgia is meant, and whether Jordan is somebody, as
    the article below a title; ``people`` are full names of persons in it.
    """
    plain = text.replace("’", "'").replace("\n", " ").replace("\xa0", " ")
    found = list(_spellings(plain, language if language in ROMANCE else None))
    signs = tuple(_signs(plain))
    if not found:
        return signs
    words = {spelling.text for _, spelling in found}
    names = {word for name in people if not is_place(name) for word in name.split()}
    persons = {
        spelling.text
        for at, spelling in found
        if (spelling.text in names and spelling.sort != "demonym")
        or _is_somebody(plain, at, spelling)
    }
    if beside and len(words) <= _FEW:
        persons |= {word for word in words if _is_only_somebody(beside, word)}
    others = {
        **readings(words, f"{plain}\n{beside}" if beside else plain),
        **dict.fromkeys(_towns(found, beside or plain), "US"),
    }
    kept = []
    for start, spelling in found:
        mention = _meant(plain, start, spelling, others.get(spelling.text, spelling.code))
        placed = is_placed(plain, start) or (beside and _leads(plain, start, spelling))
        person = spelling.text in persons and not placed
        if mention and not person:
            kept.append(mention)
    return tuple(sorted((*kept, *signs), key=_start)) if signs else tuple(kept)


def _is_only_somebody(text: str, word: str) -> bool:
    """Whether the word is a person's in the text, and never a place: "Tom Jordan left."."""
    if " " in word or not word[:1].isupper():
        return False
    whole = rf"{re.escape(word)}(?<![\w'-]{re.escape(word)})\b"
    starts = [match.start() for match in re.finditer(whole, text)]
    if any(is_placed(text, start) for start in starts):
        return False
    return any(is_somebody(text, start, word, is_geographic) for start in starts)


def _towns(found: Iterable[tuple[int, _Spelling]], text: str) -> Iterator[str]:
    """Words that the text introduces as a town of the USA, where nothing else names their country.

    "A baker of Peru, Ind., … The mayor of Peru …".
    """
    ways: dict[str, set[str]] = {}
    for _, spelling in found:
        ways.setdefault(spelling.code or "", set()).add(spelling.text)
    for word, *others in ways.values():
        start = text.find(word)
        if not others and start >= 0 and is_town(text, start, start + len(word)):
            yield word


def _leads(title: str, start: int, spelling: _Spelling) -> bool:
    """Whether a title begins with the country that it is about: "Jordan: bakers jailed"."""
    return title.startswith(":", start + len(spelling.text))


def _signs(plain: str) -> Iterator[Mention]:
    """Codes of shares, sums in a money that only one country has, and "Calif." behind a town."""
    for match in american_states().finditer(plain):
        yield Mention("US", match.start("state"), match["state"], "place")
    exchanges, money = _signs_of_countries()
    for match in _SHARE.finditer(plain):
        code = exchanges.get(match["suffix"] or match["market"])
        if code:
            yield Mention(code, match.start(), match[0], "share")
    for match in _SUM.finditer(plain):
        code = money.get(match["unit"])
        if code:
            yield Mention(code, match.start("unit"), match["unit"], "money")


@cache
def _signs_of_countries() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Whose a stock exchange is, by its initials or its suffix to codes, and whose a money."""
    tables = tuple(
        {text: code for code, entry in countries().items() for text in entry.get(key, ())}
        for key in ("exchanges", "money")
    )
    return tables[0], tables[1]


def _is_somebody(plain: str, start: int, spelling: _Spelling) -> bool:
    return is_somebody(
        plain, start, spelling.text, None if spelling.sort == "demonym" else is_geographic
    )


def _meant(plain: str, start: int, spelling: _Spelling, code: str | None) -> Mention | None:
    """What the word stands for in its place in the text."""
    stop = start + len(spelling.text)
    if code is None or is_code(plain, start, stop):
        return None
    if spelling.sort == "name" and is_town(plain, start, stop):
        return Mention("US", start, spelling.text, "place")
    if spelling.sort != "demonym" and is_full_name(plain, start, spelling.text, is_geographic):
        return None
    sort = "money" if is_money(plain, stop) else spelling.sort
    if sort == "place":
        if is_company(plain, start, stop) or is_accord(plain, stop):
            return None
        if is_joined(plain, stop, is_geographic):
            return None
        code = "US" if state_behind(plain, stop) else code
    return Mention(code, start, spelling.text, sort)


def _spellings(plain: str, language: str | None) -> Iterator[tuple[int, _Spelling]]:
    """The longest spelling of the tables at each word, phrases that name no country included."""
    folded = plain.isupper() and len(plain.casefold()) == len(plain)
    haystack = plain.casefold() if folded else plain
    table = _by_first_word(language, folded=folded)
    end = 0
    for word in _first_words(language, folded=folded).finditer(haystack):
        spellings = table.get(word[0])
        if spellings is None or word.start() < end:
            continue
        for sought, spelling in spellings:
            stop = word.start() + len(sought)
            if spelling.text.isupper() and _MONEY.match(plain, stop):  # "US$", "US $"
                continue
            if haystack.startswith(sought, word.start()) and not plain[stop : stop + 1].isalnum():
                yield word.start(), spelling
                end = stop
                break


@cache
def _by_first_word(
    language: str | None, *, folded: bool
) -> Mapping[str, tuple[tuple[str, _Spelling], ...]]:
    """What is sought, and for which spelling, under its first word, the longest first."""
    table: dict[str, list[tuple[str, _Spelling]]] = {}
    for spelling in _table(language):
        sought = spelling.text.casefold() if folded else spelling.text
        table.setdefault(_first_word(sought), []).append((sought, spelling))
    return {
        word: tuple(sorted(spellings, key=lambda item: -len(item[0])))
        for word, spellings in table.items()
    }


@cache
def _first_words(language: str | None, *, folded: bool) -> re.Pattern[str]:
    """What may be a first word of the table, by its first letter: in English a capital.

    So most words cost nothing. What stands before the letter is asked last, because a search is
    quick to find letters of a set.
    """
    letters = {word[0] for word in _by_first_word(language, folded=folded)}
    if not (language or folded):
        letters = set(filter(str.isupper, letters))
    begins = f"(?:{_BEGINS}|{_ELIDED})" if language else _BEGINS
    return re.compile(f"[{''.join(sorted(letters))}]{begins}{_WORD}")


def _first_word(text: str) -> str:
    """The spelling's first word, as it is found in a text."""
    match = re.match(_WORD, text)
    return match.group() if match else ""


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
    for text in (*homonyms()["no_country"], *_things()):
        yield _Spelling(text, None, "name")


def _things() -> Iterator[str]:
    """What is called after a country: "Guinea pig", "Guinea Pig", "Danish pastries"."""
    for text in homonyms()["things"]:
        plural = f"{text[:-1]}ies" if text.endswith("ry") else f"{text}s"
        for form in (text, plural):
            first, _, rest = form.partition(" ")
            yield from (form, f"{first} {rest.title()}")


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


def is_place(text: str) -> bool:
    """Whether the text is the name of a country or of a place in the tables."""
    return text in _places()


def is_geographic(word: str) -> bool:
    """Whether a single word names a country or a place, or what comes from there: "Kenyan"."""
    return word in _geographic()


@cache
def _places() -> frozenset[str]:
    return frozenset(spelling.text for spelling in _table(None) if spelling.sort != "demonym")


@cache
def _geographic() -> frozenset[str]:
    texts = (spelling.text for spelling in _table(None))
    return frozenset(text for text in texts if text == _first_word(text))
