import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from archive.tree import MAX_DEPTH, folded, is_deep, parse


def depth(html: str) -> int:
    return max(sum(1 for _ in element.iterancestors()) + 1 for element in parse(html).iter())


@pytest.mark.parametrize("levels", [MAX_DEPTH - 3, MAX_DEPTH, 300, 3000])
def test_no_text_is_lost_at_any_depth(levels: int) -> None:
    """lxml alone drops what lies deeper than 256, and with huge_tree than 2,048."""
    html = "".join(f"<div>in{n} " for n in range(levels)) + "x</div>y" * levels + "<p>after"
    numbers = "".join(f"in{n} " for n in range(levels))
    assert "".join(parse(html).itertext()) == f"{numbers}{'xy' * levels}after"
    assert depth(html) <= MAX_DEPTH


def test_names_and_characters_that_no_tree_holds_do_not_stop_a_deep_page() -> None:
    html = "<o:p @click=a y:z='2' class='b c' id=d>" * 300 + "one&#1;&#11;two<!-- no -->"
    root = parse(html)
    assert is_deep(root)
    assert "".join(root.itertext()) == "onetwo"
    (first, *_) = root.iter("span")
    assert dict(first.attrib) == {"class": "b c", "id": "d"}


@given(st.lists(st.sampled_from(["<div>", "</div>", "<p>", "<b>", "</b>", "<li>", "x ", "y "])))
def test_folding_a_page_that_is_not_deep_changes_nothing(parts: list[str]) -> None:
    html = "<body>z" + "".join(parts)
    again = folded(BeautifulSoup(html, "lxml"))
    assert [(e.tag, e.text, e.tail) for e in again.iter()] == [
        (e.tag, e.text, e.tail) for e in parse(html).iter()
    ]


def test_a_tag_with_a_crowd_of_attributes_is_read_bare() -> None:
    crowd = " ".join(f"a{n}=1" for n in range(50_000))
    (tag,) = parse(f"<p {crowd}>text").iter("p")
    assert (tag.text, len(tag.attrib)) == ("text", 0)
    image = "data:image/png;base64," + "A" * 50_000 + "=="
    (tag,) = parse(f'<img src="{image}" alt="x">').iter("img")
    assert tag.get("src") == image


def test_a_page_of_nothing_is_an_empty_tree() -> None:
    assert [len(parse(html)) for html in (" ", "<!-- note -->", "<!doctype html>")] == [0, 0, 0]
