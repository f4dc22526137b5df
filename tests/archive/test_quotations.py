"""Who is quoted as saying what: the hard cases, in words of our own."""

import re
from itertools import pairwise

import pytest

from archive.document import Quotation
from archive.quotations import find_quotations


def only(body: str, **known: str | None) -> Quotation:
    found = find_quotations(body, **known)
    assert len(found) == 1, [(q.speaker, q.text) for q in found]
    return found[0]


def speakers(body: str, **known: str) -> list[str | None]:
    return [quotation.speaker for quotation in find_quotations(body, **known)]


WORDS = "The harbour must stay open for every ship that is in need"


@pytest.mark.parametrize(
    "body",
    [
        f"“{WORDS},” said Mara Lindqvist.",
        f"“{WORDS},” said Mara Lindqvist, Harbour Researcher at Example Watch.",
        f"“{WORDS},” Mara Lindqvist said on Monday.",
        f"“{WORDS},” Mara Lindqvist, a lawyer for the crews, told reporters in Split.",
        f"“{WORDS}”, said Mara Lindqvist.",
        f"“{WORDS}!” cried Mara Lindqvist.",
        f"“{WORDS},” boomed Mara Lindqvist.",
        f"“{WORDS},” according to Mara Lindqvist.",
        f"“{WORDS}” for years to come, Mara Lindqvist said.",
        f"“{WORDS}.” – Mara Lindqvist",
        f"“{WORDS}.”\n\n— Mara Lindqvist, sailor",
        f"Mara Lindqvist said: “{WORDS}.”",
        f"Mara Lindqvist said, “{WORDS}.”",
        f"In a speech in Split, Mara Lindqvist, a lawyer, warned: “{WORDS}.”",
        f"As Mara Lindqvist, the league’s No. 2 lawyer, put it: “{WORDS}.”",
        f"According to Mara Lindqvist, “{WORDS}.”",
        f"Mara Lindqvist smiled at the crews, saying: “{WORDS}.”",
        f"Mara Lindqvist was blunt: “{WORDS}.”",
        f"Mara Lindqvist: “{WORDS}.”",
        f"Mara Lindqvist disagreed. “{WORDS}.”",
        f"Mara Lindqvist, who heads the crews’ league, said:\n\n“{WORDS}.”",
        f"The league’s lawyer, Mara Lindqvist, told the court: “{WORDS}.”",
        f"“{WORDS},” the league’s lawyer, Mara Lindqvist, said.",
        f"“{WORDS},” said the league’s lawyer, Mara Lindqvist.",
        f"“{WORDS},” said Mrs. Mara Lindqvist.",
        f"“{WORDS},” Senator Mara Lindqvist (Green, Split) said.",
        f"Rapporteur Mara Lindqvist (S&D, HR), said: “{WORDS}.”",
    ],
)
def test_attribution_stands_before_behind_and_between(body: str) -> None:
    quotation = only(body)
    assert (quotation.speaker, quotation.kind) == ("Mara Lindqvist", "person")
    assert quotation.text.rstrip(".,!") == WORDS


def test_attribution_in_the_middle_covers_both_halves() -> None:
    body = f"“{WORDS},” said Ines Okafor. “We shall not be moved by threats from anybody.”"
    assert speakers(body) == ["Ines Okafor"] * 2


def test_short_words_lead_to_the_rest() -> None:
    body = "“No,” said Ines Okafor. “We shall not be moved by threats from anybody.”"
    assert speakers(body) == ["Ines Okafor", "Ines Okafor"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("“Nobody was warned,” said Ines Okafor.", "Nobody was warned,"),
        ("“Never again,” said Ines Okafor.", "Never again,"),
        ("“Never again”, said Ines Okafor.", "Never again"),
        ("Ines Okafor said: “Never again.”", "Never again."),
        ("Ines Okafor said, “Never again.”", "Never again."),
        ("Ines Okafor said “Never again.”", "Never again."),
        ("“Never again” said Ines Okafor.", "Never again"),
        (f"“{WORDS},” said Ines Okafor, Director of Example Watch. “Never again.”", "Never again."),
        (f'"{WORDS}," said Ines Okafor. "Nobody was warned."', "Nobody was warned."),
    ],
)
def test_a_short_utterance_is_kept_where_the_words_beside_it_say_whose(
    body: str, said: str
) -> None:
    assert [(q.speaker, q.text) for q in find_quotations(body)][-1] == ("Ines Okafor", said)


