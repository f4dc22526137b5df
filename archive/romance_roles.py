"""What the French and Spanish words beside a name say of a person, where they differ.

::

    directora de Umbral Abierto               role, organisation
    investigadora en Palabra Abierta
    ingénieur chez Umbra
    déléguée CGT
    directrice de Roe et Fils pour l’Asie     the field belongs to the role
    secrétaire générale d’Umbra à Dakar       its place to neither
"""

from __future__ import annotations

import re

from archive.country_codes import country_code
from archive.gazetteer import is_place
from archive.names import UPPER
from archive.nouns import nouns
from archive.organisations import is_class, is_name, is_organisation
from archive.romance_links import ARTICLE, AT, FOR, LEAD, OF

_WORD = rf"[{UPPER}][\w’'-]*"
_SMALL = rf"(?:{OF}|(?:y|et|sans|sin)\s{ARTICLE}?)"
_ROMANCE_OF = re.compile(
    rf"{LEAD}\s(?:(?:de|à|chez|pour|para)\s|d[’'])(?P<body>{_WORD}(?:\s{_SMALL}?{_WORD}){{1,8}})"
    rf"(?:\s{AT}\s{_WORD}|(?P<field>\s{FOR}\s.+))?$"
)
"""The French and Spanish "de" before two capitalised words and more, which only names have."""
_ROMANCE_IN = re.compile(
    rf"\s(?:en\s(?P<body>[{UPPER}][\w’'-]*(?:\s[{UPPER}][\w’'-]*)+)|chez\s(?P<firm>[{UPPER}][\w’'-]*))$"
)
"""The Spanish "en" before two capitalised words and more; the French "chez" before one."""
_FIELD = re.compile(rf"\s(?:{FOR}|{AT})\s.*$", re.DOTALL)
"""What an organisation is told to do, or where: "(directrice de Roe) pour l’Asie"."""
_PLACED = re.compile(rf"\s(?P<to>{AT})\s{ARTICLE}?(?P<name>{_WORD}.*)$", re.DOTALL)
"""Where an office is; behind one word and "en" only a known place: "Patrimoine en Péril"."""
_LINKED_NAME = re.compile(rf"{_WORD}\s{OF}{_WORD}[^,]*$")
_FOR_WHAT = re.compile(rf"^\s{FOR}\s{ARTICLE}?")
_FOR = re.compile(rf"\s{FOR}\s.*$", re.DOTALL)
_FIELDED_CHIEF = re.compile(rf"\w+\s(?:de\s(?!{ARTICLE})|d[’'])[^\W\d_A-Z]")
"""Of "cheffe de mission": a field without an article, which is no place."""
_LAST_ACRONYM = re.compile(
    rf"^(?P<role>[^{UPPER}]+)\s(?P<body>[{UPPER}]{{3,}}(?:-[{UPPER}][\w]+)?)$"
)
"""Of "déléguée CGT"."""


_JOINS = re.compile(r",?\s(?:et|y|e)\s|,\s")
"""Between two offices of one person."""


def before_field(role: str, rest: str, known: str | None) -> tuple[str, str] | None:
    """The role with its field, and the organisation that stands before it."""
    field = _FIELD.search(rest)
    body = rest[: field.start()] if field else ""
    whole = " " in body or body.isupper()  # not of "Alliance pour les lagunes"
    if not field or not whole or not is_organisation(body, known):
        return None
    placed = field.group().split()[0] in nouns().of_seats
    if not placed and _is_purpose(body, field.group()):
        return None
    return role if placed else f"{role}{field.group()}", body


def _is_purpose(body: str, field: str) -> bool:
    """Whether the words are what the body is for: "Réseau pour la vérité", "Roe pour l’Asie"."""
    ground = _FOR_WHAT.sub("", field)
    parts = body.split(" ")[0].casefold().split("-")
    joined = any(is_class(part) or part in nouns().associations for part in parts)
    return joined and not _is_ground(ground, ground.split(" ")[0])


def of_body(role: str, rest: str, *, inside: bool) -> tuple[str, str] | None:
    """What somebody heads, whatever it is called: "présidente de Rivage", "d’Umbra à Dakar".

    Behind a part of it (``inside``) any office is one of it: "jefa de la Unidad de Aguas de Umbra".
    """
    field = _FOR.search(rest)
    if field and _is_purpose(rest, field.group()):
        field = None
    body = rest[: field.start()] if field else rest
    place = _PLACED.search(body)
    if place and (
        place["to"] != "en"
        or " " in body[: place.start()]
        or _is_ground(place["name"], place["name"])
    ):
        body = body[: place.start()]
    first = body.split(" ")[0]
    if not first[:1].isupper() or not (inside or _heads(role)) or _is_ground(body, first):
        return None
    last = role.split()[-1]
    if _is_of_place(role) or _ends_in_ground(role):
        return None
    if last[0].isupper() and " " in role and not (inside or _is_ground(last, last)):
        return None  # within a name: "(au Cercle) des Éditeurs"
    return (role + field.group() if field else role), body


