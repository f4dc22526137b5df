import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.identity import canonical_url, document_id, entry_id, first_words, host_of


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG:443/News", "https://example.org/News"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a/#quote", "https://example.org/a/"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=y", "https://example.org/a?id=3"),
        ("https://example.org/a b/é", "https://example.org/a%20b/%C3%A9"),
        ("https://example.org/%c3%a9", "https://example.org/%C3%A9"),
        (" https://example.org/a?q=1 ", "https://example.org/a?q=1"),
        ("https://example.org/a?", "https://example.org/a"),
    ],
)
def test_one_spelling_of_an_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url", ["mailto:press@example.org", "javascript:alert(1)", "/news", "", "ftp://example.org/a"]
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        canonical_url(url)


@given(st.text(max_size=60))
def test_canonical_is_a_fixed_point(path: str) -> None:
    once = canonical_url("https://example.org/" + path.replace("#", ""))
    assert canonical_url(once) == once


def test_ids_are_sixteen_hex_digits_and_differ_where_it_matters() -> None:
    one = document_id("https://example.org/a")
    assert len(one) == 16
    assert int(one, 16) >= 0
    assert one == document_id("https://EXAMPLE.org/a#top")
    assert one != document_id("https://example.org/a/")


def test_an_entry_keeps_its_id_when_the_pager_moves_it_or_its_accents_change() -> None:
    one = entry_id("https://example.org/russia?page=0", "2017-07-31", "“A new law” is bad")
    assert one == entry_id("https://example.org/russia?page=3", "2017-07-31", "A new LAW is bad")
    assert one != entry_id("https://example.org/russia", "2017-07-30", "A new law is bad")
    assert one != entry_id(None, "2017-07-31", "A new law is bad")


def test_first_words_come_from_the_title_and_the_text() -> None:
    assert first_words("Free them!", "one two " * 20) == "free them " + "one two " * 5 + "one two"


def test_host_of() -> None:
    assert host_of("https://www.example.org/a") == "example.org"
    assert host_of(None) is None
