"""Who is quoted in press releases and in the teasers of listing pages, in words of our own."""

import pytest

from archive.document import Quotation
from archive.quotations import find_quotations

WORDS = "The harbour must stay open for every ship that is in need"


def only(body: str, **known: str | None) -> Quotation:
    found = find_quotations(body, **known)
    assert len(found) == 1, [(q.speaker, q.text) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("U. S. Senators Mara Lindqvist and Ines Okafor", "Senator"),
        ("Senators Mara Lindqvist and Ines Okafor", "Senator"),
        ("Sens. Mara Lindqvist and Ines Okafor", "Senator"),
    ],
)
def test_a_title_in_the_plural_is_no_part_of_a_name(name: str, office: str) -> None:
    quotation = only(f"{name} met.\n\n“{WORDS},” said Senator Lindqvist.")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", office)


def test_a_name_ends_with_its_possessive() -> None:
    body = (
        "Yesterday Mara Lindqvist’s Harbour Director Ines Okafor left.\n\n"
        f"“{WORDS},” said Lindqvist."
    )
    assert only(body).speaker == "Mara Lindqvist"


def test_a_country_and_what_belongs_to_it_are_nobody() -> None:
    body = (
        "The leader of Belarus’ sailors, Mara Lindqvist, called for Belarus’ European future. "
        f"“{WORDS},” she said."
    )
    assert only(body).speaker == "Mara Lindqvist"


@pytest.mark.parametrize("pair", ["Belarus European", "Norwegian Arctic", "France Germany"])
def test_words_for_places_alone_are_nobody(pair: str) -> None:
    assert only(f"{pair} ties were the theme. “{WORDS},” she said.").speaker is None


@pytest.mark.parametrize("name", ["Jordan Lindqvist", "Mara Holland", "India Lindqvist"])
def test_a_place_may_be_a_part_of_a_name(name: str) -> None:
    assert only(f"{name} left the hall. “{WORDS},” she said.").speaker == name


@pytest.mark.parametrize(
    "office",
    ["Park Harbour City Administrator", "HARB Regional Coordinator", "Harbour Nurse"],
)
def test_an_office_of_several_words_before_a_name(office: str) -> None:
    quotation = only(f"“{WORDS},” said {office} Mara Lindqvist.")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", office)


@pytest.mark.parametrize(
    "heading", ["Statement Re", "Statement Regarding Fees", "Thursday", "Remarks"]
)
def test_what_a_heading_says_behind_a_name_is_no_part_of_it(heading: str) -> None:
    body = f"Anna Lindqvist {heading}\n\n“{WORDS},” said Lindqvist."
    assert only(body).speaker == "Anna Lindqvist"


@pytest.mark.parametrize("thing", ["World Harbour Day", "Fair Ports Report", "Special Operations"])
def test_a_day_and_a_document_are_nobody(thing: str) -> None:
    assert only(f"{thing} came.\n\n“{WORDS},” she said.").speaker is None


def test_a_verb_that_is_a_word_of_a_name_says_nothing() -> None:
    body = f"She wrote this because the United States “cannot simply keep {WORDS.lower()}”."
    assert only(body).speaker is None


@pytest.mark.parametrize(
    "lead",
    [
        "Senator Mara Lindqvist issued the following statement:",
        (
            "Sen. Mara Lindqvist (G-Harbour) today issued the following statement in response "
            "to the arrest of Ines Okafor by the Port Guard:"
        ),
        (
            "Mara Lindqvist, a member of the Harbour Committee, made the following statement "
            "Thursday regarding claims by General Kofi Roe that the ban was against the charter:"
        ),
        "After the vote, Mara Lindqvist on Monday evening released this statement:",
        "Mara Lindqvist made the following statement on the fees of the port Tuesday.",
        "Mara Lindqvist delivered the following opening remarks at the hearing:",
        "Mara Lindqvist had the following comments on what Ines Okafor said:",
        "The following statement was issued by Mara Lindqvist:",
        "Statement of Mara Lindqvist on the new report of the port, which Ines Okafor wrote:",
        "Statement by Senator Mara Lindqvist on the New Report",
        "Remarks of Mara Lindqvist at the hearing:",
    ],
)
@pytest.mark.parametrize("apart", ["\n\n", " "])
def test_a_statement_is_announced(lead: str, apart: str) -> None:
    if apart == " " and lead[-1] not in ".:":
        lead += ":"
    quotation = only(f"{lead}{apart}“{WORDS}.”")
    assert (quotation.speaker, quotation.kind) == ("Mara Lindqvist", "person")


