"""The page of a speaker or a country: everything by or about it, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.document import Document
from index.query import FacetName, Query
from index.results import QuotationHit, SearchResults
from webui.language import gettext
from webui.params import url_for_query, with_scope, with_value, without_value
from webui.paths import country_path, speaker_path, statement_path
from webui.presenters import words
from webui.presenters.histogram import Histogram, present_years
from webui.presenters.hits import (
    HitView,
    QuotationView,
    present_hits,
    present_quotations,
    said_role,
)
from webui.presenters.links import Link, value_links
from webui.presenters.listing import said_values
from webui.presenters.pager import Pager, present_pager
from webui.presenters.search import feed_href, present_exports

_BESIDE = 12


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it was stated, and how often; ``stated``: when first and last, each date leading
    to the quotation that it stands beside.
    """

    said: str
    stated: tuple[Link, ...]
    times: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """What the page of a speaker or a country arranges; one has quotations, the other hits."""

    name: str
    summary: str
    index: Link
    hits: tuple[HitView, ...]
    quotations: tuple[QuotationView, ...]
    histogram: Histogram | None
    beside_title: str
    beside: tuple[Link, ...]
    roles_title: str
    roles: tuple[Role, ...]
    ways: tuple[Link, ...]
    pager: Pager | None
    exports: tuple[Link, ...]
    feed_href: str
    page: int


def present_speaker(name: str, results: SearchResults, said: Sequence[QuotationHit]) -> SubjectView:
    """What a person is quoted with; ``said``: their newest quotations, for the roles."""
    query = results.query

    def about(code: str) -> str:
        return url_for_query(with_value(query, "country", code))

    return _present(
        results,
        speaker_path(name),
        ("speaker", name),
        name=name,
        summary=words.quotations(results.total),
        index=Link(gettext("Speakers"), "/speakers"),
        quotations=present_quotations(results),
        beside_title=gettext("Speaks about"),
        beside=value_links(said_values(results.facet("country"))[:_BESIDE], about),
        roles_title=_roles_title(len(said), results.total),
        roles=present_roles(said),
        other=Link(
            gettext("Statements that quote %(name)s", name=name),
            url_for_query(with_scope(query, "documents")),
        ),
    )


def present_country(
    code: str, name: str, results: SearchResults, documents: Mapping[str, Document]
) -> SubjectView:
    """What there is about a country, and who speaks about it."""
    return _present(
        results,
        country_path(code),
        ("country", code),
        name=name,
        summary=words.statements(results.total),
        index=Link(gettext("Countries"), "/countries"),
        hits=present_hits(results, documents),
        beside_title=gettext("Who speaks about it"),
        beside=value_links(said_values(results.facet("speaker"))[:_BESIDE], speaker_path),
        other=Link(
            gettext("Quotations about %(name)s", name=name),
            url_for_query(with_scope(results.query, "quotations")),
        ),
    )


def present_roles(said: Iterable[QuotationHit]) -> tuple[Role, ...]:
    """Roles in the order in which they were last stated, the newest first."""
    stated: dict[str, list[QuotationHit]] = {}
    for hit in said:
        role = said_role(hit.role, hit.organisation)
        if role:
            stated.setdefault(role, []).append(hit)
    for hits in stated.values():
        hits.sort(key=lambda hit: hit.published or "")
    newest_first = sorted(
        stated.items(), key=lambda item: item[1][-1].published or "", reverse=True
    )
    return tuple(
        Role(role, _first_and_last(hits), words.quotations(len(hits)))
        for role, hits in newest_first
    )


def _roles_title(read: int, total: int) -> str:
    if read >= total:
        return gettext("Roles, as stated")
    return gettext(
        "Roles, as stated in the newest %(quotations)s", quotations=words.quotations(read)
    )


def _first_and_last(hits: list[QuotationHit]) -> tuple[Link, ...]:
    """The dates between which a role was stated, where the same one does not stand twice."""
    dated = [hit for hit in hits if hit.published] or hits
    ends = (dated[0], dated[-1])
    links = (
        Link(words.date(hit.published), statement_path(hit.document_id, number=hit.number))
        for hit in ends
    )
    return tuple({link.label: link for link in links}.values())


def _present(
    results: SearchResults,
    path: str,
    own: tuple[FacetName, str],
    *,
    name: str,
    summary: str,
    index: Link,
    beside_title: str,
    beside: tuple[Link, ...],
    other: Link,
    hits: tuple[HitView, ...] = (),
    quotations: tuple[QuotationView, ...] = (),
    roles_title: str = "",
    roles: tuple[Role, ...] = (),
) -> SubjectView:
    """The frame that both share; ``own``: the filter for which the path stands."""
    query = results.query
    # The path says what it is about and whether it is quotations: the parameters need not.
    within: Query = with_scope(without_value(query, *own), "documents").on_page(query.page)
    return SubjectView(
        name=name,
        summary=summary,
        index=index,
        hits=hits,
        quotations=quotations,
        histogram=present_years(results.facet("year"), query.on_page(1)),
        beside_title=beside_title,
        beside=beside,
        roles_title=roles_title,
        roles=roles,
        ways=(Link(gettext("Search within"), url_for_query(query.on_page(1))), other),
        pager=present_pager(within, results.total, path),
        exports=present_exports(within, path),
        feed_href=feed_href(within, path),
        page=query.page,
    )
