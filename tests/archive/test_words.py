import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from archive.words import clean, split_joined

TEXT = st.text(st.sampled_from("ab.  \n\t\xa0\u2009\u200b\xade\u0301é“”"))


@given(TEXT)
def test_a_clean_text_is_composed_and_has_single_spaces_and_nothing_invisible(text: str) -> None:
    seen = text.replace("\u200b", "").replace("\xad", "")
    assert clean(text) == " ".join(unicodedata.normalize("NFC", seen).split())


@given(TEXT)
def test_splitting_joined_paragraphs_loses_nothing(text: str) -> None:
    assert " ".join(split_joined(text)) == clean(text)


def test_a_run_of_spaces_behind_a_sentence_parts_paragraphs() -> None:
    assert split_joined("One.   Two. \xa0\tThree.  Four   five") == [
        "One.", "Two.", "Three. Four five"
    ]  # fmt: skip
