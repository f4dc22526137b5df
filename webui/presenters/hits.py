"""Statements and quotations as they stand in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.document import Document
from index.encode import plain_text
from index.query import Query
from index.results import Hit, NamedCountry, QuotationHit, SearchResults, Snippet, Span
from index.snippets import Highlighter
from webui.kept import key_of
from webui.language import gettext
from webui.paths import speaker_path, statement_path
from webui.presenters import words
from webui.presenters.links import Link, country_links, speaker_link

_COUNTRIES = 4
_LEAD = 300
_SENTENCE_ENDS = tuple('.!?…”"’)')


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Somebody quoted in a statement, with the role that it states."""

    name: str
    href: str
    role: str


@dataclass(frozen=True, slots=True)
class Keep:
    """The box that puts something on the reader's list; ``name`` says to a screen reader what."""

    key: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One statement in a list."""

    title: Snippet
    href: str
    date: str
    datetime: str | None
    countries: tuple[Link, ...]
    speakers: tuple[SpeakerView, ...]
    site: str | None
    excerpt: bool
    snippets: tuple[Snippet, ...]
    keep: Keep


@dataclass(frozen=True, slots=True)
class QuotationView:
    """One quotation in a list, with the role that was stated on that day."""

    words: Snippet
    speaker: Link | None
    attribution: str
    title: str
    href: str
    date: str
    datetime: str | None
    countries: tuple[Link, ...]
    keep: Keep


def present_hits(
    results: SearchResults, documents: Mapping[str, Document], *, asked: bool = True
) -> tuple[HitView, ...]:
    """The statements of a page; ``documents``: those by id that have speakers, for their roles.

    ``asked``: their links carry the question, so that its words are marked there, and their
    place, so that one leads to the next.
    """
    query, first = results.query, results.query.offset + 1
    return tuple(
        _hit(
            hit,
            statement_path(hit.id, query, place=place) if asked else statement_path(hit.id),
            documents.get(hit.id),
        )
        for place, hit in enumerate(results.hits, first)
    )


def present_quotations(results: SearchResults) -> tuple[QuotationView, ...]:
    """The quotations of a page."""
    query, first = results.query, results.query.offset + 1
    shown = Highlighter(query.tree)
    return tuple(
        _quotation(hit, query, shown, place) for place, hit in enumerate(results.quotations, first)
    )


def present_document(document: Document) -> HitView:
    """A statement that nobody asked for by words: with its beginning."""
    href = statement_path(document.id)
    return HitView(
        title=(Span(document.title),),
        href=href,
        date=words.date(document.published),
        datetime=document.published,
        countries=_countries(_named(document), href),
        speakers=tuple(
            SpeakerView(s.name, speaker_path(s.name), said_role(s.role, s.organisation))
            for s in document.speakers
            if s.name and s.kind == "person"
        ),
        site=document.site,
        excerpt=document.kind == "teaser",
        snippets=(_lead(document),) if document.body else (),
        keep=present_keep(document.id, document.title),
    )


def present_quotation(document: Document, number: int) -> QuotationView:
    """Quotation ``number`` (from 1) of a statement."""
    said = document.quotations[number - 1]
    href = statement_path(document.id, number=number)
    person = said.speaker if said.kind in (None, "person") else None
    role = said_role(said.role, said.organisation)
    if said.speaker and not person:
        role = ", ".join(part for part in (said.speaker, role) if part)
    return QuotationView(
        words=(Span(said.text),),
        speaker=speaker_link(person) if person else None,
        attribution=role or ("" if person else gettext("Not attributed")),
        title=document.title,
        href=href,
        date=words.date(document.published),
        datetime=document.published,
        countries=_countries(_named(document), href),
        keep=present_keep(document.id, document.title, number),
    )


def present_keep(document_id: str, title: str, number: int = 0) -> Keep:
    """The box of a statement, or of one of its quotations."""
    if number:
        name = gettext("Keep quotation %(number)s of “%(title)s”", number=str(number), title=title)
    else:
        name = gettext("Keep “%(title)s”", title=title)
    return Keep(key_of(document_id, number), gettext("Keep"), name)


def said_role(role: str | None, organisation: str | None) -> str:
    """As in "Director, Example Watch"; the organisation is not said twice."""
    if role and organisation and organisation.casefold() in role.casefold():
        return role
    return ", ".join(part for part in (role, organisation) if part)


def _hit(hit: Hit, href: str, document: Document | None) -> HitView:
    return HitView(
        title=hit.title,
        href=href,
        date=words.date(hit.published),
        datetime=hit.published,
        countries=_countries(hit.countries, href),
        speakers=_speakers(hit, document),
        site=hit.site,
        excerpt=hit.kind == "teaser",
        snippets=tuple(map(_snippet, hit.snippets)),
        keep=present_keep(hit.id, plain_text(hit.title)),
    )


def _countries(countries: Sequence[NamedCountry], href: str) -> tuple[Link, ...]:
    """As many as a line holds; the statement names the others."""
    shown, hidden = countries[:_COUNTRIES], len(countries) - _COUNTRIES
    if hidden < 2:  # the last one takes no more space than "1 more"
        return country_links(countries)
    more = Link(gettext("%(count)s more", count=words.number(hidden)), href)
    return (*country_links(shown), more)


def _speakers(hit: Hit, document: Document | None) -> tuple[SpeakerView, ...]:
    stated = (
        {s.name: said_role(s.role, s.organisation) for s in document.speakers} if document else {}
    )
    return tuple(
        SpeakerView(name, speaker_path(name), stated.get(name, "")) for name in hit.speakers
    )


def _quotation(hit: QuotationHit, query: Query, shown: Highlighter, place: int) -> QuotationView:
    role = said_role(hit.role, hit.organisation)
    href = statement_path(hit.document_id, query, place=place, number=hit.number)
    return QuotationView(
        words=shown.mark(hit.text),
        speaker=speaker_link(hit.speaker) if hit.speaker else None,
        attribution=role or ("" if hit.speaker else gettext("Not attributed")),
        title=hit.title,
        href=href,
        date=words.date(hit.published),
        datetime=hit.published,
        countries=_countries(hit.countries, href),
        keep=present_keep(hit.document_id, hit.title, hit.number),
    )


def _named(document: Document) -> tuple[NamedCountry, ...]:
    """The countries that a list of statements shows: those found by the filter."""
    shown = {c.code: c.name for c in document.countries if c.relation != "mentioned"}
    return tuple(NamedCountry(code, name) for code, name in shown.items())


def _lead(document: Document) -> Snippet:
    text = document.body.partition("\n\n")[0]
    return (Span(text if len(text) <= _LEAD else f"{text[:_LEAD].rpartition(' ')[0]} …"),)


def _snippet(snippet: Snippet) -> Snippet:
    """The passage with an ellipsis where it seems to begin or end within a sentence."""
    if not snippet:
        return snippet
    before = (Span("… "),) if snippet[0].text[:1].islower() else ()
    after = () if snippet[-1].text.rstrip()[-1:] in _SENTENCE_ENDS else (Span(" …"),)
    return (*before, *snippet, *after)
