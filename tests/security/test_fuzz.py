"""Whatever a page says: reading it ends in documents or in a PageError, and what is found is there.

`make test` makes sixty of each, always the same, `make test-slow` 10,000. An input that once failed
is kept below as an example of its test.
"""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.calendar import parse_date
from archive.countries import find_countries
from archive.country_codes import all_countries
from archive.dates import date_line, find_dates, machine_date
from archive.decode import decode
from archive.document import Document
from archive.errors import PageError
from archive.extract import extract
from archive.limits import LIMITS
from archive.page import Page, UnreadableSource
from archive.plaintext import read_text
from archive.profiles import load_profiles
from archive.quotations import find_quotations
from archive.references import find_references
from archive.sources.bounded import Budget
from archive.sources.mhtml import read_mhtml
from archive.sources.warc import read_warc
from archive.sources.zips import read_zip
from tests.archive.packing import MHTML, gzipped, record, revisit, zipped
from tests.security.hostile_files import STATEMENT

FEW = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
PROFILES = load_profiles()

_TAGS = st.sampled_from(
    (
        *(
            "p",
            "div",
            "h1",
            "h2",
            "a",
            "ul",
            "li",
            "table",
            "tr",
            "td",
            "b",
            "i",
            "span",
            "article",
        ),
        *("time", "blockquote", "title", "head", "body", "br", "meta", "link", "script", "style"),
        *("base", "form", "select", "option", "svg", "math", "template", "frameset", "header"),
        *("footer", "nav"),
    )
)
_ATTRIBUTES = st.sampled_from(
    (
        *(
            "",
            " class=date",
            " href='/n/1'",
            " datetime=2017-07-31",
            " class='title field'",
            " lang=fr",
        ),
        *(
            " property=og:title content='A: b'",
            " name=date content='31 July 2017'",
            " rel=canonical",
        ),
        *(
            " href=//[",
            " datetime=2017-99-99",
            " charset=utf-7",
            " itemprop=datePublished",
            " id='\x00'",
        ),
    )
)
_WORDS = st.sampled_from(
    (
        *(
            "“",
            "”",
            '"',
            "‘",
            "’",
            "«",
            "»",
            "„",
            ",",
            ".",
            ":",
            "\n\n",
            "\n",
            " ",
            " – ",
            "(",
            ")",
            "’s",
        ),
        *(
            "said",
            "says",
            "told",
            "according to",
            "added",
            "Mara Lind",
            "she",
            "he",
            "the director",
        ),
        *(
            "Director of Lantern Watch",
            "Lantern Watch",
            "spokesperson",
            "31 July 2017",
            "July",
            "2017",
        ),
        *("1/2/03", "Monday", "Chad", "Niger", "Congo", "Georgia", "UA 80/17", "EUR 46/6865/2017"),
        *(
            "\u0301",
            "\u202e",
            "\ufdfa",
            "İ",
            "ß",
            "字",
            "\u2028",
            "&amp;",
            "&#0;",
            "word",
            "Not",
            "a crime",
        ),
    )
)
_TEXT = st.lists(_WORDS | st.text(max_size=8), max_size=60).map(" ".join)
_MARKUP = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, _TAGS, _ATTRIBUTES),
        st.builds("</{}>".format, _TAGS),
        _TEXT,
        st.sampled_from(
            ("<!--", "-->", "<![CDATA[", "]]>", "<", "</", "<!doctype html>", "&nbsp;")
        ),
    ),
    max_size=60,
).map("".join)
_CHARSETS = st.sampled_from(
    (None, "utf-8", "latin-1", "utf-7", "hex", "big5", "nonsense", "\x00", "")
)


@FEW
@given(st.binary(max_size=400), _CHARSETS)
def test_decoding(data: bytes, charset: str | None) -> None:
    decoding(data, charset)


def decoding(data: bytes, charset: str | None) -> None:
    try:
        text = decode(Page("a.html", data, charset=charset))
    except PageError:
        return
    assert text.strip()
    assert not re.search("[\x00-\x08\x0e-\x1f\r]", text[:20_000])
    text.encode("utf-8")


@FEW
@given(_MARKUP, st.sampled_from((None, "https://lantern.example/1", "https://[", "urn:x", "\x00")))
@example("<p>They must be released, Lantern Watch said on 31 July 2017.", None)
@example("<p>", "https://[")  # the address was taken apart without a look
@example("<p><base href=//[>", "https://lantern.example/1")  # and so was this one
@example("<frameset>31 July 2017", None)  # a date that no block holds
def test_extraction(markup: str, url: str | None) -> None:
    extraction(markup, url)


