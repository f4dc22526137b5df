"""The same pages in any order and any number of runs make the same archive."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.document import Document
from archive.page import Page
from archive.store import Store
from tests.archive.making import article, extraction, make_page, teaser

Put = tuple[Page, tuple[Document, ...]]


def text(topic: int, edition: int) -> str:
    """Forty words about a topic; editions differ towards the end, topics everywhere."""
    words = [f"topic{topic}word{number}" for number in range(40)]
    return " ".join(words[: 40 - 6 * edition] + [f"edition{edition}"] * (6 * edition)) + "."


@st.composite
def articles(draw: st.DrawFn) -> Put:
    topic, address = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    edition, year = draw(st.integers(0, 3)), draw(st.integers(2017, 2019))
    path = f"/news/{topic}/{address}"
    page = make_page(
        path, f"{path} {edition} {year}", captured_at=f"{year}-01-01T0{edition}:00:00Z"
    )
    published = draw(st.sampled_from(["2017-03-27", "2017-03-30", "2017-03", None]))
    return page, (article(path, body=text(topic, edition), published=published),)


@st.composite
def listings(draw: st.DrawFn) -> Put:
    path = draw(st.sampled_from(["/russia", "/belarus"]))
    year = draw(st.integers(2017, 2019))
    entries = []
    for topic in draw(st.lists(st.integers(0, 2), unique=True, min_size=1)):
        address = draw(st.sampled_from([None, 0, 1]))
        entries.append(
            teaser(
                path,
                link=None if address is None else f"/news/{topic}/{address}",
                country=path[1:3].upper(),
                title=f"Title {topic}",
                body=text(topic, 0)[:180] + "…",
                category=draw(st.sampled_from([None, "News"])),
            )
        )
    page = make_page(path, f"{path} {year} {entries}", captured_at=f"{year}-06-01")
    return page, tuple(entries)


def one_per_instant(puts: Sequence[Put]) -> list[Put]:
    """A page is not captured twice in one instant."""
    return list({(page.url, page.captured_at): (page, found) for page, found in puts}.values())


worlds = st.lists(articles() | listings(), min_size=1, max_size=8).map(one_per_instant)


def archive_of(puts: Sequence[Put], cuts: set[int]) -> tuple[set[str], dict[str, str | None]]:
    """The documents that come of these pages, and whose each id is. ``cuts``: a new run there."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = Store.open(home, create=True)
        for number, (page, found) in enumerate(puts):
            if number in cuts:
                store.close()
                store = Store.open(home)
            assert len(store.put(page, extraction(page, *found))) == len(found)
        documents = set(map(comparable, store.documents()))
        ids = {d.id: store.resolve(d.id) for _, found in puts for d in found}
        assert store.check() == []
        store.close()
    return documents, ids


def comparable(document: Document) -> str:
    return f"{document.id} {document.fingerprint()}"


def same_in_any_order(puts: list[Put], data: st.DataObject) -> None:
    once = archive_of(puts, set())
    shuffled = data.draw(st.permutations(puts))
    cuts = data.draw(st.sets(st.integers(1, len(puts))))
    assert archive_of(shuffled, cuts) == once


test_order_and_runs_make_no_difference = settings(max_examples=50, deadline=None)(
    given(worlds, st.data())(same_in_any_order)
)
test_order_and_runs_make_no_difference_at_length = pytest.mark.slow(
    settings(max_examples=5_000, deadline=None)(given(worlds, st.data())(same_in_any_order))
)


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_a_second_run_over_the_same_pages_changes_nothing(puts: list[Put]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
        for page, found in puts:
            store.put(page, extraction(page, *found))
        revision = store.revision
        for page, found in puts:
            assert set(store.put(page, extraction(page, *found))) == {"unchanged"}
        assert store.revision == revision
