"""Web archives and packed pages, as other programs write them, and as nobody should."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping

HTML = b"<html><p>They must be released.</html>"
MHTML = (
    b"From: <Saved by Blink>\r\n"
    b"Snapshot-Content-Location: https://lantern.example/news/1\r\n"
    b"Subject: =?utf-8?Q?Released?=\r\n"
    b"Date: Tue, 1 Aug 2017 02:30:00 +0200\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--x----"\r\n'
    b"\r\n\r\n"
    b"------Part--x----\r\n"
    b"Content-Type: text/html\r\n"
    b"Content-ID: <frame-1@mhtml.blink>\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Location: https://lantern.example/news/1\r\n"
    b"\r\n"
    b'<html><head><meta charset=3D"utf-8"></head><p>They must be =\r\nreleased=E2=80=94now.</html>'
    b"\r\n------Part--x----\r\n"
    b"Content-Type: image/png\r\n"
    b"Content-Transfer-Encoding: base64\r\n"
    b"Content-Location: https://lantern.example/logo.png\r\n"
    b"\r\n"
    b"iVBORw0KGgo=\r\n"
    b"------Part--x------\r\n"
)


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    date: str = "2017-08-01T00:30:00Z",
    http: str = "",
    head: str = "",
) -> bytes:
    """One record of a WARC; ``http`` and ``head``: more headers of each, with line ends."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{http}\r\n".encode() + body
    start = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"{head}Content-Length: {len(block)}\r\n\r\n"
    )
    return start.encode() + block + b"\r\n\r\n"


def revisit(url: str, original: str, digest: str) -> bytes:
    """A capture of ``url`` whose bytes are those that were captured of ``original``."""
    head = (
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
        f"WARC-Refers-To-Target-URI: {original}\r\nWARC-Payload-Digest: {digest}\r\n"
    )
    return record(url, b"", kind="revisit", date="2018-02-02T00:00:00Z", head=head)


def gzipped(*records: bytes) -> bytes:
    """Each record packed by itself, as the standard asks."""
    return b"".join(gzip.compress(each) for each in records)


def zipped(
    members: Mapping[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A ZIP of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()
