"""The web page behind its server, and the demo: started, asked and ended as people do."""

import json
import os
import platform
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
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
        for path in ("speaker/Ingrid%20Solbakken", "%73peaker/Solbakken.json?q=secret"):
            read(address + path)
        process.send_signal(signal.SIGTERM)
        _, written = process.communicate(timeout=20)
    lines = [line for line in written.splitlines() if " GET " in line]
    if log == "none":
        assert lines == []
        return
    assert len(lines) == 4
    short = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ GET /search 200 \d+ms"
    assert re.match(short, lines[0])
    personal = [word for word in ("secret", "127.0.0.1", "Curious") if word in lines[0]]
    assert personal == (["secret", "127.0.0.1", "Curious"] if log == "full" else [])
    assert log == "full" or re.fullmatch(short, lines[0])
    assert " GET /country/ru%0Anew%20line 404 " in lines[1]
    asked_about = [line.split()[2] for line in lines[2:]]
    if log == "full":
        assert asked_about == ["/speaker/Ingrid%20Solbakken", "/%73peaker/Solbakken.json"]
    else:
        assert asked_about == ["/speaker/*", "/speaker/*.json"]
        assert "Solbakken" not in written


@pytest.mark.parametrize("log", ["requests", "none"])
def test_what_is_no_request_is_logged_without_personal_data(home: Path, log: str) -> None:
    arguments = ("--home", str(home), "serve", "--workers", "1", "--log", log)
    with serving(*arguments) as (process, address):
        place = urlsplit(address)
        for sent in (b"GET /secret?q=secret HTTP/x\r\n\r\n", b"GET / HTTP/1.1\r\nsecret\r\n\r\n"):
            with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
                connection.sendall(sent)
                assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")
        process.send_signal(signal.SIGTERM)
        _, written = process.communicate(timeout=20)
    assert written.count("A request was refused") == 2
    assert [word for word in ("secret", "127.0.0.1") if word in written] == []


def test_the_server_ends_when_requests_under_way_are_answered(pages: Path, tmp_path: Path) -> None:
    page = pages / "lantern.example" / "chad-radio.html"
    page.write_text(page.read_text("utf-8") + f"<!-- {'x' * 9_000_000} -->", "utf-8")
    home = ("--home", str(tmp_path))
    start(*home, "ingest", str(page))
    with serving(*home, "serve", "--workers", "1") as (process, address):
        found = json.loads(read(f"{address}search.json"))["hits"][0]["id"]
        place = urlsplit(address)
        with socket.socket() as connection:
            connection.settimeout(20)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # a slow reader
            connection.connect((place.hostname, place.port))
            request = f"GET /statement/{found}/original.bin HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"
            connection.sendall(request.encode())
            answer = bytearray(connection.recv(1))
            process.send_signal(signal.SIGTERM)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            with pytest.raises(subprocess.TimeoutExpired):  # it waits for this reader
                process.wait(timeout=1)
            while more := connection.recv(1 << 20):
                answer += more
        process.communicate(timeout=20)
    assert answer.startswith(b"HTTP/1.0 200 ")
    assert len(answer) > page.stat().st_size
    assert process.returncode == 0


def status_of(url: str) -> int:
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 (the server under test)
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_a_process_that_starts_without_an_index_shows_statements_and_waits_for_one(
    pages: Path, tmp_path: Path
) -> None:
    home = ("--home", str(tmp_path))
    start(*home, "ingest", str(pages))
    current = tmp_path / "index" / "CURRENT"
    with serving(*home, "serve", "--workers", "1") as (process, address):
        found = json.loads(read(f"{address}search.json"))["hits"][0]["id"]
        (worker,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        sound = current.read_bytes()
        current.write_bytes(b"damaged")
        os.kill(int(worker), signal.SIGKILL)
        for _ in range(6):  # until there is another one
            with suppress(OSError):
                status_of(f"{address}healthz")
                break
        assert status_of(f"{address}search?q=radio") == 503
        assert status_of(f"{address}healthz") == 503
        assert status_of(f"{address}statement/{found}") == 200
        current.write_bytes(sound)
        assert status_of(f"{address}search?q=radio") == 200
        assert status_of(f"{address}healthz") == 200


def test_the_server_says_that_it_is_well(home: Path) -> None:
    with serving("--home", str(home), "serve", "--workers", "1") as (_, address):
        assert json.loads(read(f"{address}healthz"))["status"] == "ok"


_ARENAS = """
import ctypes, threading
from onrecord.server import share_memory
share_memory()
together = threading.Barrier(6)
def work():
    together.wait()
    held = [bytes(10_000) for _ in range(100)]
    together.wait()
threads = [threading.Thread(target=work) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, out)
library.fflush(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_of_the_server_take_memory_from_one_place() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ARENAS],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    assert done.stdout.count("<heap nr=") == 1