def extraction(markup: str, url: str | None) -> None:
    _extract(Page("a.html", markup.encode("utf-8", "replace"), url=url))


def _extract(page: Page) -> None:
    try:
        found = extract(page, PROFILES)
    except PageError:
        return
    for held in found.documents:
        _check(held)


def _check(held: Document) -> None:
    assert held.title.strip()
    assert re.fullmatch("[0-9a-f]{16}", held.id)
    assert Document.from_json(held.to_json()) == held
    held.fingerprint().encode()
    for date in filter(None, (held.published, held.updated)):
        parse_date(date)
    for quotation in held.quotations:
        assert 0 <= quotation.start < quotation.end <= len(held.body)
        assert quotation.paragraphs


@FEW
@given(_TEXT)
def test_plain_text(text: str) -> None:
    plain_text(text)


def plain_text(text: str) -> None:
    read_text(text)
    _extract(Page("a.txt", text.encode("utf-8", "replace"), media_type="text/plain"))


@FEW
@given(_TEXT | st.text(max_size=200))
def test_dates(text: str) -> None:
    dates(text)


def dates(text: str) -> None:
    for match in find_dates(text):
        assert parse_date(match.value).first <= parse_date(match.value).last
    for value in (machine_date(text), *((found.value,) if (found := date_line(text)) else ())):
        if value is not None:
            parse_date(value)


@FEW
@given(_TEXT, st.sampled_from((None, "en", "fr", "es", "xx")))
def test_quotations(text: str, language: str | None) -> None:
    quotations(text, language)


def quotations(text: str, language: str | None) -> None:
    found = find_quotations(text, organisation="Lantern Watch", language=language)
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
    known = {code for code, _ in all_countries()}
    assert {country.code for country in find_countries(text[:80], text)} <= known
    assert all(find_references(text))


_SEEDS = {
    "warc": record("https://a.example/", STATEMENT)
    + revisit("https://b.example/", "urn:a", "sha1:A"),
    "warc.gz": gzipped(
        record("https://a.example/", STATEMENT), record("https://b.example/", STATEMENT)
    ),
    "zip": zipped({"a.html": STATEMENT, "b.html.gz": gzip.compress(STATEMENT), "c.mhtml": MHTML}),
    "wacz": zipped({"archive/a.warc.gz": gzipped(record("https://a.example/", STATEMENT))}),
    "mhtml": MHTML,
}


@FEW
@given(st.sampled_from(sorted(_SEEDS)), st.data())
def test_archives(kind: str, data: st.DataObject) -> None:
    archives(kind, data)


def archives(kind: str, data: st.DataObject) -> None:
    """A few bytes of a web archive changed, cut out or put in."""
    changed = bytearray(_SEEDS[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        cut = data.draw(st.sampled_from((0, 1, 1, 1, 4, 60)))
        changed[at : at + cut] = data.draw(st.binary(max_size=4))
    budget = Budget(len(changed), LIMITS)
    if kind == "mhtml":
        try:
            found: list[Page | UnreadableSource] = [read_mhtml(bytes(changed), "a.mhtml")]
        except PageError:
            return
    else:
        stream = io.BufferedReader(io.BytesIO(bytes(changed)))
        read = (
            read_warc(stream, "a", budget)
            if "warc" in kind
            else read_zip(stream, "a", None, LIMITS)
        )
        found = list(read)
    for page in found:
        assert isinstance(page, Page | UnreadableSource)
        assert not isinstance(page, Page) or len(page.data) <= 10_000_000


RUNS = 10_000
MANY = settings(FEW, max_examples=RUNS, derandomize=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "given_"),
    [
        (decoding, {"data": st.binary(max_size=4_000), "charset": _CHARSETS}),
        (extraction, {"markup": _MARKUP, "url": st.just("https://lantern.example/1")}),
        (plain_text, {"text": _TEXT}),
        (dates, {"text": _TEXT | st.text(max_size=200)}),
        (quotations, {"text": _TEXT, "language": st.sampled_from((None, "en", "fr", "es"))}),
        (archives, {"kind": st.sampled_from(sorted(_SEEDS)), "data": st.data()}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_many_runs(check, given_, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    MANY(given(**given_)(check))()