@pytest.mark.parametrize(
    "body",
    [
        "Ines Okafor called the “freedom law” a mistake. “Never again.”",
        "Ines Okafor said it was “a scandal”.",
        "Ines Okafor said “a scandal” was near.",
        "Ines Okafor called “Harbour Light,” a film, a scandal.",
        "The “war on ships”, said Ines Okafor, must end.",
        "“Never again.”",
        "Ines Okafor spoke.\n\n“Never again.”",
    ],
)
def test_scare_quotes_and_short_words_of_nobody_are_left_out(body: str) -> None:
    assert find_quotations(body) == ()


def test_offsets_cover_the_marks_and_paragraphs_do_not() -> None:
    body = f"Ines Okafor said: “{WORDS}.” Then she left."
    quotation = only(body)
    assert body[quotation.start : quotation.end] == f"“{WORDS}.”"
    assert quotation.paragraphs == (f"{WORDS}.",)
    assert quotation.closed


def test_several_paragraphs_opened_each_time_and_closed_once() -> None:
    body = (
        "Ines Okafor, Director of Example Watch, said:\n\n"
        "“The first thing to know is the tide.\n\n"
        "“The second thing is the wind.\n\n"
        "“The third is patience.”\n\n"
        "The port opened on Friday."
    )
    quotation = only(body)
    assert quotation.speaker == "Ines Okafor"
    assert len(quotation.paragraphs) == 3
    assert body[quotation.start : quotation.end].endswith("patience.”")
    assert quotation.closed


def test_attribution_at_the_end_of_the_last_paragraph_names_them_all() -> None:
    body = "“The tide is the first thing to know.\n\n“The wind is the second,” said Ines Okafor."
    quotation = only(body)
    assert quotation.speaker == "Ines Okafor"
    assert len(quotation.paragraphs) == 2


def test_cut_off_without_a_closing_mark() -> None:
    body = "“The tide comes first,” said Ines Okafor.\n\n“Then comes the wind that nobody can"
    first, second = find_quotations(body)
    assert first.speaker == "Ines Okafor"
    assert second.speaker == "Ines Okafor"
    assert not second.closed
    assert second.end == len(body)


def test_the_next_paragraph_goes_on_with_the_same_speaker() -> None:
    body = f"“{WORDS},” said Ines Okafor.\n\n“We shall not be moved by threats from anybody.”"
    assert speakers(body) == ["Ines Okafor"] * 2


def test_a_paragraph_between_ends_what_was_said() -> None:
    body = (
        f"“{WORDS},” said Ines Okafor.\n\nThe port lies in the north.\n\n"
        "“We shall not be moved by threats from anybody.”"
    )
    assert speakers(body) == ["Ines Okafor", None]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"), ("'", "'"), ("«", "»"), ("« ", " »"),
     ("»", "«"), ("„", "“"), ("„", "”"), ("「", "」"), ("“", '"')],
)  # fmt: skip
def test_marks_of_many_traditions(opening: str, closing: str) -> None:
    quotation = only(f"{opening}{WORDS},{closing} said Ines Okafor.")
    assert quotation.paragraphs == (f"{WORDS},",)
    assert quotation.speaker == "Ines Okafor"


@pytest.mark.parametrize(
    "inner",
    [
        "They dubbed it the “open door bill” and laughed about it",
        "They dubbed it the ‘open door bill’ and laughed about it",
        "He told me, ‘Go home, sailor,’ and nothing else that day",
        "The girls’ school and the sailors’ hall are closed for good",
    ],
)
def test_marks_within_marks(inner: str) -> None:
    assert only(f"“{inner},” said Ines Okafor.").paragraphs == (f"{inner},",)


def test_a_nested_mark_at_the_very_end() -> None:
    quotation = only("“He only ever told us to ‘go home, sailor,’” Ines Okafor said.")
    assert quotation.speaker == "Ines Okafor"


def test_single_marks_with_apostrophes_inside() -> None:
    quotation = only("‘We don’t know the sailors’ names and we can’t ask,’ said Ines Okafor.")
    assert quotation.text == "We don’t know the sailors’ names and we can’t ask,"


