"""The quick way to split texts against the plain one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import words
from index.whoosh_engine.vocabulary import Vocabulary

letters = st.text("ab.Z_9 \n-ÿŸÉµßéйΣKﬁ²½\ud800'“”éßI\u0301ÀŉKxİª½\t")
any_text = st.text() | letters | st.text("abc.", max_size=60) | st.text("ab. ", max_size=60)


@settings(deadline=None)
@given(st.lists(st.lists(any_text, min_size=1, max_size=8), max_size=3))
def test_every_text_has_the_words_of_analysis(batches: list[list[str]]) -> None:
    vocabulary = Vocabulary()
    for texts in batches:
        lengths, numbers = vocabulary.numbers(texts)
        terms, ranks = vocabulary.ranked().terms, vocabulary.ranked().ranks
        found = [terms[rank].decode() for rank in ranks[numbers].tolist()]
        expected = [words(text) for text in texts]
        assert found == [word for held in expected for word in held]
        assert lengths.tolist() == [len(held) for held in expected]
