"""Where the body of an article on an unknown site is plain to see by its running text."""

import pytest

from tests.archive.reading import read_one

URL = "https://harbour-post.example/quay"
PLAIN = "element with the running text"
TEXT = "".join(
    f"<p>Pier number {n} was opened by the harbour master, and the ferry came in at noon.</p>"
    for n in range(6)
)
LINKS = "<ul><li><a href=/a>A ferry that is late again</a><li><a href=/b>The tide of May</a></ul>"


def page(inside: str) -> str:
    return f"<html><body><h1>The quay</h1><div>{inside}</div></body></html>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", LINKS),
        (LINKS, ""),
        ("", f"<h2>Elsewhere in the port</h2>{LINKS}"),
        ("<span>Harbour desk</span>", "<div>Print</div>"),
        ('<div class="left-sidebar"><p>Tides, and all that floats today.</p></div>', ""),
        ("", "<footer><p>The Harbour Post is read on all of the islands since 1908.</p></footer>"),
    ],
)
def test_what_stands_beside_the_paragraphs_is_left_out(before: str, after: str) -> None:
    document = read_one(page(f"{before}<div>{TEXT}</div>{after}"), URL)
    assert document.evidence["body"] == PLAIN
    assert document.body.count("Pier number") == document.body.count("\n\n") + 1 == 6


def test_short_paragraphs_headings_and_items_between_paragraphs_are_text() -> None:
    inside = "<h2>The bill</h2><p>Nobody paid.</p><ul><li>One rope<li>Two flags</ul>"
    body = read_one(page(f"<div>{TEXT}{inside}{TEXT}</div>"), URL).body
    assert "\n\nThe bill\n\nNobody paid.\n\nOne rope\n\nTwo flags\n\nPier" in body


@pytest.mark.parametrize(
    "short",
    ["“Ropes are dear this year, and flags as well,” said Mara Lind.", "Nobody paid."],
)
def test_a_short_article_keeps_its_shorter_paragraphs(short: str) -> None:
    """Though the title beside them has more letters than they have."""
    heading = "<h1>Ropes are dear, the harbour master tells the town</h1>"
    long = TEXT.replace("</p><p>", " ")
    inside = f"{heading}<p>{short}</p>{long}"
    body = read_one(f"<html><body><main>{inside}</main></body></html>", URL).body
    assert short in body
    assert body.count("Pier number") == 6


def test_links_in_a_paragraph_leave_it_whole() -> None:
    sentence = "The master thanked <a href=/ropes>the guild of ropes and sails</a>, as one does."
    body = read_one(page(f"<div>{TEXT}<p>{sentence} {sentence}</p></div>"), URL).body
    assert body.endswith("the guild of ropes and sails, as one does.")


def test_chunks_of_one_article_are_read_together() -> None:
    document = read_one(page(f"<div>{TEXT}</div><div>{TEXT.replace('Pier', 'Mole')}</div>"), URL)
    assert document.evidence["body"] == PLAIN
    assert document.body.count("number") == 12


def test_two_columns_are_no_plain_case() -> None:
    column = f"<table><tr><td>{LINKS * 3}<td>{TEXT}</table>"
    document = read_one(page(column + LINKS * 3 + column.replace("Pier", "Mole")), URL)
    assert document.evidence["body"] != PLAIN
    assert document.body


def test_a_reference_number_beside_the_text_is_the_statements() -> None:
    inside = f"<article><div>{TEXT}</div><p class=ref>Reference: <b>HP/2014/31</b></p></article>"
    other = "<p>Reference: <b>HP/2014/32</b></p>"
    document = read_one(page(inside + other), URL)
    assert document.references == ("HP/2014/31",)
    assert "HP/2014" not in document.body