def test_a_poem_within_one_pair_of_marks() -> None:
    body = (
        "“Salt on the rope,\nsalt on the hand,\n\nand nobody asks\nwhat we carry to land.”\n\n"
        "— Ines Okafor"
    )
    quotation = only(body)
    assert quotation.paragraphs == (
        "Salt on the rope,\nsalt on the hand,",
        "and nobody asks\nwhat we carry to land.",
    )


@pytest.mark.parametrize(
    "body",
    [
        "He was sentenced for holding ‘forbidden maps’ in his cabin.",
        "The court found her guilty of “inciting the crew” and “offending the harbour master”.",
        "People of “non-coastal origin” may not enter, the sign at the gate says.",
        "They called it “a scandal for us” and went home.",
        "Example Watch published “No Safe Harbour: Crews Left Behind in Winter” today.",
        "The book “The Long Way Home From the Sea” was banned.",
        "The so-called “Law on the Order of the Quays and Piers” enters into force.",
    ],
)
def test_scare_quotes_and_titles_are_no_quotations(body: str) -> None:
    assert find_quotations(body) == ()


def test_words_woven_into_the_reporters_sentence_are_not_attributed() -> None:
    body = "Ines Okafor said the new law was “a blow to every crew that has ever put to sea”."
    assert speakers(body) == [None]


@pytest.mark.parametrize(
    ("body", "role", "organisation"),
    [
        (f"“{WORDS},” said a spokesperson for the Ministry.", "spokesperson", "Ministry"),
        (f"“{WORDS},” an Example Watch spokeswoman said.", "spokeswoman", "Example Watch"),
        (f"A spokesman of the Harbour Police said: “{WORDS}.”", "spokesman", "Harbour Police"),
        (f"“{WORDS},” its spokesperson said.", "spokesperson", "Example Watch"),
    ],
)  # fmt: skip
def test_a_spokesperson_without_a_name(body: str, role: str, organisation: str) -> None:
    quotation = only(body, organisation="Example Watch")
    assert (quotation.speaker, quotation.kind) == (None, "spokesperson")
    assert (quotation.role, quotation.organisation) == (role, organisation)


@pytest.mark.parametrize(
    "body",
    [
        f"“{WORDS},” Example Watch said today.",
        f"“{WORDS},” said Example Watch.",
        f"Example Watch said in a statement: “{WORDS}.”",
        f"“{WORDS},” the organisation said.",
    ],
)
def test_an_organisation_speaks(body: str) -> None:
    quotation = only(body, organisation="Example Watch")
    assert (quotation.speaker, quotation.kind) == ("Example Watch", "organisation")


@pytest.mark.parametrize(
    "body",
    [
        f"“{WORDS},” the resolution says.",
        f"The charter reads: “{WORDS}.”",
        f"The charter goes on to say: “{WORDS}.”",
        f"“{WORDS},” according to a report by the ministry.",
        f"They held up a banner saying: “{WORDS}.”",
    ],
)
def test_a_document_is_quoted(body: str) -> None:
    assert only(body).kind == "document"


def test_an_unnamed_person_keeps_the_description_as_role() -> None:
    quotation = only(f"“{WORDS},” said one young sailor.")
    assert (quotation.speaker, quotation.kind, quotation.role) == (
        None,
        "person",
        "one young sailor",
    )


@pytest.mark.parametrize("described", ["", ", of the Harbour League,"])
def test_two_people_before_a_verb_do_not_speak(described: str) -> None:
    assert speakers(f"Mara Lindqvist and Ivan Horvat{described} said: “{WORDS}.”") == [None]


def test_one_of_many_who_is_named_speaks() -> None:
    assert speakers(f"“{WORDS},” said one of its members, Mara Lindqvist.") == ["Mara Lindqvist"]


def test_signatories_of_a_joint_statement_do_not_speak() -> None:
    body = (
        f"“{WORDS},” the organisations said in a joint statement.\n\n"
        "Signatories:\n\nInes Okafor, Example Watch\n\nMara Lindqvist, Harbour League"
    )
    assert speakers(body) == [None]


@pytest.mark.parametrize(
    "introduction",
    [
        "Ines Okafor, Director of Example Watch, came to the quay.",
        "Ines Okafor said that the port would open.",
        "The port would open, said Ines Okafor, who had come to the quay.",
        "“The port opens on Friday at the latest,” said Ines Okafor.",
    ],
)
def test_she_said_after_an_introduction(introduction: str) -> None:
    assert speakers(f"{introduction}\n\n“{WORDS},” she said.")[-1] == "Ines Okafor"


