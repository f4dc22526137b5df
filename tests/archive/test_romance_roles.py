"""Where French and Spanish speakers hold their offices, in words of our own."""

import pytest

from archive.quotations import find_quotations

FR = "Le pont doit être réparé avant le retour des pluies"
ES = "El puente debe repararse antes de que vuelvan las lluvias"


def beside(apposition: str, language: str) -> tuple[str | None, str | None]:
    """Role and organisation of a speaker with an apposition."""
    body = (
        f"« {FR} », estime Maud Perrin, {apposition}."
        if language == "fr"
        else f"“{ES}”, afirma Elsa Prado, {apposition}."
    )
    (quotation,) = find_quotations(body, language=language)
    assert quotation.speaker == ("Maud Perrin" if language == "fr" else "Elsa Prado")
    return quotation.role, quotation.organisation


@pytest.mark.parametrize(
    ("apposition", "role", "organisation"),
    [
        # One capitalised word: what somebody heads, and no place.
        ("directrice de Rivage", "directrice", "Rivage"),
        ("fondatrice et présidente de Rivage", "fondatrice et présidente", "Rivage"),
        ("responsable du plaidoyer de Rivage", "responsable du plaidoyer", "Rivage"),
        ("porte-parole d’Umbra", "porte-parole", "Umbra"),
        ("coordinatrice d’Umbra au Mali", "coordinatrice", "Umbra"),
        ("porte-parole de l’ONG Rivage", "porte-parole", "ONG Rivage"),
        ("consultante pour l’ONG Rivage Clair", "consultante", "ONG Rivage Clair"),
        ("attachée de presse de la Croix-Bleue", "attachée de presse", "Croix-Bleue"),
        ("maire de Saint-Aubin", "maire de Saint-Aubin", None),
        ("habitante de Kayar", "habitante de Kayar", None),
        ("chargée de mission à Kayar", "chargée de mission à Kayar", None),
        ("présidente de la République", "présidente de la République", None),
        ("présidente du Sénégal", "présidente du Sénégal", None),
        ("directrice de l’Éducation de base", "directrice de l’Éducation de base", None),
        ("avocate des familles", "avocate des familles", None),
        ("directrice de recherche", "directrice de recherche", None),
        ("cheffe de l’opposition", "cheffe de l’opposition", None),
        ("directrice de la prison de Kayar", "directrice de la prison de Kayar", None),
        ("présidente de l’île de Ré", "présidente de l’île de Ré", None),
        ("conseillère municipale de Kayar", "conseillère municipale de Kayar", None),
        (
            "ancienne ministre et présidente d’honneur de Lacs Sans Maîtres",
            "ancienne ministre et présidente d’honneur",
            "Lacs Sans Maîtres",
        ),
        # The field and the organ belong to the office, the place to neither.
        (
            "directrice régionale pour l’Afrique de Rivage",
            "directrice régionale pour l’Afrique",
            "Rivage",
        ),
        ("directrice du bureau d’Umbra à Dakar", "directrice du bureau", "Umbra"),
        (
            "membre du conseil d’administration de Rivage Clair",
            "membre du conseil d’administration",
            "Rivage Clair",
        ),
        (
            "chargée des mines au sein du collectif Rivage",
            "chargée des mines",
            "collectif Rivage",
        ),
        ("chargée de mission au Réseau des ponts", "chargée de mission", "Réseau des ponts"),
        (
            "déléguée du Réseau Andin pour la Vérité",
            "déléguée",
            "Réseau Andin pour la Vérité",
        ),
        ("chercheuse sur le Niger d’Umbra", "chercheuse sur le Niger", "Umbra"),
        (
            "responsable des ventes de la société",
            "responsable des ventes de la société",
            None,
        ),
        # What is joined by "et" is a second office or a part of the name.
        (
            "ingénieure à l’Institut des ponts et chaussées",
            "ingénieure",
            "Institut des ponts et chaussées",
        ),
        ("médecin au CHU de Liège et signataire de l’appel", "médecin", "CHU de Liège"),
        ("fondatrice de Rivage Clair et poétesse d’un soir", "fondatrice", "Rivage Clair"),
        ("juriste à l’organisme Rivage Clair", "juriste", "organisme Rivage Clair"),
        ("directrice de la chaîne de magasins Rivage", "directrice", "chaîne de magasins Rivage"),
        ("agronome pour le compte de Rivage Clair", "agronome", "Rivage Clair"),
        ("archiviste des Archives du bac", "archiviste", "Archives du bac"),
        ("responsable Asie du Sud-Est de Rivage", "responsable Asie du Sud-Est", "Rivage"),
        ("qui dirige Rivage Clair", None, "Rivage Clair"),
        ("directrice de Rivage, une ONG de défense des fleuves", "directrice", "Rivage"),
        ("à la tête de Rivage depuis 2010", None, "Rivage"),
        ("représentante de l’Unicef au Mali", "représentante", "Unicef"),
        ("bénévole à la Croix-Bleue", "bénévole", "Croix-Bleue"),
        (
            "directrice de l’antenne de Kayar de Rivage Clair",
            "directrice de l’antenne de Kayar",
            "Rivage Clair",
        ),
        ("présidente du club de natation de Kayar", "présidente", "club de natation de Kayar"),
        ("qui préside la Fédération des bacs", None, "Fédération des bacs"),
        ("de Rivage Clair", None, "Rivage Clair"),
        ("de Port Nouveau", None, None),
    ],
)
def test_french(apposition: str, role: str | None, organisation: str | None) -> None:
    assert beside(apposition, "fr") == (role, organisation)


