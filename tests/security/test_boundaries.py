"""Nothing outside the given folders is read, nothing outside the home is written."""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.limits import LIMITS
from archive.page import Page, UnreadableSource
from archive.sources import opening, read_pages
from archive.sources.files import read_file, walk
from tests.archive.packing import zipped
from tests.onrecord.support import start
from tests.security.hostile_files import ARCHIVES, SECRET, STATEMENT, plant, write_all
from tests.webui.site import make_site

FOLDERS = ("", "a", "a/b/c")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "outside" / "deep" / "secret.html"
    path.parent.mkdir(parents=True)
    path.write_bytes(SECRET)
    return path


def read_all(root: Path) -> list[Page | UnreadableSource]:
    """What is found, once it is sure that the secret is not among it."""
    found = list(read_pages([root]))
    assert not [page for page in found if isinstance(page, Page) and b"root:x" in page.data]
    return found


# Links

LINKS: dict[str, Callable[[Path, Path], None]] = {
    "file": lambda at, out: (at / "out.html").symlink_to(out),
    "relative": lambda at, out: (at / "out.html").symlink_to(os.path.relpath(out, at)),
    "folder": lambda at, out: (at / "out").symlink_to(out.parent),
    "folder named as a page": lambda at, out: (at / "out.html").symlink_to(out.parent),
    "above": lambda at, out: (at / "up").symlink_to(out.parents[2]),
    "root": lambda at, out: (at / "root").symlink_to("/"),
    "chain": lambda at, out: _chain(at, out),
    "through a folder": lambda at, out: _through(at, out),
    "crawl": lambda at, out: (at / "out.warc").symlink_to(out),
    "packed": lambda at, out: (at / "out.html.gz").symlink_to(out),
    "zip": lambda at, out: (at / "out.zip").symlink_to(out),
    "mhtml": lambda at, out: (at / "out.mhtml").symlink_to(out),
    "password": lambda at, _: (at / "out.txt").symlink_to("/etc/passwd"),
    "environment": lambda at, _: (at / "out.txt").symlink_to("/proc/self/environ"),
    "descriptor": lambda at, _: (at / "out.txt").symlink_to("/proc/self/fd/0"),
    "working folder": lambda at, _: (at / "out").symlink_to("/proc/self/cwd"),
    "device": lambda at, _: (at / "out.txt").symlink_to("/dev/zero"),
    "circle": lambda at, _: (at / "out.html").symlink_to(at / "out.html"),
}


def _chain(at: Path, out: Path) -> None:
    (at / "link").symlink_to(out)
    (at / "out.html").symlink_to(at / "link")


def _through(at: Path, out: Path) -> None:
    (at / "through").symlink_to(out.parent)
    (at / "out.html").symlink_to(at / "through" / out.name)


@pytest.mark.parametrize(("link", "folder"), list(product(LINKS, FOLDERS)))
def test_no_link_leads_out(tmp_path: Path, secret: Path, link: str, folder: str) -> None:
    at = tmp_path / "mirror" / folder
    at.mkdir(parents=True)
    (at / "good.html").write_bytes(STATEMENT)
    LINKS[link](at, secret)
    found = read_all(tmp_path / "mirror")
    assert sum(isinstance(page, Page) for page in found) == 1
    assert [p for p in found if isinstance(p, UnreadableSource)]


# Names of members

_NAMES = ("etc/passwd.html", "secret.warc", "out/secret.html.gz", "secret.mhtml")
_WAYS = (
    "../",
    "../../../",
    "a/../../",
    "a/b/../../../",
    "/",
    "//",
    "./../",
    "..\\",
    "C:\\",
    "%2e%2e/",
)


@pytest.mark.parametrize(("way", "name"), list(product(_WAYS, _NAMES)))
def test_no_member_of_a_zip_leads_out(tmp_path: Path, secret: Path, way: str, name: str) -> None:
    archive = tmp_path / "mirror" / "pages.zip"
    archive.parent.mkdir()
    archive.write_bytes(zipped({way + name: STATEMENT, "good.html": STATEMENT}))
    before = _tree(tmp_path)
    found = read_all(archive)
    assert _tree(tmp_path) == before
    if ".." in (way + name).split("/") or way.startswith("/"):
        (refused,) = (page for page in found if isinstance(page, UnreadableSource))
        assert refused.error.reason == "member-name"
    assert not [p for p in found if isinstance(p, Page) and p.url and "/../" in p.url]


