"""Pages in WARC, WACZ, ZIP and MHTML: where they come from and how much may come out."""

import base64
import gzip
import os
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from archive.limits import LIMITS, Limits
from archive.page import Page, UnreadableSource
from archive.sources import read_pages
from tests.archive.packing import HTML, MHTML, gzipped, record, revisit, zipped

ONE = record("https://lantern.example/1", HTML)
MORE = b"<html><p>Somebody else.</html>"


TIGHT = replace(
    LIMITS,
    page_bytes=10_000,
    packed_ratio=20,
    packed_bytes=200_000,
    record_head=20_000,
    warc_records=50,
    warc_revisits=5,
    zip_members=50,
    mhtml_bytes=20_000,
)
"""Limits that a test reaches in no time."""


def read(
    path: Path, data: bytes, base_url: str | None = None, limits: Limits = LIMITS
) -> list[Page | UnreadableSource]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return list(read_pages([path], base_url=base_url, limits=limits))


def page(found: list[Page | UnreadableSource]) -> Page:
    (only,) = found
    assert isinstance(only, Page), only
    return only


def reasons(found: list[Page | UnreadableSource]) -> list[str]:
    return [f.error.reason if isinstance(f, UnreadableSource) else "page" for f in found]


# WARC


def test_a_revisit_of_another_address_has_its_bytes(tmp_path: Path) -> None:
    first = record("https://lantern.example/1", HTML, head="WARC-Payload-Digest: sha1:A\r\n")
    again = revisit("https://lantern.example/1", "https://lantern.example/1", "sha1:A")
    other = revisit("https://lantern.example/copy", "https://lantern.example/1", "sha1:A")
    lost = revisit("https://lantern.example/lost", "https://lantern.example/0", "sha1:B")
    found = read(tmp_path / "a.warc.gz", gzipped(first, again, other, lost))
    assert reasons(found) == ["page", "page", "revisit"]
    copy = found[1]
    assert isinstance(copy, Page)
    assert (copy.url, copy.data) == ("https://lantern.example/copy", HTML)
    assert copy.captured_at == "2018-02-02T00:00:00Z"
    assert copy.path.endswith("a.warc.gz#3")
    assert found[2].path.endswith("a.warc.gz#4")


def test_a_revisit_of_an_image_is_none_of_ours(tmp_path: Path) -> None:
    image = revisit("https://lantern.example/2.png", "https://lantern.example/1.png", "sha1:A")
    found = read(tmp_path / "a.warc", ONE + image.replace(b"text/html", b"image/png"))
    assert reasons(found) == ["page"]


def test_a_warc_may_be_packed_as_a_whole(tmp_path: Path) -> None:
    assert reasons(read(tmp_path / "a.warc.gz", gzip.compress(ONE + ONE))) == ["page", "page"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_response_is_unpacked(tmp_path: Path, encoding: str) -> None:
    import zlib

    packed = gzip.compress(HTML) if encoding == "gzip" else zlib.compress(HTML)
    data = record("https://lantern.example/1", packed, http=f"Content-Encoding: {encoding}\r\n")
    assert page(read(tmp_path / "a.warc", data)).data == HTML


def test_a_warc_that_is_cut_off_says_so(tmp_path: Path) -> None:
    found = read(tmp_path / "a.warc.gz", gzipped(ONE, ONE)[:-40])
    assert reasons(found)[0] == "page"
    assert reasons(found)[-1] in ("broken-warc", "broken-record")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("ratio.warc.gz", gzipped(ONE, record("urn:x", b" " * 100_000, media_type="image/png")), 2),
        ("many.warc", ONE * 60, 51),
        ("head.warc", ONE + b"WARC/1.0\r\nX: " + b"x" * 60_000 + b"\r\n\r\n", 2),
        ("headers.warc", ONE + b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", 2),
        ("revisits.warc", ONE + revisit("urn:a", "urn:b", "sha1:C") * 6, None),
    ],
)
def test_a_warc_bomb_is_given_up(
    tmp_path: Path, name: str, data: bytes, expected: int | None
) -> None:
    found = reasons(read(tmp_path / name, data, limits=TIGHT))
    assert found[0] == "page"
    assert "archive-limit" in found
    assert expected is None or len(found) == expected


def test_many_bombs_in_one_warc_are_a_bomb(tmp_path: Path) -> None:
    packed = gzip.compress(b" " * 9_000)
    bomb = record("https://lantern.example/1", packed, http="Content-Encoding: gzip\r\n")
    found = reasons(read(tmp_path / "a.warc.gz", gzip.compress(bomb * 40), limits=TIGHT))
    assert found[-1] == "archive-limit"
    assert len(found) < 40


