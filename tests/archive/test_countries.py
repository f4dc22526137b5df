"""Countries: what they are called, where a text names them, and which it is about."""

import pytest

from archive.countries import find_countries
from archive.country_codes import (
    all_countries,
    countries,
    country_code,
    country_name,
    country_names,
)
from archive.document import Country


def codes(body: str, language: str | None = None) -> set[str]:
    return {country.code for country in find_countries("", body, language=language)}


def relations(found: tuple[Country, ...]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for country in found:
        table.setdefault(country.relation, []).append(country.code)
    return table


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("Russia", "RU"), ("russian federation", "RU"), ("ru", "RU"), ("RU", "RU"),
        ("Burma", "MM"), ("Myanmar", "MM"), ("Ivory Coast", "CI"), ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"), ("Palestine (State of)", "PS"), ("Kosovo", "XK"), ("DRC", "CD"),
        ("Democratic Republic of Congo", "CD"), ("Republic of Congo", "CG"), ("Niger", "NE"),
        ("Nigeria", "NG"), ("North Korea", "KP"), ("South Korea", "KR"), ("UK", "GB"),
        ("USA", "US"), ("the Netherlands", "NL"), ("Bosnia & Herzegovina", "BA"),
        ("  Türkiye ", "TR"), ("Turkey", "TR"), ("Swaziland", "SZ"), ("Macedonia", "MK"),
        ("Russie", "RU"), ("Reino Unido", "GB"), ("Narnia", None), ("", None), ("ZZ", None),
    ],
)  # fmt: skip
def test_code_of_a_name(given: str, code: str | None) -> None:
    assert country_code(given) == code


def test_every_country_answers_to_its_own_name_and_code() -> None:
    for code, name in all_countries():
        assert country_code(name) == country_code(code) == code
        assert country_name(code) == name


def test_countries_come_by_name_each_once() -> None:
    names = [name for _, name in all_countries()]
    assert len(names) == len(set(names)) > 245
    assert names.index("Åland Islands") < names.index("Albania") < names.index("Zimbabwe")


