"""Sentences that other rooms make, and the whole of the French pages: no English is left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString
from flask.testing import FlaskClient

from archive.document import Byline, Quotation
from tests.webui.pages import get, text
from tests.webui.site import AWKWARD, DOCUMENTS, EARLIER, POET, Site, make_site
from tests.webui.test_accessibility import PAGES
from webui.presenters.sentences import TEMPLATES

ROOT = Path(__file__).parents[2]
FRENCH = {"Accept-Language": "fr"}
REFUSED = [
    f"/search?q={'x' * 300}",
    "/search?q=" + "%28" * 9 + "x" + "%29" * 9,
    "/search?q=" + "+".join(f"w{n}" for n in range(25)),
    "/search?q=ab*",
    "/search?q=word~7",
    "/search?q=%22a+b%22~9",
    "/search?q=%22" + "+".join("abcdefghijkl") + "%22",
    "/search?country=Atlantis",
    "/search?country=Belgum",
    "/search?from=2019&to=2017",
    "/search?to=soon",
    "/search?page=0",
    "/search?page=x",
    "/search?page=900",
    "/search?per_page=0",
    "/search?per_page=500",
    "/search?sort=best",
    "/search?in=all",
    f"/search?topic={'x' * 300}",
    "/search?" + "&".join(f"topic={n}" for n in range(101)),
    "/list?" + "&".join(f"id={n}" for n in range(101)),
]
LITERAL = ["(poet", "poet)", '"poet', "title:", "NOT", "poet OR", "p*et", "a-b~", "a-b*", "…"]
LITERAL += ["country:Atlantis", "date:", "date:soon", "date:2019..2017"]
# Names, units and forms that are the same in both languages.
SAME = re.compile(
    r"(Test Archive|Site|English|Français|BibTeX|RIS|CSV|JSON( Lines)?|SHA-256|Date|Page|"
    r"Citations?|OpenAPI|Dates|Excerpt|Type|Source|Provenance|Versions: .*)"
)


def test_every_sentence_of_the_index_is_foreseen() -> None:
    made = {
        ast.literal_eval(call.args[0])
        for room in ("index", "webui")
        for path in (ROOT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Sentence"
    }
    assert made == set(TEMPLATES)


@pytest.mark.parametrize("path", REFUSED)
def test_a_refusal_is_said_in_french(client: FlaskClient, path: str) -> None:
    english = text(get(client, path, 400).select_one(".lead"))
    page = client.get(path, headers=FRENCH)
    lead = BeautifulSoup(page.text, "lxml").select_one(".lead")
    assert lead is not None
    assert lead.get("lang") is None
    assert text(lead) != english
    assert not re.search(r"\b(the|is|are|of|at most|possible\.)\b", text(lead).replace(path, ""))


@pytest.mark.parametrize("typed", LITERAL)
def test_a_literal_reading_is_said_in_french(client: FlaskClient, typed: str) -> None:
    page = client.get("/search", query_string={"q": typed}, headers=FRENCH)
    notice = BeautifulSoup(page.text, "lxml").select_one(".notice")
    assert notice is not None
    assert text(notice).startswith(("Recherche littérale", "Il n’y a aucun mot"))
    assert not re.search(r"\b(the|is|are|of|follows|needs)\b", text(notice))


def test_the_name_of_two_countries_is_told_in_french(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"country": "Korea"}, headers=FRENCH)
    notice = BeautifulSoup(page.text, "lxml").select_one(".notice")
    assert text(notice) == "« Korea » désigne ici : Corée du Sud ; le code de Corée du Nord est KP."


def said(page: BeautifulSoup) -> Iterator[str]:
    """Everything that a page says to a person, by eye or ear, outside of code."""
    # What echoes the reader or the archive, and the rules of extraction, which are English.
    for echo in page.select(
        "[data-copy], .saved, .diff p, dd:has(.how) > span, [lang=en]:not(html)"
    ):
        echo.decompose()
    for node in page.find_all(string=True):
        parents = {parent.name for parent in node.parents}
        if type(node) is NavigableString and not parents & {"code", "script", "style", "q"}:
            yield " ".join(node.split()).removesuffix(" – Test Archive")
    for tag in page.find_all(True):
        for name in ("aria-label", "title", "placeholder", "alt"):
            if tag.get(name):
                yield str(tag[name])


def held(value: object) -> Iterator[str]:
    """Every text of the documents: data is shown in its own language."""
    if isinstance(value, Quotation | Byline):
        yield ", ".join(part for part in (value.role, value.organisation) if part)
    if is_dataclass(value):
        for field in fields(value):
            yield from held(getattr(value, field.name))
    elif isinstance(value, dict | tuple | list):
        for item in value.items() if isinstance(value, dict) else value:
            yield from held(item)
    elif isinstance(value, str):
        yield " ".join(value.split())


def test_no_english_is_left_in_a_french_page(tmp_path: Path) -> None:
    documents = [*DOCUMENTS, *AWKWARD]
    site: Site = make_site(tmp_path, documents, earlier=[EARLIER])
    words = re.compile(r"[A-Za-z]{3,}")
    found = {}
    with site.store:
        data = "\n".join(held([*site.store.documents(), EARLIER]))
        data = data.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
        for path in (*PAGES, *REFUSED, "/list?id=x"):
            english, french = (
                BeautifulSoup(site.client.get(path, headers=headers).text, "lxml")
                for headers in ({}, FRENCH)
            )
            left = {
                one
                for one in set(said(english)) & set(said(french))
                if words.search(one)
                and one.rpartition(": ")[2] not in data
                and not SAME.fullmatch(one)
            }
            if left:
                found[path] = left
    assert found == {}


def test_a_method_that_is_not_allowed_is_answered_in_french(client: FlaskClient) -> None:
    page = client.post("/help", headers=FRENCH)
    assert page.status_code == 405
    assert "Ce site ne comprend pas cette demande" in page.text
    assert client.get(f"/statement/{POET.id}", headers=FRENCH).status_code == 200