def test_the_organisation_that_issues_a_statement_speaks() -> None:
    quotation = only(f"The Harbour League released the following statement:\n\n“{WORDS}.”")
    assert (quotation.speaker, quotation.kind) == ("Harbour League", "organisation")


@pytest.mark.parametrize(
    "lead",
    [
        "Mara Lindqvist read the statement of Ines Okafor.",
        "Mara Lindqvist issued a statement on what follows.",
        "Statement of the Week",
    ],
)
def test_other_statements_announce_nothing(lead: str) -> None:
    assert only(f"{lead}\n\n“{WORDS}.”").speaker is None


def test_a_sentence_of_a_name_and_a_verb_belongs_to_the_words_before_it() -> None:
    body = (
        f"Mara Lindqvist and Ines Okafor met.\n\n“{WORDS},” said Ines Okafor.\n\n"
        f"“{WORDS}.” Lindqvist said. “{WORDS} at night.”"
    )
    said = [quotation.speaker for quotation in find_quotations(body)]
    assert said == ["Ines Okafor", "Mara Lindqvist", "Mara Lindqvist"]


def test_a_sentence_with_more_than_a_name_and_a_verb_leads_on() -> None:
    body = f"“{WORDS}.” Mara Lindqvist said on Monday that the port was shut."
    assert only(body).speaker is None


@pytest.mark.parametrize(
    ("lead", "role", "organisation"),
    [
        ("Senator Mara Lindqvist, M.D. (G-HR) today said", "Senator", None),
        (
            "Mara Lindqvist (G-HR), Vice Chairman of the Harbour Conference, today said",
            "Vice Chairman",
            "Harbour Conference",
        ),
        (
            "Lindqvist, Chair of the Committee on Ports, Fisheries, and Salt, said",
            "Chair",
            "Committee on Ports, Fisheries, and Salt",
        ),
        (
            (
                "Lindqvist, the Chair of the Port Committee’s Subcommittee on Trade and Salt and a "
                "member of the Harbour Ports, Fisheries and Salt Committee, said"
            ),
            "Chair",
            "Port Committee’s Subcommittee on Trade and Salt",
        ),
        (
            "Mara Lindqvist, the ranking member on the Ports, Fisheries, and Salt Committee, said",
            "ranking member",
            "Ports, Fisheries, and Salt Committee",
        ),
        ("Mara Lindqvist, Chair of the Port Committee (PC), said", "Chair", "Port Committee"),
        ("Mara Lindqvist, a member of the mighty Port Committee, said", "member", "Port Committee"),
        ("Mara Lindqvist, G-Harbour, Chair of Example Watch, said", "Chair", "Example Watch"),
    ],
)
def test_offices_in_committees_with_long_names(
    lead: str, role: str, organisation: str | None
) -> None:
    quotation = only(f"Mara Lindqvist arrived.\n\n{lead}: “{WORDS}.”")
    said = (quotation.speaker, quotation.role, quotation.organisation)
    assert said == ("Mara Lindqvist", role, organisation)


@pytest.mark.parametrize(
    "beside", ["(28 March)", ", both Greens from Split,", ", joined by six colleagues,"]
)
def test_not_all_words_beside_a_name_are_a_role(beside: str) -> None:
    body = f"Ines Okafor and Mara Lindqvist{beside} came.\n\n“{WORDS},” said Lindqvist."
    assert (only(body).speaker, only(body).role) == ("Mara Lindqvist", None)


