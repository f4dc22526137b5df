"""One archive, two engines: the command line and the web page do not tell which one answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import run
from onrecord.config import Home
from tests import opensearch_server
from tests.onrecord.support import Done
from webui.app import create_app
from webui.config import WebConfig

pytestmark = pytest.mark.opensearch


@pytest.fixture(scope="module")
def location(home: Path) -> Iterator[str]:
    """The same archive, indexed by a server."""
    with opensearch_server.place() as location:
        assert run(["--home", str(home), "--engine", location, "index", "build"]) == 0
        yield location


QUESTIONS = (
    ("search",),
    ("search", '"freedom of expression"', "--facets", "--snippets"),
    ("search", "newspaper", "--format", "json"),
    ("search", "freedom", "--country", "Chad", "--sort", "newest", "--format", "json"),
    ("search", "fredom", "--format", "json"),
    ("search", "fre*", "--format", "csv"),
    ("search", "--from", "2018", "--not-country", "Norway", "--format", "jsonl"),
    ("search", "speaker:kvernadze", "--kwic"),
    ("search", "zebra", "--exit-status"),
    ("search", "--country", "Nowhere"),
    ("search", "a*"),
    ("search", "--page", "600", "--limit", "100"),
    ("quotes", "freedom"),
    ("quotes", "--speaker", "Solbakken", "--format", "json"),
    ("facets", "freedom", "--format", "json"),
    ("facets", "--topic", "unknown", "--format", "csv"),
    ("export", "--format", "jsonl"),
    ("export", "freedom", "--format", "bibtex"),
    ("speakers", "list"),
    ("speakers", "suggest", "nin"),
    ("countries", "list"),
    ("index", "check"),
)


@pytest.mark.parametrize("arguments", QUESTIONS, ids=" ".join)
def test_a_command_prints_the_same(
    home: Path, location: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    embedded, served = (
        _call(capsys, "--home", str(home), *engine, *arguments)
        for engine in ((), ("--engine", location))
    )
    assert embedded == served


def _call(capsys: pytest.CaptureFixture[str], *arguments: str) -> Done:
    code = run([*arguments])
    printed = capsys.readouterr()
    return Done(code, _without_scores(printed.out), _without_scores(printed.err))


PAGES = (
    "/",
    "/search?q=freedom",
    "/search?q=freedom&country=TD&country=GE",
    "/search?q=fredom",
    "/search?q=zebra",
    "/search?q=a*",
    "/search?q=newspaper&in=quotations",
    "/search?from=2018&sort=oldest&per_page=1&page=2",
    "/search.json?q=freedom",
    "/search.jsonl?q=freedom",
    "/search.csv?sort=newest",
    "/search.atom",
    "/country/TD",
    "/speaker/Nino%20Kvernadze",
    "/complete.json?q=ni",
)


@pytest.fixture(scope="module")
def clients(home: Path, location: str) -> Iterator[list[Any]]:
    """A reader of the page over each engine."""
    opened = [Home(home), Home(home, location)]
    with opened[0].store(readonly=True) as store:
        engines = [one.engine() for one in opened]
        yield [create_app(engine, store, WebConfig()).test_client() for engine in engines]
        for engine in engines:
            engine.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_the_same(clients: list[Any], path: str) -> None:
    embedded, served = (client.get(path, base_url="http://localhost") for client in clients)
    assert embedded.status_code == served.status_code
    assert _without_scores(embedded.text) == _without_scores(served.text)


def _without_scores(text: str) -> str:
    """Scores, and with them the order by relevance, are each engine's own; so is the time."""
    text = re.sub(r'"took_ms": ?[\d.]+', '"took_ms": 0', text)
    text = re.sub(r"in [\d.,]+ ms|[\d.,]+ ms\b", "ms", text)
    text = re.sub(r'"score": ?[\d.]+', '"score": 0', text)
    return re.sub(r",\d+\.\d+\r?$", ",0", text, flags=re.MULTILINE)


def test_a_server_that_is_away_is_said_in_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = "opensearch+http://127.0.0.1:9/news"
    done = _call(capsys, "--home", str(home), "--engine", away, "search", "freedom")
    assert done.code == 3
    assert "does not answer" in done.err
    assert "Traceback" not in done.err


def test_credentials_come_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.config import credentials

    monkeypatch.setenv("ONRECORD_ENGINE_USER", "reader")
    monkeypatch.setenv("ONRECORD_ENGINE_PASSWORD", "hunter2")
    assert (credentials().user, credentials().password) == ("reader", "hunter2")
    file = tmp_path / "login"
    file.write_text("writer:pass:word\n")
    monkeypatch.setenv("ONRECORD_ENGINE_CREDENTIALS", str(file))
    assert (credentials().user, credentials().password) == ("writer", "pass:word")
