import pytest

from archive.errors import PageLimitExceeded
from archive.limits import LIMITS
from archive.listed import listed_countries
from tests.archive.reading import read

URL = "https://watch.example/countries/chad"


def entry(n: int, date: str = "", text: str = "They must be released at once.") -> str:
    date = date or f"{n + 10} May 2017"
    return (
        f'<div class="item row-{n}"><h3><a href="/news/{n}">Statement number {n} on the trial</a>'
        f'</h3><span class="when">{date}</span><p>{text} Case {n}.</p></div>'
    )


def test_an_unknown_site_is_read_by_its_structure() -> None:
    rows = "".join(map(entry, range(5)))
    page = read(f"<title>Chad | Example Watch</title><h1>Chad</h1><div>{rows}</div>", URL)
    assert (page.kind, page.profile, page.title) == ("listing", "generic", "Chad")
    assert [d.url for d in page.documents] == [f"https://watch.example/news/{n}" for n in range(5)]
    assert [d.published for d in page.documents] == [f"2017-05-{n + 10}" for n in range(5)]
    document = page.documents[3]
    assert document.title == "Statement number 3 on the trial"
    assert document.body == "They must be released at once. Case 3."
    assert document.listed_on == (URL,)
    assert document.site == "watch.example"
    assert ("TD", "listed") in {(c.code, c.relation) for c in document.countries}
    assert set(document.evidence) >= {"title", "url", "published", "body"}


def test_a_table_without_any_markup() -> None:
    rows = "".join(
        f"<tr><td>{n}.02.1997<td><a href=/d{n}.htm>Urgent action {n}: fear for safety</a></tr>"
        for n in range(1, 6)
    )
    head = "<tr><th>Date<th>Document</tr>"
    page = read(f"<table width=600><tr><td><table>{head}{rows}</table></table>", URL)
    assert [d.published for d in page.documents] == [f"1997-02-0{n}" for n in range(1, 6)]
    assert page.documents[0].title == "Urgent action 1: fear for safety"


def test_dates_as_headings() -> None:
    rows = "".join(
        f"<h4>May {n}, 2003</h4><p><a href=/{n}.html>Prisoner {n} freed</a></p><p>Good news.</p>"
        for n in range(1, 5)
    )
    page = read(f"<body><h2>News from Chad</h2>{rows}", URL)
    assert [d.published for d in page.documents] == [f"2003-05-0{n}" for n in range(1, 5)]
    assert page.documents[0].title == "Prisoner 1 freed"
    assert page.documents[0].body == "Good news."


def test_definition_lists_with_the_date_in_the_term() -> None:
    rows = "".join(
        f"<dt><span>{n}-12-2003 - 09:30</span> <i>Plenary</i></dt>"
        f"<dd><a href=/{n}>Motion number {n} on rivers</a><p>It was adopted.</p></dd>"
        for n in (14, 13, 2)
    )
    page = read(f"<body><dl>{rows}</dl>", URL)
    assert [d.published for d in page.documents] == ["2003-12-14", "2003-12-13", "2003-12-02"]
    assert page.documents[0].title == "Motion number 14 on rivers"


def test_paragraphs_between_rules_with_bold_dates_and_titles() -> None:
    rows = "".join(
        f"<P><B>{n} May 1995</B><BR><B>Ferry number {n} has sunk</B>"
        f"<P>LOME - No lives were lost in case {n}.<P>The Bank will pay.<HR>"
        for n in range(1, 5)
    )
    page = read(f"<body><table><tr><td>Menu<td>{rows}</table>", URL)
    assert [d.published for d in page.documents] == [f"1995-05-0{n}" for n in range(1, 5)]
    assert page.documents[1].title == "Ferry number 2 has sunk"
    assert page.documents[1].body == "LOME - No lives were lost in case 2.\n\nThe Bank will pay."


def test_cells_with_dates_are_no_rows() -> None:
    rows = "".join(
        f"<tr><td>{n}-Dec-02</td><td><a href={n}.htm><b>Loan number {n}</b></a><br>"
        f"LOME, {n} December 2002 - The Bank has lent money.</td></tr>"
        for n in range(1, 6)
    )
    page = read(f"<table>{rows}</table>", URL)
    assert [d.title for d in page.documents] == [f"Loan number {n}" for n in range(1, 6)]
    assert page.documents[0].published == "2002-12-01"


def test_rows_below_the_date_of_their_group() -> None:
    groups = "".join(
        f"<section><time>{n} May 2017</time><ul><li><a href=/{n}a>First statement of the day</a>"
        f"<li><a href=/{n}b>Second statement of the day</a></ul></section>"
        for n in (1, 2, 3)
    )
    page = read(f"<main>{groups}</main>", URL)
    assert [d.published for d in page.documents] == [
        "2017-05-01", "2017-05-01", "2017-05-02", "2017-05-02", "2017-05-03", "2017-05-03",
    ]  # fmt: skip


