"""Files that a folder of saved pages should not hold, but may.

Each shape is made at full size (``scale`` 1), where it costs a careless reader minutes or
gigabytes, or smaller, for a quick look at whether it is handled at all.
"""

from __future__ import annotations

import codecs
import gzip
import os
import random
import socket
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.archive.packing import MHTML, gzipped, record, revisit, zipped

Shape = Callable[[float], bytes]
STATEMENT = (
    b"<!doctype html><html lang=en><head><title>Release the poet</title></head><body><h1>Release "
    b"the poet</h1><p>31 July 2017</p><p>The poet was arrested on Monday in Chad and must be "
    b"released, Lantern Watch said.</p><p>\xe2\x80\x9cLet her go before the winter "
    b"comes,\xe2\x80\x9d said Mara Lind, Director of Lantern Watch.</p></body></html>"
)


def _page(head: bytes = b"", body: bytes = b"") -> bytes:
    return STATEMENT.replace(b"</head>", head + b"</head>").replace(b"</body>", body + b"</body>")


def _times(unit: str | bytes, count: int, *, head: bytes = b"") -> Shape:
    """A page with the unit so many times in its body."""
    data = unit.encode() if isinstance(unit, str) else unit
    return lambda scale: _page(head, data * max(int(count * scale), 2))


def _nested(tag: str, count: int) -> Shape:
    opened, closed = f"<{tag}>".encode(), f"</{tag.split()[0]}>".encode()

    def make(scale: float) -> bytes:
        depth = max(int(count * scale), 2)
        return _page(body=opened * depth + b"They must be released." + closed * depth)

    return make


def _labelled(label: str, data: bytes = "Ils doivent être libérés “maintenant”.".encode()) -> Shape:
    head = b"<html><head><meta charset='" + label.encode() + b"'></head><body><p>\xff\xfe "
    return lambda _: head + data


def _fixed(data: bytes) -> Shape:
    return lambda _: data


def _noise(count: int) -> Shape:
    return lambda scale: random.Random(5).randbytes(int(count * scale))  # noqa: S311 (repeatable)


_LAUGHS = b"<!DOCTYPE lolz [<!ENTITY l0 'ha'>" + b"".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>".encode() for n in range(1, 11)
)

