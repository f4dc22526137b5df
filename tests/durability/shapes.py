"""Transactions as maintainers make them, as a table: what was there, and what is done step by step.

Each step is one commit, of the store or of the index. After it returns it is acknowledged, and
from then on nothing may undo it. What fails in the middle must leave either the state before the
step or the one after it, in store and index alike.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.aliases import AliasFile
from archive.document import Document, Source, Speaker
from archive.durable import replace_file
from archive.errors import StoreMissing, UnreadablePage
from archive.store import Store
from index.errors import IndexMissing
from onrecord import indexing
from onrecord.config import Home
from tests.archive.making import BODY, article, extraction, make_page, teaser

Step = Callable[[Home], object]


@dataclass(frozen=True, slots=True)
class Shape:
    """``before`` is done in peace, ``steps`` with trouble."""

    before: Sequence[Step]
    steps: Sequence[Step]


def put(*numbers: int, body: str = "as it was", instant: str = "2020-01-01T00:00:00Z") -> Step:
    """Pages with one statement each, in one batch."""

    def step(home: Home) -> None:
        with home.store(create=True) as store, store.batch():
            for n in numbers:
                page = make_page(f"/{n}", f"{n} {body}" * 100, captured_at=instant)
                speakers = (Speaker(f"Ada Number{n}", "person"),)
                document = article(f"/{n}", title=f"Court {n}", body=body, speakers=speakers)
                store.put(page, extraction(page, document))

    return step


def put_listing(*names: str, extractor: str = "0") -> Step:
    """One listing, read by that version of the extractor, with teasers of articles."""

    def step(home: Home) -> None:
        page = make_page("/listing", "the same bytes", captured_at="2020-01-01T00:00:00Z")
        source = Source(None, None, None, None, extractor)
        teasers = [
            teaser("/listing", link=f"/{n}", title=f"Court {n}", body=f"{n} waits.", source=source)
            for n in names
        ]
        with home.store(create=True) as store:
            store.put(page, extraction(page, *teasers))

    return step


def put_article(name: str) -> Step:
    """The article behind a teaser: both become one document."""

    def step(home: Home) -> None:
        page = make_page(f"/{name}", captured_at="2020-02-01T00:00:00Z")
        document = article(f"/{name}", title=f"Court {name}", body=BODY)
        with home.store() as store:
            store.put(page, extraction(page, document))

    return step


def put_linkless(home: Home) -> None:
    """The first teaser without a link: the texts are sampled, then it joins its article."""
    page = make_page("/linkless", captured_at="2020-03-01T00:00:00Z")
    with home.store() as store:
        store.put(page, extraction(page, teaser("/linkless")))


def quarantine(number: int) -> Step:
    """A page that cannot be read yet."""

    def step(home: Home) -> None:
        with home.store(create=True) as store:
            store.quarantine(make_page(f"/{number}", "unreadable"), UnreadablePage("no text"))

    return step


def update(home: Home) -> None:
    """Bring the index up to date, as `ingest` does."""
    with home.store(readonly=True) as store:
        indexing.update(home, store)


def build(home: Home) -> None:
    """``index build``."""
    with home.store(readonly=True) as store:
        indexing.build(home, store)


def rollback(home: Home) -> None:
    """``index rollback``."""
    home.writer().rollback()


def alias(home: Home) -> None:
    """``speakers alias``: the file, without the index."""
    replace_file(home.speakers, b"Ada Number1 = Adam Number1\n")


SHAPES = {
    "first ingest": Shape([], [put(1, 2, 3), update]),
    "ingest": Shape([put(1, 2, 3), update], [put(4, 5), put(6, 7), update]),
    "update": Shape(
        [put(1, 2, 3), update],
        [put(1, 3, body="anew", instant="2021-01-01T00:00:00Z"), update],
    ),
    "delete": Shape(
        [put(1, 2), put_listing("a", "b", "c"), update],
        [put_listing("a", "b", extractor="1"), update],
    ),
    "merge": Shape([put(1), put_listing("a", "b"), update], [put_article("a"), update]),
    "teaser": Shape([put(1, 2), put_article("a"), update], [put_linkless, update]),
    "index build": Shape([put(*range(12)), update, put(20, 21)], [build]),
    "alias": Shape([put(1, 2, 3), update], [alias, update]),
    "rollback": Shape([put(1, 2), update, put(3), update], [rollback, update]),
    "quarantine": Shape([put(1), update], [quarantine(2), put(2), update]),
}


@dataclass(frozen=True, slots=True)
class State:
    """What an archive holds: fingerprints by id, how many pages in quarantine, aliases.

    ``indexed`` is None where there is no index.
    """

    stored: dict[str, str]
    quarantined: int
    names: str
    indexed: dict[str, str] | None


def state_of(home: Home) -> State:
    """Read everything, as a reader does. Raises what a reader would meet."""
    try:
        with home.store(readonly=True) as store:
            return State(
                {d.id: d.fingerprint() for d in store_documents(store)},
                len(store.quarantined()),
                AliasFile(home.speakers).current().digest,
                indexed(home),
            )
    except StoreMissing:
        return State({}, 0, "", None)


def store_documents(store: Store) -> list[Document]:
    """All documents, each once."""
    documents = list(store.documents())
    assert len({document.id for document in documents}) == len(documents)
    return documents


def indexed(home: Home) -> dict[str, str] | None:
    """What the index holds."""
    try:
        with closing(home.engine()) as engine:
            assert engine.check() == ()
            contents = list(engine.contents())
    except IndexMissing:
        return None
    assert len(dict(contents)) == len(contents)
    return dict(contents)


def rehearse(shape: Shape, folder: Path) -> list[State]:
    """The states that the shape goes through, from before the first step to after the last.

    ``folder`` becomes the home as it is before the first step.
    """
    home = Home(folder)
    for step in shape.before:
        step(home)
    states = [state_of(home)]
    played = Home(folder.with_name(f"{folder.name} played"))
    if folder.exists():
        shutil.copytree(folder, played.path)
    for step in shape.steps:
        step(played)
        states.append(state_of(played))
    return states
