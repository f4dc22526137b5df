"""Fields: which text of a record is searched, which values its facets have.

A record is a document, or in scope ``quotations`` one quotation with its document. Every
engine asks here, so that none can disagree about what a document holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from archive.calendar import DateSpan, parse_date
from archive.country_codes import country_name, country_names
from index.query import FacetName, Field, Scope
from index.results import NamedCountry

if TYPE_CHECKING:  # a search makes no document
    from archive.document import Document, Quotation

PARTS: dict[Field, tuple[str, ...]] = {
    "text": ("title", "body", "references"),
    "title": ("title",),
    "body": ("body",),
    "speaker": ("speaker",),
}
"""The parts that a field is made of. ``country`` has none: its terms are ISO codes."""

_REMEMBERED = 1_000
"""So many dates are remembered: documents of one day come together."""

T = TypeVar("T")


def texts(document: Document, quotation: Quotation | None = None) -> dict[str, tuple[str, ...]]:
    """Part -> the texts that stand in it. A phrase never runs from one text into the next.

    In a quotation the body is the quoted words, and its parts under ``text`` are these alone:
    its title is found by ``title:`` (see :func:`parts`).
    """
    if quotation is not None:
        return {
            "title": (document.title,),
            "body": (quotation.text,),
            "speaker": (quotation.speaker,) if quotation.speaker else (),
        }
    return {
        "title": (document.title,),
        "body": (document.body,),
        "references": document.references,
        "speaker": _once(speaker.name for speaker in document.speakers if speaker.name),
    }


def parts(field: Field, scope: Scope) -> tuple[str, ...]:
    """The parts that are looked into for a field."""
    return ("body",) if (field, scope) == ("text", "quotations") else PARTS.get(field, ())


def countries(document: Document) -> tuple[NamedCountry, ...]:
    """The countries that feed facet, filter and ``country:``; a mention is found by words."""
    return tuple(NamedCountry(code, country_name(code)) for code in _country_codes(document))


def speakers(document: Document) -> tuple[str, ...]:
    """The persons who are quoted."""
    return _once(s.name for s in document.speakers if s.kind == "person" and s.name)


def facet_values(
    facet: FacetName, document: Document, quotation: Quotation | None = None
) -> tuple[str, ...]:
    """The record's values in a facet; none means its "unknown" bucket."""
    if facet == "country":
        return _country_codes(document)
    if facet == "topic":
        return _once(document.topics)
    if facet == "category":
        return (document.category,) if document.category else ()
    if quotation is None:
        return speakers(document)
    return (quotation.speaker,) if quotation.kind == "person" and quotation.speaker else ()


def facet_label(facet: str, value: str | None) -> str:
    """What people read for a facet's value."""
    if value is None:
        return "Unknown"
    return country_name(value) if facet == "country" else value


def facet_labels(facet: str, values: Sequence[str]) -> Sequence[str]:
    """The same for many values."""
    if facet != "country":
        return values
    names = country_names()
    return [names.get(value) or country_name(value) for value in values]


def date_span(document: Document) -> DateSpan | None:
    """The days on which the document may have been published."""
    return _date_span(document.published) if document.published else None


_date_span = lru_cache(_REMEMBERED)(parse_date)


def _country_codes(document: Document) -> tuple[str, ...]:
    return _once(c.code for c in document.countries if c.relation in ("primary", "listed"))


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
