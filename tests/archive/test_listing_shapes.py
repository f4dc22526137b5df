"""Listings as kinds of software lay them out, in words of our own, against ``truth.toml``."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.archive.reading import read

PAGES = Path(__file__).parents[1] / "data" / "listings"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "truth.toml").read_text("utf-8"))
SITE = "https://lists.example/"


@pytest.mark.parametrize("name", TRUTH)
def test_a_shape_of_listing(name: str) -> None:
    truth = TRUTH[name]
    page = read((PAGES / f"{name}.html").read_text("utf-8"), f"{SITE}index.html")
    assert page.kind == "listing"
    rows = [[d.published, d.title, (d.url or "").removeprefix(SITE)] for d in page.documents]
    assert rows == truth["rows"]
    found = {
        "category": [d.category for d in page.documents],
        "topics": [list(d.topics) for d in page.documents],
        "body": [d.body for d in page.documents],
        "countries": [
            sorted(c.code for c in d.countries if c.relation == "listed") for d in page.documents
        ],
    }
    for field in truth.keys() - {"rows"}:
        assert found[field] == truth[field], field


def test_every_page_has_its_truth() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(TRUTH)