@pytest.mark.parametrize(
    ("apposition", "role", "organisation"),
    [
        ("directora de Ribera", "directora", "Ribera"),
        ("exdirectora de Ribera", "exdirectora", "Ribera"),
        ("fundadora y presidenta de Ribera", "fundadora y presidenta", "Ribera"),
        ("encargada de campañas de Ribera", "encargada de campañas", "Ribera"),
        ("portavoz de la ONG Ribera", "portavoz", "ONG Ribera"),
        ("coordinadora de Umbra en Bolivia", "coordinadora", "Umbra"),
        ("directora para las Américas de Ribera", "directora para las Américas", "Ribera"),
        ("directora de la oficina de Umbra en Quito", "directora de la oficina", "Umbra"),
        (
            "miembro del consejo directivo de Ribera Clara",
            "miembro del consejo directivo",
            "Ribera Clara",
        ),
        ("jefa de misión de Puentes Sin Dueño", "jefa de misión", "Puentes Sin Dueño"),
        (
            "responsable de Obras de la Unión de Balseros",
            "responsable de Obras",
            "Unión de Balseros",
        ),
        (
            "delegada general de Médicos de los Ríos",
            "delegada general",
            "Médicos de los Ríos",
        ),
        ("investigadora sobre Perú de Umbra", "investigadora sobre Perú", "Umbra"),
        (
            "presidenta del Movimiento por el Río",
            "presidenta",
            "Movimiento por el Río",
        ),
        ("alcaldesa de Vetania", "alcaldesa de Vetania", None),
        ("jefa de la oposición", "jefa de la oposición", None),
        ("directora de la cárcel de Vetania", "directora de la cárcel de Vetania", None),
        ("directora de Recursos Humanos", "directora de Recursos Humanos", None),
        ("directora de Tráfico", "directora de Tráfico", None),
        ("secretaria de Estado de Comercio", "secretaria de Estado de Comercio", None),
        ("abogada de las familias", "abogada de las familias", None),
        ("embajadora de Italia en Vetania", "embajadora de Italia en Vetania", None),
        ("quien dirige Ribera Clara", None, "Ribera Clara"),
        ("que preside la Federación de Balseros", None, "Federación de Balseros"),
        ("de Ribera Clara", None, "Ribera Clara"),
        ("de Puerto Hondo", None, None),
    ],
)
def test_spanish(apposition: str, role: str | None, organisation: str | None) -> None:
    assert beside(apposition, "es") == (role, organisation)


