"""Is everything still there after the trouble, and does everything still work?"""

from __future__ import annotations

from contextlib import closing

from index.query import Query, Term
from onrecord import indexing
from onrecord.config import Home
from tests.durability.shapes import State, put, state_of


def judge(home: Home, states: list[State], acknowledged: int) -> State:
    """What readers find now, which must be the last acknowledged state or the one after it.

    Then the next writers come, and must find nothing in their way and leave no rubbish.
    """
    found = state_of(home)
    assert found in states[acknowledged : acknowledged + 2]
    _goes_on(home, found)
    return found


def _goes_on(home: Home, found: State) -> None:
    put(99)(home)
    with home.store() as store:
        assert store.check() == []
        assert store.counts().documents == len(found.stored) + 1
        indexing.update(home, store)
        assert not indexing.compare(home, store)
    with closing(home.engine()) as engine:
        assert engine.check() == ()
        results = engine.search(Query(tree=Term("court")))
        assert {hit.id for hit in results.hits} == state_of(home).stored.keys()
    left = rubbish(home)
    assert not left, left


def rubbish(home: Home) -> set[str]:
    """Files of the home that nothing needs."""
    from index.whoosh_engine.generations import Generations

    generations = Generations(home.path / "index")
    needed = {"archive.db", "archive.db-wal", "archive.db-shm", "archive.lock", "speakers.txt"}
    needed |= {"index/CURRENT", "index/LOCK", "speakers.new"}  # the next decision replaces it
    for number in generations.numbers():
        manifest = generations.read(f"gen-{number:06}")
        needed.add(f"index/{manifest.name}/manifest.json")
        needed.update(f"index/{file.path}" for file in manifest.files())
    there = {str(p.relative_to(home.path)) for p in home.path.rglob("*") if p.is_file()}
    return there - needed
