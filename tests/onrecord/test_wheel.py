"""What `pip install` gives: everything that On Record needs is in the wheel."""

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.onrecord.support import Done, environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment with the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    # Folders named in a .pth file come after the environment's own.
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin"


def call(installed: Path, *arguments: str, cwd: Path) -> Done:
    variables = {k: v for k, v in environment().items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [str(installed / "onrecord"), *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=cwd,
        env=variables,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_the_wheel_holds_the_rooms_and_all_their_data(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for room in ("archive", "index", "webui", "onrecord")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert data - held == set()
    assert {name.split("/")[0].split("-")[0] for name in held} == {
        *("archive", "index", "webui", "onrecord")
    }
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_the_installed_command_works_away_from_the_checkout(
    installed: Path, pages: Path, tmp_path: Path
) -> None:
    ingested = call(installed, "ingest", str(pages), "--format", "json", cwd=tmp_path)
    assert ingested.code == 5, ingested.err
    assert json.loads(ingested.out)["added"] == 3
    assert (tmp_path / "onrecord-data" / "archive.db").is_file()
    assert "Amina Doubaye" in call(installed, "quotes", "holiday", cwd=tmp_path).out
    assert call(installed, "--version", cwd=tmp_path).out.startswith("onrecord 0")


def test_the_installed_package_is_the_one_under_test(installed: Path, tmp_path: Path) -> None:
    names = "archive, index, webui, onrecord"
    script = f"import {names}; print(*(m.__file__ for m in ({names})), sep='\\n')"
    done = subprocess.run(
        [str(installed / "python"), "-c", script],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=True,
    )
    assert all(line.startswith(str(installed.parent)) for line in done.stdout.splitlines())


def test_the_installed_page_finds_its_templates_and_the_demo_its_pages(
    installed: Path, tmp_path: Path
) -> None:
    script = """
from importlib.resources import files
from onrecord.config import Home
from pathlib import Path
from webui.app import create_app
from webui.config import WebConfig

assert sum(1 for _ in (files("onrecord") / "sample").rglob("*.htm*")) >= 40
home = Home(Path("home"))
from archive.ingest import ingest
from onrecord import indexing
with home.store(create=True) as store:
    ingest([Path(str(files("onrecord") / "sample"))], store, profiles=home.profiles())
    indexing.update(home, store)
    client = create_app(home.engine(), store, WebConfig()).test_client()
    page = client.get("/search?q=freedom")
    assert page.status_code == 200 and b"freedom" in page.data
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert client.get(style).status_code == 200
"""
    done = subprocess.run(
        [str(installed / "python"), "-c", script],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