def test_she_is_the_woman_of_two_people() -> None:
    body = f"Ines Okafor met Peter Ndlovu at the quay.\n\n“{WORDS},” he said."
    assert speakers(body) == ["Peter Ndlovu"]


def test_whom_she_means_stays_open_where_two_fit() -> None:
    body = f"The crews greeted Wren Okafor and Sky Ndlovu.\n\n“{WORDS},” she said."
    assert speakers(body) == [None]


def test_she_is_not_the_one_whose_spokesman_speaks() -> None:
    body = (
        f"Okafor spokesman Peter Ndlovu, the brother of Ines Okafor, came.\n\n“{WORDS},” he said."
    )
    assert speakers(body) == ["Peter Ndlovu"]


def test_she_is_the_one_whose_fate_is_told() -> None:
    body = (
        "“The port opens on Friday at the latest,” said Mara Lindqvist.\n\n"
        f"Ines Okafor’s fate is unclear, but she was calm. “{WORDS},” she said."
    )
    assert speakers(body) == ["Mara Lindqvist", "Ines Okafor"]


def test_somebody_only_mentioned_does_not_speak() -> None:
    body = (
        "Peter Ndlovu said that the port would open.\n\n"
        f"He criticised Ramon Castell. “{WORDS},” he said."
    )
    assert speakers(body) == ["Peter Ndlovu"]


def test_a_surname_alone_is_the_only_person_of_that_name() -> None:
    body = f"Ines Okafor came to the quay.\n\n“{WORDS},” Okafor said."
    assert speakers(body) == ["Ines Okafor"]


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Pieter van den Berg", "Van den Berg"),
        ("Ana de la Cruz", "De la Cruz"),
        ("Umm al-Dosari", "Al-Dosari"),
        ("Jean d’Arcy", "D’Arcy"),
    ],
)
def test_a_particle_is_capitalised_where_the_surname_stands_alone(name: str, surname: str) -> None:
    for told in (f"{surname} said", f"said {surname}", f"Mr {surname} said"):
        assert speakers(f"{name} keeps the quay. “{WORDS},” {told}.") == [name]
    brother = f"{name} and Rolf {name.partition(' ')[2]} keep the quay."
    assert speakers(f"{brother} “{WORDS},” {surname} said.") == [surname]


def test_a_surname_that_two_people_share_is_left_as_it_stands() -> None:
    body = f"Ines Okafor came with Daniel Okafor.\n\n“{WORDS},” Okafor said."
    assert speakers(body) == ["Okafor"]


def test_the_name_of_whom_somebody_speaks_for_is_not_who_speaks() -> None:
    quotation = only(f"“{WORDS},” a lawyer for Ines Okafor said.")
    assert quotation.speaker is None
    assert quotation.role == "lawyer for Ines Okafor"


def test_who_is_asked_does_not_ask() -> None:
    assert speakers("Ines Okafor was asked, “When will the harbour open for our ships?”") == [None]


def test_whom_the_words_are_for_does_not_speak() -> None:
    body = "“This will be a hard winter” for Peter Ndlovu, said Ines Okafor."
    assert speakers(body) == ["Ines Okafor"]


def test_where_somebody_comes_from_is_no_role() -> None:
    quotation = only(f"“{WORDS},” said Ines Okafor of Split.")
    assert (quotation.role, quotation.organisation) == (None, None)


def test_who_asks_in_the_passive() -> None:
    body = "Ines Okafor was asked by Peter Ndlovu, “When will the harbour open for our ships?”"
    assert speakers(body) == ["Peter Ndlovu"]


