"""The store against a dict, through any sequence of puts, batches, crashes and reopenings."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from archive.document import Source
from archive.errors import UnreadablePage
from archive.page import Page
from archive.store import Store
from tests.archive.making import article, extraction, make_page

keys = st.integers(0, 4)
OLD_EXTRACTOR = Source(None, None, None, None, "0")
bodies = st.sampled_from(["One.", "Two.", "Three.", ""])


_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (each home gets a name of its own)
_FOLDER = str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None
"""Nothing is lost with the disk: a crash here is a copy of the files as they are."""


class _PowerCutError(Exception):
    pass


class StoreMachine(RuleBasedStateMachine):
    """``bodies`` is what the store must hold, ``history`` what it held before, by key."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(dir=_FOLDER))
        self.store = Store.open(self.home, create=True)
        self.bodies: dict[int, str] = {}
        self.history: dict[int, list[str]] = {}
        self.quarantined: set[int] = set()
        self.pages: dict[int, Page] = {}
        self.clock = count()

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.home)

    def write(self, key: int, body: str) -> tuple[Page, str]:
        instant = f"2020-01-01T00:00:00.{next(self.clock):06d}Z"
        page = make_page(f"/{key}", f"{key} {body}", captured_at=instant)
        document = article(f"/{key}", body=body, source=OLD_EXTRACTOR)
        (outcome,) = self.store.put(page, extraction(page, document))
        return page, outcome

    @rule(key=keys, body=bodies)
    def put(self, key: int, body: str) -> None:
        self.pages[key], outcome = self.write(key, body)
        old = self.bodies.get(key)
        assert outcome == ("added" if old is None else "unchanged" if old == body else "changed")
        if old not in (None, body):
            self.history.setdefault(key, []).append(str(old))
        self.bodies[key] = body
        self.quarantined.discard(key)

    @rule(key=keys)
    def delete(self, key: int) -> None:
        """Read the page anew, by an extractor that finds no statement in it."""
        if key not in self.bodies:
            return
        page = self.pages[key]
        assert self.store.put(page, extraction(page)) == ("retracted",)
        assert self.store.get(article(f"/{key}").id) is None
        self.history.setdefault(key, []).append(self.bodies.pop(key))
        self.quarantined.discard(key)

    @rule(writes=st.lists(st.tuples(keys, bodies)))
    def put_batch(self, writes: list[tuple[int, str]]) -> None:
        with self.store.batch():
            for key, body in writes:
                self.put(key, body)

    @rule(writes=st.lists(st.tuples(keys, bodies)))
    def give_up_batch(self, writes: list[tuple[int, str]]) -> None:
        with suppress(_PowerCutError), self.store.batch():
            for key, body in writes:
                self.write(key, body)
            raise _PowerCutError

    @rule(writes=st.lists(st.tuples(keys, bodies), min_size=1))
    def crash(self, writes: list[tuple[int, str]]) -> None:
        """Copy the files as they are in the middle of a batch, and go on from the copy."""
        copy = Path(tempfile.mkdtemp(dir=_FOLDER))
        with suppress(_PowerCutError), self.store.batch():
            for key, body in writes:
                self.write(key, body)
            shutil.copytree(self.home, copy, dirs_exist_ok=True)
            raise _PowerCutError
        self.store.close()
        shutil.rmtree(self.home)
        self.home = copy
        self.store = Store.open(copy)

    @rule(key=keys)
    def quarantine(self, key: int) -> None:
        self.store.quarantine(make_page(f"/{key}", "unreadable"), UnreadablePage("no text"))
        self.quarantined.add(key)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.home)

    @rule()
    def check(self) -> None:
        assert self.store.check() == []

    @invariant()
    def holds_what_the_dict_holds(self) -> None:
        with Store.open(self.home, readonly=True) as reader:
            for store in (self.store, reader):
                found = {d.url: d.body for d in store.documents()}
                assert found == {article(f"/{k}").url: body for k, body in self.bodies.items()}
                assert dict(store.fingerprints()).keys() == {
                    article(f"/{k}").id for k in self.bodies
                }
                assert len(store.quarantined()) == len(self.quarantined)
        for key in self.bodies:
            versions = self.store.versions(article(f"/{key}").id)
            assert [v.document.body for v in versions] == self.history.get(key, [])


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_sequences(part: int) -> None:
    long = settings(max_examples=1_000, stateful_step_count=20, deadline=None, database=None)
    run_state_machine_as_test(seed(part)(StoreMachine), settings=long)
