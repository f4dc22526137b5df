"""Who speaks where a French sentence begins with a body, a document, a time or an opener."""

import pytest

from archive.quotations import find_quotations

WORDS = "Le pont doit être réparé avant le retour des pluies"


@pytest.mark.parametrize(
    ("body", "speaker", "kind"),
    [
        (f"Le Collectif des bateliers de Kayar se réjouit : « {WORDS}. »",
         "Collectif des bateliers de Kayar", "organisation"),
        (f"Le Syndicat des passeurs de Segbana a déclaré : « {WORDS}. »",
         "Syndicat des passeurs de Segbana", "organisation"),
        (f"La Coopérative fluviale Étoile du Bani le répète : « {WORDS}. »",
         "Étoile du Bani", "organisation"),
        (f"L’arrêté, publié ce jour, dispose que « {WORDS} ».", "arrêté", "document"),
        (f"« {WORDS} », prévoit le nouveau règlement.", "nouveau règlement", "document"),
        (f"L’éditeur Paul Renard s’inquiète : « {WORDS}. »", "Paul Renard", "person"),
    ],
)  # fmt: skip
def test_a_body_and_a_document_are_no_person(body: str, speaker: str, kind: str) -> None:
    (quotation,) = find_quotations(body, language="fr")
    assert (quotation.speaker, quotation.kind) == (speaker, kind)


def test_a_spokesperson_speaks_for_a_body_with_an_adjective() -> None:
    told = "Un porte-parole de la Commission fluviale des passages a assuré que"
    (quotation,) = find_quotations(f"{told} « {WORDS} ».", language="fr")
    assert (quotation.speaker, quotation.kind) == (None, "spokesperson")
    assert quotation.organisation == "Commission fluviale des passages"


@pytest.mark.parametrize(
    "opening",
    [
        "Reçue mercredi au siège, Awa Diallo, présidente de l’Union des bacs, doute encore.",
        "La présidente régionale de Rivage, Awa Diallo, doute encore.",
        "Sœur Awa Diallo, infirmière du dispensaire, doute encore.",
    ],
)
def test_she_is_whom_the_sentence_before_is_about(opening: str) -> None:
    """And not who spoke in the paragraph above."""
    above = f"« {WORDS} », dit sa directrice, Maud Perrin."
    body = f"{above}\n\n{opening} « {WORDS} », ajoute-t-elle."
    assert [q.speaker for q in find_quotations(body, language="fr")] == [
        "Maud Perrin",
        "Awa Diallo",
    ]


@pytest.mark.parametrize(
    ("language", "opening", "office", "organisation"),
    [
        ("fr", "L’Association des familles du bac de Kayar se réunit.",
         "présidente de l’association", "Association des familles du bac de Kayar"),
        ("fr", "L’Observatoire Rives Libres a enquêté.",
         "présidente de l’Observatoire", "Observatoire Rives Libres"),
        ("fr", "La Fédération nautique du Bani proteste.",
         "présidente de cette fédération", "Fédération nautique du Bani"),
        ("es", "La Asociación de Barqueros del Bani protesta.",
         "presidenta de la asociación", "Asociación de Barqueros del Bani"),
    ],
)  # fmt: skip
def test_a_body_is_named_as_the_text_names_it_elsewhere(
    language: str, opening: str, office: str, organisation: str
) -> None:
    said = {"fr": "dit", "es": "dijo"}[language]
    body = f"{opening} « {WORDS} », {said} Awa Diallo, {office}."
    (quotation,) = find_quotations(body, language=language)
    assert (quotation.speaker, quotation.organisation) == ("Awa Diallo", organisation)
    assert quotation.role == office.split()[0]


def test_of_two_bodies_neither_is_meant() -> None:
    two = "L’Association des bacs de Kayar et l’Association des ponts de Segbana protestent."
    body = f"{two} « {WORDS} », dit Awa Diallo, présidente de l’association."
    (quotation,) = find_quotations(body, language="fr")
    assert (quotation.role, quotation.organisation) == ("présidente de l’association", None)
