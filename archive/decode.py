"""Bytes -> text, by rules that never guess a charset.

A statistical guess read cp1252 as cp852 and every curly quotation mark vanished; a page
labelled utf-7 came out empty. So: byte order mark (or the NUL bytes of UTF-16 without
one), strict UTF-8, the declared label, and cp1252, which is what the web means by Latin-1, last.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from archive.errors import PageLimitExceeded, UnreadablePage
from archive.limits import LIMITS, Limits, to_raise
from archive.page import Page

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (re.compile(rb"<\x00[^\x00]\x00"), "utf-16-le"),
    (re.compile(rb"\x00<\x00[^\x00]"), "utf-16-be"),
)
"""How markup in UTF-16 begins without a byte order mark, as XML tells it; no other page does."""
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_LABEL = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{1,40})""", re.I
)
_LABEL_WINDOW = 4096
# What browsers read for these labels (WHATWG Encoding Standard).
_ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gbk",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
}
_REFUSED = re.compile(r"utf-?7|utf-?16|utf-?32|idna|punycode|unicode.escape", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_UNSETTLED = re.compile("[^\x00-\u02ff\u0388-\u0482\u048a-\u0590\u2002-\u20cf]")
"""What Unicode's composed form may change, alone or behind another letter, and rarer letters."""
_PLAIN = bytes((*range(0x09, 0x0E), *range(0x20, 0x80)))


def decode(page: Page, limits: Limits = LIMITS) -> str:
    """The page's text in Unicode NFC, with single line feeds.

    Raises PageLimitExceeded when the page is too large or has too many tags, and
    UnreadablePage when it is empty or binary.
    """
    _check_size(page.data, limits)
    _check_signature(page.data)
    text = _decode(page.data, page.charset)
    if not text or text.isspace():
        raise UnreadablePage("the page is empty: save it again", "empty")
    odd = _odd(text)
    if "Ã" in odd or "â€" in odd:
        text = _mend(text)
        odd = _odd(text)
    if _CONTROLS.search(odd):
        start = text[:20_000]
        if len(_CONTROLS.findall(start)) > len(start) * 0.02:
            raise UnreadablePage(
                "the page is binary, not HTML or text: it is no saved page", "binary"
            )
        text = _CONTROLS.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text) if _UNSETTLED.search(odd) else text


def _odd(text: str) -> str:
    """What is not plain in a text: a hundredth of most pages, and all that may need mending."""
    data = text.encode(errors="surrogatepass").translate(None, _PLAIN)
    return data.decode(errors="surrogatepass")


def _check_size(data: bytes, limits: Limits) -> None:
    if len(data) > limits.page_bytes:
        raise PageLimitExceeded(
            f"the page has {len(data):,} bytes, more than {limits.page_bytes:,}: "
            f"save the statement on its own, or {to_raise('page_bytes')}",
            "too-large",
        )
    tags = data.count(b"<")
    if tags > limits.page_tags:
        raise PageLimitExceeded(
            f"the page has {tags:,} tags, more than {limits.page_tags:,}: "
            f"save the statement on its own, or {to_raise('page_tags')}",
            "too-many-tags",
        )


def _check_signature(data: bytes) -> None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadablePage(f"the file is {kind}, not a page: keep it elsewhere", "binary")


def _decode(data: bytes, header: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    for start, encoding in _UNMARKED:
        if start.match(data):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _LABEL.search(data[:_LABEL_WINDOW])
    labels = (header, declared.group(1).decode("ascii", "replace") if declared else None)
    for label in filter(None, labels):
        if (text := _by_label(data, label)) is not None:
            return text
    return _cp1252(data)


def _by_label(data: bytes, label: str) -> str | None:
    """The text as the label says, or None when the label is unknown, refused or wrong."""
    name = _ALIASES.get(label.strip().lower(), label.strip().lower())
    if _REFUSED.search(name):
        return None
    try:
        return data.decode(name) if name != "cp1252" else _cp1252(data)
    except (LookupError, UnicodeError, ValueError):
        return None


def _cp1252(data: bytes) -> str:
    """cp1252 as browsers read it: the five unassigned bytes stay as they are."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((byte,)).decode("cp1252")
            for byte in data
        )


# UTF-8 that was once read as cp1252 and saved again: a lead byte and its continuation
# bytes, each as the character that cp1252 has for it. Only sequences that are certain:
# the curly marks and dashes (â€™) and Latin letters with an accent (Ã©).
_CONTINUATION = "".join(
    bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
_MOJIBAKE = re.compile(f"â€[{re.escape(_CONTINUATION)}]|[ÂÃ][{re.escape(_CONTINUATION)}]")
_CERTAIN = re.compile("â€|Ã[\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def _mend(text: str) -> str:
    """Undo double encoding, sequence by sequence, where it is beyond doubt.

    Three such sequences and no properly encoded curly mark: one "Ã©" alone may be
    what the author wrote about encodings.
    """
    certain = len(_CERTAIN.findall(text)) >= 3 and not any(mark in text for mark in "“”")
    if not certain and "â€œ" not in text and "â€™" not in text:
        return text
    return _MOJIBAKE.sub(lambda match: _undo(match.group()), text)


def _undo(sequence: str) -> str:
    try:
        return b"".join(
            bytes((ord(char),)) if ord(char) < 256 else char.encode("cp1252") for char in sequence
        ).decode("utf-8")
    except UnicodeError:
        return sequence
