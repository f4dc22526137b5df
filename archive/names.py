"""How people's names are written: the patterns that bylines and quotations share."""

from __future__ import annotations

_LATIN_AND_NEAR = range(0x00C0, 0x0530)
_VIETNAMESE = range(0x1E00, 0x1F00)

UPPER = "A-Z" + "".join(
    chr(code) for block in (_LATIN_AND_NEAR, _VIETNAMESE) for code in block if chr(code).isupper()
)
"""Capital letters of the Latin, Greek and Cyrillic scripts, for a character class."""

_SMALL_WORDS = (
    "de da do dos das del della di du la le van von der den ter ten al el bin bint ibn abu abd af "
    "av zu zur y e st ould wa ap"
)
PARTICLES = frozenset(_SMALL_WORDS.split())
"""Small words inside names: Ludwig van Beethoven, María de la Cruz, Khalid bin Walid."""

_WORD = rf"(?:[dDlLO][’']|[aAeEuU][lnrstdz]-|Mc|Mac)?[{UPPER}][\w’'-]*\.?"
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES)) + ")"
PERSON = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_WORD}){{1,5}}"
"""A pattern for a full name of two to six words. Linear: each word starts behind white space."""
