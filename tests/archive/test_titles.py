"""Which of the titles that a page states, and of the headings that it shows, is its title."""

import json

import pytest

from archive.markup import Markup
from archive.titles import page_title

URL = "https://harbour-post.example/2019/05/quay"
OG = '<meta property="og:title" content="{}">'.format
TITLE = "<title>{}</title>".format


def headline(text: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": text})
    return f'<script type="application/ld+json">{data}</script>'


def title_of(head: str, body: str) -> str | None:
    found = page_title(Markup(f"<html><head>{head}</head><body>{body}<p>Text.</p></body>", URL))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (  # the site's name as the heading of every page: known by its link to the front page
            TITLE("Islands | Coast and Sea"),
            '<h1><a href="/">Coast and Sea</a></h1><h2>Islands</h2>',
            "Islands",
        ),
        (  # … by its class
            TITLE("Coast and Sea » The quay is built"),
            '<div id="logo"><h1>Coast and Sea</h1></div><h3>The quay is built</h3>',
            "The quay is built",
        ),
        (  # … by the host's name
            TITLE("The Harbour Post: the quay is built"),
            "<h1>The Harbour-Post</h1><p class=headline>The quay is built</p>",
            "The quay is built",
        ),
        (  # a second heading of the first rank
            OG("The quay is built") + TITLE("The quay is built – Harbour"),
            "<h1>Harbour</h1><h1>The quay is built</h1><h1>More from the islands</h1>",
            "The quay is built",
        ),
        (  # a kicker inside the heading
            OG("The quay is built after all"),
            "<h1><span>Islands</span>The quay is built after all</h1>",
            "The quay is built after all",
        ),
        (  # a shorter title for social networks
            OG("Island quay is built"),
            "<h1>Quay for the island is built after eleven years of waiting</h1>",
            "Quay for the island is built after eleven years of waiting",
        ),
        (  # JSON-LD knows the heading, og:title was written anew
            OG("You will not believe this quay") + headline("Eleven years for a quay"),
            "<h1>Eleven years for a quay</h1>",
            "Eleven years for a quay",
        ),
        (  # the heading of a section has nothing to do with the page
            TITLE("Quay of the islands opens in spring"),
            "<h1>Transport and traffic</h1>",
            "Quay of the islands opens in spring",
        ),
        (  # a title that is the same on every page
            TITLE("Islands authority"),
            "<h1>Statement by the harbour master on the quay</h1>",
            "Statement by the harbour master on the quay",
        ),
        (TITLE("The quay is built | News | Harbour Post"), "", "The quay is built"),
        (TITLE("The quay is built – HARBOUR-POST – all the news"), "", "The quay is built"),
        (TITLE("The quay is built | HP | 03.05.2019"), "", "The quay is built"),
        (TITLE("Harbour Post online | The quay is built"), "", "The quay is built"),
        (TITLE("The song of the quay (a poem - Mar)"), "", "The song of the quay (a poem - Mar)"),
        (TITLE("Harbour Post"), "", None),
        ("", "", None),
    ],
)
def test_the_title(head: str, body: str, title: str | None) -> None:
    assert title_of(head, body) == title


def test_a_link_to_the_page_itself_makes_no_banner() -> None:
    body = f'<h1><a href="{URL}">Harbour news</a></h1>'
    assert title_of(TITLE("Harbour news - Coast"), body) == "Harbour news"


@pytest.mark.parametrize("href", ["http://[", "javascript:void(0)", "#top", "?page=2", ""])
def test_a_broken_or_local_link_makes_no_banner(href: str) -> None:
    assert title_of("", f'<h1><a href="{href}">The quay is built</a></h1>') == "The quay is built"
