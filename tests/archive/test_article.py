import contextlib
import json

import pytest

from archive.errors import PageError, PageLimitExceeded, UnreadablePage
from archive.extract import extract
from archive.identity import document_id
from archive.limits import LIMITS
from archive.page import Page
from tests.archive.reading import PROFILES, read, read_one

URL = "https://watch.example/news/teachers-freed"
TEXT = "".join(
    f"<p>The court of appeal in the capital has freed teacher number {n} after a year in prison, "
    "without any explanation from the ministry that had asked for the arrest.</p>"
    for n in range(4)
)


def article(
    head: str = "", above: str = "", below: str = "", title: str = "Teachers freed in Chad"
) -> str:
    return (
        f"<html><head>{head}</head><body><header><a href=/>Example Watch</a></header>"
        f"<nav>Menu</nav><main><article><h1>{title}</h1>{above}<div class=text>{TEXT}</div>"
        f"{below}</article></main>"
        "<footer>© 2021 Example Watch</footer></body></html>"
    )


def ld(**values: object) -> str:
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **values})
    return f'<script type="application/ld+json">{data}</script>'


def test_an_article_of_an_unknown_site() -> None:
    document = read_one(
        article(
            '<meta property="og:site_name" content="Example Watch">'
            '<meta property="og:title" content="Teachers freed in Chad | Example Watch">'
            '<meta property="article:published_time" content="2017-05-09T10:00:00+02:00">'
            '<meta property="article:tag" content="Education">'
            '<meta property="article:tag" content="Chad">'
            '<meta property="article:section" content="News">',
            below='<p class="share">Share</p><p>Share this page</p><h3>Related</h3>',
        ),
        URL,
    )
    assert (document.kind, document.url, document.id) == ("article", URL, document_id(URL))
    assert (document.title, document.title_derived) == ("Teachers freed in Chad", False)
    assert document.published == "2017-05-09"
    assert document.updated is None
    assert document.topics == ("Education", "Chad")
    assert document.category == "News"
    assert document.language == "en"
    assert document.listed_on == ()
    assert document.body.count("\n\n") == 3
    assert document.body.startswith("The court of appeal")
    for word in ("Share", "Menu", "Related", "2021", "<"):
        assert word not in document.body
    assert set(document.evidence) >= {"title", "body", "published", "language"}
    assert document.source.profile == "generic"
    assert len(document.source.sha256 or "") == 64


@pytest.mark.parametrize(
    ("head", "above", "date"),
    [
        (ld(datePublished="2017-05-09T23:30:00-05:00"), "", "2017-05-09"),
        ('<meta name="DC.date.issued" content="2017-05-09">', "", "2017-05-09"),
        ("", '<time datetime="2017-05-09T10:00" itemprop=datePublished>today</time>', "2017-05-09"),
        ("", '<p class="date">9 May 2017</p>', "2017-05-09"),
        ("", "<p>Released 0600 GMT, 9 May 2017</p>", "2017-05-09"),
        ("", "<p>Publié le 9 mai 2017</p>", "2017-05-09"),
        ("", "<p>9 de mayo de 2017</p>", "2017-05-09"),
        ("", "<p>Dienstag, 9. Mai 2017</p>", "2017-05-09"),
        ("", "<p>May 2017</p>", "2017-05"),
        ("", '<div class="submitted">Submitted by editor on 05/23/2017</div>', "2017-05-23"),
    ],
)
def test_the_date_of_publication(head: str, above: str, date: str) -> None:
    assert read_one(article(head, above), URL).published == date


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("", ""),
        ('<meta name="dcterms.created" content="2014-01-02">', ""),
        ('<meta name="dcterms.modified" content="2014-01-02">', ""),
        (ld(dateModified="2014-01-02"), ""),
        ("", "<p>Last updated: 2 January 2014</p>"),
        ("", "<p>The trial of 2 January 2014 was unfair.</p>"),
        ("", "<aside><time datetime=2014-01-02>2 January 2014</time></aside>"),
        ("", '<div class="related"><span class=date>2 January 2014</span></div>'),
    ],
)
def test_no_date_is_invented(head: str, above: str) -> None:
    assert read_one(article(head, above), URL).published is None