def test_a_record_that_does_not_end_where_it_says_is_reported(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    short = ONE.replace(b"Content-Length: ", b"Content-Length: 0\r\nX: ")
    assert reasons(read(tmp_path / "a.warc", ONE + short + ONE)) == ["page", "broken-warc"]
    bare = short.replace(b"HTTP/1.1 200 OK\r\n", b"").replace(b"Content-Type: text", b"X: text")
    assert reasons(read(tmp_path / "b.warc", ONE + bare[:-9])) == ["page", "broken-warc"]
    assert capfd.readouterr().err == ""


def test_a_warc_that_is_packed_twice_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path / "a.warc.gz", gzip.compress(gzip.compress(ONE)))
    assert reasons(found) == ["broken-warc"]


def test_a_warc_is_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.warc")
    assert reasons(list(read_pages([tmp_path]))) == ["no-regular-file"]


# ZIP and WACZ


def test_a_zip_is_a_mirror(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("lantern.example/news/1.html", (2017, 8, 1, 2, 30, 0))
    data = zipped(
        {
            member: HTML,
            "lantern.example/index.html.gz": gzip.compress(MORE),
            "lantern.example/2.txt": b"They must be released.",
            "lantern.example/logo.png": b"\x89PNG",
            "notes/3.html": HTML,
            "saved.mhtml": MHTML,
        }
    )
    found = read(tmp_path / "pages.zip", data)
    assert [(f.path.partition("#")[2], f.url) for f in found if isinstance(f, Page)] == [
        ("lantern.example/news/1.html", "https://lantern.example/news/1.html"),
        ("lantern.example/index.html.gz", "https://lantern.example/"),
        ("lantern.example/2.txt", "https://lantern.example/2.txt"),
        ("notes/3.html", None),
        ("saved.mhtml", "https://lantern.example/news/1"),
    ]
    first, gz, text = (f for f in found[:3] if isinstance(f, Page))
    assert (first.data, first.captured_at) == (HTML, "2017-08-01T02:30:00+00:00")
    assert gz.data == MORE
    assert text.media_type == "text/plain"


def test_a_zip_knows_its_base_and_the_instant_of_each_member(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("1.html", (2017, 8, 1, 2, 30, 0))
    member.extra = struct.pack("<HHBl", 0x5455, 5, 1, 1501547400)
    found = page(read(tmp_path / "a.zip", zipped({member: HTML}), "https://lantern.example/news"))
    assert found.url == "https://lantern.example/news/1.html"
    assert found.captured_at == "2017-08-01T00:30:00+00:00"
    unset = zipfile.ZipInfo("1.html")
    assert page(read(tmp_path / "b.zip", zipped({unset: HTML}))).captured_at is None


def test_a_wacz_is_its_crawls(tmp_path: Path) -> None:
    data = zipped(
        {
            "datapackage.json": b"{}",
            "archive/data.warc.gz": gzipped(ONE),
            "archive/rest.warc": record("https://lantern.example/2", MORE),
            "indexes/index.cdx.gz": gzip.compress(b"..."),
            "pages/pages.jsonl": b'{"url": "https://lantern.example/1"}',
        },
        zipfile.ZIP_STORED,
    )
    one, two = read(tmp_path / "crawl.wacz", data)
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert (one.url, one.captured_at) == ("https://lantern.example/1", "2017-08-01T00:30:00Z")
    assert one.path.endswith("crawl.wacz#archive/data.warc.gz#1")
    assert two.url == "https://lantern.example/2"


def test_what_holds_no_page_is_reported_where_it_is_named(tmp_path: Path) -> None:
    assert reasons(read(tmp_path / "a.zip", zipped({"report.pdf": b"%PDF"}))) == ["no-pages"]
    image = record("https://lantern.example/1.png", b"", media_type="image/png")
    assert reasons(read(tmp_path / "a.warc", image)) == ["no-pages"]
    assert list(read_pages([tmp_path])) == []


def _link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"../../etc/passwd.html": HTML}, "member-name"),
        ({"/etc/passwd.html": HTML}, "member-name"),
        ({"a/../../b.html": HTML}, "member-name"),
        ({_link(): b"/etc/passwd"}, "link"),
        ({"inner.zip": zipped({"1.html": HTML})}, "nested"),
        ({"1.html.gz": HTML}, "unreadable-file"),
        ({"1.html": b" " * (LIMITS.page_bytes + 1)}, "too-large"),
        ({"1.mhtml": b"no head"}, "broken-mhtml"),
        ({"1.warc": b"no record"}, "broken-warc"),
    ],
)
def test_a_hostile_member_takes_only_itself_along(
    tmp_path: Path, members: dict[str | zipfile.ZipInfo, bytes], reason: str
) -> None:
    found = read(tmp_path / "a.zip", zipped({**members, "good.html": HTML}))
    assert reasons(found) == [reason, "page"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_packings_are_refused(tmp_path: Path, method: int) -> None:
    assert reasons(read(tmp_path / "a.zip", zipped({"1.html": HTML}, method))) == ["packing"]


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"1.html": HTML}))
    directory = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    assert reasons(read(tmp_path / "a.zip", bytes(data))) == ["encrypted"]


