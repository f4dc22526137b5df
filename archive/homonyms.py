"""What the words of ``countries.toml`` mean besides, by the table ``homonyms.toml``.

A name of a country may be a person's, a company's or an agreement's; an adjective may only tell
one dollar from another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_SURNAME = re.compile(r" (?P<word>[A-Z][a-z'-]+)(?=,| said| says| told| who|'s)")
_GIVEN = re.compile(r"(?:(?P<lead>\S+) )?(?P<given>[^\W\d_a-z][\w'-]+) \Z")
_NAMED = re.compile(
    r"(?P<comma>,) (?P<next>[^\W\d]+)| \((?=[^\W\da-z])| (?:said|says|told|added|adds|warned)\b"
)
"""What stands behind a person's full name: an office, a party, a verb of saying."""
_PLACED = re.compile(r"\b(?:in|to|from|of|across|throughout|within)\s+$")
_BEFORE = 40
"""Characters before a word in which a first name or an honorific is looked for."""
_NEXT = re.compile(r"[ -](?P<word>[A-Za-zäöüéèñ$&.']+)")
_JOINED = re.compile(r"-(?P<word>[A-Z]\w+)")
_CLOSED = re.compile(r"\s*\Z|[.;:)!?\"”—–]|,(?!\s*(?:(?:and|or)\s+)?[A-Z])")
"""What closes a state behind a town; elsewhere a list goes on: "Mexico, Texas and Utah"."""


@cache
def homonyms() -> Mapping[str, Any]:
    """The entries of the table."""
    import tomllib  # here, because most commands never read the table

    path = Path(__file__).with_name("homonyms.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(key: str) -> frozenset[str]:
    """A list of the table, to look words up in."""
    return frozenset(homonyms()[key])


def readings(found: Collection[str], plain: str) -> Mapping[str, str | None]:
    """Of the words found in the text those that stand for another country, or for none, there."""
    return {
        word: reading["code"] or None
        for reading in homonyms()["reading"]
        if any(word in found for word in reading["words"]) and _applies(reading, plain)
        for word in reading["words"]
    }


def _applies(reading: Mapping[str, Any], plain: str) -> bool:
    """Whether the text has a sign for this reading and none against it."""
    signs, others = reading["when"], reading.get("unless", ())
    return any(sign in plain for sign in signs) and not any(sign in plain for sign in others)


def is_money(plain: str, stop: int) -> bool:
    """Whether the word only tells one money from another: "120 million Swiss francs"."""
    follows = _NEXT.match(plain, stop)
    return follows is not None and follows["word"].rstrip(".").casefold() in words("money")


def is_code(plain: str, start: int, stop: int) -> bool:
    """Whether the word is the code of a share: "<UK>"."""
    return plain[start - 1 : start] == "<" and plain[stop : stop + 1] == ">"


def is_accord(plain: str, stop: int) -> bool:
    """Whether the place only gives its name to an agreement: "the Paris accord"."""
    return bool(_accord().match(plain, stop))


@cache
def _accord() -> re.Pattern[str]:
    return re.compile(rf"(?: [a-z]+)? (?:{'|'.join(homonyms()['accords'])})\b", re.IGNORECASE)


def is_company(plain: str, start: int, stop: int) -> bool:
    """Whether the word is in a company's name: "Tokyo Example Corp", "the Bank of Tokyo"."""
    bank = plain.endswith(tuple(homonyms()["before_companies"]), 0, start)
    return bank or bool(_company().match(plain, stop))


@cache
def _company() -> re.Pattern[str]:
    """Further words of the name, and what it ends in."""
    forms = "|".join(homonyms()["companies"])
    return re.compile(
        rf"(?: (?:and|&|of|de)(?= [A-Z])| [A-Z][\w.'-]*| \([A-Z][\w ]*\)){{0,4}}?"
        rf" (?:{forms}|{forms.upper()})\b"
    )


def is_joined(plain: str, stop: int, known: Callable[[str], bool]) -> bool:
    """Whether the place is half of another name: "Bristol-Roe", not "Moscow-Kyiv"."""
    match = _JOINED.match(plain, stop)
    return match is not None and not known(match["word"]) and not known(match["word"].title())


def state_behind(plain: str, stop: int) -> bool:
    """Whether a state of the USA says where the place is: "Hanover, N.H."."""
    return bool(_state().match(plain, stop))


def is_town(plain: str, start: int, stop: int) -> bool:
    """Whether a state makes a country's name a town's: "Peru, Ind.", "in Peru, Indiana, today".

    A state in full may be the next of a list: that of a town is closed behind, and no other name
    stands before the comma in front of it.
    """
    match = _state().match(plain, stop)
    if match is None or match["state"].endswith("."):
        return match is not None
    return not plain.endswith(", ", 0, start) and bool(_CLOSED.match(plain, match.end()))


@cache
def _state() -> re.Pattern[str]:
    states = sorted(map(re.escape, homonyms()["states"]), key=len, reverse=True)
    return re.compile(rf", (?P<state>{'|'.join(states)})(?!\w)")


@cache
def american_states() -> re.Pattern[str]:
    """The states that are shortened behind a town: "Dayton, Calif."."""
    short = "|".join(re.escape(state) for state in homonyms()["states"] if state.endswith("."))
    return re.compile(rf", (?P<state>{short})")


def is_somebody(plain: str, start: int, word: str, known: Callable[[str], bool] | None) -> bool:
    """Whether the word is part of a person's name: "Mr Jordan", "Chad Roe said".

    ``known`` tells whether another word is geographic; it is None for an adjective, which is
    nobody's surname.
    """
    before = plain[max(0, start - _BEFORE) : start].split()
    last = before[-1] if before and plain[start - 1].isspace() else ""
    if last in words("before_surnames"):
        return True
    if known and _is_surname(plain, start, word, known):
        return True
    if word not in words("first_names"):
        return False
    follows = _SURNAME.match(plain, start + len(word))
    return follows is not None and follows["word"] not in words("after_countries")


def _is_surname(plain: str, start: int, word: str, known: Callable[[str], bool]) -> bool:
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
    if follows["comma"] and not (behind in words("before_offices") or nouns().is_title(behind)):
        return False
    if given.isupper() or not begins_name(given):
        return False
    if known(given) or given.casefold() in nouns().organisations:
        return False
    within = lead.isalpha() and lead.islower() and lead not in words("before_places")
    return within or nouns().is_title(lead)


def is_full_name(plain: str, start: int, word: str, known: Callable[[str], bool]) -> bool:
    """Whether a known first name before the word makes it a surname here: "Anatole France".

    Not behind a title, which needs no surname: "Pope Francis Cuba visit".
    """
    match = _GIVEN.search(plain, max(0, start - _BEFORE), start)
    if not match or word.isupper() or " " in word:
        return False
    from archive.nouns import nouns  # here, because most commands never read the tables

    given, lead = match["given"], match["lead"] or ""
    if known(given) or not begins_name(given) or not nouns().is_first_name(given):
        return False
    return not nouns().is_title(lead)


def is_placed(plain: str, start: int) -> bool:
    """Whether a preposition of place leads to the word, as it leads to no person."""
    return bool(_PLACED.search(plain, max(0, start - 12), start))


def begins_name(word: str) -> bool:
    """Whether the capitalised word may begin a person's name: not "Western", "Nazi", "Monday"."""
    return word not in words("no_first_names")
