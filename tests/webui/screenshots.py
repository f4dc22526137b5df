"""Pictures of every kind of page, wide and narrow, light and dark, to be looked at critically.

    python -m tests.webui.screenshots FOLDER [URL]

Without an address of a running ``onrecord serve`` the archive of the tests is served.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.webui.browser import chromium, served
from tests.webui.site import AWKWARD, POET

WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 2000
# What the archive of the tests has beside: each hard to show.
OWN = {
    "versions": f"/statement/{POET.id}/versions",
    "quoted": f"/statement/{POET.id}?q=poet&hit=1",
    "right-to-left": f"/statement/{AWKWARD[0].id}",
    "long": f"/statement/{AWKWARD[1].id}",
    "french": "/search?q=report+OR+freedom&lang=fr",
}
SEARCH = "/search?q=report+OR+freedom"


def addresses(page: Page) -> dict[str, str]:
    """Name of a picture -> path, found by following the first links of each kind."""

    def first(path: str, selector: str) -> str:
        page.goto(path)
        url = urlsplit(str(page.locator(selector).first.evaluate("link => link.href")))
        return f"{url.path}?{url.query}" if url.query else url.path

    statement = first(SEARCH, ".hit h2 a")
    document = statement.partition("?")[0]
    return {
        "home": "/",
        "search": SEARCH,
        "filtered": f"{SEARCH}&country=RU&not.topic=Topic+1&from=2010",
        "year": first("/search", ".when tbody a"),
        "quotations": "/search?in=quotations",
        "nothing": "/search?q=report+xyzzy&country=RU",
        "facet": "/facet/topic?order=name",
        "statement": statement,
        "cite": f"{document}/cite",
        "versions": f"{document}/versions",
        "original": f"{document}/original",
        "speaker": first("/speakers", ".counts a"),
        "country": first("/countries", ".counts a"),
        "countries": "/countries?order=name",
        "list": f"/list?id={document.rpartition('/')[2]}&id={document.rpartition('/')[2]}.1",
        "empty-list": "/list",
        "help": "/help",
        "refused": "/search?from=yesterday",
        "missing": "/nothing/here",
    }


def take(browser: Browser, address: str, folder: Path, more: Mapping[str, str]) -> None:
    """Write ``NAME-WIDTH-SCHEME.png`` for every page, and for ``more``: name -> path."""
    for width, scheme in product(WIDTHS, SCHEMES):
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        for name, path in {**addresses(page), **more}.items():
            page.goto(path)
            height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
            page.set_viewport_size({"width": width, "height": max(height, 900)})
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            page.set_viewport_size({"width": width, "height": 900})
        context.close()


def main(folder: Path, address: str | None) -> None:
    """Make all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        if address:
            take(browser, address, folder, {})
            return
        with TemporaryDirectory() as home, served(Path(home), awkward=True) as own:
            take(browser, own, folder, OWN)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("url", nargs="?")
    options = parser.parse_args()
    main(options.folder, options.url)