@pytest.mark.parametrize(
    ("captured_at", "published"),
    [
        ("2019-05-01T00:30:00+00:00", None),
        ("2019-05-05T23:59:59Z", None),
        ("2019-05-06T12:00:00Z", "2019-05-07"),  # it is tomorrow already on some islands
        ("2021-01-01T00:00:00Z", "2019-05-07"),
        ("1970-01-01T00:00:00+00:00", "2019-05-07"),
        ("1985-10-26T08:15:00+00:00", "2019-05-07"),
        ("yesterday", "2019-05-07"),
        (None, "2019-05-07"),
    ],
)
def test_no_page_was_published_after_it_was_captured(
    captured_at: str | None, published: str | None
) -> None:
    html = f"<h1>The quay is built</h1><p>Published on 7 May 2019</p><p>{'The quay is new. ' * 20}"
    page = Page("page.html", html.encode(), captured_at=captured_at)
    (document,) = extract(page, PROFILES).documents
    assert document.published == published
    assert ("published" in document.evidence) is bool(published)


def test_a_row_whose_day_was_yet_to_come_keeps_its_id() -> None:
    rows = "".join(
        f"<li>{day} May 2019 <a href=/{day}>The quay of number {day} opens</a></li>"
        for day in range(1, 9)
    )
    html = f"<h1>Quays</h1><ul>{rows}</ul>".encode()
    early, late = (
        extract(Page("page.html", html, captured_at=f"{when}T00:00:00Z"), PROFILES).documents
        for when in ("2019-05-03", "2020-01-01")
    )
    assert [document.id for document in early] == [document.id for document in late]
    assert [document.published is None for document in early] == [False] * 4 + [True] * 4
    assert all(document.published for document in late)


def test_published_is_not_updated() -> None:
    above = '<p class="date">9 May 2017</p><p>Last updated: 2 June 2018</p>'
    document = read_one(article("", above), URL)
    assert (document.published, document.updated) == ("2017-05-09", "2018-06-02")
    head = ld(datePublished="2017-05-09", dateModified="2018-06-02T00:10:00+05:00")
    document = read_one(article(head), URL)
    assert (document.published, document.updated) == ("2017-05-09", "2018-06-02")
    same = read_one(article(ld(datePublished="2017-05-09", dateModified="2017-05-09")), URL)
    assert same.updated is None


def test_the_local_date_counts_where_utc_differs_by_a_day() -> None:
    shown = '<p class="date">10 May 2017</p>'
    document = read_one(article(ld(datePublished="2017-05-09T22:30:00Z"), shown), URL)
    assert document.published == "2017-05-10"
    assert "UTC" in document.evidence["published"]
    local = read_one(article(ld(datePublished="2017-05-09T00:01:00+01:00")), URL)
    assert local.published == "2017-05-09"


def test_an_old_page_without_a_heading_is_dated_by_its_top_or_its_dateline() -> None:
    top = "<font>PRESS RELEASE No. 97/08<br>For release: 9 May 1997</font><p><b>Debt relief</b>"
    assert read_one(f"<title>Debt</title>{top}{TEXT}", URL).published == "1997-05-09"
    dateline = "<p>GENEVA (9 May 1997) – " + TEXT.removeprefix("<p>")
    document = read_one(f"<title>Debt</title>{dateline}", URL)
    assert document.published == "1997-05-09"
    assert document.evidence["published"] == "dateline of the text"
    hearing = "<p>The trial of 9 May 1997 – " + TEXT.removeprefix("<p>")
    assert read_one(f"<title>Debt</title>{hearing}", URL).published is None


def test_words_beside_the_title_complete_an_ambiguous_machine_date() -> None:
    head = '<meta property="article:published_time" content="12-11-2020">'
    released = "<p>Released 1000 GMT, 12 November 2020</p>"
    assert read_one(article(head, released), URL).published == "2020-11-12"
    assert read_one(article(head), URL).published == "2020"


def test_the_heading_of_the_site_is_not_the_title() -> None:
    head, above = "<title>Teachers freed « Example Watch</title>", "<h2>Teachers freed</h2>"
    html = article(head, above, title="Example Watch")
    assert read_one(html, URL).title == "Teachers freed"


def test_the_address_dates_a_page_that_does_not() -> None:
    assert read_one(article(), "https://watch.example/2017/05/09/x").published == "2017-05-09"
    assert read_one(article(), "https://watch.example/2017/05/x/").published == "2017-05"
    assert read_one(article(), "https://watch.example/2017/x").published is None


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Teachers freed | Example Watch</title>", "Teachers freed", "Teachers freed"),
        (
            '<meta name="twitter:title" content="Chad: Teachers freed | Example Watch">',
            "News",
            "Chad: Teachers freed",
        ),
        ('<meta property="og:title" content="Chad - the long road">', "", "Chad - the long road"),
        ("<title>Example Watch: Teachers freed after a year</title>", "",
         "Example Watch: Teachers freed after a year"),
        (ld(headline="Teachers freed &amp; home"), "", "Teachers freed & home"),
    ],
)  # fmt: skip
def test_the_title(head: str, heading: str, title: str) -> None:
    assert read_one(article(head, title=heading), URL).title == title