@pytest.mark.parametrize(
    "name",
    [
        "Ludwig van der Berg", "María de la Cruz", "José Ángel Ruiz y Peña", "Khalid bin Walid",
        "Omar Abu Salim", "Fatima al-Zahra", "Aung San Suu Kyi", "Katrín Jakobsdóttir",
        "Þóra Arnórsdóttir", "Siobhán O’Rourke", "Jean-Luc d’Arcy", "Živilė Šimkutė", "Ömer Çelik",
        "Nguyễn Văn Hải", "J. K. Mensah", "Ngozi N’Diaye", "Łukasz Żak",
    ],
)  # fmt: skip
def test_names_of_many_forms(name: str) -> None:
    assert only(f"“{WORDS},” said {name}, a sailor.").speaker == name
    assert only(f"{name}, a sailor, said: “{WORDS}.”").speaker == name
    assert only(f"“{WORDS},” {name} said.").speaker == name


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("Mr Peter Ndlovu", "Peter Ndlovu", None),
        ("Dr. Ines Okafor", "Ines Okafor", None),
        ("Daw Khin Myo Aye", "Khin Myo Aye", None),
        ("President Ines Okafor", "Ines Okafor", "President"),
        ("Foreign Minister Ines Okafor", "Ines Okafor", "Foreign Minister"),
        ("harbour master Ines Okafor", "Ines Okafor", "harbour master"),
        ("Señora Ines Okafor", "Ines Okafor", None),
        ("Dato’ Rahim Osman", "Rahim Osman", None),
    ],
)
def test_honorifics_and_titles_before_a_name(written: str, name: str, role: str | None) -> None:
    quotation = only(f"“{WORDS},” said {written}.")
    assert (quotation.speaker, quotation.role) == (name, role)


@pytest.mark.parametrize(
    "apposition",
    [
        "Deputy Director for Europe and Central Asia at Example Watch",
        "Example Watch’s Deputy Director for Europe and Central Asia",
        "Example Watch's Deputy Director for Europe and Central Asia",
        "Deputy Director for Europe and Central Asia, Example Watch",
        "the Deputy Director for Europe and Central Asia at Example Watch",
    ],
)
@pytest.mark.parametrize("frame", ["“{words},” said {who}.", "On Monday, {who}, said: “{words}.”"])
def test_role_and_organisation(apposition: str, frame: str) -> None:
    who = f"Ines Okafor, {apposition}"
    quotation = only(frame.format(words=WORDS, who=who), organisation="Example Watch")
    assert quotation.speaker == "Ines Okafor"
    assert quotation.role == "Deputy Director for Europe and Central Asia"
    assert quotation.organisation == "Example Watch"


def test_a_role_is_kept_for_what_the_person_says_later() -> None:
    body = (
        f"“{WORDS},” said Ines Okafor, Harbour Researcher at Example Watch.\n\n"
        "The port is closed.\n\n“Nobody has told the crews about it yet,” Okafor added."
    )
    first, second = find_quotations(body)
    assert (first.role, first.organisation) == (second.role, second.organisation)


@pytest.mark.parametrize(
    ("body", "speaker", "role"),
    [
        (
            (
                "« Le port doit rester ouvert à tous les navires », a déclaré Inès Morel, "
                "directrice d’Exemple International."
            ),
            "Inès Morel",
            "directrice",
        ),
        ("« Le port doit rester ouvert à tous les navires », explique-t-elle.", None, None),
        ("Inès Morel a ajouté : « Le port doit rester ouvert à tous les navires. »",
         "Inès Morel", None),
        ("Selon Inès Morel, « le port doit rester ouvert à tous les navires ».",
         "Inès Morel", None),
        ("Inès Morel est arrivée lundi.\n\n« Le port doit rester ouvert à tous », a-t-elle ajouté.",
         "Inès Morel", None),
    ],
)  # fmt: skip
def test_french(body: str, speaker: str | None, role: str | None) -> None:
    quotation = only(body, language="fr")
    assert (quotation.speaker, quotation.role) == (speaker, role)


@pytest.mark.parametrize(
    ("body", "speaker", "role"),
    [
        (
            (
                "«El puerto debe seguir abierto para todos los barcos», dijo Inés Moral, "
                "directora de Ejemplo Internacional."
            ),
            "Inés Moral",
            "directora",
        ),
        ("«El puerto debe seguir abierto para todos», ha declarado Inés Moral.",
         "Inés Moral", None),
        ("Inés Moral afirmó: “El puerto debe seguir abierto para todos los barcos”.",
         "Inés Moral", None),
        ("Según Inés Moral, “el puerto debe seguir abierto para todos los barcos”.",
         "Inés Moral", None),
    ],
)  # fmt: skip
def test_spanish(body: str, speaker: str | None, role: str | None) -> None:
    quotation = only(body, language="es")
    assert (quotation.speaker, quotation.role) == (speaker, role)