def test_name_of_an_unknown_code_is_the_code() -> None:
    assert country_name("ZZ") == "ZZ"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Chechen officials denied it.", {"RU"}),
        ("Gay men were abducted in Chechnya.", {"RU"}),
        ("A journalist was held in Crimea.", {"UA"}),
        ("The Turkish court freed them.", {"TR"}),
        ("He keeps a turkey.", set()),
        ("Soldiers in Burma and the Burmese army.", {"MM"}),
        ("Police of the Ivory Coast; Ivorian lawyers.", {"CI"}),
        ("Farmers in the West Bank and in Gaza.", {"PS"}),
        ("A court in Pristina; Kosovar judges.", {"XK"}),
        ("Nigeriens protested in Niamey.", {"NE"}),
        ("Nigerians protested in Abuja.", {"NG"}),
        ("The Republic of the Congo freed him.", {"CG"}),
        ("The Democratic Republic of the Congo freed him.", {"CD"}),
        ("In Congo, the court in Kinshasa ruled.", {"CD"}),
        ("In Congo, the court in Brazzaville ruled.", {"CG"}),
        ("North Korean and South Korean officials met.", {"KP", "KR"}),
        ("Talks on the Korean Peninsula.", set()),
        ("The DPRK and the Republic of Korea.", {"KP", "KR"}),
        ("Guinea, Guinea-Bissau and Equatorial Guinea.", {"GN", "GW", "GQ"}),
        ("Papua New Guinea closed the camp.", {"PG"}),
        ("South Sudan and Sudan closed the border.", {"SS", "SD"}),
        ("A Dominican farmer in Santo Domingo.", {"DO"}),
        ("A Dominican farmer in Roseau.", {"DM"}),
        ("The U.S. Army and US lawyers; join us.", {"US"}),
        ("A fund of US$ 20 million, US$5 or US $3 for each boat.", set()),
        ("The US paid US$5 for each boat.", {"US"}),
        ("A fund of A$ 3, HK$ 5 and CA$ 4.", set()),
        ("Latin American governments and the Indian Ocean.", set()),
        ("The island of New Caledonia; New Jersey.", {"NC", "US"}),
        ("Sami activists in Northern Ireland and Ireland.", {"GB", "IE"}),
        ("THE TURKISH COURT", {"TR"}),
        ("Belarus’s police and Belarus's courts.", {"BY"}),
        ("Uzbekistan-based lawyers.", {"UZ"}),
        ("A Polish lawyer polished the text.", {"PL"}),
        ("East Timor and Timor-Leste.", {"TL"}),
        ("The Czechs, the Swiss, the Dutch and the Irish.", {"CZ", "CH", "NL", "IE"}),
    ],
)
def test_countries_that_a_text_names(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Georgia’s parliament in Tbilisi passed the bill.", {"GE"}),
        ("He waits on death row in Georgia, near Atlanta.", {"US"}),
        ("A bus from Jordan to Syria.", {"JO", "SY"}),
        ("Customers of Georgia Power; doctors in Central Jersey.", {"US"}),
        ("Mr Jordan denied it. Jordan said he was at home.", set()),
        ("Barbara Jordan spoke. Refugees fled to Jordan.", {"JO"}),
        ("Jordan Roe, a lawyer, came.", set()),
        ("Jordanian police freed Chad Roe, a reporter.", {"JO"}),
        ("Chad's president visited Jordan.", {"TD", "JO"}),
        ("A report by Ilka Montserrat (Green, HR) on ships.", set()),
        ("“Stop,” said Victoria Jordan, Director of Example Watch.", set()),
        ("“Stop,” lawyer Vesna Jordan told the court. Jordan said no.", set()),
        ("Rapporteur Vesna Lebanon, a lawyer, wrote it.", set()),
        ("Yesterday Jordan said no, and so did Cuba, a neighbour.", {"JO", "CU"}),
        ("Ministers of South Sudan, New Zealand (NZ) and San Marino said no.", {"SS", "NZ", "SM"}),
        ("On Monday Kenya said no; courts in eastern and Western Ukraine, a ruin.", {"KE", "UA"}),
        ("The branch of Example Watch Kenya, a charity, agreed.", {"KE"}),
    ],
)
def test_states_people_and_countries_of_one_name(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Paris accord and the Lisbon currency pact hold.", set()),
        ("Courts in Paris agreed on the Oslo rules.", {"FR"}),
        (
            "Albania asked the Venice Commission; Ukraine recalled the Budapest Memorandum.",
            {"AL", "UA"},
        ),
        ("Leeds Example Holdings and the Bank of Tokyo sued.", set()),
        ("Bristol-Roe said so; trains of the Moscow-Minsk line wait.", {"RU"}),
        ("A mill in Florence, S.C., and a court in Hanover, Pa.", {"US"}),
        ("Example Carbide <UK> sold it.", set()),
        ("Ministers from New\nZealand; a mine in British\nColumbia.", {"NZ", "CA"}),
        ("A share of Example <EXMP.PA>, of Sample (ASX: SMP), of Specimen <SPCM>.", {"FR", "AU"}),
        ("He was fined 3,000 baht, she 2 million yuan.", {"TH", "CN"}),
        ("The baht fell.", set()),
    ],
)
def test_what_else_names_of_places_tell(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("", "A mill in Peru, Indiana, and a baker of Cuba, N.Y., closed.", {"US"}),
        ("A baker leaves Peru", "PERU, Ind. – A baker left.\n\nPeru, Ind., is small.", {"US"}),
        ("", "The mill is in Mexico, Missouri. The mayor of Mexico says so.", {"US"}),
        ("", "A mill in Lebanon, Ohio, sells flour to Lebanese bakers in Lebanon.", {"US", "LB"}),
        ("", "A court in Moscow, Idaho, ruled. In Moscow it snows.", {"US"}),
        ("", "In Mexico, Texas and Utah a river is low.", {"MX", "US"}),
        ("", "In Mexico, Texas officials said no.", {"MX", "US"}),
        ("", "Mexico, Texas, and Utah agreed; so did Canada, Mexico, Texas.", {"MX", "US", "CA"}),
    ],
)
def test_a_state_of_the_usa_makes_a_town_of_a_country(
    title: str, body: str, expected: set[str]
) -> None:
    assert {country.code for country in find_countries(title, body)} == expected


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (
            "Guinea Pigs in Panama Hats",
            "A guinea pig ate Brussels sprouts and French fries.",
            set(),
        ),
        ("", "A Danish pastry, two Danish pastries, a Brazil nut and Swiss cheese.", set()),
        ("", "A Panama hatter, a Brazilian nut and the French press.", {"PA", "BR", "FR"}),
    ],
)
def test_what_is_called_after_a_country_is_not_about_it(
    title: str, body: str, expected: set[str]
) -> None:
    assert {country.code for country in find_countries(title, body)} == expected


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Anatole France is read again", "The school in the rue Anatole France reads him.", set()),
        ("Pope Francis Cuba visit ends", "Pope Francis left.", {"CU"}),
        (
            "",
            "Anatole France loved France, and in April Kenya honoured Julia Kingston.",
            {"FR", "KE"},
        ),
        ("", "A flat in Santiago Chile and one in Florence Italy.", {"CL", "IT"}),
    ],
)
def test_a_known_first_name_makes_a_surname_of_a_country(
    title: str, body: str, expected: set[str]
) -> None:
    assert {country.code for country in find_countries(title, body)} == expected


