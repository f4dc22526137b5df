"""Whether words name an organisation."""

from __future__ import annotations

import re

from archive.country_codes import country_code
from archive.gazetteer import is_geographic, is_place
from archive.names import UPPER
from archive.nouns import nouns

_BODY_FIRST = re.compile(
    r"(?P<body>[\w-]+)(?:(?:\s(?!in |at |for |on |en )[^\W\d_A-Z][\w-]+)?"
    rf"(?:\s(?:de|du|des|del)|\sd[’'])?\s?[{UPPER}]|\s(?:de\s|d[’'])[^\W\d_A-Z][\w-]+\s[{UPPER}])"
)
_FIELDED_BODY = re.compile(
    rf"(?P<body>[\w-]+)\s(?:de\s|d[’'])[^\W\d_A-Z][\w-]+\s(?:(?:de|du|des|del)\s|d[’'])[{UPPER}]"
)
"""Of "club de natation de Kayar"."""
_CAPITAL = re.compile(rf"(?:^|[’'])[{UPPER}]")
_PLACE = re.compile(rf"\s(?:à|au|en)\s[{UPPER}].*$", re.DOTALL)
_ACRONYM = re.compile(rf"[A-Z][A-Z&-]{{2,}}(?:[{UPPER}][^\W\d_A-Z]+)?$")


def is_organisation(text: str, known: str | None = None) -> bool:
    """Whether a capitalised phrase names an organisation."""
    if not text or text[0].islower():
        return False
    if known and (text.casefold() in known.casefold() or known.casefold() in text.casefold()):
        return True
    words = [word.strip(".,").casefold() for word in text.split()]
    named = any(word in nouns().organisations for word in words) or _has_acronym(text)
    named = named or (len(words) > 1 and words[0] in nouns().organisations_first)
    return bool(named) and not country_code(text)  # the Russian Federation


def is_class(word: str) -> bool:
    """Whether a body's name may begin with the word, in small letters."""
    return word in nouns().organisations or word in nouns().organisations_first


def _has_acronym(text: str) -> bool:
    """Whether the words are a name with an acronym in it: "ALERT Rail Forward"."""
    words = text.split()
    return all(word[0].isupper() for word in words) and any(map(_ACRONYM.match, words))


def ends_as_body(text: str) -> bool:
    """Whether the phrase ends in a body that it names: "the teachers’ union", not "the mission"."""
    body = " " in text and text.split()[-1].casefold() in nouns().bodies
    return body and not country_code(text)


def ends_as_cause(text: str) -> bool:
    """Whether the phrase is a name with no sign but what it is for: "Lanterne Santé"."""
    words = text.split()
    named = len(words) > 1 and all(word[0].isupper() for word in words)
    return named and words[-1].casefold() in nouns().causes


def begins_as_body(text: str) -> bool:
    """Whether the phrase names a body as French and Spanish do: "association Seuil"."""
    match = _BODY_FIRST.match(text)
    first = match["body"].casefold() if match else ""
    if first in nouns().bodies or first in nouns().institutions:
        return True
    fielded = _FIELDED_BODY.match(text)
    first = fielded["body"].casefold() if fielded else ""
    return first in nouns().institutions or first in nouns().associations or is_company(text)


def begins_as_class(text: str) -> bool:
    """Whether a body's noun begins the words, named or not: "ONG de défense des fleuves"."""
    first = text.partition(" ")[0].casefold()
    return is_class(first) or is_body_noun(first)


def is_body_noun(word: str) -> bool:
    """Whether a noun is one of a body in French or Spanish, a maker included."""
    table = nouns()
    sets = (table.bodies, table.institutions, table.associations, table.makers)
    return any(word in nouns_ for nouns_ in sets)


def is_company(text: str) -> bool:
    """Whether a maker's noun stands before a name of one word: "chocolatier Umbra"."""
    maker, *name = text.split(" ")
    made = len(name) == 1 and name[0][:1].isupper() and not nouns().is_first_name(name[0])
    return made and maker in nouns().makers


def begins_as_named_body(text: str) -> bool:
    """Whether a body's noun begins the phrase, and a capital tells that it is one body's name.

    "Société des ponts", "groupement des pêcheuses de Kayar"; no "école de Kayar".
    """
    first, *more = _PLACE.sub("", text).split(" ")
    low = first.casefold()
    if first[:1].isupper():
        named = low in nouns().bodies or low in nouns().associations or is_class(low)
    else:
        named = low in nouns().associations and any(_CAPITAL.search(word) for word in more)
    return named and bool(more) and not country_code(text)


def is_name(text: str) -> bool:
    """Whether the words are capitalised and not those of a place only."""
    words = [word for word in text.split() if word.casefold() not in nouns().small]
    named = len(words) > 1 and all(word[0].isupper() for word in words)
    return named and not is_place(text) and not all(is_geographic(word) for word in words)
