from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.shingles import SIZE, WINDOW, containment, sample, shingles, text_key

words = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon"]))


def test_case_punctuation_and_apostrophes_make_no_difference_between_words() -> None:
    assert shingles("“We were TOLD,” he said") == shingles("we were told he said")


def test_a_cut_word_costs_one_shingle() -> None:
    whole = "the ministry has not answered letters that asked for the legal grounds"
    part = "the ministry has not answered letters that asked fo…"
    assert containment(shingles(part), shingles(whole)) == 6 / 7


def test_nothing_is_contained_nowhere() -> None:
    assert containment([], shingles("a b c d")) == 0


@given(words, words, words)
def test_a_long_enough_passage_is_found_by_the_sample(
    before: list[str], passage: list[str], after: list[str]
) -> None:
    hashes = shingles(" ".join(passage))
    text = sample(shingles(" ".join([*before, *passage, *after])))
    if len(passage) >= WINDOW + SIZE - 1:
        assert text & set(hashes)


def test_a_sample_is_a_fraction() -> None:
    text = " ".join(f"word{number}" for number in range(2_000))
    assert 250 < len(sample(shingles(text))) < 500


def test_the_same_words_have_one_key_and_borders_between_texts_count() -> None:
    assert text_key("Two words.") == text_key("two  words")
    assert text_key("a", "b c") != text_key("a b", "c")
