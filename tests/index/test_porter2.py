"""Our stemmer against Whoosh's, which it replaces."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.lang import porter2 as whoosh

from benchmarks.engines.corpus import SENATE, real
from index.porter2 import stem

_BEGINNINGS = [*whoosh.exceptional_forms, *whoosh.exceptional_early_exit_post_1a]
_BEGINNINGS += ["", "gener", "arsen", "commun", "y", "ay", "hop", "fall", "possibl", "tr", "log"]
_ENDINGS = ["", "s", "es", "ies", "ied", "sses", "us", "ss", "y", "e", "le", "l", "ll", "ion"]
_ENDINGS += ["sion", "tion", "ly", "eed", "eedly", *whoosh.s1b_suffixes, *whoosh.s4_delete_list]
_ENDINGS += [ending for ending, _, _ in (*whoosh.s2_triples, *whoosh.s3_triples)]

letters = st.text("aeiouybcdeghklmnrstvwxz", max_size=6)
endings = st.lists(st.sampled_from(_ENDINGS), max_size=3).map("".join)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(_BEGINNINGS), letters, endings)
def test_every_word_has_the_stem_that_whoosh_gives_it(
    beginning: str, middle: str, ending: str
) -> None:
    word = beginning + middle + ending
    assert stem(word) == whoosh.stem(word)


def test_every_ending_behind_every_ending_is_taken_as_whoosh_takes_it() -> None:
    for parts in itertools.product(("", "y", "hop", "fall", "gener"), _ENDINGS, _ENDINGS):
        word = "".join(parts)
        assert stem(word) == whoosh.stem(word), word


@pytest.mark.shared
@pytest.mark.skipif(not SENATE.exists(), reason=f"needs {SENATE}")
def test_the_words_of_real_texts_have_the_stems_that_whoosh_gives_them() -> None:
    words: set[str] = set()
    for record in real(1_000_000):
        words.update(re.findall("[a-z]+", record["body"].lower()))
    assert len(words) > 50_000
    assert [word for word in words if stem(word) != whoosh.stem(word)] == []
