"""Who speaks where names stand together, and what is no name, in words of our own."""

import pytest

from archive.document import Quotation
from archive.quotations import find_quotations

WORDS = "The harbour must stay open for every ship that is in need"


def only(body: str, **known: str | None) -> Quotation:
    found = find_quotations(body, **known)
    assert len(found) == 1, [(q.speaker, q.text) for q in found]
    return found[0]


def test_a_person_speaks_rather_than_the_body_behind_the_comma() -> None:
    quotation = only(f"Mara Lindqvist, River Trust: “{WORDS}.”")
    assert (quotation.kind, quotation.speaker) == ("person", "Mara Lindqvist")
    assert quotation.organisation == "River Trust"


def test_a_phrase_before_the_comma_is_no_person() -> None:
    assert only(f"In Split, Mara Lindqvist: “{WORDS}.”").speaker == "Mara Lindqvist"


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("King Edwin II", "Edwin II", "King"),
        ("Pope Marcellus XVI", "Marcellus XVI", "Pope"),
        ("Amos Tillery Jr.", "Amos Tillery Jr.", None),
        ("Amos Tillery III", "Amos Tillery III", None),
        ("Amos Tillery, Jr., director of River Trust", "Amos Tillery Jr.", "director"),
    ],
)
def test_a_name_keeps_its_number_and_its_suffix(written: str, name: str, role: str | None) -> None:
    quotation = only(f"“{WORDS},” said {written}.")
    assert (quotation.speaker, quotation.role) == (name, role)


@pytest.mark.parametrize(
    ("written", "short", "name"),
    [
        ("King Edwin II", "Edwin", "Edwin II"),
        ("Amos Tillery Jr.", "Tillery", "Amos Tillery Jr."),
    ],
)
def test_a_short_name_is_the_one_with_a_suffix(written: str, short: str, name: str) -> None:
    assert only(f"{written} came to the port.\n\n“{WORDS},” said {short}.").speaker == name


@pytest.mark.parametrize("nick", ["“Mo”", '"Mo"', "‘Big Mo’"])
@pytest.mark.parametrize("order", ["said {}", "{} said"])
def test_a_nickname_within_a_name_is_no_quotation(nick: str, order: str) -> None:
    said = order.format(f"Mara {nick} Lindqvist")
    quotation = only(f"“{WORDS},” {said}.")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", None)


def test_a_surname_is_the_name_with_a_nickname() -> None:
    body = f"Mara “Mo” Lindqvist came to the port.\n\n“{WORDS},” said Lindqvist."
    assert only(body).speaker == "Mara Lindqvist"


def test_a_short_utterance_between_names_is_no_nickname() -> None:
    short, whole = find_quotations(
        f"“{WORDS},” said Mara Lindqvist. “No,” Ivo Horvat replied. He left."
    )
    assert (short.speaker, whole.speaker) == ("Mara Lindqvist", "Ivo Horvat")


def test_who_reports_what_another_one_said_does_not_speak() -> None:
    assert only(f"“{WORDS},” Ivo Horvat said Mara Lindqvist had told him.").speaker is None


def test_a_clause_behind_the_verb_leaves_the_speaker_as_it_is() -> None:
    body = f"“{WORDS},” Ivo Horvat said when Mara Lindqvist had left."
    assert only(body).speaker == "Ivo Horvat"


@pytest.mark.parametrize("said", ["Lindqvist, Anna, said", "said Lindqvist, Anna"])
def test_a_surname_may_stand_before_the_first_name(said: str) -> None:
    quotation = only(f"“{WORDS},” {said}.")
    assert (quotation.speaker, quotation.role) == ("Anna Lindqvist", None)


@pytest.mark.parametrize(
    "shown",
    [
        "They carried banners with the slogan",
        "They marched under the slogan:",
        "They carried banners with",
        "They marched behind a banner,",
    ],
)
def test_what_a_banner_shows_is_no_quotation(shown: str) -> None:
    assert find_quotations(f"{shown} “{WORDS}.”") == ()


def test_words_behind_a_banner_may_be_spoken() -> None:
    body = f"Mara Lindqvist raised a banner, “{WORDS},” she said."
    assert only(body).speaker == "Mara Lindqvist"


VISIT = "Mara Lindqvist and her brother{} Ivo Lindqvist{} visited the port."


@pytest.mark.parametrize("between", ["\n\n", " "])
@pytest.mark.parametrize("comma", ["", ","])
@pytest.mark.parametrize(("pronoun", "name"), [("he", "Ivo Lindqvist"), ("she", "Mara Lindqvist")])
def test_a_word_for_a_relative_tells_he_from_she(
    pronoun: str, name: str, comma: str, between: str
) -> None:
    body = f"{VISIT.format(comma, comma)}{between}“{WORDS},” {pronoun} said."
    assert only(body).speaker == name


def test_either_of_two_people_may_be_meant() -> None:
    body = f"Mara Lindqvist and Ivo Horvat visited.\n\n“{WORDS},” he said."
    assert only(body).speaker is None


def test_only_one_of_two_people_may_be_meant() -> None:
    body = f"Mara Lindqvist and Peter Horvat visited.\n\n“{WORDS},” she said."
    assert only(body).speaker == "Mara Lindqvist"


