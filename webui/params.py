"""URL <-> Query: the only place that knows the names of URL parameters.

Every function that changes a filter goes back to page 1, because the page belonged to
another answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from index.errors import BadQuery
from index.names import resolve
from index.query import FACETS, LIMITS, UNKNOWN, FacetName, Limits, Query, Scope, Selection, Sort
from index.request import build_query
from index.sentence import Sentence

Args = MultiDict[str, str]
Pairs = tuple[tuple[str, str], ...]

_NAMES = ("q", *FACETS, *(f"not.{facet}" for facet in FACETS))
_ORDER = {
    name: at for at, name in enumerate((*_NAMES, "from", "to", "sort", "page", "per_page", "in"))
}
"""The canonical order of parameters, as :meth:`Query.parameters` gives them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a long list of names is asked for. ``starts``: only names with this initial letter."""

    by_name: bool = False
    find: str = ""
    starts: str = ""


def query_from_args(args: Args, limits: Limits = LIMITS) -> Query:
    """The question that a URL asks; parameters it does not know are ignored.

    Raises BadQuery with a sentence for the reader.
    """
    options: dict[str, Any] = {facet: args.getlist(facet) for facet in FACETS}
    options |= {f"not_{facet}": args.getlist(f"not.{facet}") for facet in FACETS}
    return build_query(
        args.get("q", ""),
        scope=args.get("in") or "documents",
        date_from=args.get("from"),
        date_to=args.get("to"),
        sort=args.get("sort"),
        page=_number(args, "page", 1),
        per_page=_number(args, "per_page", 20),
        limits=limits,
        **options,
    )


def kept_from_args(args: Args, limits: Limits) -> Pairs:
    """What a refused question asks beside its words and dates, as far as it can be asked."""
    kept = [
        pair
        for pair in args.items(multi=True)
        if pair[0] in _ORDER.keys() - {"q", "from", "to", "page"} and _query((pair,), limits)
    ]
    query = _query(kept, limits)
    return query.parameters() if query else ()


def _query(pairs: Iterable[tuple[str, str]], limits: Limits) -> Query | None:
    try:
        return query_from_args(MultiDict(pairs), limits)
    except BadQuery:
        return None


def choice_from_args(args: Args, limits: Limits) -> Choice:
    """How a long list of values is to be shown."""
    return Choice(
        by_name=args.get("order") == "name",
        find=args.get("find", "").strip()[: limits.characters],
        starts=args.get("starts", "")[:1],
    )


def url_for_query(query: Query, path: str = "/search") -> str:
    """The canonical address of a question: parameters in the agreed order, no defaults."""
    encoded = "&".join([f"{name}={quoted(value)}" for name, value in query.parameters()])
    return f"{path}?{encoded}" if encoded else path


@lru_cache(2_000)
def quoted(value: str) -> str:
    """A value as it stands in an address. Those of one question recur in each of its links."""
    return quote(value, safe="/:,")


def around(query: Query, name: str, path: str = "/search") -> tuple[str, str]:
    """The address of a question before and after one more value of a parameter.

    For the many links of a page that differ in one value, so that the rest is encoded once:
    ``f"{before}{name}={quoted(value)}{after}"`` is the canonical address.
    """
    rank = _ORDER[name]
    pairs = [(_ORDER[n], f"{n}={quoted(v)}") for n, v in query.parameters()]
    before = "".join([f"{pair}&" for at, pair in pairs if at <= rank])
    return f"{path}?{before}", "".join([f"&{pair}" for at, pair in pairs if at > rank])


def apart(query: Query, name: str) -> tuple[Pairs, Pairs]:
    """The parameters of a question before and after those of one name, which are left out.

    For a form that asks for that name in between, so that its address is canonical.
    """
    rank = _ORDER[name]
    pairs = query.on_page(1).parameters()
    return (
        tuple(pair for pair in pairs if _ORDER[pair[0]] < rank),
        tuple(pair for pair in pairs if _ORDER[pair[0]] > rank),
    )


def stands_for(typed: str, value: str) -> bool:
    """Whether a choice, as it was typed, is that of a value."""
    return typed == value or bool(resolve(typed, (value,)))


def with_value(query: Query, facet: FacetName, value: str | None) -> Query:
    """Narrowed (or, within one facet, widened) by a value; None is the unknown bucket."""
    name = UNKNOWN if value is None else value
    chosen = query.include.of(facet)
    query = without_value(query, facet, value)
    return replace(query, include=_selection(query.include, facet, (*chosen, name)), page=1)


def without_value(query: Query, facet: FacetName, value: str | None) -> Query:
    """With neither a choice nor an exclusion that stands for this value."""
    name = UNKNOWN if value is None else value

    def others(chosen: Iterable[str]) -> Iterable[str]:
        return (v for v in chosen if not stands_for(v, name))

    if not (query.include.of(facet) or query.exclude.of(facet)):
        return query.on_page(1)
    return replace(
        query,
        include=_selection(query.include, facet, others(query.include.of(facet))),
        exclude=_selection(query.exclude, facet, others(query.exclude.of(facet))),
        page=1,
    )


def with_dates(query: Query, low: str | None, high: str | None) -> Query:
    """Between two dates as typed, both included; None is open."""
    return replace(query, date_from=low, date_to=high, page=1)


def with_text(query: Query, text: str) -> Query:
    """Other words, not parsed: only for a link."""
    return replace(query, text=text, page=1)


def with_page_size(query: Query, per_page: int) -> Query:
    """More or fewer hits on a page."""
    return replace(query, per_page=per_page, page=1)


def with_sort(query: Query, sort: Sort | None) -> Query:
    """In another order; None is the order that is meant."""
    return replace(query, sort=sort, page=1)


def with_scope(query: Query, scope: Scope) -> Query:
    """The same question to statements or to quotations."""
    return replace(query, scope=scope, page=1)


def unfiltered(query: Query) -> Query:
    """Only the words, of the same scope."""
    empty = Selection()
    return replace(query, include=empty, exclude=empty, date_from=None, date_to=None, page=1)


def _selection(selection: Selection, facet: FacetName, values: Iterable[str]) -> Selection:
    return replace(selection, **{facet: tuple(dict.fromkeys(values))})


def _number(args: Args, name: str, default: int) -> int:
    text = args.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadQuery(
            Sentence(
                "“{text}” is not a number: {name} is counted from 1.", text=text[:40], name=name
            )
        )
    return int(text)
