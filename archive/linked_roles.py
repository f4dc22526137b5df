"""What stands behind the links of an office: "Director of X", "membre du conseil de X".

::

    Director of Example Watch                 role, organisation
    Chair of the Board of Example Watch       the board is no organisation of its own
    présidente du groupement des pilotes      the article tells that it is one that is known
    directrice de Rivage                      the office tells that it is none of a place
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

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
from archive.romance_links import ARTICLE, AT, FOR, LEAD, OF, articled
from archive.romance_roles import at_body, before_field, governs, of_body, without_place

LINK = re.compile(
    rf"{LEAD}(?:\s(?:of|for|from|in|at|du|des|del?|chez|{FOR}|{AT})\s+(?:the\s+|{ARTICLE})?|\sd[’'])"
)
_WITHIN = re.compile(r"\s(?:au\ssein|à\sla\stête|al\sfrente|pour\sle\scompte)\s")
_PLACING = re.compile(rf"\s(?:{AT}|pour|para)\s")
"""What leads to an organisation or to a place, which a name alone does not tell."""
_GOES_ON = re.compile(rf"\s{OF}")
_SECOND = re.compile(r"\s(?:and|et|y)\s(?P<office>[^\W\d_A-Z][^,]*)$")
"""A second office behind an organisation: "Director of Example Watch and a pilot"."""
_NEXT_OFFICE = re.compile(
    rf"(?<=[^\W_])(?P<last>\s[{UPPER}][\w’'-]*)\s(?:et|y)\s(?!{OF}|{ARTICLE})[^\W\d_A-Z].*$"
)
"""The same in French and Spanish, where the noun of the office is in no table."""

_Case = tuple[str, str]
"""Role and organisation."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A link in the words beside a name: what stands before it, itself, and what it leads to."""

    role: str
    words: str
    rest: str
    known: str | None
    """An organisation that is known to be one."""
    inside: bool = False
    """Whether a part of the organisation stands before the link: "directrice du bureau"."""

    @property
    def romance(self) -> bool:
        return self.words.split()[0] not in nouns().of_english

    @property
    def definite(self) -> bool:
        """Whether an article tells that it leads to one that is known."""
        return articled(self.words)


def by_links(text: str, known: str | None) -> _Case | None:
    """The first "of" that an organisation follows; "for" only of a panel or the publisher."""
    likely: _Case | None = None
    whole: _Case | None = None  # with the organ, where no more is told
    inside = False  # behind an organ of the organisation that is still to come
    for match in LINK.finditer(text):
        rest = up_to_comma(text[match.end() :])
        link = _Link(text[: match.start()], match.group(), rest, known, inside)
        if _speaks_for(link):
            return link.role, link.rest
        if not nouns().names_role(link.role) or _is_field(link):
            continue
        link = _without_next(link)
        if _leads_to_organ(link):
            inside = True
            if link.definite and begins_as_body(link.rest):
                whole = link.role, link.rest
            continue
        if inside and link.rest[:1].islower() and not _named(link):
            continue
        certain = _first(_CERTAIN, link)
        if certain:
            return certain
        if not (inside and _GOES_ON.search(link.rest)):  # "(jefa de la Unidad) de Aguas de Umbra"
            likely = likely or _first(_LIKELY, link)
    return likely or whole


def _first(cases: tuple[Callable[[_Link], _Case | None], ...], link: _Link) -> _Case | None:
    return next(filter(None, (case(link) for case in cases)), None)


def _speaks_for(link: _Link) -> bool:
    """Whoever a spokesperson is of: "porte-parole de Rivage", "portavoz del comité"."""
    speaks = link.role and link.role.split()[-1].casefold() in nouns().spokespersons
    if not speaks or not link.rest:
        return False
    first, *more = link.rest.split(" ")
    body = bool(more) and (first in nouns().bodies or begins_as_body(link.rest))
    return link.rest[0].isupper() or ends_as_body(link.rest) or (link.definite and body)