PAGES: dict[str, Shape] = {
    # markup
    "nested-div.html": _nested("div", 49_000),
    "nested-table.html": _nested("table", 49_000),
    "nested-cells.html": _times("<table><tr><td>", 33_000),
    "nested-lists.html": _times("<ul><li>", 49_000),
    "nested-quotes.html": _nested("blockquote", 49_000),
    "nested-spans.html": _nested("span class=date", 49_000),
    "nested-svg.html": _nested("svg", 49_000),
    "nested-math.html": _nested("math", 49_000),
    "nested-templates.html": _nested("template", 49_000),
    "nested-select.html": _nested("select", 49_000),
    "nested-forms.html": _times("<form><p>", 49_000),
    "nested-articles.html": _nested("article", 49_000),
    "unclosed-bold.html": _times("<b>", 99_000),
    "unclosed-fonts.html": _times("<font><p>", 49_000),
    "unclosed-links.html": _times("<a href=x>", 99_000),
    "adoption.html": _times("<a><b><i></a></b></i>x", 16_000),
    "a-million-tags.html": _times("<p>", 1_000_000),
    "paragraphs.html": _times("<p>word ", 99_000),
    "lines.html": _times("word<br>", 99_000),
    "headings.html": _times("<h1>Release the poet</h1>", 49_000),
    "rules.html": _times("<hr>", 99_000),
    "dates.html": _times("<p>31 July 2017 ", 99_000),
    "entries.html": _times(
        "<div><h2><a href='/n/1'>Release the poet</a></h2><i>31 July 2017</i><p>Now.</p></div>",
        9_900,
    ),
    "links.html": _times("<li><a href='/news/1.html'>Release the poet</a>", 49_000),
    "cells.html": _times("<table><tr><td>31 July 2017<td>Release</table>", 19_000),
    "closing-tags.html": _times("</div>", 99_000),
    "half-tags.html": _times("<", 99_000),
    "attributes.html": lambda s: _page(
        body=b"<p " + b"".join(b"a%d=1 " % n for n in range(int(900_000 * s))) + b">x</p>"
    ),
    "long-attribute.html": lambda s: _page(body=b"<p class='" + b"a " * int(4e6 * s) + b"'>x</p>"),
    "long-name.html": lambda s: _page(body=b"<" + b"a" * int(9e6 * s) + b">x"),
    "long-style.html": lambda s: _page(b"<style>" + b"a{b:c}" * int(1.5e6 * s) + b"</style>"),
    "open-comment.html": lambda s: _page(body=b"<!--" + b"- " * int(4e6 * s)),
    "open-script.html": lambda s: _page(body=b"<script>" + b"'</" * int(99_000 * s)),
    "open-title.html": lambda s: b"<title>" + b"word " * int(1.8e6 * s),
    "cdata.html": _times("<![CDATA[", 99_000),
    "processing.html": _times("<?php ?>", 99_000),
    "doctypes.html": _times("<!doctype html>", 99_000),
    "metas.html": lambda s: _page(b"<meta name=date content='31 July 2017'>" * int(99_000 * s)),
    "json-ld.html": lambda s: _page(
        b'<script type="application/ld+json">' + b'{"a":[' * int(1e6 * s) + b"</script>"
    ),
    "json-number.html": lambda s: _page(
        b'<script type="application/ld+json">{"datePublished":'
        + b"9" * int(5e6 * s)
        + b"}</script>"
    ),
    "frames.html": _fixed(b"<html><frameset><frame src=file:///etc/passwd></frameset></html>"),
    "comment-only.html": _fixed(b"<!-- nothing -->"),
    # entities and addresses
    "entity-bomb.html": _fixed(_LAUGHS + b"]><html><p>&l10;</html>"),
    "entity-bomb.xhtml": _fixed(
        b"<?xml version='1.0'?>" + _LAUGHS + b"]><html><p>&l10;</p></html>"
    ),
    "entity-file.xhtml": _fixed(
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
        b"<html><body><p>Read: &f;</p></body></html>"
    ),
    "entities.html": _times("&amp;", 1_900_000),
    "references.html": _times("&#0;&#x110000;&#xD800;", 400_000),
    "canonical-file.html": _fixed(_page(b"<link rel=canonical href='file:///etc/passwd'>")),
    "canonical-broken.html": _fixed(
        _page(b"<link rel=canonical href='http://[::1'><base href='//['>")
    ),
    "canonical-long.html": lambda s: _page(
        b"<link rel=canonical href='https://a.example/" + b"a/../" * int(1e6 * s) + b"'>"
    ),
    # text
    "one-word.html": lambda s: _page(body=b"<p>" + b"x" * int(9e6 * s)),
    "one-line.html": _times("word ", 1_800_000),
    "capitals.html": _times("Mara Lind Watch Of The ", 380_000),
    "digits.html": _times("1 1 2017 ", 990_000),
    "months.html": _times("July ", 1_800_000),
    "countries.html": _times("Chad, Niger and Guinea-Bissau ", 300_000),
    "cases.html": _times("UA 80/17 ", 900_000),
    "sayings.html": _times("“Let her go,” said Mara Lind. ", 250_000),
    "sayings-apart.html": _times("<p>“Let her go,” said Mara Lind.", 99_000),
    "open-quotes.html": _times("“", 3_000_000),
    "mixed-quotes.html": _times("“‘«„\"'", 600_000),
    "straight-quotes.html": _times('"', 9_000_000),
    "full-stops.html": _times(". ", 4_500_000),
    "spaces.html": _times(" \t", 4_500_000),
    "no-break-spaces.html": _times("\u00a0", 4_500_000),
    "combining-marks.html": lambda s: _page(body=b"e" + "\u0316\u0301".encode() * int(2e6 * s)),
    "expanding.html": _times("\ufdfa", 3_000_000),
    "directions.html": _times("\u202e\u2066", 1_500_000),
    "emails.html": _times("a@a.", 2_000_000),
    "text.txt": lambda s: b"They must be released. " * int(400_000 * s),
    "lines.txt": lambda s: b"31 July 2017\nRelease the poet\n\nNow.\n\n" * int(200_000 * s),
    "blank-lines.txt": lambda s: b"\n" * int(9e6 * s) + b"They must be released.",
    # bytes
    "empty.html": _fixed(b""),
    "empty.txt": _fixed(b""),
    "one-byte.html": _fixed(b"<"),
    "nuls.html": lambda s: b"\0" * int(9e6 * s),
    "nuls-between.html": _fixed(STATEMENT.replace(b"e", b"e\0")),
    "noise.html": _noise(9_000_000),
    "noise.txt": _noise(9_000_000),
    "all-bytes.html": lambda s: b"<html><p>" + bytes(range(256)) * int(35_000 * s),
    "too-large.html": lambda s: STATEMENT + b" " * 10_000_000,
    "program.html": _fixed(b"\x7fELF" + bytes(range(256)) * 9),
    "picture.html": _fixed(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    "paper.html": _fixed(b"%PDF-1.7\n" + bytes(range(256)) * 9),
    "database.html": _fixed(b"SQLite format 3\0" + bytes(range(256)) * 9),
    "packed.html": _fixed(gzip.compress(STATEMENT)),
    "error.html": _fixed(b"<html><title>403 Forbidden</title><body>nginx</body></html>"),
    # charsets
    "utf-16.html": _fixed(codecs.BOM_UTF16_LE + STATEMENT.decode().encode("utf-16-le")),
    "utf-16-odd.html": _fixed(codecs.BOM_UTF16_BE + STATEMENT.decode().encode("utf-16-be") + b"x"),
    "utf-16-bare.html": _fixed(STATEMENT.decode().encode("utf-16-le")),
    "utf-32.html": _fixed(codecs.BOM_UTF32_BE + STATEMENT.decode().encode("utf-32-be")),
    "surrogates.html": _fixed(_page(body=b"<p>\xed\xa0\x80\xed\xb0\x80")),
    "overlong.html": _fixed(_page(body=b"<p>\xc0\xbcscript\xc0\xbe")),
    **{
        f"label-{label}.html": _labelled(label)
        for label in ("utf-7", "utf-16", "hex", "zlib", "base64", "rot13", "bz2", "idna")
    },
    **{
        f"label-{label}.html": _labelled(label)
        for label in ("unicode_escape", "punycode", "undefined", "mbcs", "nonsense", "big5")
    },
    # gzip
    "bomb.html.gz": lambda s: gzip.compress(b" " * int(1e9 * s)),
    "twice.html.gz": _fixed(gzip.compress(gzip.compress(STATEMENT))),
    "cut.html.gz": _fixed(gzip.compress(STATEMENT)[:-9]),
    "none.html.gz": _fixed(STATEMENT),
    "trailing.html.gz": _fixed(gzip.compress(STATEMENT) + b"trailing"),
    "members.html.gz": lambda s: gzip.compress(b"") * int(400_000 * s),
}
"""One page each, by file name."""


def _warc_bomb(scale: float) -> bytes:
    return gzipped(record("https://a.example/", b" " * int(1e9 * scale), media_type="image/png"))


def _lying(length: str) -> bytes:
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
    return f"{head}Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n".encode()


def _flagged() -> bytes:
    """A ZIP whose member's name is said to be UTF-8 and is not."""
    return zipped({"né.html": STATEMENT}).replace("né.html".encode(), b"n\xff\xfe.html")


ARCHIVES: dict[str, Shape] = {
    "empty.warc": _fixed(b""),
    "noise.warc": _noise(1_000_000),
    "noise.warc.gz": _noise(1_000_000),
    "bomb.warc.gz": _warc_bomb,
    "twice.warc.gz": _fixed(gzip.compress(gzip.compress(record("https://a.example/", STATEMENT)))),
    "body-bomb.warc": lambda s: record(
        "https://a.example/", gzip.compress(b" " * int(1e9 * s)), http="Content-Encoding: gzip\r\n"
    ),
    "body-broken.warc": _fixed(
        record("https://a.example/", STATEMENT, http="Content-Encoding: gzip\r\n")
    ),
    "chunks.warc": _fixed(
        record(
            "https://a.example/", b"ffffffff\r\n" + STATEMENT, http="Transfer-Encoding: chunked\r\n"
        )
    ),
    "head.warc": lambda s: b"WARC/1.0\r\nX: " + b"x" * int(2e8 * s),
    "headers.warc": lambda s: b"WARC/1.0\r\n" + b"X: y\r\n" * int(2e7 * s),
    "lines.warc": lambda s: record("https://a.example/", STATEMENT) + b"\r\n" * int(2e7 * s),
    "http-head.warc": lambda s: record(
        "https://a.example/", STATEMENT, http="X: y\r\n" * int(1e6 * s)
    ),
    "records.warc": lambda s: record("https://a.example/", b"", kind="metadata") * int(2e5 * s),
    "revisits.warc": lambda s: revisit("urn:a", "urn:b", "sha1:c") * int(2e5 * s),
    "negative.warc": _fixed(_lying("-5") + STATEMENT),
    "endless.warc": _fixed(_lying("9" * 30) + STATEMENT),
    "no-length.warc": _fixed(_lying("many") + STATEMENT),
    "address.warc": _fixed(
        record("javascript:alert(1)", STATEMENT)
        + record("https://[::1", STATEMENT + b"<p>two")
        + record("\x1b[31m", STATEMENT + b"<p>three")
        + record("https://a.example/" + "a" * 100_000, STATEMENT + b"<p>four")
    ),
    "date.warc": _fixed(record("https://a.example/", STATEMENT, date="the day\x00before")),
    "empty.zip": _fixed(zipped({})),
    "noise.zip": _noise(1_000_000),
    "bomb.zip": lambda s: zipped(
        {f"{n}.html": b" " * 9_000_000 for n in range(max(int(300 * s), 3))}
    ),
    "members.zip": lambda s: zipped({f"{n}.html": b"" for n in range(int(100_002 * s))}),
    "nested.zip": _fixed(zipped({"inner.zip": zipped({"1.html": STATEMENT}), "2.html": STATEMENT})),
    "names.zip": _fixed(
        zipped(
            {"../up.html": b"1", "/root.html": b"2", "a\nb.html": STATEMENT, "\x1b[2J.html": b"3"}
        )
    ),
    "flagged.zip": _fixed(_flagged()),
    "cut.zip": _fixed(zipped({"1.html": STATEMENT})[:-20]),
    "rare.zip": _fixed(zipped({"1.html": STATEMENT}, zipfile.ZIP_LZMA)),
    "crawl.wacz": _fixed(zipped({"archive/a.warc.gz": gzip.compress(b"none")})),
    "parts.mhtml": lambda s: (
        MHTML.partition(b"------Part")[0] + b"------Part--x----\r\n" * int(4e5 * s)
    ),
    "boundary.mhtml": _fixed(b"Content-Type: multipart/related; boundary=" + b"\";'" * 9_000),
    "noise.mhtml": _noise(1_000_000),
    "cut.mhtml": _fixed(MHTML[:400]),
}
"""Files that hold many pages, or should."""

SECRET = b"<html><p>root:x:0:0: this must never be read</html>"
PLANTED = 11
"""How many things of a planted tree a report must account for, see :func:`plant`."""


def write_all(folder: Path, shapes: dict[str, Shape], scale: float) -> None:
    """The files of these shapes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in shapes.items():
        (folder / name).write_bytes(make(scale))


def plant(folder: Path, outside: Path) -> None:
    """Links, devices and names in a folder that must be read; ``outside`` must not be."""
    outside.mkdir(parents=True)
    (outside / "secret.html").write_bytes(SECRET)
    folder.mkdir(parents=True)
    (folder / "good.html").write_bytes(STATEMENT)
    (folder / "out.html").symlink_to(outside / "secret.html")
    (folder / "passwd.html").symlink_to("/etc/passwd")
    (folder / "elsewhere").symlink_to(outside)
    (folder / "everything").symlink_to("/")
    (folder / "zero.html").symlink_to("/dev/zero")
    (folder / "circle.html").symlink_to(folder / "circle.html")
    os.mkfifo(folder / "pipe.html")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket has 108 bytes
        try:
            listening.bind("socket.html")
        finally:
            os.chdir(here)
    (folder / "folder.html").mkdir()
    for name in (b"new\nline.html", b"\xff\xfe.html", b"\x1b[31mred.html"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(STATEMENT + name)
    if os.geteuid() == 0:
        try:
            os.mknod(folder / "device.htm", stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero
        except OSError:  # a container without the right to
            os.mkfifo(folder / "device.htm")
