"""Real pages through real workers into a real file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import reader
from archive.errors import ProfileError, StoreError, UnreadablePage
from archive.extract import Extraction
from archive.ingest import IngestReport, ingest, retry
from archive.limits import LIMITS, Limits, WorkerLimits
from archive.page import Page, UnreadableSource
from archive.profiles import Profile, Profiles, load_profiles
from archive.sandbox import Sandbox
from archive.sources import read_pages
from archive.store import Outcome, Store
from tests.archive.making import BODY, TEASER
from tests.archive.older import bring_back
from tests.archive.packing import HTML, record, zipped


def article_page(number: int, body: str = BODY) -> str:
    url = f"https://watch.example/news/{number}"
    return f"""<!doctype html><html lang="en"><head>
    <title>Checkpoint report {number}</title>
    <link rel="canonical" href="{url}"><meta property="og:type" content="article">
    <meta property="og:title" content="Checkpoint report {number}">
    <meta property="article:published_time" content="2017-03-27T10:00:00+02:00">
    </head><body><article><h1>Checkpoint report {number}</h1>
    <p>{body}</p><p>Report number {number} was written for the members of the council.</p>
    </article></body></html>"""


LISTING = f"""<!doctype html><html lang="en"><head><title>Belarus</title>
<link rel="canonical" href="https://watch.example/belarus"></head><body><h1>Belarus</h1>
<div class="view-content">
<div class="views-row"><span class="date">March 27, 2017</span><p>{TEASER}</p></div>
<div class="views-row"><span class="date">April 3, 2017</span><h3><a href="/news/2">Checkpoint
report 2</a></h3><p>The ministry has answered one of nine letters about the searches.</p></div>
<div class="views-row"><span class="date">April 9, 2017</span><h3><a href="/news/901">Trial of two
editors put off again</a></h3><p>The court in the capital gave no reason for the delay.</p></div>
</div></body></html>"""


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load_profiles()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True) as opened:
        yield opened


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.html").write_text(article_page(number))
    return folder


def adds_up(report: IngestReport) -> bool:
    statements = report.added + report.changed + report.unchanged + report.duplicate
    return report.seen == statements + report.quarantined


def test_a_folder_goes_in_and_the_second_time_nothing_changes(
    store: Store, pages: Path, profiles: Profiles
) -> None:
    (pages / "list.html").write_text(LISTING)
    first = ingest([pages], store, profiles=profiles, jobs=2)
    assert adds_up(first)
    assert (first.pages, first.quarantined, first.empty) == (5, 0, 0)
    assert first.added == store.counts().documents
    revision = store.revision
    second = ingest([pages], store, profiles=profiles)
    assert (second.seen, second.unchanged) == (first.seen, first.seen)
    assert store.revision == revision


class CountingStore(Store):
    """Counts the pages that are put."""

    put_pages = 0

    def put(
        self, page: Page, extraction: Extraction, *, reading: str | None = None
    ) -> tuple[Outcome, ...]:
        self.put_pages += 1
        return super().put(page, extraction, reading=reading)


def pages_read(home: Path, pages: Path, profiles: Profiles, **options: Any) -> int:
    """How many pages of a folder that was taken in must be read to take it in again."""
    with CountingStore.open(home) as store:
        report = ingest([pages], store, profiles=profiles, **options)
        assert adds_up(report)
        assert store.check() == []
        return store.put_pages


def test_what_was_read_in_the_same_way_is_not_read_again(
    tmp_path: Path, pages: Path, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (pages / "empty.html").write_text("<h1>Contact</h1>")
    (pages / "list.html").write_text(LISTING)
    with Store.open(home, create=True) as store:
        first = ingest([pages], store, profiles=profiles)
        with monkeypatch.context() as patch:
            patch.setattr(Sandbox, "_begin", None)
            again = ingest([pages], store, profiles=profiles)
    assert (first.pages, first.empty, first.seen) == (6, 1, 7)
    assert again == replace(first, added=0, changed=0, duplicate=0, unchanged=first.seen)
    assert pages_read(home, pages, profiles) == 0
    (pages / "1.html").write_text(article_page(1, "It was written anew. " + BODY))
    os.utime(pages / "2.html", (1, 1))
    assert pages_read(home, pages, profiles) == 2
    assert pages_read(home, pages, profiles) == 0
    mine = Profiles((Profile("mine", hosts=("watch.example",)), *profiles.known))
    ways: list[tuple[Profiles, dict[str, Any]]] = [
        (profiles, {"base_url": "https://watch.example/"}),
        (profiles, {"profile": "generic"}),
        (profiles, {"limits": replace(LIMITS, links=7)}),
        (mine, {}),
    ]
    for known, options in ways:
        assert pages_read(home, pages, known, **options) == 6
        assert pages_read(home, pages, known, **options) == 0
    monkeypatch.setattr(reader, "_code", lambda: "a better one")
    assert pages_read(home, pages, profiles) == 6


def test_what_was_put_in_quarantine_since_is_read_again(
    tmp_path: Path, pages: Path, profiles: Profiles
) -> None:
    home = tmp_path / "home"
    with Store.open(home, create=True) as store:
        ingest([pages], store, profiles=profiles)
        one, two = (
            page for page in read_pages([pages]) if page.path.endswith(("1.html", "2.html"))
        )
        error = UnreadablePage("not today", "crash")
        store.quarantine(one, error)
        store.quarantine(UnreadableSource(two.path, error), error)
        assert len(store.quarantined()) == 2
    assert pages_read(home, pages, profiles) == 2
    with Store.open(home) as store:
        assert store.quarantined() == ()


def test_an_archive_that_knows_of_no_reader_reads_all_once(
    tmp_path: Path, pages: Path, profiles: Profiles
) -> None:
    home = tmp_path / "home"
    with Store.open(home, create=True) as store:
        ingest([pages], store, profiles=profiles)
    bring_back(home, version=5)
    assert pages_read(home, pages, profiles) == 4
    assert pages_read(home, pages, profiles) == 0


def test_a_changed_file_is_a_new_version(store: Store, pages: Path, profiles: Profiles) -> None:
    ingest([pages], store, profiles=profiles)
    (pages / "1.html").write_text(article_page(1, BODY + " An answer came in June."))
    report = ingest([pages], store, profiles=profiles)
    assert (report.changed, report.unchanged) == (1, 3)
    changed = next(d for d in store.documents() if "June" in d.body)
    assert len(store.versions(changed.id)) == 1


def test_a_copied_file_is_a_duplicate(store: Store, pages: Path, profiles: Profiles) -> None:
    shutil.copy(pages / "1.html", pages / "copy.html")
    report = ingest([pages], store, profiles=profiles)
    assert (report.added, report.duplicate) == (4, 1)


def test_unreadable_pages_are_quarantined_and_the_run_goes_on(
    store: Store, pages: Path, profiles: Profiles
) -> None:
    (pages / "0-binary.html").write_bytes(bytes(range(256)) * 40)
    (pages / "1-nothing.html").write_bytes(b"")
    (pages / "z\n\udcff.html").write_bytes(b"Error: could not connect to host")
    report = ingest([pages], store, profiles=profiles)
    assert adds_up(report)
    assert (report.pages, report.quarantined, report.added) == (7, 3, 4)
    paths = {Path(entry.path).name for entry in store.quarantined()}
    assert paths == {"0-binary.html", "1-nothing.html", "z\n\\xff.html"}
    assert all(entry.reason and entry.message for entry in store.quarantined())
    again = ingest([pages], store, profiles=profiles)
    assert (again.quarantined, again.unchanged) == (3, 4)
    assert len(store.quarantined()) == 3


def test_a_dry_run_tells_the_truth_and_keeps_nothing(
    store: Store, pages: Path, profiles: Profiles
) -> None:
    (pages / "bad.html").write_bytes(b"")
    shutil.copy(pages / "1.html", pages / "copy.html")
    told = ingest([pages], store, profiles=profiles, dry_run=True)
    assert (store.counts().documents, store.quarantined()) == (0, ())
    assert ingest([pages], store, profiles=profiles) == told


def test_retry_reads_the_bytes_that_were_kept(
    store: Store, pages: Path, profiles: Profiles
) -> None:
    for page in read_pages([pages]):
        store.quarantine(page, UnreadablePage("an older version could not read it"))
    shutil.rmtree(pages)
    (one, *_) = store.quarantined()
    assert retry(store, profiles=profiles, ids=[one.id]).added == 1
    assert len(store.quarantined()) == 3
    assert retry(store, profiles=profiles).added == 3
    assert store.quarantined() == ()
    assert store.counts().documents == 4


@pytest.mark.parametrize(
    ("name", "data", "tight"),
    [
        ("mirror.zip", zipped({"1.html": HTML, "2.html": HTML + b" " * 2_000}), "page_bytes"),
        ("crawl.warc", record("https://a.example/1", HTML + b" " * 2_000), "page_bytes"),
        ("crawl.warc", record("https://a.example/1", HTML) * 3, "warc_records"),
        ("crawl.wacz", zipped({"a.warc": record("https://a.example/1", HTML) * 3}), "warc_records"),
        ("mirror.zip", zipped({f"{n}.html": HTML for n in range(3)}), "zip_members"),
    ],
)
def test_a_web_archive_is_read_again_when_a_limit_was_raised(
    store: Store, tmp_path: Path, profiles: Profiles, name: str, data: bytes, tight: str
) -> None:
    (tmp_path / name).write_bytes(data)
    limits = replace(Limits(), **{tight: 1_000 if tight == "page_bytes" else 2})
    first = ingest([tmp_path / name], store, profiles=profiles, limits=limits)
    (entry,) = store.quarantined()
    assert f"raise {tight} under [page] in limits.toml" in entry.message
    assert retry(store, profiles=profiles, limits=limits).quarantined == 1
    assert store.quarantined() == (replace(entry, time=store.quarantined()[0].time),)
    again = retry(store, profiles=profiles)
    assert (again.quarantined, store.quarantined()) == (0, ())
    whole = ingest([tmp_path / name], store, profiles=profiles)
    assert whole.seen == whole.duplicate + whole.unchanged > first.seen - 1


@pytest.mark.parametrize(
    ("name", "data", "tight"),
    [
        ("1.html", HTML + b" " * 2_000, {"page_bytes": 1_000}),
        ("mirror.zip", zipped({"1.html": HTML + b" " * 2_000}), {"page_bytes": 1_000}),
        ("mirror.zip", zipped({"1.html": HTML, "2.html": HTML}), {"zip_members": 1}),
    ],
    ids=["file", "member", "whole"],
)
def test_a_page_that_is_read_again_has_the_address_that_it_was_given(
    store: Store, tmp_path: Path, profiles: Profiles, name: str, data: bytes, tight: dict[str, int]
) -> None:
    (tmp_path / name).write_bytes(data)
    base_url = "https://lantern.example/news"
    limits = replace(Limits(), **tight)
    ingest([tmp_path / name], store, profiles=profiles, base_url=base_url, limits=limits)
    assert retry(store, profiles=profiles, limits=limits).quarantined == 1
    assert retry(store, profiles=profiles).quarantined == 0
    assert "https://lantern.example/news/1.html" in [d.url for d in store.documents()]


def test_what_has_gone_from_a_web_archive_stays_in_quarantine(
    store: Store, tmp_path: Path, profiles: Profiles
) -> None:
    limits = replace(Limits(), page_bytes=1_000)
    mirror = tmp_path / "mirror.zip"
    mirror.write_bytes(zipped({"1.html": HTML + b" " * 2_000}))
    ingest([mirror], store, profiles=profiles, limits=limits)
    mirror.write_bytes(zipped({"2.html": HTML}))
    report = retry(store, profiles=profiles)
    assert (report.pages, report.quarantined) == (1, 1)
    assert len(store.quarantined()) == 1


def test_a_page_that_costs_too_much_is_quarantined(
    store: Store, tmp_path: Path, profiles: Profiles
) -> None:
    (tmp_path / "heavy.html").write_text("<p>Words and words" * 90_000)
    report = ingest(
        [tmp_path / "heavy.html"], store, profiles=profiles, worker=WorkerLimits(wall_seconds=0.2)
    )
    assert (report.seen, report.quarantined) == (1, 1)
    assert [entry.reason for entry in store.quarantined()] == ["time"]


def test_an_unknown_profile_stops_before_the_first_page(
    store: Store, pages: Path, profiles: Profiles
) -> None:
    with pytest.raises(ProfileError):
        ingest([pages], store, profiles=profiles, profile="no-such-profile")


def test_progress_counts_what_is_committed(
    store: Store, pages: Path, profiles: Profiles, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []

    def progress(done: int, total: int | None) -> None:
        with Store.open(tmp_path / "home", readonly=True) as reader:
            assert reader.counts().captures == done
        seen.append((done, total))

    ingest([pages], store, profiles=profiles, progress=progress)
    assert seen[-1] == (4, 4)


def test_a_store_that_fails_ends_the_run(store: Store, pages: Path, profiles: Profiles) -> None:
    store.close()
    with pytest.raises(StoreError):
        ingest([pages], store, profiles=profiles)


RUN = """
import sys
from pathlib import Path
from archive.extract import Extraction
from archive.ingest import ingest
from archive.profiles import load_profiles
from archive.store import Store

