"""Reading the pages that the tests ask for."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


def get(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "lxml")


def text(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [text(tag) for tag in page.select(selector)]


def href(page: BeautifulSoup, selector: str) -> str:
    (tag,) = page.select(selector)
    return str(tag["href"])


def hrefs(page: BeautifulSoup, selector: str) -> list[str]:
    return [str(tag["href"]) for tag in page.select(selector)]


def link(page: BeautifulSoup, label: str) -> str:
    found = [a for a in page.select("a") if label in (text(a), a.get("aria-label"))]
    assert found, f"no link “{label}”"
    return str(found[0]["href"])
