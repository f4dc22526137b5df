"""What stands behind the links of an office: "Director of X", "membre du conseil de X".

::

    Director of Example Watch                 role, organisation
    Chair of the Board of Example Watch       the board is no organisation of its own
    présidente du groupement des pilotes      the article tells that it is one that is known
    directrice de Rivage                      the office tells that it is none of a place
"""

from __future__ import annotations

import re

from archive.names import UPPER
from archive.nouns import nouns
from archive.organisations import (
    begins_as_body,
    begins_as_named_body,
    ends_as_body,
    is_name,
    is_organisation,
)
from archive.panels import up_to_comma
from archive.romance_roles import LEAD, at_body, before_field, of_body

LINK = re.compile(
    rf"{LEAD}(?:\s(?:of|for|from|in|at|du|de|del|des|à|aux?|chez|en|pour|para)\s+(?:the\s+|las?\s+|los\s+|el\s+|l[’'])?|\sd[’'])"
)
_PLACING = re.compile(r"\s(?:à|aux?|en|pour|para)\s")
"""What leads to an organisation or to a place, which a name alone does not tell."""
_DEFINITE = re.compile(r"\s(?:du|des|del|aux?)\s|(?:las?|los|el)\s|l[’']")
"""The article of one that is known in "présidente du groupement", none in "jefe de misión"."""
_SECOND = re.compile(r"\s(?:and|et|y)\s(?P<office>[^\W\d_A-Z][^,]*)$")
"""A second office behind an organisation: "Director of Example Watch and a pilot"."""

_NEXT_OFFICE = re.compile(
    rf"(?<=[^\W_])(?P<last>\s[{UPPER}][\w’'-]*)\s(?:et|y)\s"
    r"(?!(?:des?|du|del|las?|los?|les?)\s|[dl][’'])[^\W\d_A-Z].*$",
)
"""The same in French and Spanish, where the noun of the office is in no table."""


def by_links(text: str, known: str | None) -> tuple[str, str] | None:
    """The first "of" that an organisation follows; "for" only of a panel or the publisher."""
    likely: tuple[str, str] | None = None
    whole: tuple[str, str] | None = None  # with the organ, where no more is told
    inside = False  # behind an organ of the organisation that is still to come
    for match in LINK.finditer(text):
        role, rest = text[: match.start()], up_to_comma(text[match.end() :])
        speaks = role.split()[-1].casefold() in nouns().spokespersons if role else False
        definite = bool(_DEFINITE.search(match.group()))
        first, *more = rest.split(" ")
        body = ends_as_body(rest) or (definite and bool(more) and first in nouns().bodies)
        if speaks and rest and (rest[0].isupper() or body):
            return role, rest
        if not nouns().names_role(role):
            continue
        own = known is not None and rest.casefold().startswith(known.casefold())
        panel = rest.casefold().endswith(tuple(nouns().panels))
        if match.group().split()[0] == "for" and not (own or panel):
            continue
        rest, link = without_second(rest), match.group()
        rest = _NEXT_OFFICE.sub(r"\g<last>", rest) if _is_romance(link) else rest
        if _leads_to_organ(rest, link):
            inside = True
            if definite and begins_as_body(rest):
                whole = role, rest
            continue
        if inside and rest[:1].islower() and not begins_as_named_body(rest):
            continue
        certain = _certain(role, rest, link, known)
        if certain:
            return certain
        likely = likely or _likely(role, rest, link)
    return likely or whole


def _is_romance(link: str) -> bool:
    return link.split()[0] not in nouns().of_english


def _leads_to_organ(rest: str, link: str) -> bool:
    """Whether the words are a part of an organisation that is named behind: "Board of Roe"."""
    first, *more = LINK.split(rest)
    organ = first.split(" ")[0]
    return bool(more) and (organ if _is_romance(link) else organ.casefold()) in nouns().organs


def _certain(role: str, rest: str, link: str, known: str | None) -> tuple[str, str] | None:
    """What is behind an "of", where its words say that it is an organisation."""
    definite = bool(_DEFINITE.search(link))
    if _is_romance(link):
        fielded = before_field(role, rest, known)
        if fielded:
            return fielded
    elif _founds(role) and is_name(rest):
        return role, rest
    named = definite and begins_as_named_body(rest)
    bodied = (definite or rest[:1].isupper()) and begins_as_body(rest)
    organised = is_organisation(LINK.split(rest)[0], known)
    return (role, rest) if named or bodied or organised else None


def _likely(role: str, rest: str, link: str) -> tuple[str, str] | None:
    """The same where the office says so, as long as nothing behind says it of itself."""
    romance = _is_romance(link)
    if ends_as_body(rest) and not (romance and LINK.search(rest)):
        return role, rest
    if not romance:
        return None
    if not _PLACING.match(link):
        return of_body(role, rest)
    return at_body(role, rest) if _DEFINITE.search(link) else None


def without_second(text: str) -> str:
    """The organisation without an office that is told behind it."""
    second = _SECOND.search(text)
    return text[: second.start()] if second and nouns().names_role(second["office"]) else text


def _founds(role: str) -> bool:
    """Whether who has the role has it in an organisation, whatever that is called."""
    return role.split()[-1].casefold().rstrip(",") in nouns().of_bodies
