from pathlib import Path

from flask.testing import FlaskClient

from index.memory_engine import MemoryEngine
from index.request import build_query
from tests.webui.pages import get, href, link, text, texts
from tests.webui.site import AWKWARD, DOCUMENTS, document, make_site
from webui.presenters.command import command_line
from webui.presenters.histogram import present_years


def test_a_hit_shows_title_date_countries_speakers_and_marked_words(client: FlaskClient) -> None:
    page = get(client, "/search?q=poet&country=RU&to=2017&from=2017")
    assert text(page.h1) == "1 statement for poet"
    (hit,) = page.select(".hit")
    assert texts(page, ".hit mark")[:1] == ["poet"]
    shown = text(hit)
    for expected in ("Release the poet", "31 July 2017", "Russia , Belarus", "Mara Lind Director"):
        assert expected in shown
    assert href(page, ".hit h2 a").startswith("/statement/00000000000000a1?q=poet")


def test_the_summary_tells_which_results_are_shown(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter&page=2")
    assert "Results 21–40 of 4" in text(page.select_one(".bar"))
    (hits,) = page.select("ol.hits")
    assert hits["start"] == "21"


def test_filters_survive_paging(client: FlaskClient) -> None:
    page = get(client, "/search?q=report&country=RU&not.topic=Topic+1&from=2010&per_page=5")
    following = link(page, "Next")
    for kept in ("q=report", "country=RU", "not.topic=Topic%201", "from=2010", "per_page=5"):
        assert kept in following
    first = get(client, "/search?q=report&country=RU&per_page=5")
    second = get(client, link(first, "Next"))
    assert not set(texts(first, ".hit h2")) & set(texts(second, ".hit h2"))


def test_pages_end_where_the_offset_ends(client: FlaskClient) -> None:
    page = get(client, "/search?page=9")
    assert text(page.h1) == f"{len(DOCUMENTS)} statements"
    assert not page.select(".hit")


def test_values_of_a_facet_widen_and_facets_narrow(client: FlaskClient) -> None:
    page = get(client, "/search?country=RU")
    (turkey,) = page.select('.facet .value[aria-label^="Turkey, "]')
    widened = get(client, str(turkey["href"]))
    assert texts(widened, ".pills li a")[:2] == [
        "Remove Country: Russia ✕",
        "Remove Country: Turkey ✕",
    ]
    count = len(texts(page, ".hit"))
    assert len(texts(widened, ".hit")) >= count
    narrowed = get(client, "/search?country=RU&topic=Prisons")
    assert texts(narrowed, ".hit h2") == ["Release the poet"]


def test_the_count_of_a_value_is_what_choosing_it_shows(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter")
    for value in page.select(".facet .open .value")[:12]:
        count = text(value.select_one(".count"))
        chosen = get(client, str(value["href"]))
        assert text(chosen.h1).startswith(f"{count} statement")


def test_a_value_can_be_excluded_and_taken_back(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter")
    without = get(client, link(page, "Exclude Kenya"))
    assert "Remove Not country: Kenya ✕" in texts(without, ".pills a")
    assert "Kenya" not in " ".join(texts(without, ".hit .facts"))
    back = link(without, "Remove Not country: Kenya ✕")
    assert back == "/search?q=winter"


def test_chosen_values_come_first(client: FlaskClient) -> None:
    page = get(client, "/search?topic=Topic+11")
    assert "Topic 11" in texts(page, "#facet-topic + ul li")[0]


def test_documents_without_the_field_are_a_bucket_of_their_own(client: FlaskClient) -> None:
    page = get(client, "/search")
    unknown = get(client, link(page, "No category given, 1 statement"))
    assert texts(unknown, ".hit h2") == ["بيان عن الشعراء"]
    assert "Remove Category: No category given ✕" in texts(unknown, ".pills a")


def test_more_values_are_a_page_by_number_and_by_name(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter")
    more = get(client, href(page, "section[aria-labelledby=facet-topic] .more"))
    assert len(texts(more, "#facet-values li")) == 13
    by_name = get(client, link(more, "A–Z"))
    labels = texts(by_name, "#facet-values .label")
    assert labels == sorted(labels)
    categories = get(client, "/facet/category?order=name")
    assert texts(categories, "#facet-values .label")[-1] == "No category given"
    assert link(by_name, "← Back to the results") == "/search?q=winter"
    assert link(more, "Exclude Topic 3") == "/search?q=winter&not.topic=Topic%203"


def test_a_form_of_values_keeps_every_other_choice(client: FlaskClient) -> None:
    asked = "q=winter&topic=Topic%203&topic=Topic%204&not.topic=Topic%205&from=2010&in=documents"
    page = get(client, f"/facet/topic?{asked}&page=2&find=topic+4")
    fields = [
        (str(field["name"]), str(field["value"]))
        for field in page.select("main form input[name]:not([type=checkbox], [name=find])")
    ]
    assert fields == [
        ("q", "winter"),
        ("not.topic", "Topic 5"),
        ("from", "2010"),
    ]
    boxes = page.select("main input[type=checkbox]")
    assert [(box["name"], box["value"], box.has_attr("checked")) for box in boxes] == [
        ("topic", "Topic 3", True),
        ("topic", "Topic 4", True),
    ]
    assert boxes[0]["aria-label"] == "Topic 3, 4 statements"
    people = get(client, "/facet/speaker?q=poet&speaker=Nobody&speaker=Lind")
    assert people.select_one("input[type=hidden][name=speaker][value=Nobody]")
    (ticked,) = people.select("input[checked]")
    assert ticked["value"] == "Mara Lind"
    found = client.get("/search?q=winter&find=x&topic=Topic+4")
    assert found.headers["Location"] == "/search?q=winter&topic=Topic%204"


def test_the_quotations_tab_shows_words_speaker_and_role(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter&in=quotations")
    (said,) = page.select(".hit")
    assert texts(page, ".hit mark") == ["winter"]
    assert "Mara Lind Director, Watch" in text(said)
    assert href(page, ".hit blockquote a").endswith("in=quotations&hit=1#q1")
    statements = link(page, "Statements 46")
    assert statements == "/search?q=winter"


def test_a_quotation_nobody_is_known_for_says_so(client: FlaskClient) -> None:
    page = get(client, "/search?q=crime&in=quotations")
    assert "Not attributed" in text(page.select_one(".who"))


def test_nothing_found_offers_ways_out_that_find_something(client: FlaskClient) -> None:
    page = get(client, "/search?q=poet+winter+xyzzy&country=KE")
    assert text(page.h1).startswith("No statements found")
    ways = page.select(".nothing a")
    assert ways
    for way in ways:
        assert get(client, str(way["href"])).select(".hit")
    only_filter = get(client, "/search?q=poet&country=KE&from=2017")
    assert "Remove the filter “Country: Kenya”" in texts(only_filter, ".nothing a")


def test_a_query_read_literally_says_so(client: FlaskClient) -> None:
    page = get(client, "/search?q=poet+%28winter")
    assert page.select_one(".notice") is not None


def test_a_misspelled_word_gets_a_suggestion(client: FlaskClient) -> None:
    page = get(client, "/search?q=wintre")
    assert texts(page, ".suggest a") == ["winter"]


def test_years_are_bars_and_a_table(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter")
    rows = page.select(".when tbody tr")
    bars = page.select(".when svg a")
    assert len(rows) == len(bars) == 10
    year = get(client, str(bars[0]["href"]))
    assert "Remove Date: 2010 ✕" in texts(year, ".pills a")
    assert len(year.select(".when svg a")) == 12
    month = get(client, str(year.select(".when tbody a")[0]["href"]))
    assert len(month.select(".when svg a")) in (28, 30, 31)
    assert link(month, "↑ 2010").startswith("/search?q=winter&from=2010&to=2010")
    assert link(year, "↑ All years") == "/search?q=winter"


def test_forms_keep_filters_and_drop_the_page(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter&country=RU&page=1&sort=oldest")
    for form in page.select("main form:not(#keep)"):
        names = [str(field["name"]) for field in form.select("input")]
        assert "country" in names
        assert "sort" in names
        assert "page" not in names


def test_searches_are_not_indexed_and_their_links_not_followed(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter")
    assert page.select_one('meta[name=robots][content^="noindex"]') is not None
    assert all(a.get("rel") == ["nofollow"] for a in page.select(".facet a, .pills a, .when a"))


def test_names_are_completed_with_where_they_lead(client: FlaskClient) -> None:
    found = client.get("/complete.json?q=mar").get_json()
    assert {
        "kind": "Speaker",
        "label": "Mara Lind",
        "note": "1",
        "href": "/speaker/Mara%20Lind",
    } in found
    (title,) = client.get("/complete.json?q=Release%20the%20po").get_json()[:1]
    assert title == {
        "kind": "Statement",
        "label": "Release the poet",
        "note": "31 July 2017",
        "href": "/statement/00000000000000a1",
    }
    assert client.get("/complete.json?q=").get_json() == []
    assert client.get(f"/complete.json?q={'word%20' * 50}").get_json() == []
    assert client.get("/complete.json").get_json() == []


def test_the_first_view_is_light(client: FlaskClient) -> None:
    wanted = ["/search?q=winter"]
    page = get(client, wanted[0])
    wanted += [str(tag["href"]) for tag in page.select("link[rel=stylesheet]")]
    wanted += [str(tag["src"]) for tag in page.select("script")]
    size = 0
    for path in wanted:
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as response:
            size += len(response.data)
    assert size <= 60_000


def test_the_command_line_asks_the_same(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter&country=KE")
    assert texts(page, ".command .citation") == ["onrecord search winter --country KE"]
    query = build_query(
        "poet's", country=["RU"], not_topic=["A B"], date_from="2017", page=2, per_page=50
    )
    assert command_line(query) == (
        "onrecord search 'poet'\"'\"'s' --country RU --not-topic 'A B' --from 2017 "
        "--page 2 --limit 50"
    )
    query = build_query("-winter", scope="quotations", sort="oldest")
    assert command_line(query) == "onrecord quotes --sort oldest -- -winter"


def test_years_can_be_shares_of_the_archive(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter&country=RU")
    shares = get(client, link(page, "Show shares of the archive"))
    assert " of " in texts(shares, ".when td")[0]
    assert "%" in texts(shares, ".when td")[0]
    assert link(shares, "Show numbers") == "/search?q=winter&country=RU"


def test_an_absurd_year_makes_no_endless_axis() -> None:
    far = [document(f"{n:016x}", "Far", "Far.", published=f"{n:04}") for n in (1, 1999, 9998)]
    facet = MemoryEngine(far).search(build_query()).facet("year")
    histogram = present_years(facet, build_query())
    assert histogram is not None
    assert len(histogram.bars) == 3


def test_a_hit_names_a_few_of_many_countries(tmp_path: Path) -> None:
    made = make_site(tmp_path, AWKWARD)
    with made.store:
        page = get(made.client, "/search?q=joint")
    countries = texts(page, ".hit .facts a")
    assert len(countries) == 5
    assert countries[-1] == "5 more"
