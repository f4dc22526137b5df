from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.errors import EngineUnavailable, IndexDamaged, IndexMissing
from tests.webui.pages import get, text
from tests.webui.site import ATTRIBUTE_PAYLOAD, HOSTILE, PAYLOAD, POET, Site, make_site
from webui.app import create_app
from webui.config import WebConfig

PAGES = [
    "/",
    "/search",
    "/search?q=hostile",
    "/search?q=hostile&in=quotations",
    "/search?in=quotations",
    f"/search?q={quote(PAYLOAD)}",
    f"/search?topic={quote(ATTRIBUTE_PAYLOAD)}&category={quote(PAYLOAD)}",
    f"/search?speaker={quote('Eve ' + PAYLOAD)}",
    f"/search?from={quote(PAYLOAD)}",
    f"/search?country={quote(ATTRIBUTE_PAYLOAD)}",
    f"/search?q={quote(ATTRIBUTE_PAYLOAD)}&country=TR",
    f"/search?{quote(ATTRIBUTE_PAYLOAD)}={quote(PAYLOAD)}",
    "/facet/topic",
    f"/facet/speaker?q={quote(PAYLOAD)}&order=name",
    f"/statement/{HOSTILE.id}",
    f"/statement/{HOSTILE.id}?q=script+hacked&category={quote(PAYLOAD)}",
    f"/statement/{HOSTILE.id}/cite",
    f"/statement/{HOSTILE.id}/original",
    f"/statement/{HOSTILE.id}/versions",
    f"/statement/{quote(PAYLOAD, safe='')}",
    f"/speaker/{quote('Eve ' + PAYLOAD, safe='')}",
    f"/country/{quote(PAYLOAD, safe='')}",
    "/country/TR",
    "/speakers",
    "/countries?order=name",
    f"/{quote(PAYLOAD)}",
]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_from_outside_becomes_markup(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.text, "lxml")
    sources = [tag.get("src") for tag in page.select("script")]
    assert all(str(source).startswith("/static/script.js") for source in sources)
    assert not page.select("img, style, [style], base, object, embed")
    attributes = {name for tag in page.find_all(True) for name in tag.attrs}
    assert not {name for name in attributes if name.startswith("on")}
    links = [
        str(tag.get(name))
        for tag in page.find_all(True)
        for name in ("href", "action")
        if tag.get(name)
    ]
    assert not [link for link in links if link.strip().lower().startswith(("javascript", "data"))]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_policies(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_payloads_are_shown_as_text(client: FlaskClient) -> None:
    page = get(client, f"/statement/{HOSTILE.id}")
    assert PAYLOAD in text(page.h1)
    assert "\x00" not in client.get(f"/statement/{HOSTILE.id}").text


def test_a_header_cannot_be_injected(client: FlaskClient) -> None:
    for path in ("/speaker/a%0d%0aSet-Cookie:x", "/country/ru%0d%0ax", "/statement/a%0d%0ax.bib"):
        assert "Set-Cookie" not in client.get(path).headers


def test_only_trusted_hosts_are_served(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200
    refused = client.get("/", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert "evil" not in refused.text


def test_the_public_address_is_used_where_one_is_given(site: Site) -> None:
    config = WebConfig(base_url="https://archive.example/")
    public = create_app(site.engine, site.store, config).test_client()
    assert "https://archive.example/statement/" in public.get("/search.atom").text


def test_only_reading_is_possible(client: FlaskClient) -> None:
    for path in ("/", "/search", f"/statement/{POET.id}"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert client.open(path, method=method).status_code == 405


def test_pages_are_revalidated_and_unchanged_ones_cost_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path, [POET])
    with site.store:
        for path in ("/", "/search?q=poet", f"/statement/{POET.id}", "/search.csv", "/search.atom"):
            first = site.client.get(path)
            assert first.cache_control.no_cache
            etag = first.headers["ETag"]
            again = site.client.get(path, headers={"If-None-Match": etag})
            assert again.status_code == 304
            assert again.data == b""
            other = site.client.get("/help", headers={"If-None-Match": etag})
            assert other.status_code == 200
        held = [replace(POET, title="Changed")]
        site.engine.rebuild(held, revision=9, extractor_version="1")
        assert site.client.get("/", headers={"If-None-Match": etag}).status_code == 200


def test_errors_are_never_kept(client: FlaskClient) -> None:
    for path in ("/nothing", "/search?page=0"):
        response = client.get(path)
        assert response.cache_control.no_store
        assert "ETag" not in response.headers


def test_static_files_are_kept_for_good_under_their_fingerprint(client: FlaskClient) -> None:
    page = get(client, "/")
    stylesheet = str(page.select("link[rel=stylesheet]")[0]["href"])
    with client.get(stylesheet) as response:
        assert response.cache_control.immutable
    assert "?v=" in stylesheet


def test_pages_are_compressed_for_those_who_accept_it(client: FlaskClient) -> None:
    response = client.get("/search", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert "Content-Encoding" not in client.get("/search").headers
    refused = client.get("/search", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize("path", ["/", "/search", "/search.csv", "/statement//x", "/speaker/%2Fx"])
def test_no_answer_is_shorter_than_it_says(client: FlaskClient, path: str) -> None:
    for encodings in ("", "gzip"):
        response = client.get(path, headers={"Accept-Encoding": encodings})
        assert response.headers.get("Content-Length") in (None, str(len(response.data)))


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/search?page=0", 400), ("/facet/year", 404), ("/facet/x", 404)],
)
def test_an_error_is_a_page_with_ways_on(client: FlaskClient, path: str, status: int) -> None:
    page = get(client, path, status)
    assert text(page.select_one(".status")) == str(status)
    assert page.select("form[role=search]")


def test_a_refusal_says_why_and_keeps_the_words(client: FlaskClient) -> None:
    page = get(client, "/search?q=poet&from=never", 400)
    assert "never" in text(page.select_one(".lead"))
    assert page.select("#q")[0]["value"] == "poet"


def test_a_refusal_keeps_the_filters_that_can_be_asked_and_the_dates_as_typed(
    client: FlaskClient,
) -> None:
    path = "/search?q=poet&country=Belarus&country=Atlantis&topic=VPN&from=never&to=2017&page=2"
    page = get(client, path, 400)
    form = page.select("#ask")[0]
    hidden = [(tag["name"], tag["value"]) for tag in form.select("input[type=hidden]")]
    assert hidden == [("country", "BY"), ("topic", "VPN")]
    boxes = {tag["name"]: tag["value"] for tag in page.select("input[form=ask]")}
    assert boxes == {"from": "never", "to": "2017"}
    assert not get(client, "/search?country=Atlantis", 400).select("input[form=ask]")


@pytest.mark.parametrize("error", [IndexMissing("gone: /srv/secret"), EngineUnavailable("down")])
def test_without_an_index_the_page_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(site.engine, "search", fail)
    response = site.client.get("/search")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "secret" not in response.text
    assert site.client.get("/search.json").get_json()["error"]["status"] == 503


def test_what_needs_no_index_answers_without_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EngineUnavailable("no node answers")

    for method in ("search", "stream", "complete", "contents", "status", "refresh"):
        monkeypatch.setattr(site.engine, method, fail)
    statement = f"/statement/{POET.id}"
    for path in (
        "/static/style.css",
        "/help",
        "/robots.txt",
        "/opensearch.xml",
        "/openapi.json",
        f"/list?id={POET.id}",
        statement,
        f"{statement}?q=poet&hit=1",
        *(f"{statement}{more}" for more in (".json", ".bib", "/cite", "/versions", "/original")),
    ):
        with site.client.get(path) as response:
            assert response.status_code == 200, path
            etag = response.headers["ETag"]
        with site.client.get(path, headers={"If-None-Match": etag}) as again:
            assert again.status_code == 304, path
    for path in ("/", "/search", "/country/RU", "/speakers", "/search.csv", "/complete.json?q=m"):
        assert site.client.get(path).status_code == 503, path


def test_a_newer_index_that_is_damaged_leaves_the_old_one_answering(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> bool:
        raise IndexDamaged("gen-000002 is truncated")

    monkeypatch.setattr(site.engine, "refresh", fail)
    assert site.client.get("/search?q=poet").status_code == 200
    assert "gen-000002" in caplog.text


def test_an_unexpected_error_shows_no_traceback(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(site.engine, "search", fail)
    response = site.client.get("/search")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "secret detail" in caplog.text