def test_a_damaged_zip_is_reported(tmp_path: Path) -> None:
    whole = zipped({"1.html": HTML * 50, "2.html": HTML})
    assert reasons(read(tmp_path / "a.zip", whole[:-30])) == ["broken-zip"]
    assert reasons(read(tmp_path / "b.zip", b"no zip at all")) == ["broken-zip"]
    flipped = bytearray(whole)
    flipped[50] ^= 0xFF
    assert reasons(read(tmp_path / "c.zip", bytes(flipped))) == ["unreadable-file", "page"]


@pytest.mark.parametrize(
    "members",
    [
        {f"{number}.html": HTML for number in range(51)},
        {f"{'n' * 200}{number}.html": HTML for number in range(40)},
        {f"{number}.html": b" " * 9_000 for number in range(45)},
        {"bomb.warc": gzip.compress(b" " * 9_000_000)},
        {f"{number}.html.gz": gzip.compress(b" " * 9_000) for number in range(45)},
    ],
    ids=["members", "names", "ratio", "warc", "gzip"],
)
def test_a_zip_bomb_is_given_up(
    tmp_path: Path, members: dict[str | zipfile.ZipInfo, bytes]
) -> None:
    found = reasons(read(tmp_path / "a.zip", zipped(members), limits=TIGHT))
    assert found[-1] in ("archive-limit", "broken-warc")
    assert found.count("page") < 40


def test_members_that_overlap_are_counted_each_time(tmp_path: Path) -> None:
    data = zipped({"1.html": b" " * 9_000})
    start = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHL", tail, 8, 45, 45, 45 * len(entry))
    overlapping = data[:start] + entry * 45 + bytes(tail)
    found = reasons(read(tmp_path / "a.zip", overlapping, limits=TIGHT))
    assert found[-1] == "archive-limit"


# MHTML


def test_a_page_that_a_browser_saved(tmp_path: Path) -> None:
    found = page(read(tmp_path / "saved.mhtml", MHTML))
    assert found.url == "https://lantern.example/news/1"
    assert found.captured_at == "2017-08-01T00:30:00+00:00"
    assert found.media_type == "text/html"
    assert "They must be released—now.".encode() in found.data
    assert b"iVBOR" not in found.data


def test_an_older_browser_says_the_address_in_the_part(tmp_path: Path) -> None:
    body = base64.encodebytes("<p>Été</p>".encode("cp1252"))
    data = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\nA saved page.\n'
        b'--b\nContent-Type: text/html; charset="windows-1252"\n'
        b"Content-Transfer-Encoding: base64\nContent-Location: http://lantern.example/\n"
        b" old.html\n\n" + body + b"\n--b--\n"
    )
    found = page(read(tmp_path / "saved.MHT", data))
    assert found.url == "http://lantern.example/old.html"
    assert found.charset == "windows-1252"
    assert found.captured_at is None
    assert found.data == "<p>Été</p>".encode("cp1252")


def test_a_single_part_is_a_page_too(tmp_path: Path) -> None:
    data = b"Content-Type: text/html\nContent-Location: file:///home/me/1.html\n\n" + HTML
    found = page(read(tmp_path / "saved.mht", data))
    assert (found.data, found.url) == (HTML, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        HTML,
        MHTML[:300],
        MHTML.replace(b"text/html\r\n", b"image/gif\r\n"),
        b"Content-Type: multipart/related; boundary=" + b'";' * 5_000 + b"\n\n--\n",
        b'Content-Type: multipart/related; boundary="b"\n\n' + b"--b\n\n" * 100_000,
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nA",
        b"X: y\n" * 10_000,
    ],
)
def test_no_mhtml(tmp_path: Path, data: bytes) -> None:
    assert reasons(read(tmp_path / "saved.mhtml", data)) == ["broken-mhtml"]


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Fri, 99 Foo 20 99:99:99", "1 Jan 10000 0:0 +2359"]
)
def test_a_date_that_is_none_is_unknown(tmp_path: Path, date: str) -> None:
    data = MHTML.replace(b"Tue, 1 Aug 2017 02:30:00 +0200", date.encode())
    assert page(read(tmp_path / "saved.mhtml", data)).captured_at is None
