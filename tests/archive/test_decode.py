import unicodedata

import pytest

from archive.decode import decode
from archive.errors import PageLimitExceeded, UnreadablePage
from archive.limits import Limits
from archive.page import Page

QUOTED = "“Café prisoners” – they’re free, said Zoë"


def page(data: bytes, charset: str | None = None) -> Page:
    return Page("page.html", data, charset=charset)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
def test_decodes_without_a_label(encoding: str) -> None:
    bom = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert decode(page(bom + QUOTED.encode(encoding))) == QUOTED


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_markup_in_utf16_needs_no_byte_order_mark(encoding: str) -> None:
    html = f"<p>{QUOTED}</p>"
    assert decode(page(html.encode(encoding))) == html


def test_believes_the_bytes_rather_than_a_label_that_they_contradict() -> None:
    html = f'<meta charset="utf-8"><p>{QUOTED}'
    assert QUOTED in decode(page(html.encode("cp1252")))
    assert QUOTED in decode(page(html.encode("cp1252"), charset="utf-8"))
    assert QUOTED in decode(page(f'<meta charset="latin1"><p>{QUOTED}'.encode()))


def test_uses_the_declared_label_where_it_is_no_utf8() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Свобода'
    assert "Свобода" in decode(page(text.encode("cp1251")))
    assert "Свобода" in decode(page("Свобода".encode("koi8-r"), charset="koi8-r"))


def test_latin1_is_read_as_browsers_read_it() -> None:
    text = decode(page(b'<meta charset="iso-8859-1">\x93free\x94 caf\xe9 \x81'))
    assert "“free” café" in text


@pytest.mark.parametrize("label", ["utf-7", "UTF7", "no-such-charset", "idna", "rot13", "hex"])
def test_refused_and_unknown_labels_lose_no_text(label: str) -> None:
    text = decode(page(b"<p>+ADw-script+AD4- caf\xe9 freedom", charset=label))
    assert "+ADw-script+AD4- café freedom" in text


def test_mends_utf8_that_was_read_as_cp1252() -> None:
    twice = "â€œThey canâ€™t be silencedâ€\x9d, said ZoÃ«, cafÃ©, naÃ¯ve"
    assert decode(page(twice.encode())) == "“They can’t be silenced”, said Zoë, café, naïve"


def test_leaves_text_that_only_looks_broken() -> None:
    about = "The form “Ã©” is what happens to é"
    assert decode(page(about.encode())) == about
    assert decode(page("Ângela e Ã".encode())) == "Ângela e Ã"


def test_text_is_composed_and_has_single_line_ends() -> None:
    assert decode(page("cafe\u0301\r\nfree\rnow".encode())) == "café\nfree\nnow"


def test_text_of_any_script_is_composed() -> None:
    for block in range(0x80, 0x3100, 0x40):
        text = "".join(f"e{chr(letter)}{chr(letter)}" for letter in range(block, block + 0x40))
        assert decode(page(text.encode())) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
def test_empty_pages_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePage, match="empty") as caught:
        decode(page(data))
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 text", b"\x89PNG\r\n", b"PK\x03\x04", bytes(range(256)) * 10, b"\0" * 500]
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePage) as caught:
        decode(page(data))
    assert caught.value.reason in ("binary", "empty")


def test_limits_hold_exactly() -> None:
    limits = Limits(page_bytes=20, page_tags=3)
    assert decode(page(b"<p>one<p>two<p>three"), limits)
    with pytest.raises(PageLimitExceeded, match="21 bytes") as caught:
        decode(page(b"<p>one<p>two<p>three!"), limits)
    assert caught.value.reason == "too-large"
    with pytest.raises(PageLimitExceeded, match="4 tags") as caught:
        decode(page(b"<p><p><p><p>"), limits)
    assert caught.value.reason == "too-many-tags"
