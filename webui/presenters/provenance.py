"""Where a statement comes from, and how each of its fields was found."""

from __future__ import annotations

from dataclasses import dataclass

from archive.document import Byline, Document, Relation
from archive.evidence import attributions, confidence_in, how_found
from webui.language import gettext
from webui.paths import web_address
from webui.presenters import words

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of facts."""

    label: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A field, what was found for it, and how: in English, as the rules of extraction say it."""

    label: str
    value: str
    how: str


def relations() -> dict[Relation, str]:
    """How a statement is related to a country."""
    return {
        "primary": gettext("About"),
        "listed": gettext("Listed under"),
        "mentioned": gettext("Also names"),
    }


def said_byline(byline: Byline | None) -> str | None:
    """As in "Jane Roe, Campaigner, Watch"."""
    if byline is None:
        return None
    return ", ".join(part for part in (byline.name, byline.role, byline.organisation) if part)


def present_provenance(document: Document) -> tuple[Row, ...]:
    """What leads back to the bytes that the statement was read from."""
    source = document.source
    rows = (
        Row(gettext("Published at"), document.url or "", web_address(document.url)),
        *(Row(gettext("Listed on"), url, web_address(url)) for url in document.listed_on),
        Row(gettext("Captured"), source.captured_at or ""),
        Row(gettext("Saved as"), words.place(source.path or "")),
        Row("SHA-256", source.sha256 or ""),
        Row(
            gettext("Read with"),
            gettext(
                "%(profile)s profile, extractor %(version)s",
                profile=source.profile or "generic",
                version=source.extractor_version,
            ),
        ),
        Row(gettext("Kept as"), document.id),
    )
    return tuple(row for row in rows if row.value)


def present_evidence(document: Document) -> tuple[Finding, ...]:
    """Every field that is known, with how it was found; each quotation and country on its own."""
    labels, related = _labels(), relations()
    return (
        *(
            Finding(labels[field], _short(value), _graded(how_found(document, field)))
            for field, value in _values(document).items()
            if value
        ),
        *(
            Finding(
                gettext("Quotation %(number)s", number=words.number(number)),
                quotation.speaker or quotation.organisation or quotation.role or "–",
                _graded(how) or "nobody is named",
            )
            for number, (quotation, how) in enumerate(attributions(document), start=1)
        ),
        *(
            Finding(related[c.relation], words.country(c.code, c.name), _graded(c.evidence))
            for c in document.countries
        ),
    )


def _graded(how: str) -> str:
    """How a field was found, and how far that can be trusted: in English, as its rules are told."""
    grade = confidence_in(how)
    return f"{how} ({grade} confidence)" if grade else ""


def _labels() -> dict[str, str]:
    return {
        "title": gettext("Title"),
        "url": gettext("Address"),
        "body": gettext("Text"),
        "published": gettext("Date"),
        "updated": gettext("Updated"),
        "language": gettext("Language"),
        "byline": gettext("Author"),
        "category": gettext("Category"),
        "topics": gettext("Topics"),
        "references": gettext("References"),
        "attachments": gettext("Attachments"),
        "speakers": gettext("Speakers"),
        "quotations": gettext("Quotations"),
        "site": gettext("Site"),
    }


def _values(document: Document) -> dict[str, str | None]:
    return {
        "title": document.title,
        "url": document.url,
        "body": document.body,
        "published": words.date(document.published) if document.published else None,
        "updated": words.date(document.updated) if document.updated else None,
        "language": words.language(document.language),
        "byline": said_byline(document.byline),
        "category": document.category,
        "topics": ", ".join(document.topics),
        "references": ", ".join(document.references),
        "attachments": ", ".join(file.label for file in document.attachments),
        "speakers": ", ".join(filter(None, (s.name or s.organisation for s in document.speakers))),
        "quotations": words.number(len(document.quotations)) if document.quotations else None,
        "site": document.site,
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
