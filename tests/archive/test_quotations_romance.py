"""Who says what in French and Spanish: their own verbs, marks and order, in words of our own."""

import pytest

from archive.quotations import find_quotations

FR = "Le port doit rester ouvert à tous les navires"
ES = "El puerto debe seguir abierto para todos los barcos"


def last(body: str, language: str) -> tuple[str | None, str | None, str | None]:
    """Speaker, role and organisation of the last quotation."""
    quotation = find_quotations(body, language=language)[-1]
    return quotation.speaker, quotation.role, quotation.organisation


@pytest.mark.parametrize(
    ("body", "speaker", "role", "organisation"),
    [
        (f"« {FR} », a déclaré Inès Morel.", "Inès Morel", None, None),
        (
            f"« {FR} », a indiqué mercredi à la presse Inès Morel, pilote.",
            "Inès Morel",
            "pilote",
            None,
        ),
        (
            f"« {FR} », a expliqué la directrice d’Exemple International, Inès Morel.",
            "Inès Morel",
            "directrice",
            "Exemple International",
        ),
        (f"« {FR} », s’inquiète l’avocate Inès Morel.", "Inès Morel", "avocate", None),
        (
            f"« {FR} », se félicite Inès Morel, de la Ligue des quais.",
            "Inès Morel",
            None,
            "Ligue des quais",
        ),
        (f"« {FR} », fait savoir Inès Morel.", "Inès Morel", None, None),
        (f"« {FR} », nous a confié Inès Morel.", "Inès Morel", None, None),
        (f"« {FR} », peut-on lire dans le rapport.", None, None, None),
        (f"« {FR} », précise le texte.", "texte", None, None),
        (f"« {FR} », affirme le ministère de la Justice.", "ministère de la Justice", None, None),
        (f"« {FR} », assure-t-on au ministère.", None, None, None),
        (f"Inès Morel s’en étonne : « {FR}. »", "Inès Morel", None, None),
        (
            f"Pour Inès Morel, coordinatrice de Phare Ouvert, la loi est claire : « {FR}. »",
            "Inès Morel",
            "coordinatrice",
            "Phare Ouvert",
        ),
        (f"Pour Inès Morel, « {FR.lower()} ».", "Inès Morel", None, None),
        (
            f"Selon Inès Morel, chercheuse sur la Tunisie à Phare Ouvert, « {FR.lower()} ».",
            "Inès Morel",
            "chercheuse sur la Tunisie",
            "Phare Ouvert",
        ),
        (f"« {FR} », selon Inès Morel.", "Inès Morel", None, None),
        (f"« {FR} », sourit Inès Morel, pilote.", "Inès Morel", "pilote", None),
        (
            f"« {FR} », s’est bornée à répondre la porte-parole du parquet général, Inès Morel.",
            "Inès Morel",
            "porte-parole",
            "parquet général",
        ),
        (
            (
                f"« {FR} », a martelé lors d’une conférence de presse Inès Morel, présidente de la "
                "section suisse de Phare Ouvert."
            ),
            "Inès Morel",
            "présidente de la section suisse",
            "Phare Ouvert",
        ),
        (f"« {FR} », assure l’une de ses membres, Inès Morel.", "Inès Morel", None, None),
        (
            f"« {FR} », raconte sa rédactrice en chef à Lyon, Inès Morel.",
            "Inès Morel",
            "rédactrice en chef à Lyon",
            None,
        ),
        (
            f"« {FR} », a réagi le procureur de la ville, le colonel Inès Morel.",
            "Inès Morel",
            "procureur de la ville",
            None,
        ),
        (
            f"« {FR} », regrette Inès Morel, présidente du groupement des pêcheuses de Kayar.",
            "Inès Morel",
            "présidente",
            "groupement des pêcheuses de Kayar",
        ),
        (
            f"« {FR} », regrette Inès Morel, directrice générale de la Société des quais.",
            "Inès Morel",
            "directrice générale",
            "Société des quais",
        ),
        (f"« {FR} », regrette Inès Morel, déléguée CGX.", "Inès Morel", "déléguée", "CGX"),
        (f"« {FR} », regrette Inès Morel, pilote chez Umbra.", "Inès Morel", "pilote", "Umbra"),
        (
            f"Inès Morel, secrétaire de la Ligue des quais, ne dit pas autre chose : « {FR} ».",
            "Inès Morel",
            "secrétaire",
            "Ligue des quais",
        ),
        (
            f"« {FR} », regrette la directrice de Phare Ouvert pour les Alpes, Inès Morel.",
            "Inès Morel",
            "directrice pour les Alpes",
            "Phare Ouvert",
        ),
        (f"« {FR} », regrette Inès Morel, de Phare Santé.", "Inès Morel", None, "Phare Santé"),
        (
            f"« {FR} », dit Inès Morel, pilote. « {FR} », ajoute la navigatrice.",
            None,
            "navigatrice",
            None,
        ),
        (
            f"« {FR} », dit Inès Morel, pilote. « {FR} », ajoute la chercheuse.",
            "Inès Morel",
            "pilote",
            None,
        ),
        (
            (
                f"Le porte-parole de la Ligue des quais, Jean Morel, a promis de l’aide. « {FR} », "
                "a-t-il dit."
            ),
            "Jean Morel",
            "porte-parole",
            "Ligue des quais",
        ),
        (f"Inès Morel n’a jamais dit : « {FR} ».", None, None, None),
        (f"Comme le résume une pilote du port : « {FR} ».", None, "pilote du port", None),
        (f"De l’avis d’Inès Morel, pilote, « {FR.lower()} ».", "Inès Morel", "pilote", None),
        (f"Selon les mots d’un pilote, « {FR.lower()} ».", None, "pilote", None),
        (f"Selon Phare Santé, « {FR.lower()} ».", "Phare Santé", None, None),
        (f"Pour la CGX-Ports, syndicat du quai, « {FR.lower()} ».", "CGX-Ports", None, None),
        (
            f"Dans son rapport, l’Observatoire des quais écrit : « {FR} ».",
            "Observatoire des quais",
            None,
            None,
        ),
        (f"Inès Morel et Jean Doe, du collectif Phare, disent : « {FR} ».", None, None, None),
        (
            "« Le port, plaisante son avocate, est ouvert à tous les navires. »",
            None,
            "avocate",
            None,
        ),
        (
            (
                f"« {FR} », dit Inès Morel, pilote à Phare Ouvert. L’organisation rappelle que "
                f"« {FR.lower()} »."
            ),
            "Phare Ouvert",
            None,
            None,
        ),
        (
            f"La maire de Roscanvel, Inès Morel, l’a dit lundi : « {FR}. »",
            "Inès Morel",
            "maire de Roscanvel",
            None,
        ),
        (
            f"Inès Morel, pilote au Havre, raconte : « {FR}. »",
            "Inès Morel",
            "pilote au Havre",
            None,
        ),
        (
            f"Inès Morel est arrivée lundi.\n\n« {FR} », s’est-elle exclamée.",
            "Inès Morel",
            None,
            None,
        ),
        (
            f"Inès Morel est arrivée lundi.\n\n« {FR} », poursuit la directrice.",
            None,
            "directrice",
            None,
        ),
        (
            f"Inès Morel, pilote, est arrivée lundi. « {FR} », dit-elle.",
            "Inès Morel",
            "pilote",
            None,
        ),
        (f"Inès Morel est arrivée lundi. Elle ajoute : « {FR}. »", "Inès Morel", None, None),
        (
            f"Un porte-parole du ministère a répondu : « {FR}. »",
            None,
            "porte-parole du ministère",
            None,
        ),
        (
            f"« {FR} », a répondu une porte-parole de la Commission.",
            None,
            "porte-parole",
            "Commission",
        ),
        (f"L’organisation Phare Ouvert a réagi : « {FR}. »", "Phare Ouvert", None, None),
        (f"« {FR} », déplore la Fédération des marins.", "Fédération des marins", None, None),
        (f"Les marins l’ont appelée « {FR} ».", None, None, None),
        (f"Interrogée par la radio, Inès Morel a répondu : « {FR}. »", "Inès Morel", None, None),
        (f"Le tribunal estime que « {FR.lower()} ».", "tribunal", None, None),
        (
            f"« {FR} », martèle Me Inès Morel, avocate des marins.",
            "Inès Morel",
            "avocate des marins",
            None,
        ),
        (
            f"« {FR} », a estimé le Premier ministre Jean Morel devant les députés.",
            "Jean Morel",
            "Premier ministre",
            None,
        ),
        (f"Dans son rapport, la Cour écrit : « {FR}. »", "Cour", None, None),
        (
            f"Jointe par téléphone, la militante Inès Morel soupire : « {FR}. »",
            "Inès Morel",
            "militante",
            None,
        ),
        (
            f"« {FR} », a promis vendredi Inès Morel, à l’issue de la réunion.",
            "Inès Morel",
            None,
            None,
        ),
        (f"« {FR} », lance un marin de vingt ans.", None, "marin de vingt ans", None),
    ],
)
def test_french(body: str, speaker: str | None, role: str | None, organisation: str | None) -> None:
    assert last(body, "fr") == (speaker, role, organisation)