def at_body(role: str, rest: str) -> tuple[str, str] | None:
    """Where somebody works, told by a link or a hyphen: "au Cercle des Éditeurs", "à Croix-X"."""
    first = rest.split(" ")[0].casefold()
    linked = _LINKED_NAME.match(rest) and first not in nouns().towns
    linked = linked and not _is_ground(rest, rest.split(" ")[0])
    joined = rest[:1].isupper() and "-" in first and is_class(first.partition("-")[0])
    return (role, rest) if (linked or joined) and nouns().names_role(role) else None


def without_place(rest: str) -> str:
    """The organisation without its place: "Unicef (au Mali)", no "ambassade d’Italie au Mali"."""
    place = _PLACED.search(rest)
    if place is None or place["to"] == "en" or rest.split(" ")[0].casefold() in nouns().seated:
        return rest
    return rest[: place.start()]


def _heads(role: str) -> bool:
    """Whether the office is one of an organisation: "directrice", no "habitante".

    So is any with a field: "chercheuse sur le Niger", "cheffe de mission".
    """
    if _FOR.search(role):
        return True
    if _FIELDED_CHIEF.match(role) and role.split()[0].casefold() in nouns().chiefs:
        return True
    words = {word.casefold().strip(",") for word in role.split()}
    words |= {word.removeprefix("ex").removeprefix("-") for word in words}
    return not words.isdisjoint(nouns().of_bodies | nouns().spokespersons)


def _is_ground(body: str, first: str) -> bool:
    """Whether the name is one of a place, a part of the world or a state."""
    low = first.casefold()
    if all(part in nouns().regions for part in low.split("-")) or low in nouns().regions:
        return True
    if low in nouns().portfolios | nouns().departments or country_code(first):
        return True
    return is_place(body) or country_code(body) is not None


def _is_of_place(role: str) -> bool:
    """Whether what the office is of is a place: "maire", "conseillère municipale"."""
    words = [word.casefold() for word in role.split()]
    last = [w for w in words if w in nouns().of_places or nouns().is_person(w)][-1:]
    return bool(last) and last[0] in nouns().of_places


def governs(role: str) -> bool:
    """Whether the office is one of a government: "ministre déléguée chargée (de la Pêche)"."""
    last = _JOINS.split(role)[-1]
    return any(word in nouns().ministers for word in last.casefold().split())


def _ends_in_ground(role: str) -> bool:
    """Whether a place’s noun stands before its name: "directrice de la prison (de Fleury)"."""
    return role.split()[-1].rpartition("’")[2] in nouns().grounds


def is_romance_member(text: str, body: str) -> bool:
    """Whether "de Rivage Clair" beside a name is where somebody belongs, and no town."""
    town = body.partition(" ")[0].casefold() in nouns().towns
    return not text.startswith(("of", "from", "with")) and is_name(body) and not town


def by_romance_of(text: str, _known: str | None) -> tuple[str, str] | None:
    """Reads "directora de Umbral Abierto"; what a mayor or a bishop is "of" is a place."""
    match = _ROMANCE_OF.search(text)
    role = text[: match.start()] if match else ""
    if not match or not nouns().names_role(role) or not is_name(match["body"]):
        return None
    first = match["body"].split(" ")[0].casefold()
    if governs(role) or _is_of_place(role) or first in nouns().departments or _ends_in_ground(role):
        return None
    return role + (match["field"] or ""), match["body"]


def by_romance_in(text: str, _known: str | None) -> tuple[str, str] | None:
    """Reads "investigadora en Palabra Abierta", "ingénieur chez Umbra" and "déléguée CGT"."""
    acronym = _LAST_ACRONYM.match(text)
    if (
        acronym
        and nouns().names_role(acronym["role"])
        and acronym["body"].casefold() not in nouns().regions
    ):
        return acronym["role"], acronym["body"]
    match = _ROMANCE_IN.search(text)
    role = text[: match.start()] if match else ""
    if not match or not nouns().names_role(role):
        return None
    body = match["firm"] or match["body"]
    return (role, body) if match["firm"] or is_name(body) else None