def test_german() -> None:
    body = "„Der Hafen muss für alle Schiffe offen bleiben“, sagte Ines Moor, Leiterin der Wache."
    assert only(body, language="de").speaker == "Ines Moor"
    body = "„Der Hafen muss für alle Schiffe offen bleiben“, so Ines Moor am Montag."
    assert only(body, language="de").speaker == "Ines Moor"


def test_an_empty_body_and_one_without_marks() -> None:
    assert find_quotations("") == ()
    assert find_quotations("Nobody said anything.") == ()


def test_quotations_come_in_the_order_of_the_text_and_do_not_overlap() -> None:
    body = "\n\n".join(f"“{WORDS} and {number} more,” said Ines Okafor." for number in range(5))
    found = find_quotations(body)
    assert [q.start for q in found] == [m.start() for m in re.finditer("“", body)]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "body",
    [
        "Example Watch called on the port to keep its lights. “I grew up with that lighthouse and",
        "Example Watch told the port to wait. “Lights go out along this coast and the crews",
        "Mara Lindqvist told the port to wait. “Lights go out along this coast and the crews",
        "Example Watch told the port to wait. “I grew up with the light of that tower.”",
    ],
)
def test_who_speaks_where_a_teaser_is_cut_stays_unknown(body: str) -> None:
    quotation = only(body)
    assert (quotation.speaker, quotation.kind, quotation.organisation) == (None, None, None)


def test_an_organisation_speaks_in_a_sentence_of_its_own() -> None:
    assert speakers(f"Example Watch disagreed. “{WORDS}.”") == ["Example Watch"]
    cut = f"Mara Lindqvist disagreed: “{WORDS}.”\n\n“We will wait for all of them and"
    assert speakers(cut) == ["Mara Lindqvist", "Mara Lindqvist"]


def test_a_capital_that_demands_is_no_person() -> None:
    quotation = only(f"Berlin demanded: “{WORDS}.”")
    assert (quotation.speaker, quotation.kind) == ("Berlin", "organisation")
    assert only(f"Ines Berlin came.\n\n“{WORDS},” Berlin said.").kind == "person"


@pytest.mark.parametrize("place", ["El Salvador", "4. El Salvador", "Mexico City", "South Sudan"])
def test_a_place_before_a_colon_is_no_speaker(place: str) -> None:
    assert only(f"{place}: “{WORDS}.”").kind is None


@pytest.mark.parametrize(
    "body",
    [
        f"Mara Lindqvist, Example International West Africa Researcher said: “{WORDS}.”",
        f"Mara Lindqvist, Example International West Africa Researcher, said: “{WORDS}.”",
        f"Mara Lindqvist, Example International’s West Africa Researcher said: “{WORDS}.”",
        f"Mara Lindqvist, Example International’s West Africa Researcher told us: “{WORDS}.”",
        f"“{WORDS},” said Mara Lindqvist, Example International West Africa Researcher.",
    ],
)
@pytest.mark.parametrize("publisher", [None, "Example International"])
def test_an_office_in_capitals_is_held_by_a_person(body: str, publisher: str | None) -> None:
    quotation = only(body, organisation=publisher)
    assert (quotation.speaker, quotation.kind) == ("Mara Lindqvist", "person")
    assert quotation.role == "West Africa Researcher"
    assert quotation.organisation == "Example International"


def test_an_office_in_capitals_without_a_name() -> None:
    quotation = only(f"“{WORDS},” the Example International West Africa Researcher said.")
    assert (quotation.speaker, quotation.kind) == (None, "person")
    assert quotation.organisation == "Example International"


def test_an_office_of_many_capitals_stays_whole() -> None:
    quotation = only(f"“{WORDS},” said Mara Lindqvist, National Security Adviser.")
    assert (quotation.role, quotation.organisation) == ("National Security Adviser", None)


@pytest.mark.parametrize(
    "body",
    [
        f"“{WORDS},” said Mara Lindqvist, former harbour pilot In 2014 the fate of the crews was",
        f"“{WORDS},” said Mara Lindqvist, former harbour pilot The fate of the crews was unknown.",
        f"“{WORDS}.” – Mara Lindqvist, former harbour pilot. In 2014 the crews came to court.",
        f"Mara Lindqvist, former harbour pilot On 3 May she sailed, said: “{WORDS}.”",
    ],
)
def test_no_role_runs_into_the_next_sentence(body: str) -> None:
    quotation = only(body)
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", "former harbour pilot")