@pytest.mark.parametrize("verb", ["said", "said today", "told reporters", "added"])
@pytest.mark.parametrize(
    "begins", ["", "Reacting to the ruling, ", "Responding to the news that the port is shut, "]
)
@pytest.mark.parametrize(
    ("office", "role", "organisation"),
    [
        (
            "Example Watch’s Deputy Campaigns Director for Europe",
            "Deputy Campaigns Director for Europe",
            "Example Watch",
        ),
        (
            "Executive Director of Example Watch Norway",
            "Executive Director",
            "Example Watch Norway",
        ),
        ("Director for Africa at Example Watch", "Director for Africa", "Example Watch"),
        ("Example Watch’s Norway Researcher", "Norway Researcher", "Example Watch"),
        ("Example Watch Norway Researcher", "Norway Researcher", "Example Watch"),
    ],
)
def test_an_office_that_no_comma_ends(
    office: str, role: str, organisation: str, begins: str, verb: str
) -> None:
    quotation = only(f"{begins}Mara Lindqvist, {office} {verb}: “{WORDS}.”")
    said = (quotation.speaker, quotation.role, quotation.organisation)
    assert said == ("Mara Lindqvist", role, organisation)


@pytest.mark.parametrize(
    ("office", "role", "organisation"),
    [
        (
            "Example Watch’s Regional Director for MENA",
            "Regional Director for MENA",
            "Example Watch",
        ),
        ("Example Watch’s Director for Europe", "Director for Europe", "Example Watch"),
        ("Example Watch’s Norway Director", "Norway Director", "Example Watch"),
        ("Example Watch’s Director for West Africa", "Director for West Africa", "Example Watch"),
        (
            "Co-rapporteur for Harbour Affairs committee",
            "Co-rapporteur",
            "Harbour Affairs committee",
        ),
        ("Rapporteur for the Port Committee", "Rapporteur", "Port Committee"),
    ],
)
@pytest.mark.parametrize("party", ["", " (GRN, HR)"])
def test_an_office_with_its_complement_before_a_name(
    office: str, role: str, organisation: str, party: str
) -> None:
    for body in (
        f"{office} Mara Lindqvist{party} said: “{WORDS}.”",
        f"“{WORDS},” {office} Mara Lindqvist{party} said after the vote.",
        f"“{WORDS},” said {office} Mara Lindqvist{party}.",
    ):
        quotation = only(body)
        said = (quotation.speaker, quotation.role, quotation.organisation)
        assert said == ("Mara Lindqvist", role, organisation), body


@pytest.mark.parametrize(
    "whose",
    [
        "A spokesman for Mara Lindqvist",
        "A lawyer for Mara Jane Lindqvist",
        "The campaign director for Senator Mara Lindqvist",
        "The director of Mara Lindqvist’s office",
    ],
)
def test_whom_an_office_is_for_does_not_speak(whose: str) -> None:
    for body in (
        f"{whose} said: “{WORDS}.”",
        f"“{WORDS},” said {whose.lower().split()[0]} {whose.split(' ', 1)[1]}.",
    ):
        assert only(body).speaker is None, body


def test_an_office_behind_the_brackets_of_a_name() -> None:
    quotation = only(f"Mara Lindqvist (G&S Norway) rapporteur, said: “{WORDS}.”")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", "rapporteur")


@pytest.mark.parametrize(
    "body",
    [
        "According to Mara Lindqvist, Example Watch’s director Ines Okafor said: “{}.”",
        "After a letter by Mara Lindqvist, Example Watch’s director said: “{}.”",
        "Together with Mara Lindqvist, Example Watch’s Director for Europe said: “{}.”",
        "He met Mara Lindqvist, and Example Watch’s Director for Europe said: “{}.”",
    ],
)
def test_somebody_else_beside_the_office(body: str) -> None:
    assert only(body.format(WORDS)).speaker != "Mara Lindqvist"


