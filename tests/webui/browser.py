"""A real browser and an archive for it to look at."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from tests.webui.site import AWKWARD, DOCUMENTS, EARLIER, make_site

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(home: Path, *, awkward: bool = False) -> Iterator[str]:
    """The address of an archive, for as long as it is needed; ``awkward``: with what is hard to
    show.
    """
    site = (
        make_site(home, [*DOCUMENTS, *AWKWARD], earlier=[EARLIER]) if awkward else make_site(home)
    )
    with site.store:
        server = make_server("127.0.0.1", 0, site.client.application, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; a test without one is skipped, unless the machine promised one."""
    if _CHROMIUM is None:
        if os.environ.get("ONRECORD_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium is installed, and ONRECORD_REQUIRE_BROWSER=1 asks for one")
        pytest.skip("no chromium is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        yield started
        started.close()