def test_a_story_beside_a_name_is_no_role() -> None:
    story = "a pilot known along all the coast " + "from the cape to the islands and back " * 5
    assert only(f"“{WORDS},” said Mara Lindqvist, {story.strip()}.").role is None


def test_an_organisation_whose_name_has_an_article_stays_whole() -> None:
    quotation = only(f"“{WORDS},” said Mara Lindqvist, Editor of The Harbour Times.")
    assert (quotation.role, quotation.organisation) == ("Editor", "The Harbour Times")


@pytest.mark.parametrize(
    ("introduction", "role", "organisation"),
    [
        ("Ines Okafor, head of mission, praised the crews.", "head of mission", None),
        ("Ines Okafor, a night cameraman, was hit by a rope.", "night cameraman", None),
        ("Ines Okafor, the archivist who has the key, began.", "archivist", None),
        ("Ines Okafor (Inès), a pilot, came to the quay.", "pilot", None),
        ("Ines Okafor, Director of Example Watch, came.", "Director", "Example Watch"),
        ("Ines Okafor, who chairs the Harbour League, came.", None, "Harbour League"),
        ("The Speaker, Ines Okafor, offered to send boats.", "Speaker", None),
        ("Ines Okafor, a year later, came to the quay.", None, None),
        ("Ines Okafor, Mara Lindqvist, a pilot, and Peter Ndlovu came.", None, None),
    ],
)
def test_a_role_is_taken_from_where_the_person_is_introduced(
    introduction: str, role: str | None, organisation: str | None
) -> None:
    body = f"{introduction}\n\n“{WORDS},” Ines Okafor said."
    quotation = only(body, organisation=None)
    assert (quotation.speaker, quotation.kind) == ("Ines Okafor", "person")
    assert (quotation.role, quotation.organisation) == (role, organisation)


@pytest.mark.parametrize(
    ("apposition", "role", "organisation"),
    [
        ("(Инес), Harbour Researcher at Example Watch", "Harbour Researcher", "Example Watch"),
        ("Deputy Director, North Africa, at Example Watch", "Deputy Director, North Africa",
         "Example Watch"),
        ("Chair of the Board of the Harbour League", "Chair of the Board", "Harbour League"),
        ("member from the Russian Federation", "member from the Russian Federation", None),
        ("legal analyst of the mission", "legal analyst of the mission", None),
        ("editor of a weekly that has appeared since 1993", "editor of a weekly", None),
        ("a pilot, at a meeting in Split", "pilot", None),
    ],
)  # fmt: skip
def test_long_roles(apposition: str, role: str, organisation: str | None) -> None:
    comma = "" if apposition.startswith("(") else ","
    quotation = only(f"“{WORDS},” said Ines Okafor{comma} {apposition}.")
    assert quotation.speaker == "Ines Okafor"
    assert (quotation.role, quotation.organisation) == (role, organisation)


def test_a_role_that_a_teaser_cuts_is_none() -> None:
    assert only(f"“{WORDS},” said Ines Okafor, a radio […]").role is None


@pytest.mark.parametrize(
    "body",
    [
        f"“{WORDS},” said the former Speaker, Ines Okafor.",
        f"The Speaker of the Harbour Assembly, Ines Okafor, made this statement:\n\n“{WORDS}.”",
    ],
)
def test_an_office_before_a_comma_leads_to_its_holder(body: str) -> None:
    quotation = only(body)
    assert (quotation.speaker, quotation.kind) == ("Ines Okafor", "person")
    assert quotation.role is not None
    assert "Speaker" in quotation.role


def test_she_is_whom_the_sentence_before_reports_without_a_name() -> None:
    body = (
        "“The port opens on Friday at the latest,” said Mara Lindqvist.\n\n"
        f"A spokeswoman for Example Watch said that two boats were missing. “{WORDS},” she said."
    )
    assert [(q.speaker, q.kind) for q in find_quotations(body)] == [
        ("Mara Lindqvist", "person"),
        (None, "spokesperson"),
    ]


def test_she_is_who_is_introduced_by_an_office() -> None:
    body = (
        "“The port opens on Friday at the latest,” said Mara Lindqvist.\n\n"
        f"The Speaker, Ines Okafor, offered to send six boats. “{WORDS},” she said."
    )
    assert speakers(body) == ["Mara Lindqvist", "Ines Okafor"]
