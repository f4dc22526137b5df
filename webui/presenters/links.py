"""Labels that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.results import FacetValue, NamedCountry
from webui.paths import country_path, speaker_path
from webui.presenters import words


@dataclass(frozen=True, slots=True)
class Link:
    """A label that leads somewhere; ``count`` and ``current`` where they mean something."""

    label: str
    href: str
    count: str = ""
    current: bool = False


def speaker_link(name: str) -> Link:
    """A person, leading to everything that they are quoted with."""
    return Link(name, speaker_path(name))


def country_links(countries: Iterable[NamedCountry]) -> tuple[Link, ...]:
    """Countries, leading to everything about them."""
    return tuple(
        Link(words.country(country.code, country.name), country_path(country.code))
        for country in countries
    )


def value_links(values: Iterable[FacetValue], path: Callable[[str], str]) -> tuple[Link, ...]:
    """Values of a facet with their counts, each leading to the page of its own."""
    return tuple(
        Link(v.label, path(v.value), words.number(v.count)) for v in values if v.value and v.count
    )
