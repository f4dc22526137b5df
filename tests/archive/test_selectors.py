import pytest

from archive.markup import Markup

PAGE = """<body class="archive two">
  <div class="view Big" id="main"><h2 class="title lead"><a href="/1">one</a>
    <time class="b" itemprop="day">1</time></h2>
    <div class="view"><h2>two <a rel="tag" href="/2">deep</a></h2></div></div>
  <h2 id="last">three</h2></body>"""


@pytest.mark.parametrize(
    "selector",
    [
        "h2", ".title", "h2.title", "h2.lead.title", ".lead.none", "#main", "div#main.Big", ".big",
        "h2 a", ".view a", ".view .view a", ".view .view .view a", "body.archive .view h2 a",
        "h2 .view a", "h2, a", ".view > h2", "a[rel=tag]", "[rel=Tag]", "a[href]",
        "[itemprop=day]", "time[itemprop=Day]", "h2.title [itemprop='day']", "[itemprop=day].b",
        "h2:not(.title)", "*", "div *",
    ],
)  # fmt: skip
def test_plain_selectors_find_what_soupsieve_finds(selector: str) -> None:
    markup = Markup(PAGE)
    assert markup.scope.select(selector) == list(markup.soup.select(selector))
    assert markup.scope.first(selector) == markup.soup.select_one(selector)
