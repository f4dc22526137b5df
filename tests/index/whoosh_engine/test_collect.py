"""Choosing the best hits by bounds, against scoring all of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.scoring import DIGITS
from index.whoosh_engine import collect
from index.whoosh_engine.impacts import Impacts, Norms
from index.whoosh_engine.matches import Matches, Summed, Unscored, Weighted
from index.whoosh_engine.reader import posting_cache
from index.whoosh_engine.sets import union

SIZE = 300


@st.composite
def words(draw: st.DrawFn, kept: bool) -> Weighted:
    """A word in some of the records, of which the impacts are ``kept`` or not."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    ids = np.flatnonzero(rng.random(SIZE) < draw(st.floats(0.01, 1))).astype(np.int32)
    tf = draw(st.sampled_from([None, rng.geometric(0.4, len(ids)).astype(np.uint8)]))
    norms = Norms(rng.integers(0, 50, SIZE), 20.0)
    impacts = Impacts(posting_cache(1 << 20), "word", ids, tf, norms)
    impacts.by_record()  # the first time
    weight = draw(st.floats(1e-6, 14))
    return Weighted(ids, tf, weight, norms, impacts if kept else None)


def sums(inner: st.SearchStrategy[Matches]) -> st.SearchStrategy[Matches]:
    def summed(children: list[Matches]) -> Matches:
        return Summed(union([child.ids for child in children], SIZE), children, SIZE)

    return st.lists(inner, min_size=1, max_size=4).map(summed)


single = words(kept=True) | words(kept=False)
unscored = st.just(Unscored(np.arange(0, SIZE, 3, dtype=np.int32)))
trees = st.recursive(single | unscored, sums, max_leaves=5)


@pytest.fixture(autouse=True, scope="module")
def by_bounds() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collect, "_BLOCKS", 2)
        patch.setattr(collect, "_SORTED", 4)
        yield


@settings(deadline=None)
@given(trees, st.integers(1, 30), st.floats(0.01, 1))
def test_the_best_are_those_of_all_scores(matches: Matches, limit: int, share: float) -> None:
    some = np.random.default_rng(1).random(SIZE) < share
    for ids in (matches.ids, matches.ids.compress(some.take(matches.ids))):
        chosen, scores = collect.best(matches, ids, limit)
        every = matches.scores(ids)
        if every is None:
            assert scores is None
            assert chosen.tolist() == ids[:limit].tolist()
            continue
        order = sorted(range(len(ids)), key=lambda at: (-round(float(every[at]), DIGITS), at))[
            :limit
        ]
        assert chosen.tolist() == ids[order].tolist()
        assert scores is not None
        assert scores.tolist() == [round(score, DIGITS) for score in every[order].tolist()]


@pytest.mark.parametrize("seed", range(20))
def test_many_phrases_are_told_apart_too(seed: int) -> None:
    """Where sums are high, single precision is off by more than the best ones differ."""
    every = np.arange(SIZE, dtype=np.int32)
    rng = np.random.default_rng(seed)
    tf = np.full(SIZE, 250, np.uint8)
    phrases = [
        Weighted(every, tf, 140.0, Norms(10**7 + rng.integers(0, 3000, SIZE), 1e7))
        for _ in range(20)
    ]
    matches = Summed(every, phrases, SIZE)
    scores = matches.scores(every)
    assert scores is not None
    chosen, _ = collect.best(matches, every, 1)
    assert chosen.tolist() == [np.argmax(scores.round(DIGITS))]


@settings(deadline=None)
@given(trees, st.floats(0.01, 1))
def test_no_score_is_above_its_bound_or_far_below(matches: Matches, share: float) -> None:
    ids = np.flatnonzero(np.random.default_rng(2).random(SIZE) < share).astype(np.int32)
    steps, unit, slack = matches.bounds(ids)
    scores = matches.scores(ids)
    under = steps * unit - (0 if scores is None else scores)
    assert (under > -1e-3).all()
    assert (under < slack + 1e-3).all()
