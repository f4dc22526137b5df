from __future__ import annotations

from pathlib import Path

import pytest

from archive.store import schema
from onrecord.cli import run


def test_an_archive_of_the_first_version_is_brought_forward(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path)]
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        assert run([*home, "ingest", str(pages)]) == 5
    for verb in ("build", "update"):
        capsys.readouterr()
        assert run([*home, "index", "status"]) == (3 if verb == "build" else 0)
        assert run([*home, "index", verb]) == 0
    assert run([*home, "index", "check"]) == 0
