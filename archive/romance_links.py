"""The small words of French and Spanish that lead from an office to what it is of, as patterns.

::

    ARTICLE   la, los, l’                            definite, with the space behind it
    OF        de, d’, du, del, des, de la, de l’     with an article where there is one
    FOR       pour, para, sur, sobre                 what leads to a field
    AT        à, au, aux, en                         what leads to a seat, and to some bodies
    LEAD      au sein, à la tête                     what stands before an "of"

``articled`` tells which of such links ends in an article.
"""

from __future__ import annotations

import re

ARTICLE = r"(?:(?:las?|les?|los|el)\s|l[’'])"
OF = rf"(?:(?:du|des|del)\s|de\s{ARTICLE}?|d[’'])"
FOR = r"(?:pour|para|sur|sobre)"
AT = r"(?:à|aux?|en)"
LEAD = r"(?:\sau\ssein|\sà\sla\stête|\sal\sfrente|\spour\sle\scompte|\sauprès)?"

_ARTICLED = re.compile(rf"(?:\s(?:du|des|del|aux?)\s|{ARTICLE})$")


def articled(link: str) -> bool:
    """Whether a link ends in an article: "(présidente) du (groupement)", no "(jefe) de"."""
    return _ARTICLED.search(link) is not None
