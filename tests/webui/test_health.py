from pathlib import Path

import pytest

from archive.errors import StoreDamaged
from index.errors import EngineUnavailable, IndexDamaged
from tests.webui.site import POET, Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, [POET])


def test_health_is_what_operators_expect(site: Site) -> None:
    response = site.client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json()["status"] == "ok"
    assert response.get_json()["documents"] == 1
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert site.client.head("/healthz").status_code == 200
    again = site.client.get("/healthz", headers={"If-None-Match": "*"})
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (IndexDamaged("gone: /srv/secret"), "index-damaged"),
        (EngineUnavailable("no answer"), "engine-unavailable"),
        (OSError("disk"), "input-output-error"),
    ],
)
def test_an_index_that_cannot_answer_is_unhealthy(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    reason: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(site.engine, "search", fail)
    response = site.client.get("/healthz")
    assert response.status_code == 503
    assert response.get_json() == {"status": "unavailable", "reason": reason}
    assert response.headers["Cache-Control"] == "no-store"
    assert str(error) in caplog.text


def test_a_store_that_cannot_answer_is_unhealthy(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise StoreDamaged("malformed")

    monkeypatch.setattr(type(site.store), "revision", property(fail))
    assert site.client.get("/healthz").get_json()["reason"] == "store-damaged"


def test_an_archive_that_goes_while_a_page_is_made_spoils_no_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ETag" in site.client.get("/statement/" + POET.id).headers

    def gone(store: object) -> int:
        raise StoreDamaged("malformed")

    monkeypatch.setattr(type(site.store), "revision", property(gone))
    response = site.client.get("/statement/" + POET.id)
    assert response.status_code == 200
    assert "ETag" not in response.headers