def test_one_certain_date_settles_the_order_for_all_rows() -> None:
    american = "".join(entry(n, f"0{n}/0{n + 1}/2017") for n in range(1, 4))
    page = read(f"<div>{american}{entry(5, '05/31/2017')}</div>", URL)
    assert page.documents[0].published == "2017-01-02"
    unknown = read(f"<div>{american}</div>", URL)
    assert [d.published for d in unknown.documents] == ["2017", "2017", "2017"]


def test_a_date_in_the_running_text_is_not_the_date_of_the_row() -> None:
    text = "The hearing was on 3 April 2016 and the court has still not said when it will decide. "
    undated = entry(9, "no date", text * 3)
    page = read("<div>" + "".join(map(entry, range(4))) + undated + "</div>", URL)
    assert page.documents[-1].published is None


def test_the_same_link_twice_is_one_document() -> None:
    page = read("<div>" + "".join(map(entry, (1, 2, 1, 3))) + "</div>", URL)
    assert [d.url for d in page.documents] == [f"https://watch.example/news/{n}" for n in (1, 2, 3)]


def test_rows_without_links_have_ids_of_their_own() -> None:
    rows = "".join(
        f"<li><b>{n} May 2017</b> Three teachers were freed in town number {n} of the north.</li>"
        for n in range(1, 5)
    )
    page = read(f"<ul>{rows}</ul>", URL)
    again = read(f"<ul>{rows}</ul>", URL + "?page=2")
    assert [d.url for d in page.documents] == [None] * 4
    assert len({d.id for d in page.documents}) == 4
    assert [d.id for d in page.documents] == [d.id for d in again.documents]
    assert all(d.title_derived for d in page.documents)


ARTICLE = "<p>" + "The court of appeal in the capital has freed three teachers after a year. " * 4


@pytest.mark.parametrize("box", ["<aside>{}</aside>", '<div class="related">{}</div>', "{}"])
def test_an_article_with_a_box_of_news_is_no_listing(box: str) -> None:
    latest = box.format("".join(map(entry, range(4))))
    page = read(f"<h1>Teachers freed</h1><p>9 May 2017</p>{ARTICLE * 4}{latest}", URL)
    assert page.kind == "article"
    assert page.documents[0].published == "2017-05-09"


def test_comments_do_not_make_a_listing() -> None:
    comments = "".join(
        f"<li class=comment><a href=/u{n}>User {n}</a> 1{n} May 2017<p>I agree with them.</p>"
        for n in range(6)
    )
    html = f"<h1>Teachers freed</h1>{ARTICLE}<ol class=commentlist>{comments}</ol>"
    assert read(html, URL).kind == "article"


DRUPAL = """<html><head><meta name="Generator" content="Drupal 7 (http://drupal.org)">
<title>Chad | Example Watch Canada</title></head>
<body class="html not-front two-sidebars page-taxonomy"><div id="sidebar"><p>Menu</p></div>
<h1 class="title">Chad</h1><div class="view view-country"><div class="view-content">
<div class="views-row views-row-1 views-row-odd views-row-first">
  <div class="views-field views-field-created"><span>July 31, 2017</span></div>
  <div class="views-field views-field-title"><a href="/news/law">A new law</a></div>
  <div class="views-field views-field-body"><div class="field-content"><p>It bans letters.</p>
  <p>“It is a blow to all of us who write,” said Ion Rusu, Director of Example Watch.</p>
  </div></div>
  <div class="views-field views-field-field-tags"><a href="/t/1">Privacy</a></div></div>
<div class="views-row views-row-2 views-row-even views-row-last">
  <span class="date-display-single" content="2017-06-09T00:00:00-04:00">Friday, June 9, 2017</span>
  <div class="field-name-body"><p>Two men have been abducted.</p>
  <a href="/f/80 Chad.pdf">80 Chad.pdf</a></div></div>
</div><ul class="pager"><li class="pager-next"><a href="?page=1">next ›</a></li></ul>
<div class="feed-icon"><a href="/rss">Subscribe to Chad</a></div></div></body></html>"""


def test_a_drupal_listing() -> None:
    page = read(DRUPAL, URL)
    assert (page.kind, page.profile, page.title) == ("listing", "drupal7-listing", "Chad")
    law, men = page.documents
    assert (law.title, law.published) == ("A new law", "2017-07-31")
    assert law.url == "https://watch.example/news/law"
    assert law.topics == ("Privacy",)
    assert law.body.startswith("It bans letters.\n\n“It is a blow")
    assert law.quotations[0].speaker == "Ion Rusu"
    assert men.published == "2017-06-09"
    assert men.body == "Two men have been abducted."
    assert [a.label for a in men.attachments] == ["80 Chad.pdf"]


