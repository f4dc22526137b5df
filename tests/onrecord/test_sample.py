"""The sample pages: what they must hold, and how well extraction reads them.

Their truth (``sample_truth.jsonl``, one page a line) was written together with the
pages, not taken from what the extractor says. The floors are the figures reached: they
only go up.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from archive.document import Document, Quotation
from archive.extract import Extraction, extract
from archive.page import Page
from archive.profiles import load_profiles
from archive.sources import read_pages

SAMPLE = Path(__file__).parents[2] / "onrecord" / "sample"
TRUTH = tuple(
    json.loads(line)
    for line in (Path(__file__).parent / "sample_truth.jsonl").read_text("utf-8").splitlines()
)
ENTRIES = tuple(entry for page in TRUTH for entry in page["entries"])

FLOORS = {
    "kind": 1.0,
    "found": 0.99,
    "title": 1.0,
    "url": 1.0,
    "published": 1.0,
    "language": 0.99,
    "listed": 1.0,
    "body starts": 1.0,
    "body ends": 0.99,
    "no chrome": 1.0,
    "country": 0.96,
    "quotation": 1.0,
    "words": 1.0,
    "speaker": 0.995,
    "role": 0.965,
    "organisation": 0.975,
    "updated": 0.98,
    "byline": 0.98,
    "references": 0.98,
    "attachments": 1.0,
    "category": 0.9,
    "topics": 1.0,
}
"""The share of expected values that extraction must give exactly."""

MISATTRIBUTED = 0
"""Quotations given to somebody who did not say them: the worst bug; only ever down."""


CHROME = re.compile(
    r"cookie|newsletter|all rights reserved|©|skip to|read more|continue reading|share this|"
    r"leave a comment|related news|posts navigation|subscribe to|back to the list",
    re.I,
)


def words(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", text or ""))


def address(url: str | None) -> str | None:
    """A URL without what a mirror cannot tell: the scheme and the name of an index page."""
    return url and re.sub(r"(/index\.html?|\.html?)?/?$", "", url.split("://")[-1])


def role(text: str | None) -> str:
    return re.sub(r"^(an?|the) ", "", words(text).casefold())


# -- what the pages must hold ---------------------------------------------------------


def test_truth_and_pages_are_the_same_set() -> None:
    saved = {p.relative_to(SAMPLE).as_posix() for p in SAMPLE.rglob("*.*") if p.is_file()}
    assert saved == {page["file"] for page in TRUTH}
    assert sum((SAMPLE / name).stat().st_size for name in saved) < 1_500_000


def test_enough_pages_of_enough_shapes() -> None:
    assert len(TRUTH) >= 40
    assert {
        "drupal7-listing",
        "wordpress-archive",
        "json-ld",
        "opengraph",
        "table-layout",
        "plain-text",
    } <= {page["shape"] for page in TRUTH}


def test_enough_statements_countries_speakers_and_years() -> None:
    quoted = [q for entry in ENTRIES for q in entry["quotations"]]
    assert len({entry["key"] for entry in ENTRIES}) >= 150
    assert len({code for entry in ENTRIES for code in entry["countries"]}) >= 25
    assert len({q["speaker"] for q in quoted if q["kind"] == "person"}) >= 40
    years = {entry["published"][:4] for entry in ENTRIES if entry["published"]}
    assert (min(years), max(years)) == ("1995", "2024")


def test_the_awkward_cases_are_there() -> None:
    quoted = [q for entry in ENTRIES for q in entry["quotations"]]
    assert {q["kind"] for q in quoted} == {"person", "spokesperson", "document", None}
    assert any("\n\n" in q["text"] for q in quoted), "a quotation over paragraphs"
    assert any("‘" in q["text"] for q in quoted), "marks within marks"
    assert any(not q["closed"] for q in quoted), "a quotation that its teaser cuts off"
    assert any(entry["published"] is None for entry in ENTRIES), "a page without a date"
    assert any(entry["url"] is None for entry in ENTRIES), "an entry without a link"
    assert {entry["language"] for entry in ENTRIES} == {"en", "es", "fr"}
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for page in TRUTH:
        for entry in page["entries"]:
            forms[entry["key"]].add(page["kind"])
    assert sum(kinds == {"listing", "article"} for kinds in forms.values()) >= 30


# -- how well they are read -----------------------------------------------------------


@pytest.fixture(scope="module")
def extractions() -> Mapping[str, Extraction]:
    profiles = load_profiles()
    found = {}
    for page in read_pages([SAMPLE]):
        assert isinstance(page, Page), page
        found[Path(page.path).relative_to(SAMPLE).as_posix()] = extract(page, profiles)
    return found


@pytest.fixture(scope="module")
def scores(extractions: Mapping[str, Extraction]) -> Mapping[str, list[tuple[bool, str]]]:
    """Of each measure: whether each expected value was found, and what it was about."""
    result: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
    for page in TRUTH:
        for measure, right, about in compare_page(page, extractions[page["file"]]):
            result[measure].append((right, f"{page['file']}: {about}"))
    return result


@pytest.mark.parametrize("measure", FLOORS)
def test_floor(measure: str, scores: Mapping[str, list[tuple[bool, str]]]) -> None:
    rows = scores[measure]
    share = sum(right for right, _ in rows) / len(rows)
    wrong = "\n".join(about for right, about in rows if not right)
    assert share >= FLOORS[measure], f"{share:.3f} of {len(rows)}; wrong:\n{wrong}"


def test_hardly_anybody_is_credited_with_words_of_others(
    scores: Mapping[str, list[tuple[bool, str]]],
) -> None:
    wrong = [about for right, about in scores["attribution"] if not right]
    assert len(wrong) <= MISATTRIBUTED, "\n".join(wrong)


@pytest.mark.parametrize(
    ("phrase", "at_least"),
    [
        ("internet freedom", 4),
        ("freedom of expression", 5),
        ("VPN", 3),
        ("drinking water", 8),
        ("election observers", 8),
    ],
)
def test_searches_of_the_documentation_find_something(
    phrase: str, at_least: int, extractions: Mapping[str, Extraction]
) -> None:
    bodies = {
        document.id: document.body
        for extraction in extractions.values()
        for document in extraction.documents
    }
    assert sum(phrase.casefold() in body.casefold() for body in bodies.values()) >= at_least


# -- comparing ------------------------------------------------------------------------

Check = tuple[str, bool, str]


def compare_page(page: Mapping[str, Any], extraction: Extraction) -> Iterator[Check]:
    yield "kind", extraction.kind == page["kind"], extraction.kind
    for entry in page["entries"]:
        document = counterpart(entry, extraction.documents)
        yield "found", document is not None, entry["starts"]
        if document is not None:
            yield from compare_document(entry, document)
            yield from compare_quotations(entry, document)
            if page["kind"] == "article":
                yield from compare_details(entry, document)


def counterpart(entry: Mapping[str, Any], documents: Sequence[Document]) -> Document | None:
    """The document that begins, near enough, with the entry's first words."""
    first = words(entry["starts"])
    return next((d for d in documents if first in words(d.body)[: len(first) + 250]), None)


