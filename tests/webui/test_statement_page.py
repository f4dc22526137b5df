from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.document import Document, Quotation
from archive.extract import Extraction
from archive.page import Page
from archive.store import Version
from index.parse import parse
from tests.webui.pages import get, href, hrefs, link, text, texts
from tests.webui.site import HOSTILE, PAGE, POET, document, make_site, put
from webui.presenters.capture import plain_text_of
from webui.presenters.passages import present_passages
from webui.presenters.versions import present_versions

ADDRESS = f"/statement/{POET.id}"


def test_a_statement_shows_its_fields(client: FlaskClient) -> None:
    page = get(client, ADDRESS)
    assert text(page.h1) == "Release the poet"
    assert texts(page, ".body p") == [
        "The poet was arrested on Monday.",
        "“Let her go before the winter comes” , said Mara Lind.",
        "“Her words are no crime.” The poet reads on.",
    ]
    shown = text(page.main)
    for expected in (
        "31 July 2017",
        "By Jane Roe, Campaigner, Watch",
        "Mara Lind",
        "Director, Watch",
        "Russia , Belarus",
        "UA 80/17",
        "Prisons",
        "Poet.pdf",
        "English",
        "meta article:published_time",
        "SHA-256",
        "pages/00000000000000a1.html",
    ):
        assert expected in shown
    assert not page.select("mark")


def test_every_field_says_how_it_was_found(client: FlaskClient) -> None:
    """Also those that are found by one rule only."""
    (found,) = [d for d in get(client, ADDRESS).select("details") if d.select(".how")]
    labels, values, hows = (
        [text(tag) for tag in found.select(part)] for part in ("dt", "dd span:first-child", ".how")
    )
    said = dict(zip(zip(labels, values, strict=True), hows, strict=True))
    assert said["Date", "31 July 2017"] == "meta article:published_time (high confidence)"
    assert said["Quotation 1", "Mara Lind"] == "“said” beside it (high confidence)"
    assert said["Quotation 2", "–"] == "nobody is named"
    assert said["References", "UA 80/17"] == "form of the number (high confidence)"
    assert said["Attachments", "Poet.pdf"] == "links to files in the text (high confidence)"
    assert said["Speakers", "Mara Lind"] == "whom quotations are attributed to (medium confidence)"
    marks = "quotation marks and verbs of saying"
    assert said["Quotations", "2"] == f"{marks} (medium confidence)"
    assert said["Site", "watch.example"] == "host of the address (high confidence)"
    assert said["About", "Russia"] == "title (medium confidence)"


def test_quotations_have_anchors_and_their_speakers_lead_to_them(client: FlaskClient) -> None:
    page = get(client, ADDRESS)
    assert texts(page, "#q1") == ["“Let her go before the winter comes”"]
    assert texts(page, "#q2") == ["“Her words are no crime.”"]
    assert [a["href"] for a in page.select(".people .places a")] == ["#q1", "#q2"]
    assert link(page, "Mara Lind") == "/speaker/Mara%20Lind"


def test_searched_words_are_marked_and_the_way_leads_back(client: FlaskClient) -> None:
    page = get(client, f"{ADDRESS}?q=poets+winter&country=RU")
    assert texts(page, "mark") == ["poet", "poet", "winter", "poet"]
    assert [mark.get("id") for mark in page.select(".body mark")] == ["m1", "m2", "m3"]
    assert "3 places marked" in text(page.select_one(".matches"))
    assert link(page, "← Back to the results") == "/search?q=poets%20winter&country=RU"
    assert href(page, "link[rel=canonical]") == f"http://localhost{ADDRESS}"


def test_one_result_leads_to_the_next(client: FlaskClient) -> None:
    results = get(client, "/search?q=winter&per_page=5&sort=oldest")
    page = get(client, str(results.select(".hit h2 a")[4]["href"]))
    assert "Result 5 of 46" in text(page.select_one(".walk"))
    following = get(client, link(page, "Next"))
    listed = texts(get(client, link(following, "← Back to the results")), ".hit h2")
    assert listed[0] == text(following.h1)
    assert text(get(client, link(following, "Previous")).h1) == text(page.h1)


