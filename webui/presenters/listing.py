"""Long lists of names: by number or by initial letter, found by typing, never endless."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis import fold
from index.results import Facet, FacetValue
from webui.language import gettext, locale, ngettext
from webui.params import Choice
from webui.presenters import words

LISTED = 300
"""Values on one page. An archive may have a hundred thousand speakers."""


@dataclass(frozen=True, slots=True)
class Listing:
    """``groups``: initial letter ("" when by number, and for what has no name) and values.

    ``letters``: initials that lead to the rest, where not everything is shown.
    """

    groups: tuple[tuple[str, tuple[FacetValue, ...]], ...]
    letters: tuple[str, ...]
    summary: str


def list_values(values: Sequence[FacetValue], choice: Choice) -> Listing:
    """The values that are asked for, as many as one page holds."""
    found = [value for value in values if _fits(value, choice)]
    letters = sorted({initial(value) for value in found if value.value is not None})
    if choice.by_name:
        found.sort(key=lambda value: (value.value is None, fold(value.label)))
    if choice.starts:
        found = [value for value in found if initial(value) == choice.starts]
    shown = found[:LISTED]
    groups: dict[str, list[FacetValue]] = {}
    for value in shown:
        groups.setdefault(initial(value) if choice.by_name else "", []).append(value)
    summary = ngettext(
        "%(count)s value", "%(count)s values", len(found), count=words.number(len(found))
    )
    if len(shown) < len(found):
        summary = gettext(
            "%(shown)s of %(values)s are shown: find others by name",
            shown=words.number(len(shown)),
            values=summary,
        )
    beyond = len(values) > LISTED and choice.by_name
    return Listing(
        groups=tuple((letter, tuple(held)) for letter, held in groups.items()),
        letters=tuple(letters) if beyond else (),
        summary=summary,
    )


def said_values(facet: Facet | None) -> Sequence[FacetValue]:
    """The values of a facet as the reader calls them: countries have names of their own."""
    if facet is None:
        return ()
    if facet.name != "country" or locale().language == "en":
        return facet.values
    return [said(value, "country") for value in facet.values]


def said(value: FacetValue, facet: str) -> FacetValue:
    """A value of a facet as the reader calls it."""
    if facet != "country" or value.value is None:
        return value
    return value._replace(label=words.country(value.value, value.label))


def initial(value: FacetValue) -> str:
    """The letter under which a value stands, without its accent."""
    return "" if value.value is None else fold(value.label)[:1].upper()


def _fits(value: FacetValue, choice: Choice) -> bool:
    return not choice.find or fold(choice.find) in fold(value.label)
