"""Pictures of every kind of page, wide and narrow, light and dark, to be looked at critically.

    python -m tests.webui.screenshots FOLDER [URL]

Without an address of a running ``onrecord serve`` the archive of the tests is served.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.webui.site import make_site
from tests.webui.test_browser import ARGUMENTS, CHROMIUM

WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 2000
SEARCH = "/search?q=report+OR+freedom"


@contextmanager
def served() -> Iterator[str]:
    """The archive of the tests, until the pictures are made."""
    with tempfile.TemporaryDirectory() as home:
        site = make_site(Path(home))
        with site.store:
            server = make_server("127.0.0.1", 0, site.client.application, threaded=True)
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()
            server.server_close()


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
        "nothing": f"{SEARCH}+AND+xyzzy&country=RU",
        "facet": "/facet/topic?order=name",
        "statement": statement,
        "cite": f"{document}/cite",
        "versions": f"{document}/versions",
        "original": f"{document}/original",
        "speaker": first("/speakers", ".counts a"),
        "country": first("/countries", ".counts a"),
        "countries": "/countries?order=name",
        "help": "/help",
        "refused": "/search?from=yesterday",
        "missing": "/nothing/here",
    }


def take(browser: Browser, address: str, folder: Path) -> None:
    """Write ``NAME-WIDTH-SCHEME.png`` for every page."""
    for width, scheme in product(WIDTHS, SCHEMES):
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        for name, path in addresses(page).items():
            page.goto(path)
            height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
            page.set_viewport_size({"width": width, "height": max(height, 900)})
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            page.set_viewport_size({"width": width, "height": 900})
        context.close()


def main(folder: Path, address: str | None) -> None:
    """Make all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        if address:
            take(browser, address, folder)
        else:
            with served() as own:
                take(browser, own, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