def test_quotations_walk_to_their_places(client: FlaskClient) -> None:
    results = get(client, "/search?in=quotations")
    page = get(client, href(results, ".hit:nth-child(2) blockquote a"))
    assert link(page, "Previous").endswith("hit=1#q1")


def test_a_place_that_is_another_statement_offers_only_the_way_back(client: FlaskClient) -> None:
    page = get(client, f"{ADDRESS}?q=winter&hit=7")
    assert text(page.select_one(".walk")) == "← Back to the results"
    assert client.get(f"{ADDRESS}?q=winter&hit=0").status_code == 404


def test_a_broken_question_still_shows_the_statement(client: FlaskClient) -> None:
    assert not get(client, f"{ADDRESS}?page=zero&q=poet").select("mark")


def test_an_unknown_statement_is_404(client: FlaskClient) -> None:
    for path in ("/statement/ffff", "/statement/ffff.json", "/statement/ffff/original"):
        assert client.get(path).status_code == 404


def test_citations_in_three_forms_and_of_a_quotation(client: FlaskClient) -> None:
    page = get(client, f"{ADDRESS}/cite")
    assert f"http://localhost{ADDRESS}#q1" in texts(page, ".citation")[1]
    bibtex = client.get(f"{ADDRESS}.bib?quotation=1")
    assert "note = {Mara Lind, Director, Watch" in bibtex.text
    assert client.get(f"{ADDRESS}.ris").text.startswith("TY  - ELEC\r\n")
    for wrong in ("3", "-1", "x", "9" * 40):
        assert client.get(f"{ADDRESS}.bib?quotation={wrong}").status_code == 404


def test_the_saved_page_is_shown_as_text(client: FlaskClient) -> None:
    page = get(client, f"{ADDRESS}/original")
    assert texts(page, "div.saved p")[:4] == [
        "Saved",
        "Menu",
        "The saved words & more.",
        "The end00000000000000a1",
    ]
    assert "parent.hacked" not in text(page.main)


def test_the_saved_bytes_come_sandboxed_or_as_a_download(client: FlaskClient) -> None:
    raw = client.get(f"{ADDRESS}/original.html")
    assert raw.data.startswith(PAGE)
    policy = raw.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow" not in policy
    assert "script" not in policy
    down = client.get(f"{ADDRESS}/original.bin")
    assert down.headers["Content-Disposition"].startswith("attachment")
    assert down.headers["Content-Type"] == "application/octet-stream"
    assert down.headers["Content-Security-Policy"].startswith("sandbox;")
    framed = get(client, f"{ADDRESS}/original?view=page")
    (frame,) = framed.select("iframe")
    assert frame.get_attribute_list("sandbox") == []  # there, and allowing nothing


def test_no_address_that_is_not_of_the_web_becomes_a_link(client: FlaskClient) -> None:
    page = get(client, f"/statement/{HOSTILE.id}")
    assert not [a for a in page.select("[href], [src]") if "javascript" in str(a.get("href"))]
    assert "javascript:window.hacked=1" in text(page.main)


def test_versions_tell_what_changed(tmp_path: Path) -> None:
    site = make_site(tmp_path, [POET])
    with site.store:
        later = replace(
            POET, title="Release the poets", body=POET.body.replace("on Monday", "last Monday")
        )
        put(site.store, later, b"<p>later")
        page = get(site.client, ADDRESS)
        history = get(site.client, href(page, f'a[href="{ADDRESS}/versions"]'))
        assert texts(history, "del") == ["Release the poet", "on"]
        assert texts(history, "ins") == ["Release the poets", "last"]