def compare_document(entry: Mapping[str, Any], document: Document) -> Iterator[Check]:
    if entry["title"]:
        yield "title", document.title == entry["title"], f"{document.title!r}, {entry['title']!r}"
    for field, right in (
        ("url", address(document.url) == address(entry["url"])),
        ("published", document.published == entry["published"]),
        ("language", document.language == entry["language"]),
    ):
        yield field, right, f"{getattr(document, field)!r}, expected {entry[field]!r}"
    body = words(document.body)
    yield "body starts", body.startswith(words(entry["starts"])), document.body[:80]
    yield "body ends", body.endswith(words(entry["ends"])), document.body[-80:]
    left = CHROME.search(document.body)
    yield "no chrome", left is None, str(left and left.group())
    listed = {c.code for c in document.countries if c.relation == "listed"}
    primary = {c.code for c in document.countries if c.relation == "primary"}
    if "listed" in entry:
        yield "listed", listed == {entry["listed"]}, str(listed)
    for code in entry["countries"]:
        yield "country", code in primary | listed, f"{code} is not in {primary | listed}"


def compare_quotations(entry: Mapping[str, Any], document: Document) -> Iterator[Check]:
    for expected in entry["quotations"]:
        found = same_quotation(expected["text"], document.quotations)
        about = f"“{expected['text'][:50]}…”"
        yield "quotation", found is not None, about
        if found is None:
            continue
        yield "words", words(found.text) == words(expected["text"]), about
        yield "speaker", same_speaker(expected, found), f"{about} {found.speaker}, {found.kind}"
        credited = found.speaker is not None and not same_speaker(expected, found)
        yield "attribution", not credited, f"{about} {found.speaker}, not {expected['speaker']}"
        if expected["kind"] != "person":
            continue
        said, stated = role(found.role), role(expected["role"])
        yield "role", said == stated, f"{about} {found.role!r}, {expected['role']!r}"
        if expected["organisation"]:
            same = found.organisation == expected["organisation"]
            yield "organisation", same, f"{about} {found.organisation!r}"


def same_speaker(expected: Mapping[str, Any], found: Quotation) -> bool:
    if expected["kind"] == "document":  # how the document is called is not agreed
        return found.kind == "document"
    return (found.speaker, found.kind) == (expected["speaker"], expected["kind"])


def same_quotation(text: str, quotations: Sequence[Quotation]) -> Quotation | None:
    sought = words(text)
    return next(
        (q for q in quotations if words(q.text) == sought or sought[:60] == words(q.text)[:60]),
        None,
    )


def compare_details(entry: Mapping[str, Any], document: Document) -> Iterator[Check]:
    """What only the page of an article itself tells."""
    byline, signed = document.byline, entry["byline"]
    yield (
        "byline",
        (byline and (byline.name, byline.role)) == (signed and (signed["name"], signed["role"])),
        f"{byline}, {signed}",
    )
    files = [re.sub(r"^https?://[^/]+", "", a.url or "") for a in document.attachments]
    for field, found in (
        ("updated", document.updated),
        ("category", document.category),
        ("topics", list(document.topics)),
        ("references", list(document.references)),
        ("attachments", files),
    ):
        yield field, found == entry[field], f"{found!r}, expected {entry[field]!r}"