def test_a_region_behind_a_name_is_no_part_of_it() -> None:
    quotation = only(f"“{WORDS},” Mara Lindqvist Europe, Director for Example Watch, said.")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", "Director for Example Watch")


@pytest.mark.parametrize("name", ["Example Watch Europe", "West African Harbour League"])
def test_a_region_is_a_part_of_an_organisation(name: str) -> None:
    quotation = only(f"{name} said: “{WORDS}.”")
    assert (quotation.speaker, quotation.kind) == (name, "organisation")


@pytest.mark.parametrize(
    "body",
    [
        (
            "Following are her remarks to the debate on “Upholding the Purposes and Principles of "
            "the Charter through good Ports: Maintenance of Peace at Sea”, in Split today."
        ),
        (
            "The meeting titled “The journey towards safe harbours: new momentum for all” "
            "was held in Split."
        ),
        "She wrote a study entitled, “Harbour Safety: Proposed changes to the league present.”",
        "The league released its report, “Harbour Fees and Crews Left Behind Under Present Rules.”",
        "It refers to the resolution “Moratorium on the use of all harbour fees in winter” of May.",
        "The report “We are not cargo to be stored or sold” documents what the crews went through.",
        "The report, “We are not cargo to be stored or sold”, documents what they went through.",
        "A new campaign, “Open the harbours to every ship in need”, begins today in Split.",
        "The report, “We are not cargo to be stored",
    ],
)
def test_the_name_of_a_work_is_no_quotation(body: str) -> None:
    assert find_quotations(body) == ()


@pytest.mark.parametrize(
    "body",
    [
        "According to the report, “{}.”",
        "The report says “{}”.",
        "The report said: “{}.”",
        "In its report the league warns that “{}”.",
        "Mara Lindqvist said of the report, “{}.”",
        "Mara Lindqvist spoke on the report. “{}.”",
        "Mara Lindqvist spoke to the Port Committee of Norway: “{}.”",
    ],
)
def test_what_a_work_says_is_one(body: str) -> None:
    assert only(body.format(WORDS)).kind in ("document", "organisation", "person", None)


@pytest.mark.parametrize("shut", ["’’", "''", "”", '"'])
def test_two_apostrophes_close_curly_marks(shut: str) -> None:
    body = f"He was charged with “false news{shut} on 23 April. The charge rests on an article."
    assert find_quotations(body) == ()
    quotation = only(f"Mara Lindqvist said: “{WORDS}.{shut} Then she left, it’s said.")
    assert quotation.text == f"{WORDS}."
    assert quotation.closed


def test_a_nested_mark_and_an_apostrophe_close_nothing() -> None:
    quotation = only(f"Mara Lindqvist said: “‘No fees’ is what {WORDS}, the crews’ league says.”")
    assert quotation.text.endswith("league says.")


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("Here’s something", None),
        ("This is what", None),
        ("On the disaster fund Senator", "Senator"),
        ("On the ports, former Sen.", "former Sen."),
        ("Gov.", "Gov."),
    ],
)
def test_words_before_a_name_are_a_role_only_where_they_say_one(
    before: str, role: str | None
) -> None:
    quotation = only(f"{before} Mara Lindqvist said: “{WORDS}.”")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", role)


@pytest.mark.parametrize("dear", ["Dear Dr. Lindqvist:", "Dear Mara Lindqvist,", "Dear Sirs:"])
def test_whom_a_letter_greets_does_not_speak(dear: str) -> None:
    assert only(f"Mara Lindqvist read it.\n\n{dear}\n\n“{WORDS}.”").speaker is None


@pytest.mark.parametrize(
    "behind", ["Okafor, and", "Okafor, and the crews", "Okafor and", "Okafor,", "and"]
)
def test_a_list_of_names_that_breaks_off(behind: str) -> None:
    assert only(f"“{WORDS},” said Lindqvist, {behind}").text.startswith(WORDS)


def test_who_says_it_together_have_no_role_of_each_other() -> None:
    quotation = only(f"“{WORDS},” said Lindqvist, Okafor, Roe, and Hagel.")
    assert quotation.role is None


