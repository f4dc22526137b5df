from dataclasses import replace

from flask.testing import FlaskClient

from index.request import build_query
from index.results import FacetValue, QuotationHit
from tests.webui.pages import get, href, link, text, texts
from tests.webui.site import DOCUMENTS, POET, Site
from webui.params import Choice
from webui.presenters.listing import LISTED, list_values
from webui.presenters.subject import present_roles, present_speaker


def test_the_first_page_says_what_the_archive_holds(client: FlaskClient) -> None:
    page = get(client, "/")
    label = text(page.select_one("form[role=search] label"))
    assert label == f"Search {len(DOCUMENTS)} statements and 3 quotations, 2010–2019"
    assert "Russia" in texts(page, ".counts a")
    assert "Mara Lind" in texts(page, ".counts a")
    assert len(page.select(".hit")) == 6
    assert "?" not in href(page, ".hit:first-child h3 a")


def test_an_empty_archive_has_a_first_page(tmp_path: object) -> None:
    from pathlib import Path

    from tests.webui.site import make_site

    assert isinstance(tmp_path, Path)
    site = make_site(tmp_path, [])
    with site.store:
        for path in ("/", "/search", "/speakers", "/countries", "/country/RU", "/sitemap-1.xml"):
            assert site.client.get(path).status_code == 200
        assert site.client.get("/search.atom").status_code == 200


def test_a_speaker_has_quotations_roles_and_countries(client: FlaskClient) -> None:
    page = get(client, "/speaker/Mara%20Lind")
    assert text(page.h1) == "Mara Lind"
    assert texts(page, ".roles li") == ["Director, Watch 31 July 2017 · 1 quotation"]
    evidence = href(page, ".roles a")
    assert evidence == f"/statement/{POET.id}#q1"
    said = text(get(client, evidence).select_one("#q1"))
    assert said.strip("“”") == text(page.select_one(".said blockquote"))
    assert "Russia" in texts(page, ".counts a")
    assert len(page.select(".said")) == 1


def test_a_role_tells_when_it_was_stated_first_and_last() -> None:
    def said(number: int, published: str | None, role: str) -> QuotationHit:
        return QuotationHit(
            f"{number:016x}", 1, "T", None, published, None, (), "Mara Lind", "person", role,
            "Watch", "Words", (), 0.0,
        )  # fmt: skip

    roles = present_roles(
        [
            said(1, "2015-03", "Adviser"),
            said(2, "2019-01-02", "Director"),
            said(3, "2017", "Director"),
            said(4, None, "Director"),
            said(5, None, "Poet"),
        ]
    )
    assert [(role.said, role.times) for role in roles] == [
        ("Director, Watch", "3 quotations"),
        ("Adviser, Watch", "1 quotation"),
        ("Poet, Watch", "1 quotation"),
    ]
    dates = [[(when.label, when.href[-4:]) for when in role.stated] for role in roles]
    assert dates[0] == [("2017", "3#q1"), ("2 January 2019", "2#q1")]
    assert dates[1:] == [[("March 2015", "1#q1")], [("Undated", "5#q1")]]


def test_roles_of_many_quotations_are_those_of_the_newest(site: Site) -> None:
    results = site.engine.search(build_query(scope="quotations", speaker=["Mara Lind"]))
    every = present_speaker("Mara Lind", results, results.quotations)
    assert every.roles_title == "Roles, as stated"
    some = present_speaker("Mara Lind", replace(results, total=501), results.quotations)
    assert some.roles_title == "Roles, as stated in the newest 1 quotation"


def test_a_name_spelled_otherwise_leads_to_the_speaker(client: FlaskClient) -> None:
    response = client.get("/speaker/mara%20lind")
    assert response.status_code == 301
    assert response.headers["Location"] == "/speaker/Mara%20Lind"
    assert client.get("/speaker/Nobody").status_code == 404


def test_a_country_has_statements_and_who_speaks_about_it(client: FlaskClient) -> None:
    page = get(client, "/country/RU")
    assert text(page.h1) == "Russia"
    assert texts(page, ".counts a") == ["Mara Lind"]
    dates = [str(time["datetime"]) for time in page.select(".hit time")]
    assert dates == sorted(dates, reverse=True)
    assert page.select_one('link[type="application/atom+xml"]') is not None


def test_a_country_pages_within_itself(client: FlaskClient) -> None:
    page = get(client, "/country/RU?per_page=5")
    following = link(page, "Next")
    assert following == "/country/RU?page=2&per_page=5"
    assert len(get(client, following).select(".hit")) == 5


def test_a_country_by_name_leads_to_its_code(client: FlaskClient) -> None:
    for name in ("Russia", "ru", "Russian%20Federation"):
        assert client.get(f"/country/{name}").headers["Location"] == "/country/RU"
    assert client.get("/country/Atlantis").status_code == 404


def test_indexes_by_number_and_by_name(client: FlaskClient) -> None:
    for path in ("/speakers", "/countries"):
        page = get(client, path)
        by_name = get(client, link(page, "A–Z"))
        assert sorted(texts(page, ".counts a")) == sorted(texts(by_name, ".counts a"))
    names = texts(get(client, "/countries?order=name"), ".counts a")
    assert names == sorted(names)


def test_the_site_tells_crawlers_and_browsers_its_way(client: FlaskClient) -> None:
    robots = client.get("/robots.txt").text
    assert "Disallow: /search" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    assert "http://localhost/sitemap-1.xml" in client.get("/sitemap.xml").text
    assert client.get("/sitemap-1.xml").text.count("<loc>") == len(DOCUMENTS)
    assert client.get("/sitemap-2.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404
    described = client.get("/opensearch.xml").text
    assert "http://localhost/search?q={searchTerms}" in described


def test_every_example_of_the_help_can_be_asked(client: FlaskClient) -> None:
    page = get(client, "/help")
    examples = [str(a["href"]) for a in page.select("table a")]
    assert len(examples) > 8
    for example in examples:
        assert not get(client, example).select(".notice"), example


def test_long_lists_are_cut_found_in_and_opened_by_letter() -> None:
    values = [FacetValue(name, name, 1) for name in (f"{chr(65 + n % 26)} {n}" for n in range(900))]
    whole = list_values(values, Choice(by_name=True))
    assert sum(len(held) for _, held in whole.groups) == LISTED
    assert whole.summary == "300 of 900 values are shown: find others by name"
    assert len(whole.letters) == 26
    letter = list_values(values, Choice(by_name=True, starts="Z"))
    assert [name for name, _ in letter.groups] == ["Z"]
    found = list_values(values, Choice(find="q 16"))
    assert [v.label for _, held in found.groups for v in held] == ["Q 16"]


def test_a_list_is_searched_without_the_script(client: FlaskClient) -> None:
    page = get(client, "/countries?find=tur")
    assert texts(page, "#all-values a") == ["Turkey"]
    page = get(client, "/facet/topic?q=winter&find=PRIS")
    assert texts(page, "#facet-values .label") == ["Prisons"]
    assert page.select_one('form input[name=q][value="winter"]:not(#q)') is not None
