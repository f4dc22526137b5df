"""What does a profile take from a page? For those who write one: nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from lxml.html import HtmlElement

from archive.decode import decode
from archive.extract import Extraction, extract
from archive.identity import host_of
from archive.limits import LIMITS, Limits
from archive.lines import line
from archive.markup import Markup
from archive.page import Page
from archive.profiles import Article, Listing, Profile, Profiles, Selectors
from archive.selectors import RowSelection

_BESIDE_ROWS = ("item", "page")


@dataclass(frozen=True, slots=True)
class Use:
    """What one selector took.

    ``took`` counts elements of the page, or, where ``rows`` says among how many, the rows in
    which it was the first of its key to match. ``first`` is the text of its first element.
    """

    key: str
    selector: str
    took: int
    rows: int | None
    first: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One page read with one profile. ``why`` says how the profile was chosen."""

    profile: str
    why: str
    extraction: Extraction
    uses: tuple[Use, ...]


def try_profile(
    page: Page, profiles: Profiles, *, profile: str | None = None, limits: Limits = LIMITS
) -> Trial:
    """Read a page as an ingest would. Raises PageError, and ProfileError for an unknown name."""
    extraction = extract(page, profiles, profile=profile, limits=limits)
    chosen = profiles.named(extraction.profile)
    if page.media_type == "text/plain":
        return Trial(chosen.name, "plain text has no elements to select", extraction, ())
    markup = Markup(decode(page, limits), page.url, limits)
    why = "it was named" if profile else _why(chosen, extraction.url or page.url)
    uses = [*_in_listing(markup, chosen.listing)] if chosen.listing else []
    if chosen.article and extraction.kind == "article":
        uses += _in_article(markup, chosen.article)
    return Trial(chosen.name, why, extraction, tuple(uses))


def _why(profile: Profile, url: str | None) -> str:
    host = host_of(url)
    if profile.owns(host):
        return f"it owns the host {host}"
    if profile.hosts or profile.detect.generator or profile.detect.selector:
        signs = [*profile.detect.selector]
        if profile.detect.generator:
            signs.insert(0, f"the generator “{profile.detect.generator}”")
        return f"the page shows its signs: {', '.join(signs)}"
    place = f"no profile owns the host {host}" if host else "the page has no address"
    return f"{place}, and the signs of none are there"


def _in_listing(markup: Markup, listing: Listing) -> Iterator[Use]:
    """The selectors of a listing; those of its rows only where there are rows."""
    items: Sequence[HtmlElement] = ()
    for selector in listing.item:
        found = markup.selection.all(selector)
        yield _on_page("listing.item", selector, found)
        items = items or found
    for selector in listing.page:
        yield _on_page("listing.page", selector, markup.selection.all(selector))
    if items:
        rows = RowSelection(markup.selection, items)
        for field in fields(Listing):
            if field.name not in _BESIDE_ROWS:
                yield from _in_rows(field.name, getattr(listing, field.name), items, rows)


def _in_rows(
    name: str, selectors: Selectors, items: Sequence[HtmlElement], rows: RowSelection
) -> Iterator[Use]:
    took: Counter[str] = Counter()
    first: dict[str, str] = {}
    for item in items:
        for selector in selectors:
            if found := rows.all(selector, item):
                took[selector] += 1
                first.setdefault(selector, line(found[0]))
                break
    for selector in selectors:
        yield Use(f"listing.{name}", selector, took[selector], len(items), first.get(selector))


def _in_article(markup: Markup, article: Article) -> Iterator[Use]:
    for field in fields(Article):
        for selector in getattr(article, field.name):
            yield _on_page(f"article.{field.name}", selector, markup.selection.all(selector))


def _on_page(key: str, selector: str, found: Sequence[HtmlElement]) -> Use:
    return Use(key, selector, len(found), None, line(found[0]) if found else None)
