"""The text of an article on an unknown site: all of it, and nothing of the page around it."""

import pytest

from archive.body import tidy, without_tail
from tests.archive.reading import read, read_one

URL = "https://harbour-post.example/quay"
SENTENCES = [
    f"Pier number {n} of the islands was opened by the harbour master in the rain, and the "
    f"ferry that had waited for {n + 3} years came in at noon with flags and a brass band."
    for n in range(6)
]
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def body_of(inside: str) -> str:
    return read_one(
        f"<html><body><h1>The quay</h1><div id=x>{inside}</div></body></html>", URL
    ).body


def test_all_of_the_text_and_nothing_else() -> None:
    share = '<ul class="share"><li>Send this to a friend who sails</li></ul>'
    menu = '<div class="menu"><p>Harbour, tides, ferries, and all that floats today</p></div>'
    hidden = '<p style="display: none">Please allow what the harbour post wants to know.</p>'
    assert body_of(menu + TEXT + hidden + share).split("\n\n") == SENTENCES


def test_a_short_statement_is_read_without_what_is_hidden_too() -> None:
    hidden = "<p hidden>Please allow what the harbour post wants to know of you.</p>" * 2
    menu = "<ul><li><a href=/a>A ferry that is late again</a><li><a href=/b>Tides</a></ul>"
    short = "<p>The harbour is closed until the ice has gone from all of its quays.</p>"
    body = body_of(f"{short}{menu}<div>{hidden}</div>")
    assert body.startswith("The harbour is closed until the ice has gone")
    assert "Please allow" not in body


def test_what_is_hidden_until_a_script_shows_it() -> None:
    assert body_of(f'<div class="hidden">{TEXT}</div>').split("\n\n") == SENTENCES


@pytest.mark.parametrize(
    "heading",
    [
        "Comments",
        "12 comments",
        "Kommentare (3)",
        "78 commentaires",
        "You might also like",
        "More from the Harbour Post",
        "Related stories",
        "Most read",
        "Mehr zum Thema",
        "Artículos relacionados",
    ],
)
def test_an_article_ends_where_the_page_goes_on(heading: str) -> None:
    tail = ["The ferry was late again, writes a reader.", "A storm is coming up."]
    assert without_tail([*SENTENCES, heading, *tail]) == SENTENCES


@pytest.mark.parametrize(
    "line",
    [
        "More in the harbour wait for a berth.",
        "You may also land at the old pier, the master said",
        "Comments by the minister were not to be had.",
        "Related parties were told of the quay",
    ],
)
def test_a_sentence_ends_no_article(line: str) -> None:
    lines = [*SENTENCES, line, *SENTENCES]
    assert without_tail(lines) == lines


def test_a_heading_at_the_top_ends_nothing() -> None:
    lines = ["Comments", *SENTENCES]
    assert without_tail(lines) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Teilen auf",
        "Read more: a ferry is late",
        "A lire aussi : Le quai est ouvert",
        "← Previous post",
        "Comments (74 posted)",
        "Loading comments...",
        "Follow the Harbour Post on Facebook",
        "© 2019 Harbour Post. All rights reserved.",
        "The quay in the rain © Ann Quay / HP",
        "Anzeige",
    ],
)
def test_a_line_of_furniture(line: str) -> None:
    assert tidy([SENTENCES[0], line, SENTENCES[1]]) == SENTENCES[:2]


@pytest.mark.parametrize(
    "line",
    [
        "« Le quai est ouvert, enfin. »",
        "Follow the law on the sea.",
        "Read more than you write.",
        "Comment on the quay: it leaks.",
        "The mark © stands on every chart. It is old.",
        "The quay is open, the harbour master said. © 2019",
    ],
)
def test_a_line_of_text(line: str) -> None:
    assert tidy([SENTENCES[0], line, SENTENCES[1]]) == [SENTENCES[0], line, SENTENCES[1]]


def test_a_line_about_a_file_is_no_text_but_names_the_reference() -> None:
    note = "<p>Download PDF of UA 17/19 Islands</p>"
    page = f"<html><body><h1>The quay</h1><div id=x>{note}{TEXT}</div></body></html>"
    document = read_one(page, URL)
    assert document.body.split("\n\n") == SENTENCES
    assert document.references == ("UA 17/19",)


def test_a_line_about_a_file_in_a_row_names_its_reference() -> None:
    rows = "".join(
        f"<li class=row><p class=date>{n + 1} May 2019</p><p>Download PDF of UA {n + 11}/19</p>"
        f"<p>{SENTENCES[n]}</p></li>"
        for n in range(4)
    )
    documents = read(f"<html><body><h1>The quay</h1><ul>{rows}</ul></body></html>", URL).documents
    assert [document.body for document in documents] == SENTENCES[:4]
    assert [document.references for document in documents] == [
        (f"UA {n + 11}/19",) for n in range(4)
    ]


def test_a_line_that_says_the_date_again_is_no_text() -> None:
    head = ["Plenary 09-05-2019 - 18:40", "Released 1840 GMT, 9 May 2019"]
    assert tidy([*head, *SENTENCES]) == SENTENCES
    other = ["Plenary 20-05-2019 - 18:40", "9 May 2019"]
    assert tidy([*other, *SENTENCES]) == [other[0], other[1], *SENTENCES]
    assert tidy(["The quay of 9 May 2019 is open", "9 May 2019", *SENTENCES])[0].startswith(
        "The quay"
    )
    assert tidy(["Split, 9 May 2019", *SENTENCES])[0] == "Split, 9 May 2019"


def test_whom_the_press_may_ask_is_no_text() -> None:
    contact = ["Ana Brook-Quay", "Press officer", "Telephone 000 117"]
    assert tidy([*SENTENCES, "Updated: 10-05-2019", *contact]) == SENTENCES
    assert tidy([*SENTENCES, "The quay is open.", "Press officer"])[-1] == "The quay is open."
    assert tidy([*SENTENCES, "Ana Brook-Quay", "Telephone 000 117"])[-1] == "Ana Brook-Quay"
