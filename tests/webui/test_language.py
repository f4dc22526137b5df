"""English and French: who sees which, and that nothing is left untranslated."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.webui.pages import get, href, link, text, texts
from tests.webui.site import POET

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "webui" / "translations" / "fr" / "LC_MESSAGES"
FRENCH = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read_po(io.BytesIO((MESSAGES / "messages.po").read_bytes()), locale="fr")


def strings(message: Message) -> list[str]:
    held = message.string or ""
    return [held] if isinstance(held, str) else list(held)


def wording(catalog: Catalog) -> list[tuple[str, list[str]]]:
    pairs = ((m.id if isinstance(m.id, str) else m.id[0], strings(m)) for m in catalog if m.id)
    return sorted(pairs)


def wordings() -> set[str | tuple[str, ...]]:
    """Every message in the code and the templates, found as `pybabel extract` finds it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    mappings = settings["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        str(ROOT),
        [(m["pattern"], m["method"]) for m in mappings],
        {m["pattern"]: m for m in mappings},
        directory_filter=lambda folder: "/webui" in folder,
    )
    return {message for _, _, message, _, _ in found}


def test_every_message_has_its_french(french: Catalog) -> None:
    translated = {message.id for message in french if message.id and all(strings(message))}
    assert wordings() == translated
    assert not any(message.fuzzy for message in french if message.id)


def test_placeholders_and_tags_agree(french: Catalog) -> None:
    def parts(texts: str | Sequence[str]) -> list[list[str]]:
        each = [texts] if isinstance(texts, str) else texts
        return [sorted(re.findall(r"%\(\w+\)s|</?\w+[^>]*>|\{\w+\}", one)) for one in each]

    for message in french:
        if message.id:
            assert parts(message.id) == parts(strings(message)), message.id


def test_the_compiled_messages_are_those_that_are_read(french: Catalog) -> None:
    with (MESSAGES / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    assert wording(compiled) == wording(french), "run: pybabel compile -d webui/translations"


def test_a_browser_is_answered_in_its_language(client: FlaskClient) -> None:
    response = client.get("/search?q=winter&per_page=10", headers=FRENCH)
    assert '<html lang="fr">' in response.text
    assert "46 déclarations" in response.text
    assert {"Accept-Language", "Cookie"} <= set(response.vary)
    assert "46 statements" in client.get("/search?q=winter").text
    other = client.get("/search?q=winter", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in other.text


def test_dates_numbers_and_countries_are_french(client: FlaskClient) -> None:
    page = client.get(f"/statement/{POET.id}?lang=fr").text
    assert "31 juillet 2017" in page
    assert "Russie" in page
    assert "anglais" in page


def test_a_chosen_language_is_kept_and_the_question_too(client: FlaskClient) -> None:
    page = get(client, "/search?q=winter&country=RU&country=TR")
    chosen = link(page, "Français")
    assert chosen == "/search?q=winter&country=RU&country=TR&lang=fr"
    french_page = get(client, chosen)
    assert "déclarations" in text(french_page.h1)
    assert all("lang=" not in str(a["href"]) for a in french_page.select("main a[href]"))
    assert "déclarations" in text(get(client, "/search?q=winter").h1)
    assert href(french_page, ".languages a[aria-current]").endswith("lang=fr")
    get(client, link(french_page, "English"))
    assert "statements" in text(get(client, "/search?q=winter").h1)


def test_the_way_to_another_language_stays_on_this_site(client: FlaskClient) -> None:
    page = get(client, "/speaker/Mara%20Lind")
    assert link(page, "Français") == "/speaker/Mara%20Lind?lang=fr"
    lost = client.get("/", environ_overrides={"PATH_INFO": "//evil.example/?a#b"})
    assert lost.status_code == 404
    assert 'href="/evil.example/%3Fa%23b?lang=fr"' in lost.text


def test_languages_do_not_share_an_etag(client: FlaskClient) -> None:
    english = client.get("/help").headers["ETag"]
    assert client.get("/help", headers=FRENCH).headers["ETag"] != english
    back = client.get("/help", headers={**FRENCH, "If-None-Match": english})
    assert back.status_code == 200
    again = client.get("/help", headers={"If-None-Match": english})
    assert again.status_code == 304
    assert "Accept-Language" in again.vary


@pytest.mark.parametrize(
    "path",
    [f"/statement/{POET.id}.json", "/search.csv", "/search.atom", "/speaker/Mara%20Lind.atom"],
)
def test_data_speaks_no_language(client: FlaskClient, path: str) -> None:
    english, french_answer = client.get(path), client.get(path, headers=FRENCH)
    assert english.data == french_answer.data
    assert "Accept-Language" not in english.vary
    assert "Set-Cookie" not in client.get(f"{path}?lang=fr").headers


def test_errors_and_empty_results_are_french(client: FlaskClient) -> None:
    missing = get(client, "/nothing?lang=fr", 404)
    assert text(missing.h1) == "Rien n’est conservé à cette adresse"
    empty = get(client, "/search?q=poet&country=KE&lang=fr")
    assert text(empty.h1).startswith("Aucune déclaration trouvée")
    assert "Retirer le filtre «\xa0Pays\xa0: Kenya\xa0»" in " ".join(
        a.get_text() for a in empty.select(".nothing a")
    )


def test_countries_are_listed_by_their_french_names(client: FlaskClient) -> None:
    page = get(client, "/countries?order=name&lang=fr")
    names = texts(page, "#all-values a")
    assert names == sorted(names)
    assert "Turquie" in names


@pytest.fixture(autouse=True)
def forget(client: FlaskClient) -> None:
    client.delete_cookie("lang")
