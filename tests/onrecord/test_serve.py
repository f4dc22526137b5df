"""The web page behind its server, and the demo: started, asked and ended as people do."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.onrecord.support import command, environment, start


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and its address."""
    with subprocess.Popen(
        command(*arguments, "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    ) as process:
        try:
            assert process.stdout
            printed = ""
            while line := process.stdout.readline():
                printed += line
                if found := re.search(r"http://\S+/(?= \()", line):
                    yield process, found.group()
                    return
            pytest.fail(f"no address in:\n{printed}")
        finally:
            process.kill()


def read(url: str) -> str:
    with urlopen(url, timeout=10) as answer:  # noqa: S310 (the server under test)
        assert answer.status == 200
        text: str = answer.read().decode()
        return text


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_and_ends_gracefully(home: Path, ending: signal.Signals) -> None:
    with serving("--home", str(home), "serve", "--workers", "1") as (process, address):
        assert "silenced before the vote" in read(f"{address}search?q=radio")
        assert json.loads(read(f"{address}search.json?q=radio"))["total"] == 1
        process.send_signal(ending)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "Traceback" not in err


def test_a_running_page_shows_what_is_ingested_meanwhile(pages: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    start(*home, "ingest", str(pages / "lantern.example" / "chad-radio.html"))
    with serving(*home, "serve", "--workers", "1") as (_, address):
        assert json.loads(read(f"{address}search.json"))["total"] == 1
        start(*home, "ingest", str(pages))
        assert json.loads(read(f"{address}search.json"))["total"] == 3


def test_a_taken_port_is_an_error_with_a_way_out(home: Path) -> None:
    arguments = ("--home", str(home), "serve", "--workers", "1")
    with serving(*arguments) as (_, address):
        port = address.rstrip("/").rpartition(":")[2]
        done = start(*arguments, "--port", port)
        assert done.code == 1
        assert f"port {port} is taken" in done.err
        assert "--port" in done.err
        assert start("--home", "/nowhere/at/all", "demo", "--port", port).code == 1


def test_serve_needs_an_archive_and_an_index(pages: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    assert start(*home, "serve", "--port", "0").code == 3
    start(*home, "ingest", str(pages), "--no-index")
    done = start(*home, "serve", "--port", "0")
    assert done.code == 3
    assert " index build" in done.err


def test_the_demo_searches_and_serves_and_starts_clean_each_time(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    for _ in range(2):
        with serving("--home", str(home), "demo") as (process, address):
            found = json.loads(read(f"{address}search.json"))
            assert found["total"] >= 150
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
        assert process.returncode == 0
        (home / "notes.txt").write_text("mine")
    assert (home / "notes.txt").read_text() == "mine"


def test_the_demo_leaves_folders_alone_that_it_did_not_make(home: Path) -> None:
    before = (home / "archive.db").read_bytes()
    done = start("--home", str(home), "demo", "--port", "0")
    assert done.code == 1
    assert "was not made by a demo" in done.err
    assert (home / "archive.db").read_bytes() == before


ASKED = "/search?q=secret%0Aline&country=RU"


@pytest.mark.parametrize("log", ["requests", "full", "none"])
def test_requests_are_logged_without_personal_data_by_default(home: Path, log: str) -> None:
    arguments = () if log == "requests" else ("--log", log)
    with serving("--home", str(home), "serve", "--workers", "1", *arguments) as (process, address):
        request = Request(address.rstrip("/") + ASKED, headers={"User-Agent": "Curious/1.0"})  # noqa: S310
        with urlopen(request, timeout=10):  # noqa: S310 (the server under test)
            pass
        with pytest.raises(HTTPError, match="404"):
            read(address + "country/ru%0Anew%20line")
        process.send_signal(signal.SIGTERM)
        _, written = process.communicate(timeout=20)
    lines = [line for line in written.splitlines() if " GET " in line]
    if log == "none":
        assert lines == []
        return
    assert len(lines) == 2
    short = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ GET /search 200 \d+ms"
    assert re.match(short, lines[0])
    personal = [word for word in ("secret", "127.0.0.1", "Curious") if word in lines[0]]
    assert personal == (["secret", "127.0.0.1", "Curious"] if log == "full" else [])
    assert log == "full" or re.fullmatch(short, lines[0])
    assert " GET /country/ru%0Anew%20line 404 " in lines[1]


def test_the_server_says_that_it_is_well(home: Path) -> None:
    with serving("--home", str(home), "serve", "--workers", "1") as (_, address):
        assert json.loads(read(f"{address}healthz"))["status"] == "ok"