WORDPRESS = """<html lang="fr"><head><meta name="generator" content="WordPress 5.9"></head>
<body class="archive category"><h1>Tchad</h1>
<article class="post-1 type-post hentry"><h2 class="entry-title"><a href="/libres/">Libres</a></h2>
<time class="entry-date published updated" datetime="2017-05-31T23:30:00+00:00">1 juin 2017</time>
<div class="entry-summary"><p>Ils sont libres.
<a class="more-link" href="/libres/">Lire la suite</a></p></div>
<span class="cat-links"><a rel="category tag" href="/c/">Communiqué</a></span></article>
</body></html>"""


def test_a_wordpress_archive_with_a_date_beside_midnight() -> None:
    page = read(WORDPRESS, "https://veille.example/tchad/")
    assert (page.kind, page.profile) == ("listing", "wordpress-archive")
    (document,) = page.documents
    assert document.published == "2017-06-01"
    assert document.category == "Communiqué"
    assert document.url == "https://veille.example/libres/"


def test_an_empty_listing_of_a_known_site_has_no_documents() -> None:
    page = read('<meta name="generator" content="WordPress"><body class="archive"><p>Nothing.', URL)
    assert (page.kind, page.documents) == ("listing", ())


def test_no_more_entries_than_the_limit() -> None:
    rows = [f"<li><a href=/{n}>Statement {n}</a> 5 May 2017" for n in range(LIMITS.entries + 1)]
    assert len(read(f"<ul>{''.join(rows[1:])}</ul>", URL).documents) == LIMITS.entries
    with pytest.raises(PageLimitExceeded, match="2,001 entries"):
        read(f"<ul>{''.join(rows)}</ul>", URL)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Russian Federation", "RU"),
        ("11 results for 'Benin' for the year 2019 written in English", "BJ"),
        ("12 résultats pour « Bénin »", "BJ"),
        ("Chad | Example Watch", "TD"),
        ("News from Chad", "TD"),
        ("Press releases: Chad", "TD"),
        ("Women’s rights", None),
        ("Michael Jordan", None),
    ],
)
def test_the_heading_names_the_country(heading: str, code: str | None) -> None:
    assert listed_countries([None, heading], None) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://watch.example/en/location/africa/west-africa/benin/", "BJ"),
        ("https://watch.example/countries/burkina-faso?page=2", "BF"),
        ("https://watch.example/news/2017/chad-teachers-freed", None),
        ("https://watch.example/countries/", None),
    ],
)
def test_the_address_names_the_country(url: str, code: str | None) -> None:
    assert listed_countries(["Latest"], url) == ((code,) if code else ())


def test_a_short_line_that_rows_begin_with_is_their_category() -> None:
    kinds = ["Statement", "Statement", "Interim report", "Statement"]
    rows = "".join(
        f"<li><span class=kind>{kind}</span><p>{n} May 2015</p><h3><a href=/{n}>Ferry {n}</a></h3>"
        f"<p>The ferry number {n} has left the harbour late.</p>"
        for n, kind in enumerate(kinds, start=1)
    )
    documents = read(f"<h1>News</h1><ul>{rows}</ul>", "https://example.org/news").documents
    assert [d.category for d in documents] == kinds
    assert documents[2].body == "The ferry number 3 has left the harbour late."


def test_several_labels_in_one_line_are_no_category_and_no_text() -> None:
    rows = "".join(
        f"<li><div><a>Research</a> <a>Africa</a> <a>Ferries</a></div><p>{n} May 2015</p>"
        f"<h3><a href=/{n}>Ferry {n}</a></h3><p>The ferry number {n} has left the harbour late."
        for n in range(1, 5)
    )
    documents = read(f"<h1>News</h1><ul>{rows}</ul>", "https://example.org/news").documents
    assert {d.category for d in documents} == {None}
    assert documents[0].body == "The ferry number 1 has left the harbour late."


def test_entries_that_run_on_in_one_paragraph() -> None:
    rows = "<br><br>".join(
        f"Posted: May {n}, 2016<br><a href=/{n}.pdf>The ferry company, appellant, v. town {n}</a>, "
        f"2016 T.C. {n}, April {n}, 2016"
        for n in range(1, 5)
    )
    page = read(f"<h2>Decisions</h2><p>All of this year</p><p><br>{rows}<br><br></p>", URL)
    assert [d.published for d in page.documents] == [f"2016-05-0{n}" for n in range(1, 5)]
    assert page.documents[0].title == "The ferry company, appellant, v. town 1"
    assert page.documents[0].url == "https://watch.example/1.pdf"


