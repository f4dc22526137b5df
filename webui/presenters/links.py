"""Labels that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.results import NamedCountry
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