def test_a_title_is_derived_where_there_is_none() -> None:
    document = read_one(f"<html><body><div>{TEXT}</div></body></html>", URL)
    assert document.title_derived
    assert document.title.startswith("The court of appeal")
    assert len(document.title) <= 120
    assert document.evidence["title"] == "first sentence"


def test_a_page_says_its_own_address_but_not_anybody_elses() -> None:
    def url(declared: str, known: str | None) -> str | None:
        return read(article(f'<link rel="canonical" href="{declared}">'), known).url

    assert url("/a?utm_source=x", "https://watch.example/b") == "https://watch.example/a"
    assert url("https://www.watch.example/a", "http://watch.example/b") == (
        "https://www.watch.example/a"
    )
    assert url("https://other.example/a", URL) == URL
    assert url("https://watch.example/", URL) == URL
    assert url("https://watch.example/a", None) == "https://watch.example/a"


def test_an_address_outside_the_web_is_unknown() -> None:
    assert read_one(article(), "urn:uuid:1").url is None
    assert read_one(article(), "http://watch.example:port/").url is None


def test_an_article_without_an_address_has_an_id_of_its_text() -> None:
    document = read_one(article())
    again = read_one(article(below="<p>More.</p>"))
    assert document.url is None
    assert document.id == again.id


def test_fields_of_words_come_along() -> None:
    above = (
        "<p>By Maria Lopez, Campaigner, Example Watch</p>"
        "<p>“They should never have been arrested in the first place,” said Ion Rusu, Director of "
        'Example Watch.</p><p>See UA 80/17.</p><p><a href="/f/ua80.pdf">Urgent action</a></p>'
    )
    page = article(
        '<meta name="generator" content="WordPress 6">', f"<div class=entry-content>{above}</div>"
    )
    document = read_one(page.replace("<div class=text>", "<div>"), URL)
    assert document.byline is not None
    assert document.byline.name == "Maria Lopez"
    (quotation,) = document.quotations
    assert document.body[quotation.start : quotation.end].startswith("“They should never")
    assert [s.name for s in document.speakers] == ["Ion Rusu"]
    assert document.references == ("UA 80/17",)
    assert [a.url for a in document.attachments] == ["https://watch.example/f/ua80.pdf"]


@pytest.mark.parametrize(
    "text",
    [
        "Error in file(con, \"r\") : cannot open the connection to 'https://watch.example/'",
        "curl: (6) Could not resolve host: watch.example",
        "Just one line of text",
    ],
)
def test_a_message_under_the_name_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePage, match="no markup") as caught:
        read(text)
    assert caught.value.reason == "no-markup"


@pytest.mark.parametrize(
    "title",
    ["404 Not Found", "Access Denied", "Just a moment...", "Page not found | Example Watch"],
)
def test_an_error_page_of_a_server_is_refused(title: str) -> None:
    with pytest.raises(UnreadablePage) as caught:
        read(f"<html><title>{title}</title><h1>{title}</h1><p>Sorry.</p></html>")
    assert caught.value.reason == "error-page"


def test_labels_stated_for_machines() -> None:
    stated = read_one(article(ld(articleSection="Report", keywords="Prisons, Chad,")), URL)
    assert (stated.category, stated.topics) == ("Report", ("Prisons", "Chad"))
    assert read_one(article(ld(keywords=["Prisons", 7])), URL).topics == ("Prisons",)


@pytest.mark.parametrize(
    "html", ["<!DOCTYPE html><!-- saved -->", "<html><!-- saved --></html>", "<html><head></head>"]
)
def test_a_page_without_a_body_is_refused(html: str) -> None:
    with pytest.raises(UnreadablePage, match="no body") as caught:
        read(html)
    assert caught.value.reason == "no-body"


def test_a_crowd_of_attributes_is_left_out() -> None:
    crowd = " ".join(f'a{number}="x"' for number in range(1_000))
    page = article("<title>They are free</title>").replace("<p>", f"<p {crowd}>")
    assert read_one(page, URL).body == read_one(page.replace(crowd, ""), URL).body


