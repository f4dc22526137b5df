"""TLS and login, against the real server with its own security plugin."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.credentials import Credentials
from index.engine import SearchEngine
from index.errors import EngineRefused, EngineUnavailable, IndexMissing, Unsupported
from index.memory_engine import MemoryEngine
from index.open import open_engine, open_writer
from index.request import build_query
from onrecord.cli import run
from tests import opensearch_security
from tests.index.conformance import assert_same_answer
from tests.index.documents import ARCHIVE
from tests.opensearch_distribution import SECURED
from tests.opensearch_security import READER, WRITER, Secured

pytestmark = pytest.mark.opensearch


@pytest.fixture(scope="module")
def server() -> Iterator[Secured]:
    if not SECURED.is_here():
        pytest.skip("not fetched (python -m tests.opensearch_node fetch --secured)")
    with opensearch_security.running() as server:
        writer = open_writer(location(server), login(server, WRITER))
        writer.rebuild(ARCHIVE, revision=1, extractor_version="1")
        yield server


def location(server: Secured, alias: str = "onrecord") -> str:
    return f"opensearch+{server.url}/{alias}"


def login(server: Secured, who: tuple[str, str], authority: Path | None = None) -> Credentials:
    return Credentials(*who, ca_file=str(authority or server.authority))


@pytest.fixture
def engine(server: Secured) -> Iterator[SearchEngine]:
    opened = open_engine(location(server), login(server, READER))
    yield opened
    opened.close()


def test_a_reader_gets_every_answer_with_the_rights_that_the_docs_name(
    engine: SearchEngine,
) -> None:
    oracle = MemoryEngine(ARCHIVE)
    for question in ("", "court", "fre*", "fredom", '"freedom of the press"'):
        for scope in ("documents", "quotations"):
            assert_same_answer(engine, oracle, build_query(question, scope=scope))
    assert_same_answer(engine, oracle, build_query("", speaker=["orlova"]))
    assert engine.complete("anna", "speaker") == oracle.complete("anna", "speaker")
    assert sorted(engine.contents()) == sorted(oracle.contents())
    assert engine.status().documents == len(ARCHIVE)
    assert engine.check() == ()


def test_a_writer_does_everything_with_the_rights_that_the_docs_name(server: Secured) -> None:
    writer = open_writer(location(server, "onrecord-other"), login(server, WRITER))
    writer.rebuild(ARCHIVE[:1], revision=1, extractor_version="1")
    writer.rebuild(ARCHIVE, revision=2, extractor_version="1")
    writer.update(ARCHIVE[:2], [ARCHIVE[3].id], revision=3, extractor_version="1")
    assert writer.rollback().documents == 1


def test_a_reader_may_not_write(server: Secured) -> None:
    writer = open_writer(location(server), login(server, READER))
    with pytest.raises(EngineRefused, match=r"does not allow this user.*docs/scaling.md"):
        writer.rebuild(ARCHIVE, revision=1, extractor_version="1")


def test_another_alias_is_not_for_this_user(server: Secured) -> None:
    with pytest.raises(EngineRefused, match="indices:admin/mappings/get"):
        open_engine(location(server, "secrets"), login(server, READER))
    with pytest.raises(IndexMissing):
        open_engine(location(server, "onrecord-none"), login(server, READER))


@pytest.mark.parametrize("who", [("reader", "hunter2"), ("nobody-known", "hunter2")])
def test_a_wrong_login_is_refused_with_advice(server: Secured, who: tuple[str, str]) -> None:
    with pytest.raises(EngineRefused, match="check user and password") as caught:
        open_engine(location(server), login(server, who))
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(caught.value.__cause__)


def test_no_login_is_refused(server: Secured) -> None:
    with pytest.raises(EngineRefused, match="does not let us in"):
        open_engine(location(server), Credentials(ca_file=str(server.authority)))


@pytest.mark.parametrize("trusted", ["the stranger", "the system's"])
def test_a_certificate_of_an_unknown_authority_is_refused(server: Secured, trusted: str) -> None:
    """Before anything is sent, the password too."""
    ca_file = str(server.stranger) if trusted == "the stranger" else None
    with pytest.raises(EngineRefused, match=r"does not prove who it is.*ONRECORD_ENGINE_CA"):
        open_engine(location(server), Credentials(*READER, ca_file=ca_file))


def test_a_certificate_for_another_name_is_refused(server: Secured) -> None:
    elsewhere = location(server).replace("127.0.0.1", "127.0.0.2")
    with pytest.raises((EngineRefused, EngineUnavailable)) as caught:
        open_engine(elsewhere, login(server, READER))
    assert READER[1] not in str(caught.value)


def test_plain_http_is_not_answered(server: Secured) -> None:
    """On loopback a password may go in the open; elsewhere it may not, before anything is sent."""
    plain = location(server).replace("https", "http")
    with pytest.raises(EngineUnavailable, match="does not answer"):
        open_engine(plain, login(server, READER))
    with pytest.raises(Unsupported, match="in the open"):
        open_engine(plain.replace("127.0.0.1", "search.example"), login(server, READER))


def test_the_command_line_takes_its_login_from_a_file(
    server: Secured,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "login"
    file.write_text(":".join(WRITER))
    monkeypatch.setenv("ONRECORD_ENGINE", location(server, "onrecord-commands"))
    monkeypatch.setenv("ONRECORD_ENGINE_CA", str(server.authority))
    monkeypatch.setenv("ONRECORD_ENGINE_CREDENTIALS", str(file))
    page = tmp_path / "page.html"
    page.write_text("<title>A court decides</title><h1>A court decides</h1><p>It was a zebra.</p>")
    home = ["--home", str(tmp_path / "home")]
    assert run([*home, "ingest", str(page), "--base-url", "https://a.example/"]) == 0
    assert run([*home, "search", "zebra", "--format", "jsonl"]) == 0
    assert "A court decides" in capsys.readouterr().out
    file.write_text("writer:wrong")
    assert run([*home, "search", "zebra"]) == 3
    said = capsys.readouterr().err
    assert "check user and password" in said
    assert "wrong" not in said