def _is_field(link: _Link) -> bool:
    """Whether a link leads to a field: "Director for Europe", "ministre de la Défense".

    "Counsel for the Committee" is one of an organisation.
    """
    if link.romance and governs(link.role):
        return not _WITHIN.match(link.words)
    if link.words.split()[0] != "for":
        return False
    rest, known = link.rest.casefold(), link.known
    own = known is not None and rest.startswith(known.casefold())
    return not (own or rest.endswith(tuple(nouns().panels)))


def _without_next(link: _Link) -> _Link:
    """The same without a second office behind the organisation."""
    rest = without_second(link.rest)
    return replace(link, rest=_NEXT_OFFICE.sub(r"\g<last>", rest) if link.romance else rest)


def _leads_to_organ(link: _Link) -> bool:
    """Whether the words are a part of an organisation that is named behind: "Board of Roe"."""
    first, *more = LINK.split(link.rest)
    organ = first.split(" ")[0]
    if link.romance and organ.casefold() not in nouns().units:
        return bool(more) and organ in nouns().organs
    return bool(more) and organ.casefold() in nouns().organs | nouns().units


# What a link may lead to. A case gives role and organisation, or None where it is another one.


def _fielded(link: _Link) -> _Case | None:
    """Reads "directrice de Roe et Fils pour l’Asie"."""
    return before_field(link.role, link.rest, link.known) if link.romance else None


def _founded(link: _Link) -> _Case | None:
    """Reads "founder of Deep Harbour": it is one in an organisation, whatever that is called."""
    founds = link.role.split()[-1].casefold().rstrip(",") in nouns().of_bodies
    return (link.role, link.rest) if not link.romance and founds and is_name(link.rest) else None


def _named(link: _Link) -> _Case | None:
    """Reads "présidente du groupement des pilotes de Kayar", "présidente du Cercle des ponts"."""
    named = link.definite and begins_as_named_body(link.rest)
    bodied = (link.definite or link.rest[:1].isupper()) and begins_as_body(link.rest)
    return (link.role, _seat(link)) if named or bodied else None


def _organised(link: _Link) -> _Case | None:
    """Reads "Director of Example Watch Canada"."""
    name = LINK.split(link.rest)[0]
    return (link.role, _seat(link)) if is_organisation(name, link.known) else None


def _seat(link: _Link) -> str:
    return without_place(link.rest) if link.romance else link.rest


def _within(link: _Link) -> _Case | None:
    """Reads "juriste au sein de Rivage": it tells that somebody works there."""
    within = _WITHIN.match(link.words) and link.rest[:1].isupper()
    return (link.role, link.rest) if within else None


def _bodied(link: _Link) -> _Case | None:
    """Reads "head of the teachers’ union"."""
    goes_on = link.romance and LINK.search(link.rest)
    return (link.role, link.rest) if ends_as_body(link.rest) and not goes_on else None


def _headed(link: _Link) -> _Case | None:
    """Reads "directrice de Rivage": the office tells that it is one of no place."""
    headed = link.romance and not _PLACING.match(link.words)
    inside = link.inside and not link.definite
    return of_body(link.role, link.rest, inside=inside) if headed else None


def _seated(link: _Link) -> _Case | None:
    """Reads "chargée de mission au Réseau des ponts"."""
    seated = link.romance and link.definite and _PLACING.match(link.words)
    return at_body(link.role, link.rest) if seated else None


_CERTAIN = (_fielded, _founded, _named, _organised, _within)
"""Where the words behind the link say that they are an organisation: the first link decides."""
_LIKELY = (_bodied, _headed, _seated)
"""Where the office says so, as long as nothing behind a later link says it of itself."""


def without_second(text: str) -> str:
    """The organisation without an office that is told behind it."""
    second = _SECOND.search(text)
    return text[: second.start()] if second and nouns().names_role(second["office"]) else text
