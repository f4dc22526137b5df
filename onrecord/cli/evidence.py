"""Each field of a statement with its value and how it was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archive.evidence import how_found

if TYPE_CHECKING:
    from archive.document import Document


class Finding(NamedTuple):
    """A field, its value for people, and the rule that found it ("" where none is recorded)."""

    field: str
    value: str
    how: str


def findings(document: Document) -> Iterator[Finding]:
    """The fields that are known, in the document's order; each country on its own."""
    for name, value in _values(document):
        if value:
            yield Finding(name, value, how_found(document, name.replace(" ", "_")))
    for country in document.countries:
        yield Finding("country", f"{country.name} ({country.relation})", country.evidence)


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
    return "; ".join(
        _joined(s.name or (None if s.role else s.kind), s.role, s.organisation)
        for s in document.speakers
    )


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
