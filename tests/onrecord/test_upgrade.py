from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli import run
from tests.archive.older import bring_back


def test_an_archive_of_the_first_version_is_brought_forward(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path)]
    assert run([*home, "ingest", "--no-index", str(pages)]) == 5
    bring_back(tmp_path, version=1)
    for verb in ("build", "update"):
        capsys.readouterr()
        assert run([*home, "index", "status"]) == (3 if verb == "build" else 0)
        assert run([*home, "index", verb]) == 0
    assert run([*home, "index", "check"]) == 0
