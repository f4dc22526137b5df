from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli import run
from tests.onrecord.support import Done, Onrecord, start, write_pages


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def home(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the pages that no test changes."""
    home = tmp_path_factory.mktemp("home")
    done = start("--home", str(home), "ingest", str(pages))
    assert done.code == 5, done.err
    return home


@pytest.fixture
def onrecord(home: Path, capsys: pytest.CaptureFixture[str]) -> Onrecord:
    """The command within this process, over the archive that no test changes."""

    def call(*arguments: str) -> Done:
        code = run(["--home", str(home), *arguments])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return call