@pytest.mark.parametrize(
    ("body", "speaker", "role", "organisation"),
    [
        (  # an adverb in -ment between the verb and who speaks
            f"« {FR} », a commenté sobrement la ministre Maud Perrin.",
            "Maud Perrin",
            "ministre",
            None,
        ),
        (f"« {FR} », a longuement insisté Maud Perrin.", "Maud Perrin", None, None),
        (
            f"« {FR} », a promis l’ambassadrice de la ligue, la comédienne Maud Perrin.",
            "Maud Perrin",
            "ambassadrice de la ligue",
            None,
        ),
        (
            f"Directrice exécutive de la Ligue des bacs, Maud Perrin met en garde : « {FR}. »",
            "Maud Perrin",
            "Directrice exécutive",
            "Ligue des bacs",
        ),
        (
            f"Un constat que partage Maud Perrin, bénévole pour l’ONG Umbra : « {FR}. »",
            "Maud Perrin",
            "bénévole",
            "ONG Umbra",
        ),
        (
            f"« {FR} » : c’est ainsi que Maud Perrin, de la Ligue des bacs, résume son combat.",
            "Maud Perrin",
            None,
            "Ligue des bacs",
        ),
        (
            f"« {FR} », dit Maud Perrin, géologue.\n\nEt la chercheuse de conclure : « {FR}. »",
            "Maud Perrin",
            "géologue",
            None,
        ),
        (
            f"« {FR} », dit Maud Perrin, géologue.\n\nEt le ministre de répondre : « {FR}. »",
            None,
            "ministre",
            None,
        ),
        (
            f"L’avocate de la défense, Me Maud Perrin, attend. « {FR} », confie-t-elle.",
            "Maud Perrin",
            "avocate de la défense",
            None,
        ),
        (f"« {FR} », souffle une animatrice.", None, "animatrice", None),
        (f"« {FR} », a fait savoir ce mardi Veille des Phares.", "Veille des Phares", None, None),
        (f"« {FR} », a dit ce mardi Maud Perrin.", "Maud Perrin", None, None),
        (f"« {FR} », note sa permanente, sœur Maud Perrin.", "Maud Perrin", "permanente", None),
        (
            f"Maud Perrin, pilote, attend. « {FR} », dit la militante.",
            "Maud Perrin",
            "pilote",
            None,
        ),
        (f"Maud Perrin, pilote, attend. « {FR} », dit l’élue.", "Maud Perrin", "pilote", None),
        (f"Maud Perrin, pilote, attend. « {FR} », dit le militant.", None, "militant", None),
        (f"Maud Perrin attend Jean Roe. « {FR} », dit la militante.", None, "militante", None),
        (
            f"Ancienne pilote et directrice de Rivage, Maud Perrin s’étonne : « {FR}. »",
            "Maud Perrin",
            "Ancienne pilote et directrice",
            "Rivage",
        ),
        (f"« {FR} », philosophe-t-il.", None, None, None),
        (f"Le procureur a requis trois ans. « {FR} », a-t-il dit.", None, "procureur", None),
        (
            f"« {FR} », a promis en séance la ministre des Ponts, Maud Perrin.",
            "Maud Perrin",
            "ministre des Ponts",
            None,
        ),
        (
            f"« {FR} », martèle son directeur aux affaires maritimes, Jean Perrin.",
            "Jean Perrin",
            "directeur aux affaires maritimes",
            None,
        ),
        (
            f"Vice-présidente de la Croix-Bleue, Maud Perrin attend. « {FR} », dit-elle.",
            "Maud Perrin",
            "Vice-présidente",
            "Croix-Bleue",
        ),
        (
            f"Maud Perrin, du collectif Rivage, attend. « {FR} », dit-elle.",
            "Maud Perrin",
            None,
            "collectif Rivage",
        ),
        (
            f"Maud Perrin, responsable juridique chez Umbra, n’en revient pas. « {FR}. »",
            "Maud Perrin",
            "responsable juridique",
            "Umbra",
        ),
        (
            f"« {FR} », assure la ministre de l’Économie, des Ponts et du Commerce, Maud Perrin.",
            "Maud Perrin",
            "ministre de l’Économie, des Ponts et du Commerce",
            None,
        ),
        (
            f"« {FR} », assure la directrice de Rivage, de retour du Bénin et du Mali.",
            None,
            "directrice de Rivage",
            None,
        ),
        (  # for whom somebody speaks
            f"Au nom du collectif Rivage, Maud Perrin, pilote, demande : « {FR}. »",
            "Maud Perrin",
            "pilote",
            "collectif Rivage",
        ),
        (f"Au nom des familles, Maud Perrin demande : « {FR}. »", "Maud Perrin", None, None),
        (f"À la tête de Rivage, Maud Perrin promet : « {FR}. »", "Maud Perrin", None, "Rivage"),
        (
            f"Chez Umbra, la directrice, Maud Perrin, répond : « {FR}. »",
            "Maud Perrin",
            "directrice",
            "Umbra",
        ),
        (
            f"Rivage Clair, par la voix de sa présidente, Maud Perrin, dénonce : « {FR}. »",
            "Maud Perrin",
            "présidente",
            "Rivage Clair",
        ),
        (
            f"La Ligue des bacs, par la voix de sa présidente, promet : « {FR}. »",
            "Ligue des bacs",
            None,
            None,
        ),
        (
            f"C’est ce que dénonce Maud Perrin, directrice de Rivage : « {FR}. »",
            "Maud Perrin",
            "directrice",
            "Rivage",
        ),
        (
            f"L’Union béninoise du livre assure que « {FR} ».",
            "Union béninoise du livre",
            None,
            None,
        ),
        (
            f"Le ministère des Eaux et Forêts assure que « {FR} ».",
            "ministère des Eaux et Forêts",
            None,
            None,
        ),
    ],
)
def test_french_sentences(
    body: str, speaker: str | None, role: str | None, organisation: str | None
) -> None:
    quotation = find_quotations(body, language="fr")[-1]
    found = quotation.speaker, quotation.role, quotation.organisation
    assert found == (speaker, role, organisation)


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        (f"“{ES}”, comentó brevemente Elsa Prado.", "Elsa Prado"),
        (f"“{ES}”: así resume Elsa Prado, ingeniera, su lucha.", "Elsa Prado"),
        (f"Una opinión que comparte Elsa Prado: “{ES}”.", "Elsa Prado"),
        (f"Directora de Ribera, Elsa Prado no se calla: “{ES}”.", "Elsa Prado"),
        (f"“{ES}”, adelantó la piloto, Miriam Cruz.", "Miriam Cruz"),
        ("Elsa Prado lo resumió con una frase: “Ganaron los peces”.", "Elsa Prado"),
        (f"Elsa Prado no lo cree: “{ES}”.", "Elsa Prado"),
        (f"“{ES}”, dijo Elsa Prado.\n\n“{ES}”, asegura en un correo Sur Balsas.", "Sur Balsas"),
        (f"“{ES}”, dijo Elsa Prado.\n\n“{ES}”, agregó en Lima.", "Elsa Prado"),
    ],
)
def test_spanish_sentences(body: str, speaker: str) -> None:
    assert find_quotations(body, language="es")[-1].speaker == speaker


