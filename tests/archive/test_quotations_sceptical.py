"""Short statements as a sceptic writes them: who is quoted, and who must not be.

Each truth was written before the text was read by the rules. ``None`` as a speaker of kind None
is "unknown": better than a wrong name. What a document is called is not asserted. What is not
listed is no quotation of anybody.
"""

from typing import NamedTuple

import pytest

from archive.quotations import find_quotations


class Case(NamedTuple):
    """A body and, for each quotation in order, its first words, its speaker and their kind."""

    name: str
    body: str
    truth: tuple[tuple[str, str | None, str | None], ...]
    language: str | None = None


P, B, D = "person", "organisation", "document"

CASES = (
    Case(
        "two people in one sentence, the second speaks",
        "Peter Ndlovu left the hall before Ines Okafor said: “The berths are full tonight.”",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "who is told does not speak",
        "“The berths are full tonight,” Ines Okafor told Peter Ndlovu.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "who is thanked does not speak",
        "Ines Okafor thanked Peter Ndlovu, adding: “He kept the light burning for us.”",
        (("He kept", "Ines Okafor", P),),
    ),
    Case(
        "a nested source: somebody speaks, another reports it",
        "“The berths are full tonight,” Ines Okafor said, according to Peter Ndlovu.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "a nested source behind a colon",
        "Ines Okafor said: “The berths are full tonight,” the Harbour Times reported.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "a question and its answer are two people's",
        "“Will the ferry sail on Sunday?” asked Peter Ndlovu.\n\n"
        "“It will sail if the wind allows it,” answered Ines Okafor.",
        (("Will the ferry", "Peter Ndlovu", P), ("It will sail", "Ines Okafor", P)),
    ),
    Case(
        "an answer in the same paragraph",
        "“Will the ferry sail on Sunday?” asked Peter Ndlovu. “It will sail if the wind "
        "allows it,” answered Ines Okafor.",
        (("Will the ferry", "Peter Ndlovu", P), ("It will sail", "Ines Okafor", P)),
    ),
    Case(
        "the frame behind one quotation leads to the next",
        "“The berths are full tonight,” said Ines Okafor. Peter Ndlovu added: “So are the sheds.”",
        (("The berths", "Ines Okafor", P), ("So are", "Peter Ndlovu", P)),
    ),
    Case(
        "the minister is the one who was introduced so",
        "Transport Minister Ines Okafor came to the quay with Peter Ndlovu.\n\n"
        "“The berths will be free on Monday,” the minister added.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "the minister stays nameless where there are two",
        "Transport Minister Ines Okafor met Justice Minister Peter Ndlovu.\n\n"
        "“The berths will be free on Monday,” the minister added.",
        (("The berths", None, P),),
    ),
    Case(
        "the researcher is the one who was introduced so",
        "“The berths are full tonight,” said Ines Okafor, Harbour Researcher at Example Watch.\n\n"
        "The port was closed in May.\n\n“Nobody told the crews about it,” the researcher said.",
        (("The berths", "Ines Okafor", P), ("Nobody told", "Ines Okafor", P)),
    ),
    Case(
        "a researcher is another one",
        "“The berths are full tonight,” said Ines Okafor, Harbour Researcher at Example Watch.\n\n"
        "The port was closed in May.\n\n“Nobody told the crews about it,” said a researcher.",
        (("The berths", "Ines Okafor", P), ("Nobody told", None, P)),
    ),
    Case(
        "an office with a complement before the name",
        "“The berths are full tonight,” said chief of staff Ines Okafor.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "a friend of somebody is not that person",
        "“The berths are full tonight,” said a friend of Ines Okafor.",
        (("The berths", None, P),),
    ),
    Case(
        "supporters of somebody are not that person",
        "“Open the harbour for all of them,” supporters of Ines Okafor chanted.",
        (("Open the harbour", None, P),),
    ),
    Case(
        "a mother whose son is named",
        "“They took him away before dawn,” the mother of Peter Ndlovu said.",
        (("They took", None, P),),
    ),
    Case(
        "a possessive before the relation",
        "“They took him away before dawn,” Peter Ndlovu’s mother said.",
        (("They took", None, P),),
    ),
    Case(
        "a possessive before the named relation",
        "“They took him away before dawn,” Peter Ndlovu’s mother, Grace, said.",
        (("They took", "Grace", P),),
    ),
    Case(
        "a subordinate clause has its own subject",
        "As the crews began to sing, Ines Okafor stood up and said: “The berths are open now.”",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "when somebody asked, another answered",
        "When Peter Ndlovu asked about the lamps, Ines Okafor replied: “They burn all night.”",
        (("They burn", "Ines Okafor", P),),
    ),
    Case(
        "asked by one, said by the other",
        "Asked by Peter Ndlovu about the lamps, Ines Okafor said, “They burn all night long.”",
        (("They burn", "Ines Okafor", P),),
    ),
    Case(
        "a modal behind the verb makes it a clause",
        "Ines Okafor, citing “the long winter of the crews,” said the league could win the vote.",
        (("the long winter", "Ines Okafor", P),),
    ),
    Case(
        "a headline with a colon",
        "Ines Okafor slams harbour tax: ‘It will empty every berth we have’",
        (("It will empty", "Ines Okafor", P),),
    ),
    Case(
        "a headline with the words first",
        "‘It will empty every berth we have’: Ines Okafor on the harbour tax",
        (("It will empty", None, None),),
    ),
    Case(
        "an inverted verb in the middle of the sentence",
        "Because of the harbour tax, explained Ines Okafor, “the berths stay empty all winter.”",
        (("the berths", "Ines Okafor", P),),
    ),
    Case(
        "the country in the sentence is no verb",
        "Ines Okafor called on the United States “to keep the straits open for every ship”.",
        (("to keep", None, None),),
    ),
    Case(
        "a sign is quoted, not who carries it",
        "Ines Okafor carried a sign that read: “The sea belongs to all of us.”",
        (("The sea", None, D),),
    ),
    Case(
        "a letter is quoted, not who received it",
        "Ines Okafor received a letter saying: “Your berth will be closed on Friday.”",
        (("Your berth", None, D),),
    ),
    Case(
        "who writes in a letter speaks",
        "In a letter to Peter Ndlovu, Ines Okafor wrote: “Your berth will be closed on Friday.”",
        (("Your berth", "Ines Okafor", P),),
    ),
    Case(
        "who quotes a poem is not its poet",
        "Ines Okafor quoted the poet Tomas Ribera: “No harbour is small to a tired sail.”",
        (("No harbour", "Tomas Ribera", P),),
    ),
    Case(
        "somebody without a name who asked for that",
        "“The berths are full tonight,” a pilot who asked not to be named told the Harbour Post.",
        (("The berths", None, P),),
    ),
    Case(
        "in the words of",
        "In the words of Ines Okafor, a pilot, “no harbour is small to a tired sail”.",
        (("no harbour", "Ines Okafor", P),),
    ),
    Case(
        "an article of a treaty",
        "Article 19 of the Harbour Treaty states: “Every ship has the right to a berth.”",
        (("Every ship", "Article 19 of the Harbour Treaty", D),),
    ),
    Case(
        "what stands on a photograph",
        "The photograph says: “No harbour is small to a tired sail.”",
        (("No harbour", "photograph", D),),
    ),
    Case(
        "a name behind a heading",
        "The pilots agree – Ines Okafor: “No harbour is small to a tired sail.”",
        (("No harbour", "Ines Okafor", P),),
    ),
    Case(
        "an example in brackets",
        "Ines Okafor said the crews were ranked from one (“We sail at once with you”) to six.",
        (),
    ),
    Case(
        "who reads a poem is not its poet",
        "Ines Okafor read a poem by Tomas Ribera:\n\n“No harbour is small to a tired sail.”",
        (("No harbour", None, None),),
    ),
    Case(
        "who speaks of a song",
        "Ines Okafor said of the song: “No harbour is small to a tired sail.”",
        (("No harbour", "Ines Okafor", P),),
    ),
    Case(
        "a joint statement of two people",
        "“The berths are full tonight,” Ines Okafor and Peter Ndlovu said in a joint statement.",
        (("The berths", None, None),),
    ),
    Case(
        "a joint statement of two people, inverted",
        "“The berths are full tonight,” said Ines Okafor and Peter Ndlovu.",
        (("The berths", None, None),),
    ),
    Case(
        "they after two people",
        "Ines Okafor and Peter Ndlovu signed it.\n\n“The berths are full tonight,” they wrote.",
        (("The berths", None, None),),
    ),
    Case(
        "a dateline does not speak",
        "SPLIT, 3 May: “The berths are full tonight and tomorrow.”",
        (("The berths", None, None),),
    ),
    Case(
        "a signature under the quotation",
        "“The berths are full tonight and tomorrow.”\n\n– Ines Okafor, Director, Example Watch",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "the signature of the next quotation is not that of this one",
        "“The berths are full tonight and tomorrow.” – Ines Okafor\n\n"
        "“The sheds are full of nets and rope.” – Peter Ndlovu",
        (("The berths", "Ines Okafor", P), ("The sheds", "Peter Ndlovu", P)),
    ),
    Case(
        "a transcript by names",
        "Okafor: “When did the lamps go out on the mole?”\n\n"
        "Ndlovu: “Shortly after the storm came in that night.”\n\n"
        "The hearing of Ines Okafor and Peter Ndlovu ended on Friday.",
        (("When did", "Ines Okafor", P), ("Shortly after", "Peter Ndlovu", P)),
    ),
    Case(
        "an unclosed quotation before the next speaker",
        "Ines Okafor said: “The tide comes first for all of us.\n\n"
        "Peter Ndlovu said: “The wind comes first for all of us.”",
        (("The tide", "Ines Okafor", P), ("The wind", "Peter Ndlovu", P)),
    ),
    Case(
        "an opening mark typed where the closing one belongs",
        "“The berths are full tonight,“ said Ines Okafor. “The sheds are full too.“",
        (("The berths", "Ines Okafor", P), ("The sheds", "Ines Okafor", P)),
    ),
    Case(
        "brackets around an editor's words",
        "“[The league] has never asked for a berth,” says a source close to Ines Okafor.",
        (("[The league]", None, P),),
    ),
    Case(
        "ellipsis within and at the end",
        "“The berths are full … and so are the sheds …” Ines Okafor said.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "a quotation in a quotation is the outer speaker's",
        "“He told me, ‘The berths are full tonight,’ and shut the door,” Ines Okafor recalled.",
        (("He told me", "Ines Okafor", P),),
    ),
    Case(
        "the voice inside a quotation does not take the next one",
        "“Peter Ndlovu told me the lamps were out,” Ines Okafor said. “I did not believe him.”",
        (("Peter Ndlovu told", "Ines Okafor", P), ("I did not", "Ines Okafor", P)),
    ),
    Case(
        "she is not the man who was named last",
        "Ines Okafor opened the hall. Peter Ndlovu lit the lamps.\n\n"
        "“The berths are full tonight,” she said.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "she over a paragraph that goes on about her",
        "“The berths are full tonight,” said Ines Okafor.\n\nShe grew up on the coast and "
        "sailed for ten years.\n\nShe now leads the league.\n\n“Nobody asks us today,” she said.",
        (("The berths", "Ines Okafor", P), ("Nobody asks", "Ines Okafor", P)),
    ),
    Case(
        "it after a report",
        "The Harbour League published a report on Monday.\n\n“The berths are unsafe now,” it says.",
        (("The berths", None, D),),
    ),
    Case(
        "words of a crowd",
        "“Open the gates for all of us,” the crowd chanted as Ines Okafor arrived.",
        (("Open the gates", None, P),),
    ),
    Case(
        "an anonymous official of a country",
        "“The straits will stay open to all,” a senior Turkish official said anonymously.",
        (("The straits", None, P),),
    ),
    Case(
        "a ministry that has a country's name",
        "“The straits will stay open to all,” Turkey’s Foreign Ministry said in a statement.",
        (("The straits", "Turkey’s Foreign Ministry", B),),
    ),
    Case(
        "an employee of a firm with an ampersand",
        "“We are all shocked by the news,” one K&L Harbour employee told the radio.",
        (("We are all", None, P),),
    ),
    Case(
        "a man with a comma between adjectives",
        "“From day one we kept the lamps lit,” the bearded, 71-year-old pilot said.",
        (("From day one", None, P),),
    ),
    Case(
        "a participle between the noun and the verb",
        "“The straits will stay open to all,” said an official briefed on the talks.",
        (("The straits", None, P),),
    ),
    Case(
        "an editorial of a day",
        "“The berths were never for yachts,” reads a Wednesday editorial in the Harbour Times.",
        (("The berths", None, D),),
    ),
    Case(
        "somebody goes on",
        "Ines Okafor spoke for an hour. “The berths are full and nobody counts them,” she went on.",
        (("The berths", "Ines Okafor", P),),
    ),
    Case(
        "as for somebody, he",
        "Mara Lindqvist opened the hall for Ines Okafor.\n\nAs for Peter Ndlovu, he is content: "
        "“There is no perfect berth in this world.”",
        (("There is no", "Peter Ndlovu", P),),
    ),
    Case(
        "a member with a party in brackets and a full stop",
        "On the other side, Sen. Ines Okafor (G-Spl.), a candidate for harbour master, sent a "
        "warning. “Remember the crews when you vote in May.”",
        (("Remember the", "Ines Okafor", P),),
    ),
    Case(
        "an Icelandic patronymic without a surname",
        "Katrín Jónsdóttir came to the quay.\n\n“The berths are full tonight,” Katrín said.",
        (("The berths", "Katrín Jónsdóttir", P),),
    ),
    Case(
        "a Burmese name stays whole behind its honorific",
        "“The lamps are out for a month now,” U Win Htay said. “Nobody cares,” U Win Htay added.",
        (("The lamps", "Win Htay", P), ("Nobody cares", "Win Htay", P)),
    ),
    Case(
        "an Arabic name with al- alone later",
        "Yousef al-Masri came to the quay.\n\n“The berths are full tonight,” al-Masri said.",
        (("The berths", "Yousef al-Masri", P),),
    ),
    Case(
        "the first of two Spanish surnames later",
        "Lucía Robles Cantero came to the quay.\n\n“The berths are full tonight,” Robles said.",
        (("The berths", "Lucía Robles Cantero", P),),
    ),
    Case(
        "a man who shares his surname with a place",
        "Tomas London came to the quay.\n\n“The berths are full tonight,” London said.",
        (("The berths", "Tomas London", P),),
    ),
    Case(
        "a verb that is a noun",
        "The reports of Ines Okafor said nothing of “the night when the lamps went out for good”.",
        (("the night", None, None),),
    ),
    Case(
        "negation: nobody said it",
        "Ines Okafor never said: “The berths are full tonight.”",
        (("The berths", None, None),),
    ),
    Case(
        "a saying is nobody's",
        "There is an old saying: “The sea takes what the land forgets.”",
        (("The sea", None, None),),
    ),
    Case(
        "a French guillemet with an inserted verb",
        "« Les quais sont pleins, a précisé Inès Morel, et personne ne compte les navires. »",
        (("Les quais", "Inès Morel", P),),
        "fr",
    ),
    Case(
        "a French acronym in brackets",
        "« Les quais sont pleins ce soir », a déclaré la Ligue des marins libres (LML).",
        (("Les quais", "Ligue des marins libres", B),),
        "fr",
    ),
    Case(
        "a French minister later",
        "La ministre des Ports, Inès Morel, est arrivée lundi avec Paul Ferrand.\n\n"
        "« Les quais sont pleins ce soir », a ajouté la ministre.",
        (("Les quais", "Inès Morel", P),),
        "fr",
    ),
    Case(
        "a Spanish minister later",
        "La ministra de Puertos, Inés Moral, llegó el lunes con Pablo Ferrán.\n\n"
        "«Los muelles están llenos esta noche», añadió la ministra.",
        (("Los muelles", "Inés Moral", P),),
        "es",
    ),
    Case(
        "a Spanish inserted verb between two halves",
        "«Los muelles están llenos», señaló Inés Moral, «y nadie cuenta los barcos».",
        (("Los muelles", "Inés Moral", P), ("y nadie", "Inés Moral", P)),
        "es",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_who_is_quoted(case: Case) -> None:
    found = find_quotations(case.body, language=case.language)
    answers = [(q.text, q.speaker, q.kind) for q in found]
    assert len(answers) == len(case.truth), answers
    for (text, *who), (starts, *expected) in zip(answers, case.truth, strict=True):
        assert text.startswith(starts)
        assert who == expected or (who[1] == expected[1] == D and expected[0] is None)


WORDS = "“The berths are full tonight and tomorrow,”"


@pytest.mark.parametrize(
    ("body", "role", "organisation"),
    [
        (f"{WORDS} said Ines Okafor, president of ALERT Rail Forward.", "president",
         "ALERT Rail Forward"),
        (f"{WORDS} said Ines Okafor, founder of Umbra Aperta.", "founder", "Umbra Aperta"),
        (f"{WORDS} said Ines Okafor, founder of South Sudan.", "founder of South Sudan", None),
        (f"{WORDS} said Ines Okafor, whom the league appointed head of the mission.", None, None),
        (f"{WORDS} said another veteran pilot, Ines Okafor.", "veteran pilot", None),
        (f"The Harbour Times’ Ines Okafor writes: {WORDS}", None, "Harbour Times"),
        (f"{WORDS} Ines Okafor, 57, told a sailor.", None, None),
        (f"{WORDS} Ines Okafor, after a visit to the port, said.", None, None),
        (f"As the great Ines Okafor would say, {WORDS}", None, None),
        (f"{WORDS} said Ines Okafor, member of the Senate Health, Rescue and Ports Committee.",
         "member", "Senate Health, Rescue and Ports Committee"),
        (f"PORT CLOSES AFTER STORM\n  Harbour Minister Ines Okafor said: {WORDS}",
         "Harbour Minister", None),
        (f"The port is closed.Harbour Minister Ines Okafor said: {WORDS}", "Harbour Minister",
         None),
        (f"{WORDS} said Secretary-Treasurer Ines Okafor.", "Secretary-Treasurer", None),
    ],
)  # fmt: skip
def test_what_is_a_role_and_what_is_none(
    body: str, role: str | None, organisation: str | None
) -> None:
    (quotation,) = find_quotations(body)
    assert quotation.speaker == "Ines Okafor"
    assert (quotation.role, quotation.organisation) == (role, organisation)


@pytest.mark.parametrize(
    "body",
    [
        f"Ines Okafor opened the hall. The hearing was titled: {WORDS}",
        f"Ines Okafor spoke in the debate on the theme, {WORDS}",
        f"« Les quais » : Inès Morel ouvre un débat intitulé : {WORDS}",
    ],
)
def test_a_title_is_said_by_nobody(body: str) -> None:
    language = "fr" if "Morel" in body else None
    assert {q.kind for q in find_quotations(body, language=language)} <= {None}


def test_a_frame_that_leads_to_the_next_quotation_is_none_of_the_one_before() -> None:
    body = (
        "“The berths are full tonight,” said Senator Okafor. “They will be full tomorrow.” Added "
        "Senator Ndlovu: “The sheds are full of nets and rope.”"
    )
    speakers = [quotation.speaker for quotation in find_quotations(body)]
    assert speakers == ["Okafor", "Okafor", "Ndlovu"]


@pytest.mark.parametrize(
    ("office", "said", "speaker"),
    [
        ("Deputy Minister", "minister", None),
        ("Vice President", "president", None),
        ("Deputy Minister", "deputy minister", "Mara Lindqvist"),
        ("Minister", "minister", "Mara Lindqvist"),
    ],
)
def test_the_minister_is_not_the_deputy_minister(
    office: str, said: str, speaker: str | None
) -> None:
    text = f"{office} Mara Lindqvist spoke. “The harbour is shut for the winter,” the {said} said."
    (quotation,) = find_quotations(text)
    assert quotation.speaker == speaker