def test_an_article_about_an_error_is_none() -> None:
    html = article("<title>Access denied: observers turned away</title>", title="Access denied")
    assert read_one(html, URL).body


def test_an_error_message_saved_as_text_is_refused() -> None:
    page = Page("page.txt", b"Error: cannot open the connection", media_type="text/plain")
    with pytest.raises(UnreadablePage) as caught:
        extract(page, PROFILES)
    assert caught.value.reason == "error-message"


def test_a_page_without_a_statement_has_no_documents() -> None:
    assert read("<html><title>Home</title><body><nav>Menu</nav></body></html>").documents == ()


def test_no_more_attachments_than_the_limit() -> None:
    links = "".join(f'<a href="/{n}.pdf">{n}</a> ' for n in range(LIMITS.links + 5))
    wordpress = '<meta name="generator" content="WordPress 6">'
    document = read_one(article(wordpress, f"<div class=entry-content><p>{TEXT}{links}</div>"), URL)
    assert len(document.attachments) == LIMITS.links


def test_a_page_over_a_limit_is_refused() -> None:
    with pytest.raises(PageLimitExceeded):
        read("<p>" * 100_001)


HOSTILE = {
    "deep": "<div>" * 40_000 + "text",
    "wide": "<p>x" * 20_000,
    "table": "<table><tr><td>" * 20_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">text",
    "dates": "<ul>" + "<li>1 May 2017" * 5_000,
    "digits": "<p>" + "1/" * 200_000,
    "spaces": "<p>text." + " " * 1_000_000 + "x",
    "quotes": "<p>" + "“" * 100_000,
    "months": "<p>" + "may " * 100_000,
    "meta": "<meta " * 20_000,
    "entities": "<p>" + "&amp;quot;" * 10_000,
    "escaped": "<p>" + "&lt;p " * 50_000,
    "script": "<script>" * 50_000,
    "json": '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>text",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_pages_end(shape: str) -> None:
    with contextlib.suppress(PageError):
        read(HOSTILE[shape], URL)


def test_an_old_page_laid_out_as_a_table_gives_the_text_of_its_cell() -> None:
    document = read_one(
        f"""<title>A quay for the islands</title><body><table>
        <tr><td colspan=2><font size="+2"><b>Bank of the Harbours</b></font></td></tr>
        <tr><td><a href="/">Home</a><br><a href="/loans">Loans</a></td>
        <td><font size="-1">PRESS RELEASE No. 97/03</font><p><b>A quay for the islands</b>
        <p>{"The quay will be built of stone. " * 5}<p>{"Ships may land there in May. " * 5}
        <p><a href="index.htm">Back to the list</a></td></tr>
        <tr><td colspan=2>[ <a href="/">Home</a> ]<br>Copyright 1997 Bank of the Harbours</td></tr>
        </table>"""
    )
    first, second = document.body.split("\n\n")
    assert first.startswith("The quay will")
    assert second.endswith("land there in May.")
    assert document.evidence["body"] == "cell of the page's layout table"


def test_a_table_of_figures_is_not_its_page() -> None:
    rows = "".join(
        f"<tr><td>Harbour {n}</td><td>{n} ships, all of them late</td></tr>" for n in "123"
    )
    document = read_one(
        f"<title>Ships</title><h1>Ships</h1><p>{'Ships came late this year. ' * 9}</p>"
        f"<table>{rows}</table><p>{'The bank regrets it. ' * 9}</p>"
    )
    assert "Ships came late" in document.body
    assert "The bank regrets it." in document.body


def test_the_files_below_a_text_are_its_attachments_and_those_beside_it_are_not() -> None:
    document = read_one(
        f"""<title>A quay</title><body><main><h1>A quay</h1><p>{"The quay is built. " * 20}</p>
        <ul><li><a href="/quay.pdf">The plan (PDF)</a></ul>
        <aside><a href="/year.pdf">Annual report</a></aside></main>
        <a href="/map.pdf">Map of this site</a>""",
        URL,
    )
    assert [attachment.label for attachment in document.attachments] == ["The plan (PDF)"]


@pytest.mark.parametrize(("count", "topics"), [(2, ("word 0", "word 1")), (30, ())])
def test_keywords_of_the_head_are_topics_unless_they_are_written_for_machines(
    count: int, topics: tuple[str, ...]
) -> None:
    words = ", ".join(f"word {n}" for n in range(count))
    head = f'<meta name="keywords" content="{words}">'
    assert read_one(article(head, f"<p>{TEXT}</p>"), URL).topics == topics