@pytest.mark.parametrize(
    ("body", "speaker", "role", "organisation"),
    [
        (f"“{ES}”, dijo Inés Moral.", "Inés Moral", None, None),
        (f"“{ES}”, ha señalado este lunes Inés Moral, piloto.", "Inés Moral", "piloto", None),
        (
            f"“{ES}”, explicó la directora de Ejemplo Internacional, Inés Moral.",
            "Inés Moral",
            "directora",
            "Ejemplo Internacional",
        ),
        (f"“{ES}”, se lamenta la abogada Inés Moral.", "Inés Moral", "abogada", None),
        (
            f"“{ES}”, nos contó Inés Moral, de la Liga de los Muelles.",
            "Inés Moral",
            None,
            "Liga de los Muelles",
        ),
        (f"“{ES}”, dice el informe.", "informe", None, None),
        (f"“{ES}”, afirma el Ministerio de Justicia.", "Ministerio de Justicia", None, None),
        (
            f"Inés Moral, pescadora de Vigo, se pregunta: “{ES}”.",
            "Inés Moral",
            "pescadora de Vigo",
            None,
        ),
        (
            f"Para Inés Moral, coordinadora de Faro Abierto, la ley es clara: “{ES}”.",
            "Inés Moral",
            "coordinadora",
            "Faro Abierto",
        ),
        (
            f"Según Inés Moral, investigadora sobre Túnez de Faro Abierto, “{ES.lower()}”.",
            "Inés Moral",
            "investigadora sobre Túnez",
            "Faro Abierto",
        ),
        (f"“{ES}”, según Inés Moral.", "Inés Moral", None, None),
        (
            f"La alcaldesa de Puerto Viejo, Inés Moral, lo dijo el lunes: “{ES}”.",
            "Inés Moral",
            "alcaldesa de Puerto Viejo",
            None,
        ),
        (f"Inés Moral llegó el lunes. “{ES}”, aseguró.", "Inés Moral", None, None),
        (
            f"“{ES}”, dijo Inés Moral. “Nadie avisó a los barcos que venían”, agregó.",
            "Inés Moral",
            None,
            None,
        ),
        (
            f"“{ES}”, dijo Inés Moral.\n\n“Nadie avisó a los barcos que venían”, añadió en Vigo.",
            "Inés Moral",
            None,
            None,
        ),
        (f"Un portavoz del Ministerio respondió: “{ES}”.", None, "portavoz", "Ministerio"),
        (f"“{ES}”, respondió una portavoz de la Comisión.", None, "portavoz", "Comisión"),
        (f"La organización Faro Abierto reaccionó: “{ES}”.", "Faro Abierto", None, None),
        (f"“{ES}”, denuncia la Federación de Marineros.", "Federación de Marineros", None, None),
        (f"Los marineros lo llamaron “{ES}”.", None, None, None),
        (f"Preguntada por la radio, Inés Moral respondió: “{ES}”.", "Inés Moral", None, None),
        (f"El tribunal estima que “{ES.lower()}”.", "tribunal", None, None),
        (
            f"“{ES}”, recalcó el presidente de la Cámara, Juan Moral.",
            "Juan Moral",
            "presidente",
            "Cámara",
        ),
        (f"“{ES}”, dijo un marinero de veinte años.", None, "marinero de veinte años", None),
        (f"En su informe, la Corte escribe: “{ES}”.", "Corte", None, None),
        (f"Inés Moral fue clara: “{ES}”.", "Inés Moral", None, None),
        (f"“{ES}”, sostuvo Inés Moral, en declaraciones a la radio.", "Inés Moral", None, None),
        (
            f"“{ES}”, ha advertido en un acto Inés Moral, presidenta de la Liga de los Muelles.",
            "Inés Moral",
            "presidenta",
            "Liga de los Muelles",
        ),
        (
            f"La doctora Inés Moral no está de acuerdo. “{ES}”, precisa.",
            "Inés Moral",
            "doctora",
            None,
        ),
        (
            f"Uno de los marineros, Juan Moral, esperaba. “{ES}”, dijo.",
            "Juan Moral",
            "Uno de los marineros",
            None,
        ),
        (
            f"El gobernador del norte, Juan Moral Ruiz, prometió el jueves que “{ES.lower()}”.",
            "Juan Moral Ruiz",
            "gobernador del norte",
            None,
        ),
        (f"“¿Cerrado para quién?”, se pregunta Inés Moral. “{ES}.”", "Inés Moral", None, None),
        (
            f"La delegada de Faro Abierto en Ronda, Inés Mora, recordó: «{ES}».",
            "Inés Mora",
            "delegada",
            "Faro Abierto",
        ),
        (
            f"El Sindicato de Docentes del Puerto reclama: «{ES}».",
            "Sindicato de Docentes del Puerto",
            None,
            None,
        ),
        (f"«{ES}», manifestaron desde la inmobiliaria Río Claro.", "Río Claro", None, None),
        (f"A juicio del Colegio de Pilotos, «{ES.lower()}».", "Colegio de Pilotos", None, None),
        (f"«{ES}», reza la acusación.", "acusación", None, None),
        (f"Inés Mora nunca dijo: «{ES}».", None, None, None),
        (
            f"«{ES}», replicó Inés Mora, investigadora sobre Haití en Palabra Abierta.",
            "Inés Mora",
            "investigadora sobre Haití",
            "Palabra Abierta",
        ),
        (
            f"«{ES}», se limitó a decir la ministra de Puertos, Inés Mora.",
            "Inés Mora",
            "ministra de Puertos",
            None,
        ),
        (
            f"«{ES}», contó Youssef El Amrani. «{ES}», dijo El Amrani.",
            "Youssef El Amrani",
            None,
            None,
        ),
    ],
)
def test_spanish(
    body: str, speaker: str | None, role: str | None, organisation: str | None
) -> None:
    assert last(body, "es") == (speaker, role, organisation)
