"""A French or Spanish speaker with one office, in every sentence that introduces one.

All sentences say the same of the same speaker; what differs is how they lead to the quotation.
"""

import pytest

from archive.quotations import find_quotations

FR = "Le pont doit être réparé avant le retour des pluies"
ES = "El puente debe repararse antes de que vuelvan las lluvias"

FRENCH = []
SPANISH = []


@pytest.mark.parametrize("body", FRENCH)
def test_french(body: str) -> None:
    quotation = find_quotations(body, language="fr")[-1]
    assert (quotation.speaker, quotation.organisation) == ("Maud Perrin", "Rivage")
    assert quotation.role is not None
    assert quotation.role.casefold() == "directrice"


@pytest.mark.parametrize("body", SPANISH)
def test_spanish(body: str) -> None:
    quotation = find_quotations(body, language="es")[-1]
    assert (quotation.speaker, quotation.organisation) == ("Elsa Prado", "Ribera")
    assert quotation.role is not None
    assert quotation.role.casefold() == "directora"
