"""Ways in: what the archive holds, its speakers and its countries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from archive.document import Document
from index.query import Query
from index.results import Facet, SearchResults
from webui.language import gettext
from webui.params import Choice
from webui.paths import country_path, speaker_path
from webui.presenters import words
from webui.presenters.histogram import Histogram, present_years
from webui.presenters.hits import HitView, present_hits
from webui.presenters.links import Link, value_links
from webui.presenters.listing import list_values, said_values

_HOME_VALUES = 12


@dataclass(frozen=True, slots=True)
class HomeView:
    """The way in: what there is and where one may begin."""

    summary: str
    histogram: Histogram | None
    countries: tuple[Link, ...]
    speakers: tuple[Link, ...]
    newest: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """All speakers or all countries. ``groups``: initial letter ("" by number) and links."""

    title: str
    summary: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    letters: tuple[Link, ...]
    choice: Choice
    path: str


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
        countries=value_links(said_values(results.facet("country"))[:_HOME_VALUES], country_path),
        speakers=value_links(said_values(results.facet("speaker"))[:_HOME_VALUES], speaker_path),
        newest=present_hits(results, documents, asked=False),
    )


def present_index(facet: Facet | None, choice: Choice) -> IndexView:
    """All speakers or countries, by number or by initial letter."""
    country = facet is not None and facet.name == "country"
    path = "/countries" if country else "/speakers"
    listing = list_values([v for v in said_values(facet) if v.value and v.count], choice)
    return IndexView(
        title=gettext("Countries") if country else gettext("Speakers"),
        summary=listing.summary,
        groups=tuple(
            (letter, value_links(values, country_path if country else speaker_path))
            for letter, values in listing.groups
        ),
        letters=tuple(
            Link(letter, f"{path}?order=name&starts={quote(letter)}", "", letter == choice.starts)
            for letter in listing.letters
        ),
        choice=choice,
        path=path,
    )