def test_a_merged_id_leads_to_its_document(tmp_path: Path) -> None:
    teaser = replace(
        POET, id="00000000000000ff", kind="teaser", url=None, listed_on=("https://watch.example/",)
    )
    site = make_site(tmp_path, [teaser, POET])
    with site.store:
        assert len(list(site.store.documents())) == 1
        response = site.client.get(f"/statement/{teaser.id}?q=poet")
        assert response.status_code == 301
        assert response.headers["Location"] == f"{ADDRESS}?q=poet"


def test_unchanged_text_between_versions_is_said() -> None:
    view = present_versions(
        replace(POET, category="Other"), [Version(1, POET, "2020-01-01T00:00:00Z")]
    )
    assert view.steps[0].paragraphs == ()
    assert view.steps[0].fields == (("Category", "News", "Other"),)


BODIES = st.lists(st.sampled_from(["poet", "winter", "a", "\n\n", " ", "İ", "“x”"]), max_size=30)
PLACES = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 40)), max_size=4)


@given(BODIES, PLACES)
def test_passages_hold_the_whole_text_in_order(
    pieces: list[str], places: list[tuple[int, int]]
) -> None:
    body = " ".join(pieces)
    quotations = [
        Quotation(None, None, None, None, (), start, min(start + length, len(body)))
        for start, length in places
    ]
    paragraphs, matches = present_passages(body, quotations, parse("poet OR winter").tree)
    shown = ["".join(run.text for passage in p for run in passage.runs) for p in paragraphs]
    assert shown == [part for part in body.split("\n\n") if part.strip()]
    firsts = [run.mark for p in paragraphs for passage in p for run in passage.runs if run.first]
    assert firsts == list(range(1, matches + 1))


@given(st.text(alphabet="<>!-/ascriptyleİ \n", max_size=60))
def test_text_without_tags_never_fails(markup: str) -> None:
    assert "<script>" not in plain_text_of(markup)


def test_text_without_tags_leaves_out_what_is_not_read() -> None:
    markup = "a<SCRIPT>x<b></SCRIPT >b<!-- c > --><style>d</style><p title='e'>f &lt;g&gt;<unclosed"
    assert plain_text_of(markup).split() == ["a", "b", "f", "<g>"]


def test_folders_of_the_machine_are_not_shown(tmp_path: Path) -> None:
    made = make_site(tmp_path, [])
    with made.store:
        page = Page("/home/somebody/saved/watch.example/a.html", PAGE, url=POET.url)
        source = replace(POET.source, path=page.path, sha256=page.sha256)
        held = replace(POET, source=source)
        made.store.put(page, Extraction(POET.url, "article", "generic", POET.title, (held,)))
        for path in (ADDRESS, f"{ADDRESS}/original"):
            shown = made.client.get(path).text
            assert "watch.example/a.html" in shown
            assert "somebody" not in shown


def test_statements_like_this_one_share_its_telling_words(tmp_path: Path) -> None:
    def about(number: int, subject: str) -> Document:
        body = f"Observers of the harbour wrote about {subject} in part {number}."
        return document(f"{number:016x}", f"{subject.capitalize()}, part {number}", body)

    glaciers = [about(n, "melting glaciers of Svalbard") for n in (1, 2)]
    others = [about(n, f"parking places in quarter {n}") for n in range(3, 30)]
    site = make_site(tmp_path, [*glaciers, *others])
    with site.store:
        page = get(site.client, f"/statement/{glaciers[0].id}")
        assert hrefs(page, ".similar a") == [f"/statement/{glaciers[1].id}"]
        more = get(site.client, link(page, "More like this"))
        assert href(more, ".hit:first-child h2 a").startswith(f"/statement/{glaciers[0].id}?")


def test_nothing_is_like_a_statement_without_words(tmp_path: Path) -> None:
    site = make_site(tmp_path, [document("00000000000000c1", "?", "…"), POET])
    with site.store:
        assert not get(site.client, "/statement/00000000000000c1").select(".similar")
