from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from tests.webui.browser import chromium, served
from tests.webui.site import Site, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = make_site(tmp_path_factory.mktemp("home"))
    with made.store:
        yield made


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=30_000)  # of a busy machine, too: what is awaited ends it at once
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the archive is served that has awkward statements too."""
    with served(tmp_path_factory.mktemp("home"), awkward=True) as own:
        yield own