def test_money_and_cities_count_less_than_names() -> None:
    found = find_countries(
        "A dam on the Example river",
        "Kenya will build it for 80 million Swiss francs, its ministry said. A bank from London "
        "pays, and Kenya gives the land. " + "The river is deep. " * 40,
    )
    assert relations(found) == {"primary": ["KE"], "mentioned": ["GB", "CH"]}


def test_the_foremost_of_few_countries_is_primary_with_its_equals() -> None:
    text = "The sea is deep. " * 60 + "Fishers from Kenya and Tanzania agreed. " + "It rains. " * 40
    assert relations(find_countries("On the sea", text)) == {"mentioned": ["KE", "TZ"]}
    text = "The sea is deep. " * 3 + "Fishers from Kenya and Tanzania agreed. " + "It rains. " * 40
    assert relations(find_countries("On the sea", text)) == {"primary": ["KE", "TZ"]}


def test_the_text_below_tells_which_georgia_its_title_means() -> None:
    (found,) = find_countries("Georgia: a mill closes", "The mill near Atlanta closed.")
    assert found.code == "US"


@pytest.mark.parametrize(("length", "relation"), [(2, "primary"), (300, "mentioned")])
def test_the_only_country_of_a_short_text_is_primary(length: int, relation: str) -> None:
    text = "The sea is deep. " * length + "So said a fisher in Kenya."
    assert relations(find_countries("On the sea", text)) == {relation: ["KE"]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Une avocate d’Haïti, une autre de l’Érythrée.", {"HT", "ER"}),
        ("L’Algérie et la Tunisie ; les autorités togolaises.", {"DZ", "TN", "TG"}),
    ],
)
def test_countries_behind_an_elided_article(body: str, expected: set[str]) -> None:
    assert codes(body, "fr") == expected


@pytest.mark.parametrize("venue", ["New York", "Geneva", "Nairobi"])
def test_the_place_of_a_speech_is_not_its_country(venue: str) -> None:
    found = relations(find_countries("", f"Remarks of the chair on Chad, in {venue} today:"))
    assert found["primary"] == ["TD"]
    assert len(found["mentioned"]) == 1


def test_another_place_of_a_speech_counts_by_itself() -> None:
    assert codes("In New York City the police fined them in New York today.") == {"US"}


@pytest.mark.parametrize(
    "introduction",
    [
        "The Secretary’s remarks to the Harbour Summit, in Lisbon today:",
        "Following is the speech to the Harbour Council, delivered in Lisbon on 3 May:",
        "The message that was read in Lisbon:",
    ],
)
def test_where_a_speech_was_held_is_mentioned(introduction: str) -> None:
    speech = "The sea rises.\n\nWe act together."
    assert relations(find_countries("On the sea", f"{introduction}\n\n{speech}")) == {
        "mentioned": ["PT"]
    }
    about = f"{introduction}\n\nPortugal has kept its harbours open. Portugal must be helped."
    assert relations(find_countries("On the sea", about)) == {"primary": ["PT"]}


def test_where_something_happened_is_no_venue() -> None:
    body = "The river rose in Lisbon on 3 May.\n\nNobody slept."
    assert relations(find_countries("A flood", body)) == {"primary": ["PT"]}


