"""Ways out of an empty result: each with what it would find, so that none is a dead end."""

from __future__ import annotations

from dataclasses import replace

from index.engine import SearchEngine
from index.errors import BadQuery
from index.query import FACETS, And, Query, Term
from index.request import build_query
from index.results import SearchResults
from webui.counting import count
from webui.language import gettext
from webui.params import unfiltered, url_for_query, with_dates, without_value
from webui.presenters import words
from webui.presenters.links import Link
from webui.presenters.search import present_pills

_MOST = 6


def ways_out(engine: SearchEngine, results: SearchResults) -> tuple[Link, ...]:
    """Looser questions that do find something."""
    query = results.query
    candidates = [
        *(
            (gettext("Remove the filter “%(filter)s”", filter=pill.label), looser)
            for pill, looser in zip(present_pills(query), _one_less(query), strict=True)
        ),
        (gettext("Remove all filters"), unfiltered(query)),
    ]
    if any_word := _any_word(query):
        candidates.append((gettext("Find any of the words"), any_word))
    ways = []
    for label, looser in candidates[:_MOST]:
        if looser == query:
            continue
        if total := count(engine, looser):
            found = words.hits(total, query.scope)
            ways.append(Link(label, url_for_query(looser), found))
    return tuple(ways)


def _one_less(query: Query) -> list[Query]:
    """The question without each filter in turn, in the order of its pills."""
    fewer = [
        without_value(query, facet, value)
        for chosen in (query.include, query.exclude)
        for facet in FACETS
        for value in chosen.of(facet)
    ]
    low, high = query.date_from, query.date_to
    if low and low == high:
        return [*fewer, with_dates(query, None, None)]
    if low:
        fewer.append(with_dates(query, None, high))
    if high:
        fewer.append(with_dates(query, low, None))
    return fewer


def _any_word(query: Query) -> Query | None:
    """The words joined by OR, where they are nothing but words."""
    if not isinstance(query.tree, And):
        return None
    terms = [child.text for child in query.tree.children if isinstance(child, Term)]
    if len(terms) < len(query.tree.children):
        return None
    try:
        text = " OR ".join(terms)
        looser = build_query(text, scope=query.scope, per_page=query.per_page, limits=query.limits)
    except BadQuery:  # the longer text may be over a limit
        return None
    return replace(
        looser,
        include=query.include,
        exclude=query.exclude,
        date_from=query.date_from,
        date_to=query.date_to,
    )
