import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cuts import UNREAD, without_unread
from archive.tree import parse
from tests.archive.timing import cpu_seconds

KEPT = ("div", "p", "ul", "li", "section", "main", "article", "b", "h2")
TEXTS = ("harbour ", "&lt;nav>", "<br>", "", '<img alt="x">')
NOISE = (
    "<!-- <nav> -->", "<!-- </nav> -->", "<!-->", "<script>a('</nav>')</script>", "<svg/>",
    "<style>b { content: '<nav>' }</style>", "<SCRIPT src=x></SCRIPT >",
)  # fmt: skip


def elements(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Markup of elements that are closed as they should be, with texts between them."""
    return st.recursive(
        st.sampled_from((*TEXTS, *NOISE)),
        lambda inner: st.builds(
            lambda name, parts: f"<{name} class=c>{''.join(parts)}</{name}>",
            st.sampled_from(names),
            st.lists(inner, max_size=4),
        ),
        max_leaves=12,
    )


@given(st.lists(elements((*KEPT, *UNREAD, "footer", "nav-bar")), max_size=4))
def test_a_page_that_is_well_written_reads_as_if_nothing_had_been_cut(parts: list[str]) -> None:
    html = "<body>z" + "".join(parts)
    # Nothing begins in upper case: there all is the parser's to drop.
    assert _tree(html) == _tree(re.sub("</?[a-z]+", lambda tag: tag[0].upper(), html))


def _tree(html: str) -> list[tuple[str, str | None, str | None]]:
    return [(element.tag, element.text, element.tail) for element in parse(html).iter()]


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("a<nav>b<nav>c</nav>d</nav>e", "ae"),
        ("a<nav><p>b</div></nav>c", "ac"),
        ("a<nav><div>b</nav>c", "ac"),
        ("a<!-- <nav> -->b</nav>c", "ab</nav>c"),
        ("<nav><!-- </nav> -->a</NAV\n>b", "b"),
        ("<nav><script>'</nav>'</script>a</nav>b", "b"),
        ("a<svg class=x><svg/></svg>b<svg/>c</svg>", "ab<svg/>c</svg>"),
        ("a<iframe><iframe></iframe>b</iframe>c", "ab</iframe>c"),
        ("a<nav><iframe></nav></iframe>b</nav>c", "ac"),
        ("a<nav>b<select>c</select>d", "a<nav>bd"),
        ("a<script>b</script>c<script>d", "ac<script>d"),
        ("<script type='application/ld+json'>{}</script>a", None),
        ("<script><!-- <script>a</script> --></script>b", None),
        ('<p title="the <nav> element">a</p><nav>b</nav>', '<p title="the <nav> element">a</p>'),
        ("<p title='<!-- a'>b</p>c<!-- d -->e", "<p title='<!-- a'>b</p>ce"),
        ("<nav-bar>a</nav-bar><navy>b</navy>", None),
        ("<footer>a</footer><main>b<footer>c</footer></main>", "<main>b<footer>c</footer></main>"),
    ],
)
def test_what_plainly_begins_and_ends_is_cut(html: str, left: str | None) -> None:
    assert without_unread(html.encode()).decode() == (html if left is None else left)


@pytest.mark.parametrize(
    "part",
    [
        "<nav>", "</nav>", "<nav></nav ", "<!--", "<script>", "<nav><!--", "<footer>",
        "<article><footer></footer>", "<svg ", "<nav><script>", "<style></style", "<nav><svg></nav",
    ],
)  # fmt: skip
def test_cutting_is_linear(part: str) -> None:
    small, large = (part.encode() * (size // len(part)) for size in (250_000, 1_000_000))
    assert cpu_seconds(without_unread, large) < 12 * cpu_seconds(without_unread, small) + 0.1
