"""For whom a French or Spanish speaker is said to speak, where the office does not tell.

::

    Au nom du collectif Phare, Jane Roe …                      collectif Phare
    Desde Faro Abierto, su directora, Jane Roe, …              Faro Abierto
    Phare Ouvert, par la voix de sa présidente, Jane Roe, …    Phare Ouvert
"""

from __future__ import annotations

import re

from archive.country_codes import country_code
from archive.gazetteer import is_place
from archive.nouns import nouns
from archive.organisations import (
    begins_as_body,
    begins_as_named_body,
    is_name,
    is_organisation,
)
from archive.romance_links import ARTICLE, OF

_BODY = r"(?P<body>[^\s,.;:!?…«»“”()][^,.;:!?…«»“”()\n]{1,80})"
_BEGINS = r"(?:^|[.!?…»”:]\s|\n)"
_OFFICE = r"(?:(?:(?:son|sa|su|leur|las?|le|el)\s|l[’'])[^,.;:!?…«»“”()\n]{2,80},\s)"
_BEFORE = re.compile(
    rf"{_BEGINS}(?:(?P<sure>[ÀA]\sla\stête|Al\sfrente|Chez)|Au\snom|Du\scôté|En\snombre"
    rf"|En\srepresentación|Desde)\s(?:{OF}|{ARTICLE})?{_BODY},\s{_OFFICE}?$"
)
_VOICE = (
    r"(?:par\s(?:la\s(?:voix|bouche)|l[’']intermédiaire)|a\stravés"
    r"|por\s(?:boca|medio|intermedio))\sd"
)
_VOICED = re.compile(rf"{_BEGINS}{ARTICLE}?{_BODY},\s{_VOICE}e\s{_OFFICE}$", re.I)
_BY_VOICE = re.compile(_VOICE)
_REACH = 200
"""Characters before a name that may hold the organisation and an office."""


def behalf(body: str, start: int) -> str | None:
    """The organisation for which whoever is named at ``start`` is said to speak."""
    lead = body[max(0, start - _REACH) : start]
    match = _BEFORE.search(lead) or _VOICED.search(lead)
    if match is None:
        return None
    name = match["body"]
    sure = match.re is _VOICED or match["sure"]
    if is_organisation(name) or begins_as_body(name) or begins_as_named_body(name):
        return name
    first = name.split(" ")[0]
    placed = is_place(name) or country_code(name) or first.casefold() in nouns().towns
    named = is_name(name) or bool(sure and " " not in name and first[:1].isupper())
    return name if named and not placed else None


def speaks_by_voice(apposition: str) -> bool:
    """Whether a body speaks through somebody: "Phare Ouvert, par la voix de sa présidente"."""
    return _BY_VOICE.match(apposition) is not None