if __name__ == "__main__":
    home, pages, jobs = sys.argv[1:]
    with Store.open(Path(home), create=True) as store:
        report = ingest([Path(pages)], store, profiles=load_profiles(), jobs=int(jobs),
                        progress=lambda done, total: print(done, flush=True))
    print(report)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("reports", [1, 3])
def test_an_ended_run_keeps_every_page_that_it_reported(
    tmp_path: Path, how: signal.Signals, reports: int
) -> None:
    (tmp_path / "pages").mkdir()
    for number in range(1000):
        (tmp_path / "pages" / f"{number:04}.html").write_text(article_page(number))
    (tmp_path / "run.py").write_text(RUN)
    with subprocess.Popen(
        [sys.executable, tmp_path / "run.py", tmp_path / "home", tmp_path / "pages", "2"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        done = [int(run.stdout.readline()) for _ in range(reports)][-1]
        run.send_signal(how)
        rest = run.stdout.read()
    assert "IngestReport" not in rest
    assert run.returncode == (-how if how == signal.SIGKILL else -signal.SIGINT)
    done = max([done, *map(int, rest.split())])
    with Store.open(tmp_path / "home", wait=0) as store:
        assert store.check() == []
        documents = [document.title for document in store.documents()]
        assert documents[:done] == [f"Checkpoint report {number}" for number in range(done)]
        assert len(documents) == store.counts().captures < 1000