def test_y_joins_two_surnames_or_two_people() -> None:
    (one,) = find_quotations(f"“{ES}”, dijo Elsa Prado y Vega.", language="es")
    assert one.speaker == "Elsa Prado y Vega"
    (two,) = find_quotations(
        f"“{ES}”, escriben Elsa Prado y Juan Vega en una carta.", language="es"
    )
    assert two.speaker is None


@pytest.mark.parametrize(
    ("body", "role", "organisation"),
    [
        (f"En nombre de Ribera Clara, Elsa Prado pide: “{ES}”.", None, "Ribera Clara"),
        (f"Desde Puerto Hondo, Elsa Prado pide: “{ES}”.", None, None),
        (f"Al frente de Ribera, Elsa Prado pide: “{ES}”.", None, "Ribera"),
        (f"“{ES}”, afirma Elsa Prado, al frente de Ribera.", None, "Ribera"),
        (
            f"Desde Ribera Clara, su directora, Elsa Prado, pide: “{ES}”.",
            "directora",
            "Ribera Clara",
        ),
        (
            f"Ribera Clara, a través de su portavoz, Elsa Prado, pide: “{ES}”.",
            "portavoz",
            "Ribera Clara",
        ),
        (
            f"“{ES}”, sostiene la abogada Elsa Prado, quien integra la Red de Balseros.",
            "abogada",
            "Red de Balseros",
        ),
    ],
)
def test_spanish_speakers_for_a_body(body: str, role: str | None, organisation: str | None) -> None:
    quotation = find_quotations(body, language="es")[-1]
    found = quotation.speaker, quotation.role, quotation.organisation
    assert found == ("Elsa Prado", role, organisation)


@pytest.mark.parametrize(
    ("told", "name", "kind"),
    [
        ("La société Hidra attend", "Hidra", "organisation"),
        ("Le bac est à l’armateur Hidra", "Hidra", "organisation"),
        ("L’association Rivage Clair attend", "Rivage Clair", "organisation"),
        (
            "« Le bac est à quai », dit Jean Roe, de l’ONG Rivage Clair",
            "Rivage Clair",
            "organisation",
        ),
        ("La présidente de l’association Ximena Perrin attend", "Ximena Perrin", "person"),
        ("L’écrivain Ximena Perrin attend", "Ximena Perrin", "person"),
    ],
)
def test_a_name_is_a_body_where_the_text_says_so(told: str, name: str, kind: str) -> None:
    quotation = find_quotations(f"{told}. « {FR} », assure {name}.", language="fr")[-1]
    assert (quotation.speaker, quotation.kind) == (name, kind)


def test_another_body_named_since_may_be_the_one_that_is_meant() -> None:
    said = f"« {FR} », dit Maud Perrin, de la Ligue des bacs."
    body = f"{said} Umbra Claire a écrit au ministre. « {FR} », y écrit l’organisation."
    assert find_quotations(body, language="fr")[-1].speaker == "organisation"
    body = f"{said} « {FR} », écrit l’organisation."
    assert find_quotations(body, language="fr")[-1].speaker == "Ligue des bacs"
