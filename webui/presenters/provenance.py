"""Where a statement comes from, and how each of its fields was found."""

from __future__ import annotations

from dataclasses import dataclass

from archive.document import Byline, Document, Relation
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
    """Every field with its evidence."""
    labels, related = _labels(), relations()
    values = _values(document)
    return (
        *(
            Finding(labels.get(field, field), _short(values.get(field) or ""), how)
            for field, how in document.evidence.items()
        ),
        *(
            Finding(related[c.relation], words.country(c.code, c.name), c.evidence)
            for c in document.countries
        ),
    )


def _labels() -> dict[str, str]:
    return {
        "title": gettext("Title"),
        "url": gettext("Address"),
        "published": gettext("Date"),
        "updated": gettext("Updated"),
        "body": gettext("Text"),
        "language": gettext("Language"),
        "byline": gettext("Author"),
        "category": gettext("Category"),
        "topics": gettext("Topics"),
    }


def _values(document: Document) -> dict[str, str | None]:
    return {
        "title": document.title,
        "url": document.url,
        "published": words.date(document.published),
        "updated": words.date(document.updated),
        "body": document.body,
        "language": words.language(document.language),
        "byline": said_byline(document.byline),
        "category": document.category,
        "topics": ", ".join(document.topics),
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
