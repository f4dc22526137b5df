"""My list: an address that holds what a reader keeps, as a page and as data."""

import csv
import io
import json

from flask.testing import FlaskClient

from tests.webui.pages import get, hrefs, link, text, texts
from tests.webui.site import FORMULA, HOSTILE, POET
from webui.kept import MOST

LIST = f"/list?id={POET.id}.1&id={FORMULA.id}"


def test_every_hit_and_quotation_can_be_kept(client: FlaskClient) -> None:
    for path in (
        "/search?q=poet",
        "/search?in=quotations",
        "/country/RU",
        "/speaker/Mara%20Lind",
    ):
        page = get(client, path)
        boxes = page.select(".hit input[form=keep][name=id]")
        assert len(boxes) == len(page.select(".hit")), path
        assert page.select("form#keep[action='/list'] noscript button")
    (box,) = get(client, "/speaker/Mara%20Lind").select(".hit input")
    assert (box["value"], box["aria-label"]) == (
        f"{POET.id}.1",
        "Keep quotation 1 of “Release the poet”",
    )


def test_a_list_shows_what_its_address_names_in_its_order(client: FlaskClient) -> None:
    page = get(client, LIST)
    assert texts(page, ".bar p")[0] == "2 entries"
    assert texts(page, ".hit blockquote") == ["Let her go before the winter comes"]
    assert texts(page, ".hit h2") == ['=HYPERLINK("x")']
    assert [box["value"] for box in page.select("input[checked]")] == [f"{POET.id}.1", FORMULA.id]
    assert f"/statement/{POET.id}#q1" in hrefs(page, ".said a")
    again = get(client, f"/list?id={FORMULA.id}&id={POET.id}.1&id={FORMULA.id}")
    assert texts(again, ".hit h2, .hit blockquote")[0] == '=HYPERLINK("x")'
    assert texts(again, ".bar p")[0] == "2 entries"


def test_what_is_not_here_is_said(client: FlaskClient) -> None:
    for wrong in ("nothing", f"{POET.id}.9", f"{POET.id}.0", f"{POET.id}.x", f"{POET.id}.²"):
        page = get(client, f"/list?id={wrong}&id={POET.id}")
        assert text(page.select_one(".notice")) == "1 entry is not in this archive.", wrong
        assert texts(page, ".hit h2") == ["Release the poet"]


def test_an_empty_list_says_how_it_is_filled(client: FlaskClient) -> None:
    page = get(client, "/list")
    assert "Nothing is kept yet" in text(page.main)
    assert link(page, "My list") == "/list"


def test_a_list_is_bounded(client: FlaskClient) -> None:
    many = "&".join(f"id={number:016x}" for number in range(MOST + 1))
    assert "at most 100" in text(get(client, f"/list?{many}", 400).select_one(".lead"))


def test_a_list_leaves_as_data(client: FlaskClient) -> None:
    page = get(client, LIST)
    bibtex = client.get(link(page, "BibTeX")).text
    assert f"@misc{{onrecord-{POET.id}-1," in bibtex
    assert f"@misc{{onrecord-{FORMULA.id}," in bibtex
    ris = client.get(link(page, "RIS"))
    assert ris.text.count("TY  - ") == ris.text.count("ER  - ") == 2
    assert "attachment" in ris.headers["Content-Disposition"]
    lines = [json.loads(line) for line in client.get(link(page, "JSON Lines")).text.splitlines()]
    assert [(line["id"], line["quotation"]) for line in lines] == [(POET.id, 1), (FORMULA.id, None)]
    assert lines[0]["text"] == "Let her go before the winter comes"
    assert lines[1]["text"] == FORMULA.body
    rows = list(csv.DictReader(io.StringIO(client.get(link(page, "CSV")).text)))
    assert [row["speaker"] for row in rows] == ["Mara Lind", ""]
    assert rows[0]["countries"] == "Russia; Belarus"
    assert rows[1]["title"] == '\'=HYPERLINK("x")'


def test_a_hostile_statement_on_a_list_becomes_no_markup(client: FlaskClient) -> None:
    page = get(client, f"/list?id={HOSTILE.id}&id={HOSTILE.id}.1&id=%22%3E%3Cimg%20src=x%3E")
    assert not page.select("main img, main script")
    assert len(page.select(".hit")) == 2
