"""Facets: what a result can be narrowed by, and where each choice leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import quote

from archive.country_codes import country_name
from index.query import UNKNOWN, FacetName, Query
from index.results import Facet, FacetValue
from webui.language import gettext
from webui.params import (
    Choice,
    Pairs,
    apart,
    around,
    quoted,
    stands_for,
    url_for_query,
    without_value,
)
from webui.presenters import words
from webui.presenters.links import Link
from webui.presenters.listing import list_values, said, said_values

SHOWN = 8
"""Values of a facet on the search page; chosen ones are shown beyond that."""
_AT_LEAST = 3
"""Values that are still to be chosen."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value. ``href`` chooses it or takes the choice back; ``exclude_href`` is None
    for a value that is chosen or excluded already. ``name`` and ``exclude_name`` say to a screen
    reader what they do. ``typed`` is the value in an address, ``said`` the name of its box.
    """

    label: str
    count: str
    typed: str
    said: str
    name: str
    href: str
    exclude_href: str | None
    exclude_name: str
    state: Literal["open", "selected", "excluded"]


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet; ``more_href`` leads to all its values when some are not shown."""

    name: str
    title: str
    values: tuple[ValueView, ...]
    more_href: str | None
    more_label: str
    active: bool


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All values of one facet: the "more" page. ``groups``: initial letter and its values.

    ``before`` and ``after``: what its form asks for besides the ticked values, in the order of
    addresses.
    """

    title: str
    name: str
    path: str
    before: Pairs
    after: Pairs
    groups: tuple[tuple[str, tuple[ValueView, ...]], ...]
    letters: tuple[Link, ...]
    summary: str
    by_count_href: str
    by_name_href: str
    choice: Choice
    back_href: str


def present_facet(facet: Facet, query: Query) -> FacetView:
    """The facet beside a result: chosen values first, then the most frequent."""
    name = cast(FacetName, facet.name)
    chosen: list[FacetValue] = []
    rest: Sequence[FacetValue] = facet.values
    if query.include.of(name) or query.exclude.of(name):
        chosen = [value for value in rest if _is_chosen(value)]
        rest = [value for value in rest if not _is_chosen(value)]
    # Cut, not read: there may be thousands.
    shown = [*chosen, *rest[: max(SHOWN - len(chosen), _AT_LEAST)]]
    hidden = len(facet.values) - len(shown)
    return FacetView(
        name=name,
        title=words.facet_title(name),
        values=_present_values([said(value, name) for value in shown], name, query),
        more_href=_page_path(name, query) if hidden else None,
        more_label=gettext("%(count)s more", count=words.number(hidden)),
        active=bool(chosen),
    )


def present_facet_page(facet: Facet, query: Query, choice: Choice) -> FacetPage:
    """All values: the most frequent first, or by their initial letter."""
    name = cast(FacetName, facet.name)
    values = said_values(facet)
    listing = list_values(values, choice)
    chosen = []
    if query.include.of(name) or query.exclude.of(name):
        chosen = [value for value in values if _is_chosen(value)]
    by_name = _page_path(name, query, by_name=True)
    before, after = apart(query, name)
    # What is chosen stands first, whatever is looked for.
    open_ = [(letter, [v for v in held if not _is_chosen(v)]) for letter, held in listing.groups]
    groups = tuple(
        (letter, _present_values(held, name, query))
        for letter, held in (("", chosen), *open_)
        if held
    )
    return FacetPage(
        title=words.facet_title(name),
        name=name,
        path=f"/facet/{name}",
        before=(*before, *_chosen_unseen(groups, name, query)),
        after=after,
        groups=groups,
        letters=tuple(
            Link(letter, f"{by_name}&starts={quote(letter)}", current=letter == choice.starts)
            for letter in listing.letters
        ),
        summary=listing.summary,
        by_count_href=_page_path(name, query),
        by_name_href=by_name,
        choice=choice,
        back_href=url_for_query(query),
    )


def value_label(facet: FacetName, value: str) -> str:
    """How a chosen value is called."""
    if value == UNKNOWN:
        return words.unknown_label(facet)
    return words.country(value, country_name(value)) if facet == "country" else value


def _chosen_unseen(
    groups: Iterable[tuple[str, Sequence[ValueView]]], facet: FacetName, query: Query
) -> Pairs:
    """Choices that stand for no value there is: without a box, a form would lose them."""
    seen = [view.typed for _, values in groups for view in values if view.state == "selected"]
    return tuple(
        (facet, typed)
        for typed in query.include.of(facet)
        if not any(stands_for(typed, value) for value in seen)
    )


def _is_chosen(value: FacetValue) -> bool:
    return value.selected or value.excluded


def _present_values(
    values: Sequence[FacetValue], facet: FacetName, query: Query
) -> tuple[ValueView, ...]:
    first = query.on_page(1)
    chosen, excluded = around(first, facet), around(first, f"not.{facet}")
    views = []
    for value in values:
        if _is_chosen(value):
            views.append(_present_chosen(value, facet, query))
            continue
        label = words.unknown_label(facet) if value.value is None else value.label
        typed = UNKNOWN if value.value is None else value.value
        said_name = f"{label}, {words.hits(value.count, query.scope)}"
        address = quoted(typed)
        views.append(
            ValueView(
                label=label,
                count=words.number(value.count),
                typed=typed,
                said=said_name,
                name=said_name,
                href=f"{chosen[0]}{facet}={address}{chosen[1]}",
                exclude_href=f"{excluded[0]}not.{facet}={address}{excluded[1]}",
                exclude_name=gettext("Exclude %(value)s", value=label),
                state="open",
            )
        )
    return tuple(views)


def _present_chosen(value: FacetValue, facet: FacetName, query: Query) -> ValueView:
    label = words.unknown_label(facet) if value.value is None else value.label
    said_name = f"{label}, {words.hits(value.count, query.scope)}"
    undo = gettext("Remove") if value.selected else gettext("No longer exclude")
    return ValueView(
        label=label,
        count=words.number(value.count),
        typed=UNKNOWN if value.value is None else value.value,
        said=said_name,
        name=f"{undo} {said_name}",
        href=url_for_query(without_value(query, facet, value.value)),
        exclude_href=None,
        exclude_name="",
        state="selected" if value.selected else "excluded",
    )


def _page_path(facet: FacetName, query: Query, *, by_name: bool = False) -> str:
    path = url_for_query(query.on_page(1), f"/facet/{facet}")
    return f"{path}{'&' if '?' in path else '?'}order=name" if by_name else path