@pytest.mark.parametrize(
    "office",
    [
        "Middle East and North Africa Director",
        "West and Central Africa Director",
        "Trade and Salt Director",
        "Deputy Director, Middle East and North Africa",
    ],
)
def test_an_office_for_two_regions_is_no_second_person(office: str) -> None:
    quotation = only(f"“{WORDS},” said Mara Lindqvist, {office} at Example Watch.")
    said = (quotation.speaker, quotation.role, quotation.organisation)
    assert said == ("Mara Lindqvist", office, "Example Watch")


def test_an_office_with_an_article_that_no_comma_ends_begins_the_sentence() -> None:
    quotation = only(f"Dr. Mara Lindqvist, a professor at Harbour College said, “{WORDS}.”")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", "professor")
    assert quotation.organisation == "Harbour College"


@pytest.mark.parametrize("when", ["at a hearing in early May", "during a long debate"])
def test_an_organisation_ends_before_what_happened(when: str) -> None:
    quotation = only(f"“{WORDS},” testified Mara Lindqvist of the Harbour Warrior Project {when}.")
    assert (quotation.speaker, quotation.organisation) == (
        "Mara Lindqvist",
        "Harbour Warrior Project",
    )


@pytest.mark.parametrize(
    ("lead", "role"),
    [
        ("Example Watch’s Norway Director, Mara Lindqvist said", "Norway Director"),
        (
            "After the ruling, Example Watch’s Director for Europe, Mara Lindqvist said",
            "Director for Europe",
        ),
        ("After meeting Example Watch’s Director, Mara Lindqvist said", None),
    ],
)
def test_an_office_before_a_name_that_no_comma_ends(lead: str, role: str | None) -> None:
    quotation = only(f"{lead}: “{WORDS}.”")
    assert (quotation.speaker, quotation.role) == ("Mara Lindqvist", role)


def test_an_office_in_a_committee_with_commas_before_a_name() -> None:
    office = "co-rapporteur for Ports, Fish and Salt committee"
    quotation = only(f"“{WORDS},” {office} Mara Lindqvist (GRN, HR) said.")
    said = (quotation.speaker, quotation.role, quotation.organisation)
    assert said == ("Mara Lindqvist", "co-rapporteur", "Ports, Fish and Salt committee")


def test_the_publisher_is_whom_a_director_is_for() -> None:
    body = f"“{WORDS},” Mara Lindqvist, Director for Example Watch, said."
    quotation = only(body, organisation="Example Watch")
    assert (quotation.role, quotation.organisation) == ("Director", "Example Watch")


@pytest.mark.parametrize(
    "body",
    [
        "A vote was held on a second resolution on “Moratorium on the use of harbour fees at sea”.",
        "On 2 May, the Decree 11/2010, “Establishment of a unified procedure for crews”, came in.",
    ],
)
def test_what_a_resolution_or_a_decree_is_called_is_no_quotation(body: str) -> None:
    assert find_quotations(body) == ()


def test_where_somebody_is_from_is_no_part_of_the_name() -> None:
    lead = "Senate Majority Leader Sen. Mara Lindqvist of Nevada today issued this statement"
    assert only(f"{lead}: “{WORDS}.”").speaker == "Mara Lindqvist"


@pytest.mark.parametrize("behind", ["Jr.", "III", "Europe"])
def test_what_stands_behind_a_name_makes_no_role(behind: str) -> None:
    assert only(f"“{WORDS},” said Mara Lindqvist {behind}").role is None


def test_a_part_of_the_world_behind_a_name_is_no_part_of_it() -> None:
    assert only(f"“{WORDS},” said Mara Lindqvist Europe").speaker == "Mara Lindqvist"


def test_sentences_joined_by_many_spaces_begin_with_their_subject() -> None:
    body = f"Ines Okafor opened the port.     Mara Lindqvist welcomed it.     “{WORDS},” she said."
    assert only(body).speaker == "Mara Lindqvist"