def test_the_listing_does_not_overwrite_what_the_text_says() -> None:
    found = find_countries("Belarus: Free them", "Police in Minsk…", listed=["Russian Federation"])
    assert relations(found) == {"primary": ["BY"], "listed": ["RU"]}
    assert found[-1] == Country("RU", "Russia", "listed", "listing")


def test_a_country_may_be_listed_and_primary() -> None:
    found = find_countries("Russia: Free them", "", listed=["RU", "Russia", "nowhere"])
    assert relations(found) == {"primary": ["RU"], "listed": ["RU"]}


def test_nothing_named() -> None:
    assert find_countries("A poem", "Salt on the rope.") == ()


def test_names_are_those_of_the_parsed_table() -> None:
    assert country_names() == {code: entry["name"] for code, entry in countries().items()}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("S. AFRICA REOPENS ITS PORTS", {"ZA"}),
        ("W. German and S. Korean pilots met in N. Korea.", {"DE", "KR", "KP"}),
        ("The U.S. Africa envoy spoke.", {"US"}),
        ("Niger closed its border with Nigeria.", {"NE", "NG"}),
        ("In Mali, ferries on the Niger River stopped.", {"ML"}),
        ("A boat of the DPRK and one of the ROK met.", {"KP", "KR"}),
        ("A Korean court in Pyongyang jailed him.", {"KP"}),
        ("A Korean court in Seoul jailed a woman from Pyongyang.", {"KP", "KR"}),
        ("Nigerien officials met Nigerian officials.", {"NE", "NG"}),
        ("Both Congos: the Republic of Congo and the Democratic Republic of Congo.", {"CG", "CD"}),
        ("From Brazzaville to Kinshasa by boat.", {"CG", "CD"}),
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea.",
         {"GN", "GW", "GQ", "PG"}),
        ("Sahrawi activists in Western Sahara were held.", {"EH"}),
        ("Ivorian troops left Bouaké.", {"CI"}),
        ("Palestinians in Gaza and the West Bank.", {"PS"}),
        ("Kosovar judges in Pristina.", {"XK"}),
        ("The people of Crimea and Chechnya.", {"UA", "RU"}),
        ("Burmese monks in Rangoon.", {"MM"}),
        ("Chad Ndlovu said the port was open.", set()),
        ("Ms Jordan of the league spoke in Amman.", {"JO"}),
        ("He was born in Georgia; Tbilisi denies it.", {"GE"}),
        ("He was born in Georgia; Atlanta denies it.", {"US"}),
        ("A bus from Srinagar to Jammu.", {"IN"}),
        ("The docks of Dunkirk and Bremen.", {"FR", "DE"}),
    ],
)  # fmt: skip
def test_hard_names(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    ("title", "body", "codes"),
    [
        ("Jordan leaves the lighthouse", "Tom Jordan left on Friday. Jordan had kept it.", set()),
        ("Jordan leaves the league", "Tom Jordan, a lawyer, was in Jordan on Friday.", {"JO"}),
        ("Jordan: bakers jailed", "“Free them,” said Tom Jordan, a lawyer.", {"JO"}),
        ("Jordan jails bakers", "Bakers in Amman were jailed.", {"JO"}),
    ],
)
def test_who_is_somebody_in_the_text_is_no_country_in_the_title(
    title: str, body: str, codes: set[str]
) -> None:
    assert {country.code for country in find_countries(title, body)} == codes


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("“It is cold,” said Chad Roe of Example Watch. Chad’s brother agreed.", set()),
        ("“It is cold in Chad,” said Chad Roe.", {"TD"}),
        ("“Dutch winters,” said Jan Holland of Example Watch. Holland wore a coat.", {"NL"}),
        ("French officials met Ivo French, who was cold.", {"FR"}),
    ],
)
def test_no_part_of_the_name_of_who_is_quoted_is_a_country(body: str, codes: set[str]) -> None:
    people = ("Chad Roe", "Jan Holland", "Ivo French")
    found = find_countries("A cold day", body, people=people)
    assert {country.code for country in found} == codes


def test_a_country_that_was_taken_for_a_person_stays_a_country() -> None:
    found = find_countries("", "South Africa said no. Africa watched.", people=("South Africa",))
    assert [country.code for country in found] == ["ZA"]
