from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from archive.document import Document
from archive.errors import StoreError, UnreadablePage
from archive.extract import Extraction
from archive.page import Page, UnreadableSource
from archive.store import Outcome, Store, sums
from tests.archive.making import BODY, article, extraction, make_page, teaser


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        yield opened


def put(store: Store, page: Page, *documents: Document) -> tuple[Outcome, ...]:
    return store.put(page, extraction(page, *documents))


def held(store: Store) -> list[str]:
    return sorted(name for name, _ in store.fingerprints())


ARTICLE = make_page("/news/checkpoints")
RUSSIA = make_page("/russia")
BELARUS = make_page("/belarus")


def test_what_was_put_is_there_after_opening_again(store: Store, tmp_path: Path) -> None:
    whole = article()
    assert put(store, ARTICLE, whole) == ("added",)
    store.close()
    with Store.open(tmp_path, readonly=True) as reader:
        assert reader.get(whole.id) == whole
        assert reader.counts().documents == 1
        capture = reader.capture(ARTICLE.sha256)
        assert capture is not None
        assert (capture.data, capture.url) == (ARTICLE.data, ARTICLE.url)


def test_ctrl_c_in_a_trigger_comes_after_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row_sum = sums.row_sum

    def interrupted(*values: object) -> int:
        signal.raise_signal(signal.SIGINT)
        return row_sum(*values)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Store.open(tmp_path, create=True):
            pass
        monkeypatch.setattr(sums, "row_sum", interrupted)
        with Store.open(tmp_path) as store, pytest.raises(KeyboardInterrupt):
            put(store, ARTICLE, article())
    finally:
        signal.signal(signal.SIGINT, before)
    monkeypatch.undo()
    with Store.open(tmp_path) as store:
        assert put(store, ARTICLE, article()) == ("unchanged",)
        assert store.check() == []


def test_the_same_page_again_is_unchanged(store: Store) -> None:
    put(store, ARTICLE, article())
    revision = store.revision
    assert put(store, ARTICLE, article()) == ("unchanged",)
    assert store.revision == revision


def test_a_copy_of_a_page_is_a_duplicate_and_then_unchanged(store: Store) -> None:
    put(store, ARTICLE, article())
    copy = make_page("/news/checkpoints", file="backup/copy.html")
    assert put(store, copy, article()) == ("duplicate",)
    assert put(store, copy, article()) == ("unchanged",)
    assert store.counts().captures == 1


def test_a_page_saved_anew_without_a_change_is_unchanged(store: Store) -> None:
    put(store, ARTICLE, article())
    assert put(store, make_page("/news/checkpoints", "other bytes"), article()) == ("unchanged",)


def test_a_changed_page_is_a_new_version_and_the_old_one_is_kept(store: Store) -> None:
    old, new = article(), article(body=BODY + " It has now.")
    put(store, ARTICLE, old)
    assert put(store, make_page("/news/checkpoints", "v2"), new) == ("changed",)
    assert store.get(old.id) == new
    (version,) = store.versions(old.id)
    assert (version.number, version.document) == (1, old)


def test_an_older_capture_does_not_replace_a_newer_one(store: Store) -> None:
    new = article(body=BODY + " It has now.")
    put(store, make_page("/news/checkpoints", "v2", captured_at="2020-01-01T00:00:00Z"), new)
    old = make_page("/news/checkpoints", "v1", captured_at="2019-12-31T23:00:00-02:00")
    assert put(store, old, article()) == ("changed",)  # an hour later, seen in UTC
    older = make_page("/news/checkpoints", "v0", captured_at="2019-01-01T00:00:00Z")
    assert put(store, older, article(body="First draft.")) == ("unchanged",)
    document = store.get(new.id)
    assert document is not None
    assert document.body == BODY


def test_two_captures_of_one_page_in_a_run_settle_down(store: Store) -> None:
    one, two = (make_page("/news/checkpoints", v, file=f"{v}.html") for v in ("v1", "v2"))
    put(store, one, article())
    put(store, two, article(body="Changed."))
    assert put(store, one, article()) == ("unchanged",)
    assert put(store, two, article(body="Changed.")) == ("unchanged",)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("article_first", [True, False])
def test_teaser_and_article_are_one_document_in_either_order(
    store: Store, linked: bool, article_first: bool
) -> None:
    whole = article()
    cut = teaser("/russia", country="RU", link="/news/checkpoints" if linked else None)
    pages = [(ARTICLE, whole), (RUSSIA, cut)]
    outcomes = [put(store, *page) for page in pages[:: 1 if article_first else -1]]
    assert outcomes == [("added",), ("duplicate",) if article_first else ("changed",)]
    assert held(store) == [whole.id]
    document = store.get(whole.id)
    assert document is not None
    assert (document.kind, document.body) == ("article", BODY)
    assert document.listed_on == ("https://watch.example/russia",)
    assert store.get(cut.id) == document
    assert store.resolve(cut.id) == whole.id
    assert put(store, ARTICLE, whole) == put(store, RUSSIA, cut) == ("unchanged",)


