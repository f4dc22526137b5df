"""Ways in: what the archive holds, its speakers and countries, and the page of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from archive.document import Document
from index.query import FacetName, Query
from index.results import Facet, FacetValue, QuotationHit, SearchResults
from webui.language import gettext
from webui.params import Choice, url_for_query, with_scope, with_value, without_value
from webui.paths import country_path, speaker_path
from webui.presenters import words
from webui.presenters.histogram import Histogram, present_years
from webui.presenters.hits import (
    HitView,
    QuotationView,
    present_hits,
    present_quotations,
    said_role,
)
from webui.presenters.links import Link
from webui.presenters.listing import list_values, said_values
from webui.presenters.pager import Pager, present_pager
from webui.presenters.search import feed_href, present_exports

_HOME_VALUES = 12
_BESIDE = 12


@dataclass(frozen=True, slots=True)
class HomeView:
    """The way in: what there is and where one may begin."""

    summary: str
    histogram: Histogram | None
    countries: tuple[Link, ...]
    speakers: tuple[Link, ...]
    newest: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it was stated: where and when first and last, and how often."""

    said: str
    period: str
    times: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """The page of a speaker or a country: everything by or about it, newest first."""

    name: str
    summary: str
    index: Link
    hits: tuple[HitView, ...]
    quotations: tuple[QuotationView, ...]
    histogram: Histogram | None
    beside_title: str
    beside: tuple[Link, ...]
    roles: tuple[Role, ...]
    ways: tuple[Link, ...]
    pager: Pager | None
    exports: tuple[Link, ...]
    feed_href: str
    page: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """All speakers or all countries. ``groups``: initial letter ("" by number) and links."""

    title: str
    summary: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    letters: tuple[Link, ...]
    choice: Choice
    path: str
    hidden: tuple[tuple[str, str], ...]


def present_home(
    results: SearchResults, documents: Mapping[str, Document], quotations: int
) -> HomeView:
    """The archive at a glance; ``results`` of everything, newest first."""
    years = [v.value for v in said_values(results.facet("year")) if v.value]
    between = f", {min(years)}–{max(years)}" if years else ""
    held = gettext(
        "%(statements)s and %(quotations)s",
        statements=words.statements(results.total),
        quotations=words.quotations(quotations),
    )
    return HomeView(
        summary=held + between,
        histogram=present_years(results.facet("year"), Query()),
        countries=_value_links(said_values(results.facet("country"))[:_HOME_VALUES], country_path),
        speakers=_value_links(said_values(results.facet("speaker"))[:_HOME_VALUES], speaker_path),
        newest=present_hits(results, documents, asked=False),
    )


def present_speaker(name: str, results: SearchResults, said: Iterable[QuotationHit]) -> SubjectView:
    """What a person is quoted with; ``said``: their quotations, for the roles."""
    query = results.query
    path = speaker_path(name)
    # The path says whose quotations they are: the parameters need not.
    own = with_scope(without_value(query, "speaker", name), "documents").on_page(query.page)
    return SubjectView(
        name=name,
        summary=words.quotations(results.total),
        index=Link(gettext("Speakers"), "/speakers"),
        hits=(),
        quotations=present_quotations(results),
        histogram=present_years(results.facet("year"), query.on_page(1)),
        beside_title=gettext("Speaks about"),
        beside=_narrowing(results.facet("country"), query, "country"),
        roles=present_roles(said),
        ways=(
            Link(gettext("Search within"), url_for_query(query.on_page(1))),
            Link(
                gettext("Statements that quote %(name)s", name=name),
                url_for_query(with_scope(query, "documents")),
            ),
        ),
        pager=present_pager(own, results.total, path),
        exports=present_exports(own, path),
        feed_href=feed_href(own, path),
        page=query.page,
    )


def present_country(
    code: str, name: str, results: SearchResults, documents: Mapping[str, Document]
) -> SubjectView:
    """What there is about a country, and who speaks about it."""
    query = results.query
    path = country_path(code)
    own = without_value(query, "country", code).on_page(query.page)
    return SubjectView(
        name=name,
        summary=words.statements(results.total),
        index=Link(gettext("Countries"), "/countries"),
        hits=present_hits(results, documents),
        quotations=(),
        histogram=present_years(results.facet("year"), query.on_page(1)),
        beside_title=gettext("Who speaks about it"),
        beside=_value_links(said_values(results.facet("speaker"))[:_BESIDE], speaker_path),
        roles=(),
        ways=(
            Link(gettext("Search within"), url_for_query(query.on_page(1))),
            Link(
                gettext("Quotations about %(name)s", name=name),
                url_for_query(with_scope(query, "quotations")),
            ),
        ),
        pager=present_pager(own, results.total, path),
        exports=present_exports(own, path),
        feed_href=feed_href(own, path),
        page=query.page,
    )


def present_roles(said: Iterable[QuotationHit]) -> tuple[Role, ...]:
    """Roles in the order in which they were last stated, the newest first."""
    stated: dict[str, list[str]] = {}
    for hit in said:
        role = said_role(hit.role, hit.organisation)
        if role:
            stated.setdefault(role, []).append(hit.published or "")
    roles = []
    for role, dates in sorted(stated.items(), key=lambda item: max(item[1]), reverse=True):
        known = sorted(date for date in dates if date)
        first, last = (words.date(known[0]), words.date(known[-1])) if known else ("", "")
        period = (
            first if first == last else gettext("%(first)s to %(last)s", first=first, last=last)
        )
        roles.append(Role(role, period or gettext("Undated"), words.quotations(len(dates))))
    return tuple(roles)


def present_index(facet: Facet | None, choice: Choice) -> IndexView:
    """All speakers or countries, by number or by initial letter."""
    country = facet is not None and facet.name == "country"
    path = "/countries" if country else "/speakers"
    listing = list_values([v for v in said_values(facet) if v.value and v.count], choice)
    return IndexView(
        title=gettext("Countries") if country else gettext("Speakers"),
        summary=listing.summary,
        groups=tuple(
            (letter, _value_links(values, country_path if country else speaker_path))
            for letter, values in listing.groups
        ),
        letters=tuple(
            Link(letter, f"{path}?order=name&starts={quote(letter)}", "", letter == choice.starts)
            for letter in listing.letters
        ),
        choice=choice,
        path=path,
        hidden=(("order", "name"),) if choice.by_name else (),
    )


def _value_links(values: Sequence[FacetValue], path: Callable[[str], str]) -> tuple[Link, ...]:
    return tuple(
        Link(v.label, path(v.value), words.number(v.count)) for v in values if v.value and v.count
    )


def _narrowing(facet: Facet | None, query: Query, name: FacetName) -> tuple[Link, ...]:
    return tuple(
        Link(v.label, url_for_query(with_value(query, name, v.value)), words.number(v.count))
        for v in said_values(facet)[:_BESIDE]
        if v.value and v.count
    )
