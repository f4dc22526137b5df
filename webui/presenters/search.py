"""A page of results: hits, pills, orders, pages and what to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.document import Document
from index.query import FACETS, Query, Sort
from index.results import Facet, SearchResults
from webui.language import gettext
from webui.params import (
    Pairs,
    unfiltered,
    url_for_query,
    with_dates,
    with_page_size,
    with_scope,
    with_sort,
    with_text,
    without_value,
)
from webui.presenters import words
from webui.presenters.command import command_line
from webui.presenters.facets import FacetView, present_facet, value_label
from webui.presenters.histogram import Histogram, present_years
from webui.presenters.hits import HitView, QuotationView, present_hits, present_quotations
from webui.presenters.links import Link
from webui.presenters.pager import Pager, present_pager
from webui.presenters.sentences import Said, present_sentence

PER_PAGE = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class SearchView:
    """Everything that the search page arranges.

    ``hidden``: the parameters that a new question keeps, for its form; ``undated``: those that
    other dates keep.
    """

    query: Query
    heading: str
    summary: str
    hits: tuple[HitView, ...]
    quotations: tuple[QuotationView, ...]
    tabs: tuple[Link, ...]
    pills: tuple[Link, ...]
    filters: str
    clear_href: str
    sorts: tuple[Link, ...]
    per_page: tuple[Link, ...]
    facets: tuple[FacetView, ...]
    histogram: Histogram | None
    pager: Pager | None
    exports: tuple[Link, ...]
    feed_href: str
    command: str
    suggestion: Link | None
    notices: tuple[Said, ...]
    hidden: Pairs
    undated: Pairs


def present_search(
    results: SearchResults,
    *,
    documents: Mapping[str, Document],
    other_total: int,
    finer: Histogram | None = None,
    whole: Facet | None = None,
) -> SearchView:
    """The view of an answer.

    ``documents``: those shown, by id. ``other_total``: hits of the same question in the other
    scope. ``finer``: months or days, to be shown instead of years. ``whole``: the years of
    the entire archive, to show shares of it.
    """
    query = results.query
    pills = present_pills(query)
    notices = dict.fromkeys(n for n in (query.notice, results.notice) if n)
    suggestion = (
        Link(results.suggestion, url_for_query(with_text(query, results.suggestion)))
        if results.suggestion
        else None
    )
    return SearchView(
        query=query,
        heading=_heading(results),
        summary=_summary(results),
        hits=present_hits(results, documents),
        quotations=present_quotations(results),
        tabs=_tabs(results, other_total),
        pills=pills,
        filters=_filters(len(pills)),
        clear_href=url_for_query(unfiltered(query)),
        sorts=_sorts(query),
        per_page=_per_page(query),
        facets=tuple(
            present_facet(facet, query)
            for facet in results.facets
            if facet.name != "year" and _narrows(facet)
        ),
        histogram=finer or present_years(results.facet("year"), query, whole=whole, optional=True),
        pager=present_pager(query, results.total),
        exports=present_exports(query, "/search"),
        feed_href=feed_href(query, "/search"),
        command=command_line(query),
        suggestion=suggestion,
        notices=tuple(map(present_sentence, notices)),
        hidden=_kept(query, "q"),
        undated=_kept(query, "from", "to"),
    )


def present_question(query: Query) -> str:
    """The question in words, for titles: "freedom, Country: Russia, From 2017"."""
    return ", ".join(
        part for part in (query.text, *(p.label for p in present_pills(query))) if part
    )


def present_pills(query: Query) -> tuple[Link, ...]:
    """Every filter that is on; its link takes it off."""
    pills = []
    for chosen, excluded in ((query.include, False), (query.exclude, True)):
        for facet in FACETS:
            if not chosen.of(facet):
                continue
            title = words.facet_title(facet)
            if excluded:
                title = gettext("Not %(facet)s", facet=title.lower())
            for value in chosen.of(facet):
                label = value_label(facet, value)
                href = url_for_query(without_value(query, facet, value))
                pills.append(Link(gettext("%(facet)s: %(value)s", facet=title, value=label), href))
    return (*pills, *_date_pills(query))


def feed_href(query: Query, path: str) -> str:
    """The feed of a question."""
    return url_for_query(query.on_page(1), f"{path}.atom")


def present_exports(query: Query, path: str) -> tuple[Link, ...]:
    """The same answer as data."""
    whole = query.on_page(1)
    return (
        Link("CSV", url_for_query(whole, f"{path}.csv")),
        Link("JSON", url_for_query(query, f"{path}.json")),
        Link("JSON Lines", url_for_query(whole, f"{path}.jsonl")),
        Link(gettext("Atom feed"), feed_href(query, path)),
    )


def _date_pills(query: Query) -> tuple[Link, ...]:
    low, high = query.date_from, query.date_to
    if low and low == high:
        label = gettext("Date: %(date)s", date=words.date(low))
        return (Link(label, url_for_query(with_dates(query, None, None))),)
    pills = []
    if low:
        label = gettext("From %(date)s", date=words.date(low))
        pills.append(Link(label, url_for_query(with_dates(query, None, high))))
    if high:
        label = gettext("Until %(date)s", date=words.date(high))
        pills.append(Link(label, url_for_query(with_dates(query, low, None))))
    return tuple(pills)


def _filters(on: int) -> str:
    """The way to the filters where they stand below the results: on a phone."""
    return gettext("Filters (%(count)s)", count=words.number(on)) if on else gettext("Filters")


def _heading(results: SearchResults) -> str:
    scope = results.query.scope
    if results.total:
        return words.hits(results.total, scope)
    return (
        gettext("No quotations found") if scope == "quotations" else gettext("No statements found")
    )


def _summary(results: SearchResults) -> str:
    query = results.query
    shown = len(results.hits) or len(results.quotations)
    if not shown:
        return ""
    first, last = query.offset + 1, query.offset + shown
    return gettext(
        "Results %(first)s–%(last)s of %(total)s",
        first=words.number(first),
        last=words.number(last),
        total=words.number(results.total),
    )


def _tabs(results: SearchResults, other_total: int) -> tuple[Link, ...]:
    query = results.query
    documents = query.scope == "documents"
    totals = (results.total, other_total) if documents else (other_total, results.total)
    return (
        Link(
            gettext("Statements"),
            url_for_query(with_scope(query, "documents")),
            words.number(totals[0]),
            documents,
        ),
        Link(
            gettext("Quotations"),
            url_for_query(with_scope(query, "quotations")),
            words.number(totals[1]),
            not documents,
        ),
    )


def _sorts(query: Query) -> tuple[Link, ...]:
    labels: dict[Sort, str] = {
        "relevance": gettext("Best match"),
        "newest": gettext("Newest first"),
        "oldest": gettext("Oldest first"),
    }
    return tuple(
        Link(label, url_for_query(with_sort(query, sort)), current=query.order == sort)
        for sort, label in labels.items()
        if sort != "relevance" or query.text
    )


def _per_page(query: Query) -> tuple[Link, ...]:
    offered = (size for size in PER_PAGE if size <= query.limits.page_size)
    sizes = sorted({*offered, query.per_page})
    return tuple(
        Link(
            str(size),
            url_for_query(with_page_size(query, size)),
            current=size == query.per_page,
        )
        for size in sizes
    )


def _narrows(facet: Facet) -> bool:
    """Whether there is anything to choose: not when all hits merely lack the field."""
    return any(v.value is not None or v.selected or v.excluded for v in facet.values)


def _kept(query: Query, *asked: str) -> Pairs:
    """The parameters beside those that a form asks for."""
    return tuple(pair for pair in query.on_page(1).parameters() if pair[0] not in asked)
