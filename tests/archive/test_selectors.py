import pytest
from bs4 import BeautifulSoup

from archive.markup import Markup
from archive.selectors import RowSelection, Selection, compiled, outermost

PAGE = """<body class="archive two">
  <div class="view Big" id="main"><h2 class="title lead"><a href="/1">one</a>
    <time class="b" itemprop="day">1</time></h2>
    <div class="view"><h2>two <a rel="tag nofollow" href="/2">deep</a></h2></div></div>
  <h2 id="last">three</h2></body>"""


@pytest.mark.parametrize(
    "selector",
    [
        "h2", ".title", "h2.title", "h2.lead.title", ".lead.none", "#main", "div#main.Big", ".big",
        "h2 a", ".view a", ".view .view a", ".view .view .view a", "body.archive .view h2 a",
        "h2 .view a", "h2, a", ".view > h2", "a[rel~=tag]", "a[rel=tag]", "a[href]", "a[href$='2']",
        "[itemprop=day]", "time[itemprop=Day]", "h2.title [itemprop='day']", "[itemprop=day].b",
        "#main .title", "div#main .lead a", "#none .title", ".view .title a", ".view h2 time",
        ".none a", "#main h2",
        ".b, .title", "h2 .b, .title,\n .view a", ".none, .b", ".none, .no", "h2#last.none",
        ".view .view", "#main.Big h2",
        "h2:not(.title)", "*", "div *", "h2:first-child", "div + h2", "a ~ time", "html",
    ],
)  # fmt: skip
def test_selectors_find_what_soupsieve_finds(selector: str) -> None:
    found = Markup(PAGE).selection.all(selector)
    wanted = BeautifulSoup(PAGE, "lxml").select(selector)
    assert [(e.tag, e.text_content().split()) for e in found] == [
        (t.name, t.get_text().split()) for t in wanted
    ]


def test_a_row_holds_what_lies_in_it_whatever_is_around_it() -> None:
    page = Selection(Markup(PAGE).root)
    outer, inner = page.all(".view")
    rows = RowSelection(page, [outer, inner])
    assert [a.get("href") for a in rows.all(".archive .view a", outer)] == ["/1", "/2"]
    assert [a.get("href") for a in rows.all(".archive .view a", inner)] == ["/2"]
    assert rows.all("#last", inner) == []
    assert outermost([inner, outer]) == [outer]


@pytest.mark.parametrize("selector", ["h2[", "..a", "h2:unheard-of", ""])
def test_what_is_no_selector_is_refused_with_the_reason(selector: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        compiled(selector)
