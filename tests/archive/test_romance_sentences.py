"""A French or Spanish speaker with one office, in every sentence that introduces one.

All sentences say the same of the same speaker; what differs is how they lead to the quotation.
"""

import pytest

from archive.quotations import find_quotations

FR = "Le pont doit être réparé avant le retour des pluies"
ES = "El puente debe repararse antes de que vuelvan las lluvias"

FRENCH = [
    f"Maud Perrin, qui est directrice de Rivage, s’inquiète : « {FR}. »",
    f"Maud Perrin est directrice de Rivage. « {FR} », dit-elle.",
    f"Maud Perrin est la directrice de Rivage. « {FR} », dit-elle.",
    f"Pour la directrice de Rivage, Maud Perrin, « {FR} ».",
    f"Pour Maud Perrin, directrice de Rivage, « {FR} ».",
    f"Même constat chez Maud Perrin, directrice de Rivage : « {FR}. »",
    f"Un avis partagé par Maud Perrin, directrice de Rivage : « {FR}. »",
    f"« {FR} », estime Maud Perrin (directrice de Rivage).",
    f"Maud Perrin – directrice de Rivage – s’inquiète : « {FR}. »",
    f"La directrice de Rivage, Maud Perrin : « {FR}. »",
    f"Maud Perrin, directrice de Rivage : « {FR}. »",
    f"« {FR} » – Maud Perrin, directrice de Rivage",
    f"« {FR}. »\n\n— Maud Perrin, directrice de Rivage",
    f"Maud Perrin, directrice de Rivage, a déclaré :\n\n« {FR}. »",
    f"« {FR} », a déclaré ce matin à Kayar la directrice de Rivage, Maud Perrin.",
    f"« {FR} », a déclaré ce matin à Kayar Maud Perrin, directrice de Rivage.",
    f"C’est l’avis de la directrice de Rivage, Maud Perrin : « {FR}. »",
    f"Directrice de Rivage, Maud Perrin ne décolère pas : « {FR}. »",
    f"Elle-même directrice de Rivage, Maud Perrin s’inquiète : « {FR}. »",
    f"Interrogée, Maud Perrin, directrice de Rivage, précise que « {FR} ».",
    f"« {FR} », selon Maud Perrin, directrice de Rivage.",
    f"« {FR} », selon les mots de Maud Perrin, directrice de Rivage.",
    f"« {FR} », a tenu à préciser Maud Perrin, directrice de Rivage.",
    f"« {FR} », a ajouté Mme Perrin. Maud Perrin, directrice de Rivage, est à Kayar.",
    f"Maud Perrin, la directrice de Rivage, a dit vouloir agir. « {FR} », a-t-elle ajouté.",
    f"« {FR} », regrette pour sa part la directrice de Rivage, Maud Perrin.",
    f"« {FR} », écrit dans une lettre ouverte Maud Perrin, directrice de Rivage.",
    f"Dans une lettre ouverte, la directrice de Rivage, Maud Perrin, écrit que « {FR} ».",
    f"« {FR}, insiste Maud Perrin, directrice de Rivage. Le bac aussi. »",
    f"« {FR}, insiste la directrice de Rivage, Maud Perrin. Le bac aussi. »",
    f"« {FR} », a lancé Maud Perrin, la directrice de Rivage.",
    f"« {FR} », a lancé Maud Perrin, notre directrice de Rivage.",
    f"Maud Perrin, directrice de Rivage, est formelle. « {FR}. »",
    f"Maud Perrin, directrice de Rivage, s’en félicite.\n\n« {FR} », dit-elle.",
    f"Le maire a cité Jean Roe. Maud Perrin, directrice de Rivage, n’est pas d’accord : « {FR}. »",
    f"La réaction de Maud Perrin, directrice de Rivage : « {FR}. »",
    f"Réagissant à la décision, Maud Perrin, directrice de Rivage, a déclaré : « {FR}. »",
    f"Réagissant à la décision, la directrice de Rivage, Maud Perrin, a déclaré : « {FR}. »",
]
SPANISH = [
    f"Elsa Prado es directora de Ribera. “{ES}”, dice.",
    f"Elsa Prado, que es directora de Ribera, advierte: “{ES}”.",
    f"Para la directora de Ribera, Elsa Prado, “{ES}”.",
    f"Para Elsa Prado, directora de Ribera, “{ES}”.",
    f"“{ES}”, dijo Elsa Prado (directora de Ribera).",
    f"La directora de Ribera, Elsa Prado: “{ES}”.",
    f"Elsa Prado, directora de Ribera: “{ES}”.",
    f"“{ES}” – Elsa Prado, directora de Ribera",
    f"“{ES}”.\n\n— Elsa Prado, directora de Ribera",
    f"Elsa Prado, directora de Ribera, declaró:\n\n“{ES}”.",
    f"“{ES}”, declaró esta mañana en Vetania la directora de Ribera, Elsa Prado.",
    f"“{ES}”, declaró esta mañana en Vetania Elsa Prado, directora de Ribera.",
    f"“{ES}”, según Elsa Prado, directora de Ribera.",
    f"“{ES}”, en palabras de Elsa Prado, directora de Ribera.",
    f"A juicio de la directora de Ribera, Elsa Prado, “{ES}”.",
    f"“{ES}”, lamenta por su parte la directora de Ribera, Elsa Prado.",
    f"“{ES}”, quiso precisar Elsa Prado, directora de Ribera.",
    f"Consultada por este diario, Elsa Prado, directora de Ribera, señaló que “{ES}”.",
    f"Elsa Prado, directora de Ribera, no lo duda. “{ES}”.",
    f"“{ES}, insiste Elsa Prado, directora de Ribera. La balsa también”.",
    f"En un comunicado, la directora de Ribera, Elsa Prado, escribió: “{ES}”.",
    f"“{ES}”, escribió en un comunicado la directora de Ribera, Elsa Prado.",
    f"Así lo denunció Elsa Prado, directora de Ribera: “{ES}”.",
    f"“{ES}”, afirmó la también directora de Ribera, Elsa Prado.",
    f"La hoy directora de Ribera, Elsa Prado, lo recuerda bien: “{ES}”.",
    f"Según explicó Elsa Prado, directora de Ribera, “{ES}”.",
    f"Según explicó la directora de Ribera, Elsa Prado, “{ES}”.",
    f"Tal como señaló Elsa Prado, directora de Ribera, “{ES}”.",
    f"“{ES}”, sentenció Elsa Prado, directora de Ribera desde 2010.",
    f"Opinión que comparte la directora de Ribera, Elsa Prado: “{ES}”.",
]


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