def _tree(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


# Races: between the look at a name and its opening, it becomes something else


def _swap_file(path: Path, out: Path) -> None:
    path.unlink()
    path.symlink_to(out)


def _swap_folder(folder: Path, out: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(out.parent)


def _swap_for_pipe(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("resolved_before", [False, True])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_what_becomes_a_link_while_it_is_read_is_not_followed(
    tmp_path: Path,
    secret: Path,
    monkeypatch: pytest.MonkeyPatch,
    level: int,
    resolved_before: bool,
) -> None:
    root = tmp_path / "mirror"
    path = root / "a" / "b" / "secret.html"
    path.parent.mkdir(parents=True)
    path.write_bytes(STATEMENT)
    (found,) = walk(root)
    assert found == path
    if resolved_before:  # the change comes even later
        monkeypatch.setattr(opening, "resolved", lambda path: path)
    (tmp_path / "outside" / "deep" / "b").mkdir()
    (tmp_path / "outside" / "deep" / "b" / "secret.html").write_bytes(SECRET)
    match level:
        case 0:
            _swap_file(path, secret)
        case 1:
            _swap_folder(path.parent, secret)
        case 2:
            _swap_folder(path.parent.parent, secret)
        case 3:
            _swap_for_pipe(path, secret)
    (read,) = read_file(path, root, None, LIMITS)
    assert isinstance(read, UnreadableSource)
    assert read.error.reason == ("no-regular-file" if level == 3 else "link-outside")


def test_a_race_is_never_won(tmp_path: Path, secret: Path) -> None:
    root = tmp_path / "mirror"
    (root / "a").mkdir(parents=True)
    (root / "a" / "secret.html").write_bytes(STATEMENT)
    (tmp_path / "link").symlink_to(secret.parent)
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            (root / "a").rename(tmp_path / "kept")
            (tmp_path / "link").rename(root / "a")
            (root / "a").rename(tmp_path / "link")
            (tmp_path / "kept").rename(root / "a")

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        for _ in range(300):
            read_all(root)
    finally:
        done.set()
        swapping.join()


# Addresses of the web page and names on the command line

_PASSWORD = ("etc/passwd", "proc/self/environ", "archive.db", "pyproject.toml")
_UP = (
    "../../../../../../",
    "..%2f..%2f..%2f..%2f..%2f",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/",
    "....//....//",
)
_UP_TOO = ("..%5c..%5c..%5c", "%252e%252e%252f%252e%252e%252f", "/", "file:///", "..;/..;/", "%00/")
_FROM = ("/static/", "/statement/", "/speaker/", "/facet/", "/country/", "/")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    site = make_site(tmp_path_factory.mktemp("home"))
    with site.store:
        yield site.client


@pytest.mark.parametrize(("start_", "up"), list(product(_FROM, _UP + _UP_TOO)))
def test_no_address_reads_a_file(client: FlaskClient, start_: str, up: str) -> None:
    for name in _PASSWORD:
        response = client.get(start_ + up + name)
        assert response.status_code in (301, 302, 308, 400, 404), name
        assert b"root:" not in response.data
        assert b"SQLite" not in response.data


# All of it together, as a process that tells which files it opens

_SPY = """
import os, sys
_told = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def _spy(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        kind = "write" if (args[2] or 0) & _WRITE else "read"
        os.write(_told, f"{{kind}} {{os.fsdecode(args[0])!r}}\\n".encode("utf-8", "replace"))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "shutil.move"):
        for path in args[:2]:
            if isinstance(path, (str, bytes)):
                os.write(_told, f"write {{os.fsdecode(path)!r}}\\n".encode("utf-8", "replace"))
    elif event in ("subprocess.Popen", "os.system", "os.exec", "socket.connect"):
        os.write(_told, f"{{event}} {{args!r}}\\n".encode("utf-8", "replace"))
sys.addaudithook(_spy)
"""


def test_only_what_was_given_is_read_and_only_the_home_written(tmp_path: Path) -> None:
    pages, home, log = tmp_path / "pages", tmp_path / "home", tmp_path / "log"
    plant(pages / "planted", tmp_path / "outside")
    names = ("names.zip", "flagged.zip", "nested.zip", "crawl.wacz", "address.warc")
    write_all(pages / "archives", {name: ARCHIVES[name] for name in names}, 1)
    spy = tmp_path / "spy"
    spy.mkdir()
    (spy / "sitecustomize.py").write_text(_SPY.format(log=str(log)))
    own = {name: str(tmp_path / name) for name in ("HOME", "TMPDIR")}
    for folder in own.values():
        Path(folder).mkdir()
    root = Path(__file__).parents[2]
    python_path = os.pathsep.join((str(spy), str(root)))
    arguments = ("--home", str(home), "ingest", str(pages), "--format", "json")
    done = start(*arguments, cwd=Path(own["HOME"]), PYTHONPATH=python_path, **own)
    assert done.code == 5, done.err
    assert json.loads(done.out)["added"] > 0
    told = [line.split(" ", 1) for line in log.read_text("utf-8").splitlines()]
    written = {path.strip("'\"") for kind, path in told if kind == "write"}
    allowed = (str(home), own["TMPDIR"], "/dev/null")
    assert {
        path for path in written if path.startswith("/") and not path.startswith(allowed)
    } == set()
    ours = tuple({str(root), sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()})
    fine = (
        *allowed,
        *ours,
        str(spy),
        str(pages),
        "/usr",
        "/proc/self",
        "/sys",
        "/lib",
        "/etc/local",
    )
    read = {path.strip("'\"") for kind, path in told if kind == "read"}
    elsewhere = {path for path in read if path.startswith("/") and not path.startswith(fine)}
    elsewhere.discard(str(home.parent))  # made durable, with the home in it
    assert elsewhere <= {"/etc/mime.types", "/etc/os-release", "/etc/ssl/openssl.cnf"}, elsewhere
    assert any(path.startswith(str(pages)) for path in read)
    assert not [
        path
        for kind, path in told
        if kind in ("os.system", "os.exec", "socket.connect")
        and "forkserver" not in path
        and "pymp-" not in path
    ]
    assert list(Path(own["HOME"]).iterdir()) == []
    assert list(Path(own["TMPDIR"]).iterdir()) == []
    for file in home.rglob("*"):
        assert not file.is_file() or b"root:x" not in file.read_bytes()