def test_a_teaser_that_became_an_article_is_kept_as_a_version(store: Store) -> None:
    cut, whole = teaser("/russia"), article()
    put(store, RUSSIA, cut)
    before = store.revision
    entered = store.entered_at([cut.id])[cut.id]
    put(store, ARTICLE, whole)
    assert [version.document for version in store.versions(cut.id)] == [cut]
    assert list(store.removed(after_revision=before)) == [cut.id]
    assert store.entered_at([whole.id, cut.id]) == {whole.id: entered}


def test_the_same_teaser_on_two_listings_is_one_document(store: Store) -> None:
    first, second = teaser("/russia", country="RU"), teaser("/belarus", country="BY")
    assert put(store, RUSSIA, first) == ("added",)
    assert put(store, BELARUS, second) == ("duplicate",)
    (only,) = held(store)
    assert only == min(first.id, second.id)
    document = store.get(first.id)
    assert document is not None
    assert document == store.get(second.id)
    assert len(document.listed_on) == 2
    assert store.versions(only) == ()
    assert put(store, RUSSIA, first) == put(store, BELARUS, second) == ("unchanged",)


def test_the_same_link_on_two_listings_is_one_document(store: Store) -> None:
    first, second = (teaser(path, link="/news/1") for path in ("/russia", "/belarus"))
    put(store, RUSSIA, first)
    revision = store.revision
    assert put(store, BELARUS, second) == ("duplicate",)
    assert [d.id for d in store.documents(after_revision=revision)] == [first.id]  # to be indexed
    assert put(store, RUSSIA, first) == ("unchanged",)


def test_the_same_entry_twice_on_a_page_counts_twice_and_is_one(store: Store) -> None:
    short, full = (
        teaser("/russia", link="/news/1", body="Short."),
        teaser("/russia", link="/news/1"),
    )
    assert put(store, RUSSIA, short, full) == ("added", "duplicate")
    assert put(store, RUSSIA, short, full) == ("unchanged", "unchanged")
    document = store.get(full.id)
    assert document is not None
    assert document.body == full.body


def test_an_entry_that_moved_off_its_listing_is_kept(store: Store) -> None:
    old, new = teaser("/russia", link="/news/1"), teaser("/russia", link="/news/2")
    put(store, RUSSIA, old)
    assert put(store, make_page("/russia", "a year later"), new) == ("added",)
    assert held(store) == sorted([old.id, new.id])


def test_a_teaser_leaves_an_article_that_no_longer_contains_it(store: Store) -> None:
    cut, whole = teaser("/russia"), article()
    put(store, RUSSIA, cut)
    put(store, ARTICLE, whole)
    put(store, make_page("/news/checkpoints", "v2"), article(body="Withdrawn."))
    assert held(store) == sorted([cut.id, whole.id])
    assert store.get(cut.id) == cut
    assert cut.id not in store.removed()


def test_one_text_at_two_addresses_is_two_related_documents(store: Store) -> None:
    here, there = article(), article("/press/checkpoints")
    put(store, ARTICLE, here)
    assert put(store, make_page("/press/checkpoints"), there) == ("added",)
    assert store.related(here.id) == (there.id,)
    assert store.related(there.id) == (here.id,)


def test_a_few_words_that_many_say_relate_nothing(store: Store) -> None:
    for path in ("/1", "/2"):
        put(store, make_page(path), article(path, body="See below."))
    assert store.related(article("/1").id) == ()


def test_a_file_without_an_address_is_one_page_wherever_it_is_named_from(store: Store) -> None:
    cut = teaser("/russia", title="Notebooks")
    for path, title in (("pages/a.txt", "Before"), ("./pages/../pages/a.txt", "After")):
        page = Page(path, title.encode())
        store.put(page, Extraction(None, "listing", "test", None, (replace(cut, title=title),)))
    document = store.get(cut.id)
    assert document is not None
    assert document.title == "After"
    assert [version.document.title for version in store.versions(cut.id)] == ["Before"]


def test_documents_come_in_the_order_of_their_revision(store: Store) -> None:
    one, two = article("/1", body="One."), article("/2", body="Two.")
    put(store, make_page("/1"), one)
    put(store, make_page("/2"), two)
    assert [d.id for d in store.documents()] == [one.id, two.id]
    put(store, make_page("/1", "v2"), article("/1", body="One more."))
    assert [d.id for d in store.documents()] == [two.id, one.id]
    assert [d.id for d in store.newest_entries()] == [two.id, one.id]
    assert store.revision == 3


def test_quarantine_keeps_bytes_and_forgets_on_success(store: Store) -> None:
    for message in ("no text in it", "still no text"):
        store.quarantine(ARTICLE, UnreadablePage(message, "empty"))
    (entry,) = store.quarantined()
    assert (entry.path, entry.reason, entry.message) == (ARTICLE.path, "empty", "still no text")
    assert store.quarantined_page(entry.id) == ARTICLE
    put(store, ARTICLE, article())
    assert store.quarantined() == ()


