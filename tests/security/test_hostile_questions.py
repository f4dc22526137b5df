"""Whoever asks whatever: no error of ours, no more than 2 s of CPU and 256 MB, a reason if not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.store import Store
from benchmarks.engines.corpus import Invented, to_document
from index.open import open_engine, open_writer
from onrecord.cli import run
from tests.index.test_hostile_queries import HOSTILE
from tests.onrecord.support import command, environment
from tests.security.questions import hostile_address
from tests.webui.site import DOCUMENTS, put
from webui.app import create_app
from webui.config import WebConfig

CPU_SECONDS = 2.0
MEMORY = 256 << 20
_ASKED = ("/search", "/search.json", "/search.csv", "/search.atom")
_NAMES = (
    "speaker",
    "country",
    "topic",
    "not.topic",
    "from",
    "to",
    "sort",
    "page",
    "per_page",
    "in",
)


def fill(home: Path, invented: int = 0) -> None:
    """A home with the tests' documents, and so many invented ones.

    The index has all of them, the archive the first 2,000: to put them there takes longer than all
    questions, and what a page takes from it is bounded by the number of its hits.
    """
    made = (to_document(r, quotations=3) for r in Invented().records(invented)) if invented else ()
    every = chain(DOCUMENTS, made)
    with Store.open(home, create=True) as store:
        with store.batch():
            held = list(islice(every, 2_000))
            for document in held:
                put(store, document)
        open_writer(f"whoosh:{home / 'index'}").rebuild(
            chain(held, every), revision=store.revision, extractor_version="1"
        )


@contextmanager
def serving(home: Path) -> Iterator[FlaskClient]:
    """The web page over a home."""
    engine = open_engine(f"whoosh:{home / 'index'}")
    with closing(engine), Store.open(home, readonly=True) as store:
        yield create_app(engine, store, WebConfig()).test_client()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    fill(home)
    with serving(home) as client:
        yield client


def ask(client: FlaskClient, address: str) -> float:
    """CPU seconds of an answer, or of a refusal that says why."""
    before = time.process_time()
    response = client.get(address)
    data = response.data
    took = time.process_time() - before
    assert response.status_code < 500, address
    if response.status_code == 400 and response.is_json:
        assert len(response.get_json()["error"]["message"]) > 10, address
    elif response.status_code == 400:
        assert b'class="lead"' in data, address
    return took


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_question_is_answered_or_refused(client: FlaskClient, text: str) -> None:
    asked = quote(text, errors="surrogatepass")[:20_000]
    addresses = [f"{path}?q={asked}" for path in _ASKED]
    addresses += [f"/search.json?{name}={asked}" for name in _NAMES]
    addresses += [
        f"/complete.json?q={asked}",
        f"/speaker/{asked}.json",
        f"/facet/speaker?find={asked}",
    ]
    assert all(ask(client, address) < CPU_SECONDS for address in addresses)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_command_line_answers_or_refuses(
    client: FlaskClient, home: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    questions = (["search", "--", text], ["quotes", "--", text], ["search", f"--speaker={text}"])
    for arguments in (*questions, ["search", f"--country={text}"], ["facets", f"--from={text}"]):
        code = run(["--home", str(home), *arguments])
        said = capsys.readouterr().err
        assert code in (0, 2), said
        assert code == 0 or len(said) > 20
        assert "mistake in On Record" not in said


def test_generated_questions(client: FlaskClient) -> None:
    random = Random(5)  # noqa: S311 (repeatable)
    assert max(ask(client, hostile_address(random)) for _ in range(400)) < CPU_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_thousand_generated_questions(client: FlaskClient, seed: int) -> None:
    """25,000 each; the memory of all of them together is bounded."""
    random = Random(seed)  # noqa: S311 (repeatable)
    ask(client, "/search")
    before = _memory()
    worst = max(ask(client, hostile_address(random)) for _ in range(25_000))
    grown = _peak() - before
    print(f"worst {worst:.2f} s, {grown >> 20} MiB")  # noqa: T201 (figures)
    assert worst < CPU_SECONDS
    assert grown < MEMORY


@pytest.mark.slow
def test_hostile_questions_of_a_large_archive(tmp_path: Path) -> None:
    """20,000 documents: every hostile question, by HTTP and as a process, and 5,000 made ones."""
    random = Random(99)  # noqa: S311 (repeatable)
    fill(tmp_path, 20_000)
    with serving(tmp_path) as client:
        ask(client, "/search")
        before = _memory()
        asked = [quote(text, errors="surrogatepass")[:20_000] for text in HOSTILE.values()]
        listed = [ask(client, f"{path}?q={text}") for text in asked for path in _ASKED]
        made = [ask(client, hostile_address(random)) for _ in range(5_000)]
        grown = _peak() - before
    processes = [_process(tmp_path, text) for text in HOSTILE.values()]
    cpu, memory = max(c for c, _ in processes), max(m for _, m in processes)
    print(f"HTTP {max(listed):.2f} s, made {max(made):.2f} s, {grown >> 20} MiB")  # noqa: T201
    print(f"process {cpu:.2f} s, {memory >> 20} MiB in all")  # noqa: T201 (figures)
    assert max(*listed, *made, cpu) < CPU_SECONDS
    assert max(grown, memory) < MEMORY


def _memory() -> int:
    """Bytes of this process now, from which on its peak is taken anew: it may have been higher."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    assert found
    return int(found[1]) << 10


_MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss << 10)
sys.exit(code)
"""
"""Between us and what is measured: Linux counts the memory of who starts a process as its own."""


def _process(home: Path, text: str) -> tuple[float, int]:
    """CPU seconds and bytes of ``onrecord search`` as a process, cut to what a process takes."""
    typed = text.replace("\0", " ").encode("utf-8", "surrogatepass")[:100_000]
    arguments = [*command("--home", str(home), "search", "--"), os.fsdecode(typed)]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *arguments],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert done.returncode in (0, 2), done.stderr
    cpu, memory = done.stdout.split()
    return float(cpu), int(memory)
