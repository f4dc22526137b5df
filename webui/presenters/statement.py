"""A statement: its text, who is quoted, what it is about, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.citation import as_text
from archive.document import Country, Document, Quotation
from index.encode import plain_text
from index.query import All, Query
from index.results import Hit, Snippet, Span
from index.snippets import Highlighter
from webui.language import gettext, ngettext
from webui.params import url_for_query, with_value
from webui.paths import country_path, speaker_path, statement_path, web_address
from webui.presenters import words
from webui.presenters.hits import Keep, present_keep, said_role
from webui.presenters.links import Link
from webui.presenters.passages import Paragraph, present_passages
from webui.presenters.provenance import (
    Finding,
    Row,
    present_evidence,
    present_provenance,
    relations,
    said_byline,
)

_TOPICS = 12
"""Topics in sight; the rest is folded away."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who is quoted; ``quotations``: links to their places in the text."""

    name: str
    href: str | None
    role: str
    said: str
    quotations: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """How the statement or one quotation is cited, and the box that keeps it."""

    text: str
    link: str
    bibtex_href: str
    ris_href: str
    keep: Keep


@dataclass(frozen=True, slots=True)
class Walk:
    """The way back to the results, and from one to the next."""

    back: str
    place: str
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """Everything that the page of a statement arranges."""

    id: str
    keep: Keep
    title: Snippet
    plain_title: str
    title_derived: bool
    excerpt: bool
    date: str
    datetime: str | None
    updated: str | None
    site: str | None
    source_href: str | None
    category: str | None
    language: str | None
    language_code: str | None
    byline: str | None
    paragraphs: tuple[Paragraph, ...]
    matches: str | None
    people: tuple[PersonView, ...]
    countries: tuple[tuple[str, tuple[Link, ...]], ...]
    topics: tuple[Link, ...]
    more_topics: tuple[Link, ...]
    more_label: str
    references: tuple[str, ...]
    attachments: tuple[Row, ...]
    related: tuple[Link, ...]
    similar: tuple[Link, ...]
    similar_href: str
    versions: str | None
    has_capture: bool
    provenance: tuple[Row, ...]
    evidence: tuple[Finding, ...]
    citation: Citation
    walk: Walk | None


def present_statement(
    document: Document,
    query: Query,
    *,
    link: str,
    related: Iterable[Document],
    similar: Iterable[Hit],
    similar_query: Query,
    versions: int,
    walk: Walk | None,
) -> StatementView:
    """The view of a statement; the query's words are marked and its results lead back.

    ``link``: the permanent address; ``related``: others with the same text; ``similar``: those
    that are like it, the first that ``similar_query`` finds; ``versions``: how many earlier ones
    are kept; ``walk``: its place among the results that led here.
    """
    tree = None if isinstance(query.tree, All) else query.tree
    topics = _topics(document)
    paragraphs, matches = present_passages(document.body, document.quotations, tree)
    title = Highlighter(tree).mark_title(document.title) if tree else (Span(document.title),)
    return StatementView(
        id=document.id,
        keep=present_keep(document.id, document.title),
        title=title,
        plain_title=document.title,
        title_derived=document.title_derived,
        excerpt=document.kind == "teaser",
        date=words.date(document.published),
        datetime=document.published,
        updated=words.date(document.updated) if document.updated else None,
        site=document.site,
        source_href=web_address(document.url),
        category=document.category,
        language=words.language(document.language),
        language_code=document.language,
        byline=said_byline(document.byline),
        paragraphs=paragraphs,
        matches=_matches(matches) if matches else None,
        people=_people(document),
        countries=_countries(document.countries),
        topics=topics[:_TOPICS],
        more_topics=topics[_TOPICS:],
        more_label=gettext("%(count)s more", count=words.number(len(topics) - _TOPICS)),
        references=document.references,
        attachments=tuple(Row(a.label, a.label, web_address(a.url)) for a in document.attachments),
        related=tuple(
            Link(d.title, statement_path(d.id), words.date(d.published)) for d in related
        ),
        similar=tuple(
            Link(plain_text(hit.title), statement_path(hit.id), words.date(hit.published))
            for hit in similar
        ),
        similar_href=url_for_query(similar_query),
        versions=_versions(versions) if versions else None,
        has_capture=bool(document.source.sha256),
        provenance=present_provenance(document),
        evidence=present_evidence(document),
        citation=present_citation(document, link),
        walk=walk,
    )


def present_citation(document: Document, link: str, number: int = 0) -> Citation:
    """How the statement, or its quotation ``number``, is cited."""
    quotation = document.quotations[number - 1] if number else None
    base, quoted = statement_path(document.id), f"?quotation={number}" if number else ""
    return Citation(
        text=as_text(document, quotation=quotation, link=link),
        link=link,
        bibtex_href=f"{base}.bib{quoted}",
        ris_href=f"{base}.ris{quoted}",
        keep=present_keep(document.id, document.title, number),
    )


def _matches(count: int) -> str:
    said = words.number(count)
    return ngettext("%(count)s place marked", "%(count)s places marked", count, count=said)


def _versions(count: int) -> str:
    said = words.number(count)
    return ngettext("%(count)s earlier version", "%(count)s earlier versions", count, count=said)


def _people(document: Document) -> tuple[PersonView, ...]:
    """Who is quoted, in the order of their first quotation."""
    people: dict[tuple[str | None, str | None], list[tuple[int, Quotation]]] = {}
    for number, quotation in enumerate(document.quotations, 1):
        # Without a name the organisation tells two spokespersons apart.
        key = (quotation.speaker, None if quotation.speaker else quotation.organisation)
        people.setdefault(key, []).append((number, quotation))
    return tuple(_person(quotations) for quotations in people.values())


def _person(quotations: list[tuple[int, Quotation]]) -> PersonView:
    first = quotations[0][1]
    roles = [q for _, q in quotations if q.role] or [first]
    role = said_role(roles[0].role, roles[0].organisation)
    if first.speaker:
        name = first.speaker
    elif first.kind == "spokesperson":
        name = gettext("Spokesperson")
    else:
        name = gettext("Not attributed")
    named = first.speaker and first.kind in (None, "person")
    return PersonView(
        name=name,
        href=speaker_path(first.speaker) if named and first.speaker else None,
        role=role,
        said=ngettext("Quotation", "Quotations", len(quotations)),
        quotations=tuple(Link(str(number), f"#q{number}") for number, _ in quotations),
    )


def _countries(countries: Iterable[Country]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    held = list(countries)
    groups = []
    for relation, title in relations().items():
        named = {c.code: words.country(c.code, c.name) for c in held if c.relation == relation}
        if named:
            links = tuple(Link(name, country_path(code)) for code, name in named.items())
            groups.append((title, links))
    return tuple(groups)


def _topics(document: Document) -> tuple[Link, ...]:
    return tuple(
        Link(topic, url_for_query(with_value(Query(), "topic", topic))) for topic in document.topics
    )