def test_what_could_not_even_be_read_is_quarantined_without_bytes(store: Store) -> None:
    store.quarantine(
        UnreadableSource("crawl.warc.gz#3", UnreadablePage("cut off")), UnreadablePage("cut off")
    )
    (entry,) = store.quarantined()
    assert not entry.kept
    assert store.quarantined_page(entry.id) is None


def test_odd_file_names_are_kept_readable(store: Store) -> None:
    odd = "line\nbreak \udcff\x00.html"
    store.quarantine(make_page("/1", file=odd), UnreadablePage("odd"))
    put(store, make_page("/2", file=odd), article("/2"))
    store.quarantine(make_page("/1", file=odd), UnreadablePage("odd"))
    (entry,) = store.quarantined()
    assert entry.path == "line\nbreak \\xff\x00.html"


def test_a_page_with_a_lone_surrogate_is_refused_whole(store: Store) -> None:
    with pytest.raises(UnicodeEncodeError):
        put(store, RUSSIA, article("/1"), article("/2", body="\ud800"))
    assert held(store) == []
    assert store.capture(RUSSIA.sha256) is None


def test_a_batch_is_all_or_nothing_and_a_failed_page_does_not_spoil_it(store: Store) -> None:
    with store.batch():
        put(store, make_page("/1"), article("/1"))
        with pytest.raises(UnicodeEncodeError):
            put(store, make_page("/2"), article("/2", body="\ud800"))
        put(store, make_page("/3"), article("/3"))
    assert store.counts().documents == 2
    with suppress(KeyError), store.batch():
        put(store, make_page("/4"), article("/4"))
        raise KeyError
    assert store.counts().documents == 2


def test_a_rehearsal_keeps_nothing(store: Store) -> None:
    with store.rehearsal():
        assert put(store, make_page("/1"), article("/1")) == ("added",)
        assert put(store, make_page("/1"), article("/1")) == ("unchanged",)
    assert (store.counts().documents, store.counts().captures, store.revision) == (0, 0, 0)


def test_a_reader_cannot_write(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path, readonly=True) as reader, pytest.raises(StoreError, match="reading"):
        put(reader, ARTICLE, article())


def test_unknown_ids_are_nobody(store: Store) -> None:
    assert store.get("f" * 16) is None
    assert store.resolve("f" * 16) is None
    assert store.versions("f" * 16) == ()
    assert store.related("f" * 16) == ()
    assert store.capture("0" * 64) is None
    assert store.entered_at(["f" * 16]) == {}


def read_by(version: str, document: Document) -> Document:
    return replace(document, source=replace(document.source, extractor_version=version))


def test_what_a_newer_extractor_no_longer_finds_is_retracted_with_its_version_kept(
    store: Store,
) -> None:
    menu, kept = teaser("/russia", link="/about", body="About us."), teaser("/russia", link="/1")
    put(store, RUSSIA, read_by("0", menu), read_by("0", kept))
    before = store.revision
    assert put(store, RUSSIA, kept) == ("unchanged", "retracted")
    assert held(store) == [kept.id]
    assert store.get(menu.id) is None
    assert list(store.removed(after_revision=before)) == [menu.id]
    assert [v.document.body for v in store.versions(menu.id)] == ["About us."]
    assert store.check() == []
    assert put(store, RUSSIA, kept) == ("unchanged",)
    assert put(store, RUSSIA, kept, menu) == ("unchanged", "added")


def test_an_id_goes_on_in_the_document_that_has_its_words_now(store: Store) -> None:
    linkless, linked = teaser("/russia"), teaser("/russia", link="/news/1")
    put(store, RUSSIA, read_by("0", linkless))
    put(store, RUSSIA, linked)
    assert held(store) == [linked.id]
    assert store.resolve(linkless.id) == linked.id
    assert store.check() == []


def test_what_another_listing_also_names_stays(store: Store) -> None:
    both = [teaser(path, link="/news/1") for path in ("/russia", "/belarus")]
    put(store, RUSSIA, read_by("0", both[0]))
    put(store, BELARUS, both[1])
    assert put(store, RUSSIA) == ()
    document = store.get(both[0].id)
    assert document is not None
    assert document.listed_on == both[1].listed_on


def test_another_capture_of_a_listing_retracts_nothing(store: Store) -> None:
    old, new = teaser("/russia", link="/news/1"), teaser("/russia", link="/news/2")
    put(store, RUSSIA, read_by("0", old))
    assert put(store, make_page("/russia", "a year later"), new) == ("added",)
    assert held(store) == sorted([old.id, new.id])


def test_a_newer_reading_replaces_one_that_was_dated_later(store: Store) -> None:
    late = make_page("/news/checkpoints", captured_at="2020-01-02T00:00:00Z")
    early = replace(late, captured_at="2020-01-01T00:00:00Z")
    put(store, late, read_by("0", article(title="Menu")))
    assert put(store, early, article()) == ("changed",)
