"""Texts are sampled when the first teaser comes that looks for its article, and not before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.document import Document
from archive.page import Page
from archive.store import Store, entries, samples
from tests.archive.making import TEASER, article, extraction, make_page, teaser
from tests.archive.older import bring_back

Put = tuple[Page, Document]


def news(number: int, edition: str = "") -> Put:
    body = " ".join(f"word{number}of{place}" for place in range(30))
    page = make_page(f"/news/{number}", f"{number} {edition}")
    return page, article(f"/news/{number}", body=f"{body} {edition}")


NEWS = [news(number) for number in range(3)]
ARTICLE: Put = (make_page("/news/checkpoints"), article())
LINKED: Put = (make_page("/belarus"), teaser("/belarus", link="/news/1"))
LINKLESS: Put = (make_page("/russia"), teaser("/russia"))
FEW_WORDS: Put = (make_page("/brief"), article("/brief", title="Brief", body=""))


def put(store: Store, *puts: Put) -> None:
    for page, document in puts:
        store.put(page, extraction(page, document))
    assert store.check() == []


def found_by(home: Path) -> dict[str, list[int]]:
    """The hashes by which each entry is found."""
    with closing(sqlite3.connect(home / "archive.db")) as db:
        rows = db.execute("SELECT id, hash FROM shingle JOIN entry ON number = entry").fetchall()
    return {name: sorted(h for entry, h in rows if entry == name) for name, _ in rows}


@pytest.mark.parametrize("chunk", [1, 500])
def test_the_first_linkless_teaser_finds_what_was_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(entries, "_CHUNK", chunk)
    early, late = tmp_path / "early", tmp_path / "late"
    with Store.open(late, create=True) as store:
        put(store, *NEWS, LINKED, FEW_WORDS, ARTICLE)
        assert found_by(late) == {}
        put(store, LINKLESS)
        assert store.resolve(LINKLESS[1].id) == ARTICLE[1].id
    with Store.open(early, create=True) as store:
        put(store, LINKLESS, *NEWS, LINKED, FEW_WORDS, ARTICLE)
        assert store.resolve(LINKLESS[1].id) == ARTICLE[1].id
    assert len(found_by(late)) == 5
    assert found_by(late) == found_by(early)


def test_a_teaser_that_can_belong_nowhere_has_nothing_sampled(tmp_path: Path) -> None:
    nowhere = teaser("/russia", site=None, published=None)
    with Store.open(tmp_path, create=True) as store:
        put(store, ARTICLE, (LINKLESS[0], nowhere))
        assert store.resolve(nowhere.id) == nowhere.id
    assert found_by(tmp_path) == {}


def test_sampling_that_is_interrupted_goes_on_another_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "_CHUNK", 1)
    keep, kept = samples.keep, []

    def interrupted(db: sqlite3.Connection, made: list[tuple[int, samples.Hashes]]) -> None:
        kept.append(made)
        if len(kept) == 3:
            raise KeyboardInterrupt
        keep(db, made)

    with Store.open(tmp_path, create=True) as store:
        put(store, *NEWS, ARTICLE)
        monkeypatch.setattr(samples, "keep", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put(store, LINKLESS)
        monkeypatch.setattr(samples, "keep", keep)
        assert len(found_by(tmp_path)) == 2
        assert store.resolve(LINKLESS[1].id) is None
        put(store, news(0, "anew"))
        assert len(found_by(tmp_path)) == 1
        put(store, LINKLESS)
        assert store.resolve(LINKLESS[1].id) == ARTICLE[1].id
    assert len(found_by(tmp_path)) == 5


def test_what_turns_out_to_be_a_linkless_teaser_finds_its_article(tmp_path: Path) -> None:
    """Two pages gave one id, one to an article; then a better reading takes that one back."""
    page, cut = LINKLESS
    other = make_page("/elsewhere")
    old = replace(
        cut, kind="article", body=TEASER[:80], source=replace(cut.source, extractor_version="0")
    )
    with Store.open(tmp_path, create=True) as store:
        put(store, ARTICLE, (other, old))
        assert found_by(tmp_path) == {}
        put(store, (page, cut))
        assert store.resolve(cut.id) == cut.id
        store.put(other, extraction(other))
        assert store.check() == []
        assert store.resolve(cut.id) == ARTICLE[1].id


def test_an_older_file_without_teasers_forgets_its_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for home, seeking in ((tmp_path / "none", False), (tmp_path / "some", True)):
        with monkeypatch.context() as patch:
            patch.setattr(samples, "are_looked_up", lambda db: True)
            with Store.open(home, create=True) as store:
                put(store, *NEWS, ARTICLE, *([LINKLESS] if seeking else []))
        bring_back(home, version=4)
        assert len(found_by(home)) == 4 + seeking
        with Store.open(home) as store:
            assert store.check() == []
            assert len(found_by(home)) == (5 if seeking else 0)
            put(store, LINKLESS)
            assert store.resolve(LINKLESS[1].id) == ARTICLE[1].id
        assert len(found_by(home)) == 5
