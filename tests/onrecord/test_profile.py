"""The command that shows what a profile takes, on pages and a profile of our own."""

import json
import re
from pathlib import Path

import pytest

from tests.onrecord.support import Done, start
from tests.onrecord.support import write_pages as write

PROFILE = """
hosts = ["lantern.example"]
[article]
title = "article h1"
body = "article"
topics = ".tags a"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "lantern.toml").write_text(PROFILE, "utf-8")
    return tmp_path


@pytest.fixture
def page(tmp_path: Path) -> str:
    return str(write(tmp_path / "pages") / "lantern.example" / "chad-radio.html")


def tried(home: Path, *arguments: str) -> Done:
    return start("--home", str(home), "profile", "test", *arguments)


def test_the_table_shows_the_choice_the_selectors_and_the_fields(home: Path, page: str) -> None:
    done = tried(home, page)
    assert done.code == 0, done.err
    rows = [re.split(r" {2,}", line.strip()) for line in done.out.splitlines()]
    assert ["profile", "lantern: it owns the host lantern.example"] in rows
    assert ["page", "article with 1 statement"] in rows
    title = "Chad: Radio stations silenced before the vote"
    assert ["article.title", "article h1", "1", title] in rows
    assert ["article.topics", ".tags a", "0"] in rows
    assert ["title", title, "selector article h1", "high"] in rows
    assert ["topics", "Press Freedom", "meta article:tag", "high"] in rows


def test_json_holds_the_same(home: Path, page: str) -> None:
    found = json.loads(tried(home, page, "--profile", "generic", "--format", "json").out)
    assert list(found) == ["profile", "why", "url", "kind", "selectors", "statements"]
    assert (found["profile"], found["why"], found["selectors"]) == ("generic", "it was named", [])
    (statement,) = found["statements"]
    assert {"field": "published", "value": "2016-04-08"}.items() <= statement["fields"][3].items()


def test_an_address_can_be_given(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_text("<h1>Wells</h1><article><p>The wells are open again.</p></article>", "utf-8")
    assert "the page has no address" in tried(home, str(file)).out
    known = tried(home, str(file), "--base-url", "https://www.lantern.example/news")
    assert "lantern: it owns the host lantern.example" in known.out


@pytest.mark.parametrize("address", ["news", "www.lantern.example", "ftp://lantern.example/"])
def test_an_address_that_no_page_could_have_is_refused(
    home: Path, page: str, tmp_path: Path, address: str
) -> None:
    tested = tried(home, page, "--base-url", address)
    read = start("--home", str(tmp_path / "none"), "ingest", page, "--base-url", address)
    for done in (tested, read):
        assert (done.code, done.out) == (2, "")
        assert f"“{address}” is not an address of the web" in done.err
    assert not (tmp_path / "none").exists()


def test_a_site_that_a_profile_names_is_said_to_be_so(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_text("<h1>Wells</h1><article><p>The wells are open again.</p></article>", "utf-8")
    named = tried(home, str(file), "--profile", "lantern").out
    assert re.search(r"^site +lantern +name of the profile +high$", named, re.MULTILINE)


def test_a_file_can_be_tested_before_it_is_installed(page: str, tmp_path: Path) -> None:
    own = tmp_path / "example-org.toml"
    own.write_text('[article]\nbody = "article"', "utf-8")
    done = tried(tmp_path / "no-home-yet", page, "--profile", str(own))
    assert done.code == 0, done.err
    assert "profile  example-org: it was named" in done.out
    missing = tried(tmp_path / "no-home-yet", page, "--profile", "nowhere.toml")
    assert (missing.code, "nowhere.toml cannot be read" in missing.err) == (2, True)


def test_what_cannot_be_tested_says_why(home: Path, page: str) -> None:
    unknown = tried(home, page, "--profile", "nope")
    assert (unknown.code, "no profile “nope”" in unknown.err) == (2, True)
    broken = tried(home, str(Path(page).parent / "broken.html"))
    assert (broken.code, broken.out) == (1, "")
    assert broken.err.startswith("onrecord: error: ")
    (home / "profiles" / "lantern.toml").write_text("[article]\nbody = 'p['", "utf-8")
    wrong = tried(home, page)
    assert wrong.code == 2
    assert "“article.body” is not a CSS selector" in wrong.err