@pytest.mark.parametrize(
    ("owner", "kin", "name", "pronoun"),
    [
        ("Mara Lindqvist", "husband", "Ivo Horvat", "he"),
        ("Ivo Horvat", "mother", "Mara Lindqvist", "she"),
    ],
)
def test_somebodys_relative_is_whom_the_sentence_is_about(
    owner: str, kin: str, name: str, pronoun: str
) -> None:
    body = f"{owner}’s {kin}, {name}, came to the port.\n\n“{WORDS},” {pronoun} said."
    assert only(body).speaker == name


@pytest.mark.parametrize("order", ["said {}", "{} said"])
def test_an_aside_in_square_brackets_is_read_over(order: str) -> None:
    said = order.format("Mara Lindqvist [the judge]")
    assert only(f"“{WORDS},” {said}.").speaker == "Mara Lindqvist"


@pytest.mark.parametrize("marks", ["‘{}’", "“{}”"])
@pytest.mark.parametrize("reply", ["answer", "verdict"])
def test_somebodys_answer_is_theirs(marks: str, reply: str) -> None:
    body = f"{marks.format(WORDS)} was Mara Lindqvist’s {reply}."
    assert only(body).speaker == "Mara Lindqvist"


def test_what_is_somebodys_and_no_answer_is_nobodys() -> None:
    assert only(f"“{WORDS}” was Mara Lindqvist’s favourite line.").speaker is None


@pytest.mark.parametrize("document", ["Article 12 of the law", "The ruling"])
def test_a_document_states_what_is_woven_in(document: str) -> None:
    quotation = only(f"{document} states that “{WORDS.lower()}”.")
    assert (quotation.kind, quotation.speaker) == ("document", document.removeprefix("The "))


def test_a_shortened_month_ends_no_sentence() -> None:
    quotation = only(f"A Feb. 1 letter from the River Trust warns: “{WORDS}.”")
    assert quotation.speaker == "Feb. 1 letter from the River Trust"


@pytest.mark.parametrize("marks", ["”{}”", "‹{}›", "″{}″", "``{}''"])
def test_other_marks_are_quotation_marks_too(marks: str) -> None:
    assert only(f"{marks.format(WORDS)}, said Mara Lindqvist.").text == WORDS


@pytest.mark.parametrize("body", ["”said Lindqvist, and left the hall.", "A 5 ″wide pipe leaked."])
def test_a_mark_that_none_closes_is_no_opening_one(body: str) -> None:
    assert find_quotations(body) == ()


@pytest.mark.parametrize("office", ["director of River Trust", "River Trust’s director"])
def test_a_name_and_an_office_below_a_quotation_sign_it(office: str) -> None:
    quotation = only(f"“{WORDS}.”\n\nMara Lindqvist, {office}")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", "director")
    assert quotation.organisation == "River Trust"


def test_each_quotation_has_the_signature_below_it() -> None:
    body = f"“{WORDS}.”\n\nMara Lindqvist, director\n\n“{WORDS} too.”\n\nIvo Horvat, pilot"
    assert [q.speaker for q in find_quotations(body)] == ["Mara Lindqvist", "Ivo Horvat"]


def test_a_line_above_a_quotation_leaves_it_open_whom_the_next_one_names() -> None:
    body = f"Mara Lindqvist, director\n\n“{WORDS}.”\n\nIvo Horvat, pilot\n\n“{WORDS} too.”"
    assert "Ivo Horvat" not in [q.speaker for q in find_quotations(body)][:1]


@pytest.mark.parametrize("below", ["Mara Lindqvist, director, left.", "Split, Croatia"])
def test_a_sentence_and_a_place_sign_nothing(below: str) -> None:
    assert only(f"“{WORDS}.”\n\n{below}").speaker is None


PUERTO = "El puerto debe seguir abierto para todos los barcos"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (" —afirmó Mara Lindqvist.", "Mara Lindqvist"),
        (" —afirmó Mara Lindqvist—. Nadie vino al muelle.", "Mara Lindqvist"),
        (" —le dijo Mara Lindqvist a Ivo Horvat.", "Mara Lindqvist"),
        ("—, dijo Mara Lindqvist.", "Mara Lindqvist"),
    ],
)
def test_dashes_are_spanish_quotation_marks(said: str, name: str) -> None:
    quotation = only(f"—{PUERTO}{said}", language="es")
    assert (quotation.speaker, quotation.text, quotation.closed) == (name, PUERTO, True)


def test_each_speaker_of_a_dialogue_has_a_paragraph() -> None:
    body = f"—{PUERTO} —dijo Mara Lindqvist.\n\n—{PUERTO} —respondió Ivo Horvat."
    found = find_quotations(body, language="es")
    assert [quotation.speaker for quotation in found] == ["Mara Lindqvist", "Ivo Horvat"]


@pytest.mark.parametrize("behind", [".", " —una norma de la ley— es claro."])
def test_a_dash_without_a_verb_quotes_nobody(behind: str) -> None:
    assert find_quotations(f"—{PUERTO}{behind}", language="es") == ()


def test_dashes_are_no_english_quotation_marks() -> None:
    assert find_quotations(f"—{WORDS} —said Mara Lindqvist.") == ()
