"""Floors of quality on real pages. They only go up.

The figures are printed by ``benchmarks/words.py``, which says how they are measured.
"""

import pytest

from benchmarks.words import (
    DATA,
    score_countries,
    score_locations,
    score_quotations,
    score_seed,
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="no development data beside the checkout"),
]


def test_quotations_of_news_articles() -> None:
    score = score_quotations(DATA)
    assert score.found / score.truths >= 0.978
    assert score.f1 >= 0.9425
    assert score.attributed.precision >= 0.976
    assert score.spans.precision >= 0.919


def test_confidence_tells_how_often_a_speaker_is_right() -> None:
    graded = score_quotations(DATA).graded
    assert set(graded) == {"high", "medium", "low"}
    assert graded["high"].precision >= 0.925
    assert graded["high"].precision > graded["medium"].precision > graded["low"].precision


def test_countries_of_news_stories() -> None:
    assert score_countries(DATA).f1 >= 0.81
    assert score_countries(DATA, everything=True).f1 >= 0.781
    assert score_countries(DATA, everything=True, held_out=True).f1 >= 0.78


def test_countries_of_statements() -> None:
    score = score_locations(DATA)
    assert score.f1 >= 0.83
    assert score.recall >= 0.88


def test_the_seed() -> None:
    score = score_seed(DATA)
    assert not score.errors
    assert score.right == 17