def test_lines_of_preformatted_text_below_dates_in_bold() -> None:
    def group(day: int) -> str:
        lines = "".join(
            f"<a href='/o/{day}{n}P.pdf'>{day}{n}P.pdf</a>   0{day}/22/2015  Rivers v. Lake {n}\n"
            f"   District Court for the north, no. {n}\n \n"
            for n in range(3)
        )
        return f"<b><font size=4>[ August {day}, 2015 ]</font></b><br><br>\n{lines}"

    page = read(f"<pre><a href=/new>New search</a><br><br>{group(1)}{group(2)}</pre>", URL)
    assert [d.published for d in page.documents] == ["2015-01-22"] * 3 + ["2015-02-22"] * 3
    assert [a.url for d in page.documents[:1] for a in d.attachments] == [
        "https://watch.example/o/10P.pdf"
    ]
    assert "District Court for the north, no. 2" in page.documents[2].body


def test_several_rows_below_a_date_that_is_a_row_itself() -> None:
    def day(date: str, *names: str) -> str:
        rows = "".join(
            f"<tr class=hover><td><span onclick='show(\"https://courts.example/{name}\")'>"
            f"<span class=title>In re {name}, no. 7</span></span> Author: the president.</td></tr>"
            for name in names
        )
        head = f"<tr><td><strong>Filed: {date}<br>Mandate: later<br><a href=/zip>All</a></strong>"
        return f"{head}</td></tr>{rows}"

    rows = day("3 May 2015", "Ash", "Birch", "Cedar") + day("1 May 2015", "Elm", "Fir")
    page = read(f"<h1>Opinions</h1><table>{rows}</table>", URL)
    assert [d.published for d in page.documents] == ["2015-05-03"] * 3 + ["2015-05-01"] * 2
    assert page.documents[0].url == "https://courts.example/Ash"


def test_a_caption_that_names_a_month_is_no_row() -> None:
    rows = "".join(
        f"<tr><td>05-1{n}-2015</td><td><a href=/{n}.mp4>No. {n}</a></td>"
        f"<td>The town v. ferry number {n}</td></tr>"
        for n in range(4)
    )
    caption = "<tr><td colspan=3><a id=may></a>May 2015 Schedule</td></tr>"
    page = read(f"<table>{caption}{rows}</table>", URL)
    assert len(page.documents) == 4


RUNNING = (
    "<p>" + "The old harbour of the town was closed for a year, and nobody said why. " * 3 + "</p>"
)
NEWS = "".join(
    f"<div class=box><a href=/{n}>Something else happened in town {n}</a> <i>{n} May 2015</i></div>"
    for n in range(1, 7)
)


# The outermost of the elements around a date is the page, not the first row.
NESTED = (
    f"<div><div><div><div>2 May 2015</div></div>{RUNNING * 9}<div><div>1 May 2015 "
    "<a href=/x>More</a></div></div></div><div>3 May 2015</div></div>"
)
MENTIONED = "".join(
    f"<p>On one day in May {year}, the harbour <a href=/{year}>was closed</a>.</p>{RUNNING}"
    for year in range(2010, 2016)
)


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>Closed</h1>{RUNNING * 6}<div id=right-sidebar>{NEWS}</div>",
        f"<h1>Closed</h1>{RUNNING * 6}<div>{NEWS}</div>",
        f"<meta property=og:type content=article><h1>Closed</h1>{RUNNING * 4}<div>{NEWS}</div>",
        f"<body class='post-template single'><h1>Closed</h1>{RUNNING}<div>{NEWS}</div>",
        f"<h1>Closed</h1>{RUNNING * 2}<ol id=fig-comments>{NEWS}</ol>",
        f"<h1>Closed</h1>{RUNNING * 9}<ul>"
        + "".join(f"<li><a href=/{m}>May {m}</a></li>" for m in range(1950, 2015))
        + "</ul>",
        NESTED,
        f"<h1>Closed</h1>{MENTIONED}",
    ],
)
def test_an_article_in_company_is_no_listing(html: str) -> None:
    assert read(html, URL).kind == "article"


def test_a_block_of_news_on_a_drupal_article_is_no_listing() -> None:
    rows = "".join(f"<div class=views-row>{row}</div>" for row in NEWS.split("</div>")[:4])
    head = '<meta name="Generator" content="Drupal 7"><meta property="og:type" content="article">'
    body = f"<h1>Closed</h1><div class=field-name-body>{RUNNING * 5}</div>"
    block = f'<div class="view"><div class="view-content">{rows}</div></div>'
    assert read(f"<html><head>{head}</head><body>{body}{block}", URL).kind == "article"
