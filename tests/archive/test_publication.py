"""When a page was published: by what it states, by what it shows; and when it does not say."""

import gc
import weakref

import pytest

from archive.markup import Markup
from archive.publication import PageDates
from archive.said_dates import dateline

SITE = "https://harbour-post.example"
TEXT = "<p>" + "The quay of the islands was opened by the harbour master in the rain. " * 3 + "</p>"
META = '<meta name="{}" content="{}">'.format


def published(
    body: str, head: str = "", url: str = f"{SITE}/quay", title: str = "The quay is built"
) -> str | None:
    page = Markup(f"<html><head>{head}</head><body>{body}</body></html>", url)
    found = PageDates(page, None, title).published(url)
    return found.value if found else None


def article(above: str = "", below: str = "") -> str:
    return f"<h1>The quay is built</h1>{above}<div>{TEXT}</div>{below}"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (META("article:published_time", "Tue May  7 15:28:56 CEST 2019"), "2019-05-07"),
        (META("pub_date", "20190507"), "2019-05-07"),
        (META("cms:publicationdate", "05/27/2019 09:49:00"), "2019-05-27"),
        (META("article-publish-date", "7 mai 2019"), "2019-05-07"),
        (META("last-published-date", "2019-05-07"), None),
        (META("publisher", "Harbour Post 2019"), None),
        (META("article:published_time", "1970-01-01T00:00:00Z"), None),
        (META("article:published_time", "1970-01-01") + META("pubdate", "20190507"), "2019-05-07"),
        (META("date", "2019-05-09") + META("publicationdate", "2019-05-07"), "2019-05-07"),
    ],
)
def test_a_date_in_the_head(head: str, date: str | None) -> None:
    assert published(article(), head) == date


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ("<p>Posted by Ann Quay on Tuesday, May 7th, 2019</p>", "2019-05-07"),
        ("<p>von Jan Kai am 07.05.2019</p>", "2019-05-07"),
        ("<small>Dienstag, 7.5.2019, 19:51 – jk</small>", "2019-05-07"),
        ("<p>7 May 2019 at 08:45 AM | categories: ports</p>", "2019-05-07"),
        ("<p>VERÖFFENTLICHT AM 07.05.2019 UM 9 UHR</p>", "2019-05-07"),
        ("<p>Publié par la rédaction le 7 mai 2019</p>", "2019-05-07"),
        ('<span class="hp-article-date">07.05.2019, 19:16 Uhr</span>', "2019-05-07"),
        ("<p>Released 7 May 2019 at noon</p>", "2019-05-07"),
        ("<p>Press release 17/2019 | 7 May 2019 | Ports</p>", "2019-05-07"),
        ("<p>Ports | 6 May 2019 | 7 May 2019 | Islands</p>", None),
        ("<p>Published online 7 May 2019 in Ports</p>", "2019-05-07"),
        ("<p>Released on 7 May 2019 from prison</p>", None),
        ("<p>Released from prison on 7 May 2019</p>", None),
        ("<p>Written on 7 May 2019 for nobody</p>", None),
        ('<div class="current-date">7 May 2019, the tide is low</div>', None),
        ('<span class="event-date">the feast of 7 May 2019</span>', None),
        ("<p>7 May 2019 – Updated 0203 GMT</p>", None),
        ("<p>The feast of 7 May 2019 was long.</p>", None),
        ("<p>More from 2019</p>", None),
        ("<p>Copyright 7 May 2019, Harbour Post</p>", None),
    ],
)
def test_a_date_beside_the_title(above: str, date: str | None) -> None:
    assert published(article(above)) == date


@pytest.mark.parametrize(
    "line",
    [
        "(Port Amal, May 7, 2019) – {}", "Port Amal, 7 May 2019 – {}", "(Split, 7 May 2019) {}",
        "Port Amal, New Coast, 7 May 2019 — {}", "7 May 2019 (Split) – {}",
        "Lyon, le 7 mai 2019 – {}", "Split/Sofia, 7 May 2019 - {}",
        "SPLIT, Coast (May 7, 2019) — {}", "Split – 7 May 2019 – {}",
    ],
)  # fmt: skip
def test_the_places_of_a_dateline(line: str) -> None:
    text = line.format("The harbour stays open for every ship that is in need of it.")
    found = dateline(text)
    assert found is not None
    assert found.value == "2019-05-07"


@pytest.mark.parametrize(
    "line",
    [
        "In Split, 7 May 2019 - {}", "Since Monday, 7 May 2019 – {}", "Law 12 of 7 May 2019 – {}",
        "The decision of 7 May 2019 – {}", "Ana Brook, born 7 May 1979 – {}",
    ],
)  # fmt: skip
def test_what_is_no_dateline(line: str) -> None:
    assert dateline(line.format("the harbour stays open for every ship in need.")) is None


def test_a_date_of_its_own_in_the_title_of_the_page() -> None:
    head = "<title>The quay is built | Harbour Post | 07.05.2019</title>"
    assert published("<p>Thursday, 9 May 2019</p>" + article(), head) == "2019-05-07"
    head = "<title>The quay is built: what 7 May 2019 meant</title>"
    assert published(article(), head) is None


