"""How each field was found, and how far that can be trusted."""

import dataclasses
from pathlib import Path

import pytest

from archive.evidence import attributions, confidence_in, how_found
from archive.extract import extract
from archive.page import Page
from archive.profiles import load_profiles
from archive.quotations import explain_quotations
from archive.sources import read_pages

WORDS = "Nobody has told the harbour towns why the ferries were sold"
SAMPLE = Path(__file__).parents[2] / "onrecord/sample"


@pytest.mark.parametrize(
    ("body", "how", "confidence"),
    [
        (f"“{WORDS},” said Mara Lind.", "“said” beside it", "high"),
        (f"According to Mara Lind, “{WORDS}.”", "“according to” beside it", "high"),
        (
            f"Mara Lind spoke in Kiel. “{WORDS},” she said.",
            "“said” beside it, whom “she” means",
            "high",
        ),
        (f"Mara Lind: “{WORDS}.”", "words that lead to it", "medium"),
        (
            f"Mara Lind spoke in Kiel. She also played up her strength: “{WORDS}.”",
            "words that lead to it, whom “she” means",
            "low",
        ),
        (f"“{WORDS},” said Mara Lind. “{WORDS}.”", "quotation beside it", "high"),
        (
            f"“{WORDS},” said Mara Lind.\n\n“{WORDS}.”",
            "goes on from the paragraph above",
            "medium",
        ),
        (f"Mara Lind said:\n\n“{WORDS}.”", "the paragraph above leads to it", "medium"),
        (f"Mara Lind disagreed. “{WORDS}.”", "subject of the sentence before it", "low"),
        (f"“{WORDS}.”\n\n— Mara Lind, harbour master", "signature below it", "high"),
    ],
)
def test_each_quotation_says_what_tells_whose_it_is(body: str, how: str, confidence: str) -> None:
    quotation, told = explain_quotations(body)[-1]
    assert (quotation.speaker, told) == ("Mara Lind", how)
    assert confidence_in(told) == confidence


def test_a_quotation_of_nobody_says_nothing() -> None:
    ((quotation, told),) = explain_quotations(f"It rained on Monday. “{WORDS}.”")
    assert (quotation.kind, told) == (None, "")


def test_a_document_says_it_of_each_quotation_and_an_older_one_of_none() -> None:
    html = f"<h1>Ferries</h1><p>“{WORDS},” said Mara Lind.</p><p>It rained: “{WORDS}.”</p>"
    (document,) = extract(Page("page.html", html.encode()), load_profiles()).documents
    assert [(q.speaker, how) for q, how in attributions(document)] == [
        ("Mara Lind", "“said” beside it"),
        (None, ""),
    ]
    older = dataclasses.replace(document, evidence={})
    assert [how for _, how in attributions(older)] == ["", ""]
    assert how_found(older, "quotations") == "quotation marks and verbs of saying"


@pytest.mark.parametrize(
    ("how", "confidence"),
    [
        ("selector .date", "high"),
        ("meta article:published_time", "high"),
        ("meta keywords", "low"),
        ("first sentence", "low"),
        ("trafilatura", "medium"),
        ("“Norway” in the title", "medium"),
        ("what no version has ever said", "medium"),
        ("", None),
    ],
)
def test_confidence_is_graded_by_the_table(how: str, confidence: str | None) -> None:
    assert confidence_in(how) == confidence


def test_each_field_of_the_sample_pages_has_evidence_of_some_confidence() -> None:
    profiles = load_profiles()
    pages = [page for page in read_pages([SAMPLE]) if isinstance(page, Page)]
    documents = [document for page in pages for document in extract(page, profiles).documents]
    assert documents
    for document in documents:
        for field in ("title", "body", "published", "language", "category", "speakers"):
            if getattr(document, field):
                assert confidence_in(how_found(document, field)), (document.url, field)
        told = [how for quotation, how in attributions(document) if quotation.kind]
        assert all(map(confidence_in, told)), document.url
