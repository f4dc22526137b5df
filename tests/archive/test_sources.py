import errno
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.limits import LIMITS
from archive.page import Page, UnreadableSource
from archive.sources import read_pages

HTML = b"<html><p>They must be released.</html>"


def read(*paths: Path, base_url: str | None = None) -> list[Page | UnreadableSource]:
    return list(read_pages(paths, base_url=base_url))


def pages(*paths: Path, base_url: str | None = None) -> list[Page]:
    found = read(*paths, base_url=base_url)
    assert all(isinstance(page, Page) for page in found), found
    return [page for page in found if isinstance(page, Page)]


def write(path: Path, data: bytes = HTML) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folders_are_read_sorted_and_recursively(tmp_path: Path) -> None:
    for name in ("b/2.html", "a.htm", "b/1.HTML", "b/c/3.txt", "b/logo.png", "style.css"):
        write(tmp_path / name)
    write(tmp_path / "z.html.gz", gzip.compress(HTML))
    found = pages(tmp_path)
    names = [Path(page.path).relative_to(tmp_path).as_posix() for page in found]
    assert names == ["a.htm", "z.html.gz", "b/1.HTML", "b/2.html", "b/c/3.txt"]
    assert {page.data for page in found} == {HTML}
    assert [p.media_type for p in found] == ["text/html"] * 4 + ["text/plain"]
    assert found[0].captured_at is not None
    assert found[0].url is None


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    assert pages(write(tmp_path / "statement.php"))[0].data == HTML


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("www.example.org/news/1.html", "https://www.example.org/news/1.html"),
        ("example.org/news/index.html", "https://example.org/news/"),
        ("example.org/node/7?page=2.html", "https://example.org/node/7?page=2"),
        ("example.org/node/7@page=2.html", "https://example.org/node/7?page=2"),
        ("example.org/libertés.html", "https://example.org/libert%C3%A9s.html"),
        ("example.org/a.html.gz", "https://example.org/a.html"),
        ("not-a-host/news/1.html", None),
    ],
)
def test_a_mirror_tells_the_address(tmp_path: Path, path: str, url: str | None) -> None:
    data = gzip.compress(HTML) if path.endswith(".gz") else HTML
    write(tmp_path / path, data)
    assert pages(tmp_path)[0].url == url
    assert pages(tmp_path / path)[0].url == url


def test_base_url_is_the_address_of_the_folder_that_is_given(tmp_path: Path) -> None:
    write(tmp_path / "2017/index.html")
    write(tmp_path / "a b.html")
    found = pages(tmp_path, base_url="https://example.org/press/")
    assert [p.url for p in found] == [
        "https://example.org/press/a%20b.html",
        "https://example.org/press/2017/",
    ]


def test_links_that_lead_out_of_the_folder_are_reported_and_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.html", b"secret")
    write(tmp_path / "mirror/page.html")
    (tmp_path / "mirror/out.html").symlink_to(secret)
    (tmp_path / "mirror/up").symlink_to(tmp_path)
    (tmp_path / "mirror/in.html").symlink_to(tmp_path / "mirror/page.html")
    (tmp_path / "mirror/nowhere.html").symlink_to("/nonexistent/page.html")
    found = [(Path(page.path).name, type(page)) for page in read(tmp_path / "mirror")]
    assert sorted(found, key=str) == [
        ("in.html", Page),
        ("nowhere.html", UnreadableSource),
        ("out.html", UnreadableSource),
        ("page.html", Page),
        ("up", UnreadableSource),
    ]


def test_folders_that_cannot_be_read_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "open/page.html")
    write(tmp_path / "shut/page.html")
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:  # root may read every folder
        if Path(path).name == "shut":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = read(tmp_path)
    assert [(Path(p.path).name, isinstance(p, Page)) for p in found] == [
        ("page.html", True),
        ("shut", False),
    ]


def test_a_page_is_known_again_from_wherever_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "mirror/page.html")
    monkeypatch.chdir(tmp_path / "mirror")
    assert {page.path for page in pages(Path("../mirror"))} == {str(path)}


def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    write(tmp_path / "broken.html.gz", gzip.compress(HTML * 50)[:40])
    write(tmp_path / "wrong.html.gz", HTML)
    write(tmp_path / "good.html")
    found = read(tmp_path, tmp_path / "missing.html")
    reasons = {Path(p.path).name: p.error.reason for p in found if isinstance(p, UnreadableSource)}
    assert reasons == {
        "pipe.html": "no-regular-file",
        "broken.html.gz": "unreadable-file",
        "wrong.html.gz": "unreadable-file",
        "missing.html": "unreadable-file",
    }
    assert sum(isinstance(page, Page) for page in found) == 1


def test_a_small_file_cannot_unpack_to_a_huge_one(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (LIMITS.page_bytes + 1))
    (found,) = read(write(tmp_path / "bomb.html.gz", bomb))
    assert isinstance(found, UnreadableSource)
    assert found.error.reason == "too-large"


def warc(*records: tuple[str, str, str, bytes], gzipped: bool = True) -> bytes:
    """(url, status, content type, body) as a web archive."""
    packed = b""
    for url, status, media_type, body in records:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2017-08-01T00:30:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        ).encode()
        record = head + http + b"\r\n\r\n"
        packed += gzip.compress(record) if gzipped else record
    return packed


PAGE = ("https://example.org/1", "200 OK", "text/html; charset=windows-1251", HTML)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_web_archives(tmp_path: Path, name: str) -> None:
    data = warc(
        PAGE,
        ("https://example.org/logo.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/gone", "404 Not Found", "text/html", b"<p>gone"),
        ("https://example.org/2", "200 OK", "text/plain", b"They must be released."),
        gzipped=name.endswith(".gz"),
    )
    one, two = pages(write(tmp_path / name, data))
    assert (one.url, one.charset, one.data) == ("https://example.org/1", "windows-1251", HTML)
    assert one.path.endswith(f"{name}#1")
    assert one.captured_at == "2017-08-01T00:30:00Z"
    assert (two.url, two.media_type) == ("https://example.org/2", "text/plain")


def test_a_record_over_the_limit_takes_only_itself_along(tmp_path: Path) -> None:
    huge = ("https://example.org/0", "200 OK", "text/html", b" " * (LIMITS.page_bytes + 1))
    found = read(write(tmp_path / "crawl.warc.gz", warc(huge, PAGE)))
    assert isinstance(found[0], UnreadableSource)
    assert found[0].error.reason == "too-large"
    assert isinstance(found[1], Page)


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    whole = warc(PAGE, PAGE, gzipped=False)
    found = read(write(tmp_path / "crawl.warc", whole[: len(whole) - 30]))
    assert isinstance(found[0], Page)
    assert isinstance(found[1], UnreadableSource)
    assert found[1].error.reason == "broken-record"
    (nothing,) = read(write(tmp_path / "not.warc", b"this is no web archive\n"))
    assert isinstance(nothing, UnreadableSource)
    assert nothing.error.reason == "broken-warc"
