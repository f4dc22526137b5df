"""What the French and Spanish words beside a name say of a person, where they differ.

::

    directora de Umbral Abierto               role, organisation
    investigadora en Palabra Abierta
    ingénieur chez Umbra
    déléguée CGT
    directrice de Roe et Fils pour l’Asie     the field belongs to the role
"""

from __future__ import annotations

import re

from archive.names import UPPER
from archive.nouns import nouns
from archive.organisations import is_name, is_organisation

_ROMANCE_OF = re.compile(
    rf"\s(?:(?:de|à|chez|pour|para)\s|d[’'])(?P<body>[{UPPER}][\w’'-]*(?:\s(?:(?:de|des|du|d’|del|y|et)\s)?"
    rf"[{UPPER}][\w’'-]*){{1,8}})(?:\s(?:à|en|au)\s[{UPPER}][\w’'-]*|(?P<field>\s(?:pour|para|sur|sobre)\s.+))?$"
)
"""The French and Spanish "de" before two capitalised words and more, which only names have."""
_ROMANCE_IN = re.compile(
    rf"\s(?:en\s(?P<body>[{UPPER}][\w’'-]*(?:\s[{UPPER}][\w’'-]*)+)|chez\s(?P<firm>[{UPPER}][\w’'-]*))$"
)
"""The Spanish "en" before two capitalised words and more; the French "chez" before one."""
_FIELD = re.compile(r"\s(?:pour|para|sur|sobre|à|aux?|en)\s.*$", re.DOTALL)
"""What an organisation is told to do, or where: "(directrice de Roe) pour l’Asie"."""
_LAST_ACRONYM = re.compile(
    rf"^(?P<role>[^{UPPER}]+)\s(?P<body>[{UPPER}]{{3,}}(?:-[{UPPER}][\w]+)?)$"
)
"""Of "déléguée CGT"."""


def before_field(role: str, rest: str, known: str | None) -> tuple[str, str] | None:
    """The role with its field, and the organisation that stands before it."""
    field = _FIELD.search(rest)
    body = rest[: field.start()] if field else ""
    whole = " " in body or body.isupper()  # not of "Alliance pour les lagunes"
    if not field or not whole or not is_organisation(body, known):
        return None
    placed = field.group().split()[0] in nouns().of_seats
    return role if placed else f"{role}{field.group()}", body


def by_romance_of(text: str, _known: str | None) -> tuple[str, str] | None:
    """Reads "directora de Umbral Abierto"; what a mayor or a bishop is "of" is a place."""
    match = _ROMANCE_OF.search(text)
    role = text[: match.start()] if match else ""
    if not match or not nouns().names_role(role) or not is_name(match["body"]):
        return None
    placed = any(word.casefold() in nouns().of_places for word in role.split())
    return None if placed else (role + (match["field"] or ""), match["body"])


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
