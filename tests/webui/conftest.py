from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.webui.site import Site, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = make_site(tmp_path_factory.mktemp("home"))
    with made.store:
        yield made


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.client