def test_a_dateline_without_a_place() -> None:
    assert published(f"<h1>The quay</h1><p>May 7, 2019 -- {TEXT}</p>") == "2019-05-07"


def test_a_dateline_in_a_short_first_paragraph() -> None:
    short = "<p>SPLIT, 7 May 2019 – The quay of the islands is open.</p>"
    assert published(f"<h1>The quay is built</h1>{short}{TEXT}") == "2019-05-07"
    assert published(f"{short}<h1>The quay is built</h1>{TEXT}") is None
    teaser = f'<ul class="related"><li>{short}</li></ul>'
    assert published(f"<h1>The quay is built</h1>{teaser}{TEXT}") is None
    assert published(f"<h1>The quay is built</h1>{TEXT * 3}{short}") is None


def test_the_days_of_an_event_are_no_day_of_publication() -> None:
    days = '<p class="date">Split, 3–5 May 2019</p>'
    assert published(article(days)) == "2019-05"
    assert published(article(days + "<p>7 May 2019</p>")) == "2019-05-07"
    assert published(article(days), META("pubdate", "20190401")) == "2019-04-01"


def test_the_lines_of_the_page_come_before_those_of_others() -> None:
    teaser = '<h2>A ferry</h2><p>By Jo <span class="short_date">on May 1, 2019</span></p>'
    own = "<p>By Ann Quay <a href=/ann>Ann</a> on May 7, 2019 at 11:30a</p>"
    assert published(teaser * 2 + article(own) + teaser) == "2019-05-07"


def test_the_only_date_line_of_a_page() -> None:
    fact = "<table><tr><td>Date</td><td>7 May 2019</td></tr></table>"
    assert published(article(below=TEXT + fact)) == "2019-05-07"
    assert published(article(below=TEXT + fact + "<p>9 May 2019</p>")) is None
    assert published(article(below=TEXT + "<p>Tuesday, 7 May 2019</p>")) is None
    assert published("<p>7 May 2019</p>" * 5 + "<p>Tide</p>" * 9 + article()) is None


def test_a_statement_in_a_widget_is_not_beside_itself() -> None:
    body = (
        f'<div class="widget"><h2>Tuesday, May 7, 2019</h2><h3>The quay is built</h3>{TEXT}</div>'
    )
    assert published("<h1>Harbour Post</h1>" + body) == "2019-05-07"
    other = f'<div class="widget"><h2>Tuesday, May 7, 2019</h2><h3>A ferry</h3>{TEXT}</div>'
    assert published("<h1>Harbour Post</h1>" + other) is None


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2019/05/07/quay", "2019-05-07"),
        ("/2019/islands/5/7/quay.html", "2019-05-07"),
        ("/news/20190507/quay", "2019-05-07"),
        ("/2019/05/quay", "2019-05"),
        ("/2019/13/07/quay", None),
        ("/id/20191307/quay", None),
    ],
)
def test_the_address(path: str, date: str | None) -> None:
    assert published(article(), url=SITE + path) == date


def test_the_page_completes_the_month_of_its_address() -> None:
    far = "<p>x</p>" * 20 + '<div class="post-meta">7 May 2019 </div>'
    assert published(article(below=TEXT + far), url=f"{SITE}/2019/05/quay") == "2019-05-07"
    assert published(article(below=TEXT + far), url=f"{SITE}/2018/05/quay") == "2018-05"


@pytest.mark.parametrize(
    ("stated", "path", "date"),
    [
        ("2019-05-08T03:42:00Z", "/2019/05/07/quay", "2019-05-07"),
        ("2019-05-08", "/2019/05/07/quay", "2019-05-07"),
        ("2019-05-08T00:12:00+02:00", "/2019/05/07/quay", "2019-05-08"),
        ("2019-05-18T03:42:00Z", "/2019/05/07/quay", "2019-05-18"),
    ],
)
def test_the_address_knows_the_local_day(stated: str, path: str, date: str) -> None:
    head = META("article:published_time", stated)
    assert published(article(), head, SITE + path) == date


@pytest.mark.parametrize(
    ("page", "date"),
    [
        ("<header>Tuesday, 7 May 2019</header>" + article(), None),
        ("<header>7 May 2019</header>" + article("<p>2 May 2019</p>"), "2019-05-02"),
        (
            "<main><header><p>7 May 2019</p><h1>The quay is built</h1></header>" + TEXT + "</main>",
            "2019-05-07",
        ),
        (f"<article><header>7 May 2019</header>{article()}</article>", "2019-05-07"),
    ],
)
def test_the_banner_of_a_site_shows_the_day_on_which_it_is_read(
    page: str, date: str | None
) -> None:
    assert published(page) == date


def test_a_page_is_let_go_as_soon_as_its_dates_are_known() -> None:
    """In a circle of objects it would be kept until the garbage collector comes by."""
    page = Markup(f"<header>7 May 2019</header>{article('<p>Updated 2 May 2019</p>')}", SITE)
    dates = PageDates(page, None, "The quay is built")
    changed = dates.updated()
    assert changed
    assert changed.value == "2019-05-02"
    tree = weakref.ref(page)
    gc.disable()
    try:
        del page, dates
        assert tree() is None
    finally:
        gc.enable()
