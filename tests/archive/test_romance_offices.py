"""Every office of a French or Spanish speaker, of every kind of body, in every place of a sentence.

A grammar rather than examples: each office is read with each body in each place.
"""

from itertools import product

import pytest

from archive.quotations import find_quotations

FR = "Le pont doit être réparé avant le retour des pluies"
ES = "El puente debe repararse antes de que vuelvan las lluvias"
NAMES = {"fr": "Maud Perrin", "es": "Elsa Prado"}

PLACES = {
    "fr": {
        "behind": f"« {FR} », estime {{name}}, {{office}}.",
        "before": f"« {FR} », estime {{the}}{{office}}, {{name}}.",
        "apposed": f"{{name}}, {{office}}, s’inquiète : « {FR}. »",
        "earlier": f"{{The}}{{office}}, {{name}}, s’inquiète. « {FR} », dit-elle.",
        "source": f"Selon {{name}}, {{office}}, « {FR} ».",
        "source’s office": f"Selon {{the}}{{office}}, {{name}}, « {FR} ».",
    },
    "es": {
        "behind": f"“{ES}”, afirma {{name}}, {{office}}.",
        "before": f"“{ES}”, afirma {{the}}{{office}}, {{name}}.",
        "apposed": f"{{name}}, {{office}}, se inquieta: “{ES}”.",
        "earlier": f"{{The}}{{office}}, {{name}}, se inquieta. “{ES}”, dice.",
        "source": f"Según {{name}}, {{office}}, “{ES}”.",
        "source’s office": f"Según {{the}}{{office}}, {{name}}, “{ES}”.",
    },
}

OFFICES = {
    "fr": """
        directrice générale; présidente par intérim; coprésidente; ancienne présidente;
        ex-présidente; cofondatrice et directrice; porte-parole; chargée de plaidoyer; patronne;
        responsable Afrique; numéro deux; rédactrice en chef; cheffe de mission;
        première vice-présidente; membre du conseil d’administration; analyste senior;
        directrice adjointe chargée des sols
        """,
    "es": """
        directora ejecutiva; presidenta en funciones; copresidenta; antigua presidenta;
        expresidenta; cofundadora y directora; portavoz; responsable de campañas;
        vicepresidenta segunda; jefa de prensa; número dos; miembro del consejo directivo;
        directora para las Américas
        """,
}
BODIES = {
    "fr": """
        de |Rivage; d’|Umbra; du |groupe Umbra; de l’|ONG Rivage; du |collectif Rivage;
        des |Amis du bac; du |constructeur Umbra; de la |banque Umbra; du |ministère des Ponts;
        de la |Ligue bénoise des droits de l’homme et du citoyen; de l’|hôpital de Kayar;
        au sein de |Rivage Clair; du |Syndicat autonome des bacs; de l’|université de Kayar
        """,
    "es": """
        de |Ribera; de |Balseros Sin Fronteras; del |grupo Umbra; de la |ONG Ribera;
        del |Movimiento por el Río; de la |Red de Mujeres del Río; del |hospital de Vetania;
        de la |Federación Única de Balseros; de la |naviera Umbra; del |semanario Ribera
        """,
}
OFFICES_OF_NO_BODY = {
    "fr": """
        ministre des Ponts; ministre déléguée chargée de la Pêche; ministre de la Défense nationale;
        ministre de l’Intérieur et des Cultes; secrétaire d’État au Logement; première adjointe au
        maire de Kayar; ministre du Travail par intérim; haute-commissaire aux droits des bacs;
        députée de Kayar; députée socialiste de Kayar; consule du Bénin à Kayar; évêque de Kayar;
        secrétaire d’État chargée des Bacs; commissaire européenne au Climat; garde des Sceaux;
        avocate des plaignants; championne du monde; experte indépendante des droits culturels
        """,
    "es": """
        ministra de Puentes; viceministra de Obras Públicas; secretaria de Estado de Migraciones;
        alcaldesa de Vetania; diputada por Vetania; fiscal del caso; presidenta del jurado;
        ministra de Defensa Nacional; abogada de las víctimas; obrera jubilada
        """,
}
PLACES_OF = [(language, place) for language in PLACES for place in PLACES[language]]


def entries(table: str) -> list[str]:
    return [" ".join(entry.split()) for entry in table.split(";")]


def read(language: str, place: str, office: str) -> tuple[str | None, str | None, str | None]:
    vowel = language == "fr" and office[0] in "aeéhoiu"
    the = "l’" if vowel else "la "
    body = PLACES[language][place].format(
        name=NAMES[language], office=office, the=the, The=the.capitalize()
    )
    quotation = find_quotations(body, language=language)[-1]
    return quotation.speaker, quotation.role, quotation.organisation


@pytest.mark.parametrize(("language", "place"), PLACES_OF)
def test_office_of_a_body(language: str, place: str) -> None:
    wrong = {}
    for role, body in product(entries(OFFICES[language]), entries(BODIES[language])):
        link, name = body.split("|")
        link = link if link.endswith("’") else f"{link.strip()} "
        office = f"{role} {link}{name}"
        found = read(language, place, office)
        if found != (NAMES[language], role, name):
            wrong[office] = found
    assert not wrong


@pytest.mark.parametrize(("language", "place"), PLACES_OF)
def test_office_of_no_body(language: str, place: str) -> None:
    offices = entries(OFFICES_OF_NO_BODY[language])
    found = {office: read(language, place, office) for office in offices}
    assert found == {office: (NAMES[language], office, None) for office in offices}
