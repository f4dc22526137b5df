import dataclasses

import pytest

from archive.citation import as_bibtex, as_ris, as_text
from archive.document import Byline, Document, Quotation, Source

QUOTATION = Quotation(
    "Mara Lind", "person", "Director", "Example Watch", ("Let her go.", "Now."), 0, 20, closed=True
)
DOCUMENT = Document(
    id="0123456789abcdef",
    kind="article",
    url="https://watch.example/poet",
    listed_on=(),
    site="watch.example",
    title="Release the poet & {all} 100% of them",
    title_derived=False,
    body="“Let her go.",
    published="2017-07",
    updated=None,
    language="en",
    byline=Byline("Jane Roe", "Campaigner"),
    category=None,
    topics=("Prisons",),
    references=(),
    attachments=(),
    countries=(),
    speakers=(),
    quotations=(QUOTATION,),
    source=Source(None, "2022-03-04T10:00:00Z", None, None, "1"),
)
LINK = "https://archive.example/statement/0123456789abcdef#q1"


def test_a_citation_names_author_date_title_site_and_places() -> None:
    assert as_text(DOCUMENT, link=LINK) == (
        "Jane Roe (2017-07). “Release the poet & {all} 100% of them”. watch.example. "
        f"https://watch.example/poet (captured 2022-03-04). {LINK}."
    )


def test_a_cited_quotation_comes_first_with_its_speaker() -> None:
    cited = as_text(DOCUMENT, quotation=QUOTATION)
    assert cited.startswith("Mara Lind, Director, Example Watch: “Let her go. Now.” Jane Roe")


@pytest.mark.parametrize(
    ("written", "cited"), [("Let her go,", "“Let her go”. "), ("Go?", "“Go?” ")]
)
def test_a_cited_quotation_ends_with_one_mark(written: str, cited: str) -> None:
    quotation = dataclasses.replace(QUOTATION, paragraphs=(written,))
    assert f"{cited}Jane Roe" in as_text(DOCUMENT, quotation=quotation)


def test_what_is_unknown_is_left_out() -> None:
    bare = dataclasses.replace(DOCUMENT, byline=None, published=None, url=None, site=None)
    assert as_text(bare) == "“Release the poet & {all} 100% of them” (n.d.)."
    assert "author" not in as_bibtex(bare)
    assert "\r\nPY" not in as_ris(bare)


def test_bibtex_is_escaped() -> None:
    entry = as_bibtex(DOCUMENT, quotation=QUOTATION, link=LINK)
    assert r"title = {{Release the poet \& \{all\} 100\% of them}}" in entry
    assert "year = {2017}" in entry
    assert "month = {7}" in entry
    assert "note = {Mara Lind, Director" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")


def test_ris_ends_every_field_with_a_line_break_and_lets_no_text_add_one() -> None:
    hostile = dataclasses.replace(DOCUMENT, title="A\r\nER  - \nTY  - JOUR\x00")
    record = as_ris(hostile, link=LINK)
    lines = record.split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert "TI  - A ER - TY - JOUR" in lines
    assert "DA  - 2017/07//" in lines
