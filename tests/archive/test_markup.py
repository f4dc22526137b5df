from archive.lines import line, paragraphs
from archive.markup import Markup


def told(html: str, selector: str = "body") -> list[str]:
    tag = Markup(html).selection.first(selector)
    assert tag is not None
    return paragraphs(tag)


def test_blocks_are_paragraphs_and_inline_elements_are_not() -> None:
    html = "<div>One <b>bo</b>ld<p>Two\n lines</p>three<ul><li>four<li>five</ul></div>"
    assert told(html) == ["One bold", "Two lines", "three", "four", "five"]


def test_two_breaks_are_a_paragraph_and_one_is_a_space() -> None:
    assert told("<p>one<br>two<br> <br>three<br/><br/>four</p>") == ["one two", "three", "four"]


def test_spaces_of_the_source_do_not_part_a_text_but_runs_after_a_sentence_do() -> None:
    html = "<p>First\n        second.   “Third” is it.&nbsp;&nbsp; Fourth, U.S.  law</p>"
    assert told(html) == ["First second.", "“Third” is it.", "Fourth, U.S. law"]


def test_paragraphs_that_were_joined_by_runs_of_spaces_are_parted() -> None:
    html = "<p>They were freed.   “Nobody asked us.”    Their papers were kept.</p>"
    assert told(html) == ["They were freed.", "“Nobody asked us.”", "Their papers were kept."]


def test_escaped_markup_that_is_shown_as_text_becomes_paragraphs() -> None:
    html = (
        "<div>&lt;p class=&quot;x&quot;&gt;One &lt;em&gt;is&lt;/em&gt;.&lt;/p&gt;"
        "&lt;p&gt;&amp;quot;Two&amp;quot;.</div>"
    )
    assert told(html) == ["One is.", '"Two".']
    assert told("<p>2 &lt; 3 and 4 &gt; 1") == ["2 < 3 and 4 > 1"]


def test_furniture_is_left_out_by_whole_class_names() -> None:
    html = """<body class="two-sidebars sharedness">
      <nav>Menu</nav><div class="Share">Tweet</div><ul class="pager"><li>next</ul>
      <p style="display: none">secret</p><p hidden>secret</p><p class=sr-only>hint</p>
      <script>var x</script><!-- note --><p>They are free.</p></body>"""
    assert told(html) == ["They are free."]


def test_a_page_inside_one_form_is_read_and_a_search_form_is_not() -> None:
    search = "<form><p>Search our site</p><input></form>"
    page = f"<form id=aspnet><h1>Title</h1>{search}<p>They are free.</p></form>"
    assert "They are free." in told(page)
    assert told(search + "<p>They are free.") == ["They are free."]


def test_nothing_is_lost_below_the_depth_at_which_lxml_gives_up() -> None:
    html = "<div>" * 3000 + "deep" + "</div>" * 3000 + "<p>after"
    markup = Markup(html)
    assert paragraphs(markup.body) == ["deep", "after"]
    assert line(markup.body) == "deep after"


def test_links_start_from_the_base_the_page_or_its_canonical_address() -> None:
    page = Markup("<p>", "https://example.org/news/1")
    assert page.absolute("../a?x=1#top") == "https://example.org/a?x=1"
    assert page.absolute("mailto:press@example.org") is None
    assert page.absolute(None) is None
    base = Markup('<base href="/en/">', "https://example.org/news/1")
    assert base.absolute("a") == "https://example.org/en/a"
    alone = Markup('<link rel="canonical" href="https://example.org/news/1">')
    assert alone.absolute("2") == "https://example.org/news/2"
    assert Markup("<p>").absolute("2") is None


def test_half_a_letter_in_linked_data_is_none() -> None:
    said = r"Court \ud800 frees \ud83d\ude00 poet"
    markup = Markup(f'<script type="application/ld+json">{{"headline": "{said}"}}</script>')
    assert markup.linked_data == ({"headline": "Court \ufffd frees \U0001f600 poet"},)


def test_the_head_is_read_once_and_broken_linked_data_is_passed_over() -> None:
    markup = Markup(
        """<html lang="fr-CA"><title> A
        title</title><meta property="og:title" content="One">
        <meta property="og:title" content="Two">
        <script type="application/ld+json">{broken</script>
        <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle"}, 3]}</script>"""
    )
    assert markup.title == "A title"
    assert markup.language == "fr"
    assert markup.meta["og:title"] == "One"
    assert markup.linked_data == ({"@type": "NewsArticle"},)
