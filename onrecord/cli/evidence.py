"""Each field of a statement with its value and how it was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archive.evidence import attributions, confidence_in, how_found

if TYPE_CHECKING:
    from archive.document import Document, Quotation, Speaker


class Finding(NamedTuple):
    """A field, its value for people, the rule that found it, and how far that can be trusted.

    "" where no rule is recorded, or none is needed.
    """

    field: str
    value: str
    how: str
    confidence: str


def findings(document: Document) -> Iterator[Finding]:
    """The fields that are known, in the document's order; each quotation and country on its own."""
    for name, value in _values(document):
        if value:
            yield _finding(name, value, how_found(document, name.replace(" ", "_")))
    for number, (quotation, how) in enumerate(attributions(document), start=1):
        told = _told(quotation.speaker, quotation)
        yield _finding(f"quotation {number}", told or "nobody is named", how)
    for country in document.countries:
        yield _finding("country", f"{country.name} ({country.relation})", country.evidence)


def _finding(field: str, value: str, how: str) -> Finding:
    return Finding(field, value, how, confidence_in(how) or "")


def _values(document: Document) -> Iterator[tuple[str, str | None]]:
    byline = document.byline
    yield "title", document.title
    yield "url", document.url
    yield "listed on", "; ".join(document.listed_on)
    yield "site", document.site
    yield "published", document.published
    yield "updated", document.updated
    yield "language", document.language
    yield "byline", _joined(byline.name, byline.role, byline.organisation) if byline else None
    yield "category", document.category
    yield "topics", "; ".join(document.topics)
    yield "references", "; ".join(document.references)
    yield "attachments", "; ".join(file.label for file in document.attachments)
    yield "speakers", told_speakers(document)
    yield "quotations", str(len(document.quotations) or "")
    yield "body", document.body and f"{len(document.body):,} characters: {document.body}"


def told_speakers(document: Document) -> str:
    """Who is quoted, with role and organisation: "Jane Roe, pilot; spokesperson, Example Watch"."""
    return "; ".join(_told(speaker.name, speaker) for speaker in document.speakers)


def _told(name: str | None, who: Speaker | Quotation) -> str:
    return _joined(name or (None if who.role else who.kind), who.role, who.organisation)


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
