"""Pages of a result: where they lead, as far as pages reach."""

from __future__ import annotations

from dataclasses import dataclass

from index.query import Query
from webui.language import gettext
from webui.params import url_for_query
from webui.presenters import words


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page; ``href`` is None for a gap ("…")."""

    label: str
    href: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """``end`` tells why pages stop before the result does."""

    previous: str | None
    next: str | None
    pages: tuple[PageLink, ...]
    end: str | None


def present_pager(query: Query, total: int, path: str = "/search") -> Pager | None:
    """The pager, or None when everything is on one page."""
    reachable = query.limits.offset // query.per_page + 1
    last = min(-(-total // query.per_page), reachable)
    if last < 2 and query.page == 1:
        return None

    def href(page: int) -> str:
        return url_for_query(query.on_page(page), path)

    pages: list[PageLink] = []
    before = 0
    for page in sorted(
        p for p in {1, *range(query.page - 2, query.page + 3), last} if 0 < p <= last
    ):
        if page - before > 1:
            pages.append(PageLink("…", None, current=False))
        pages.append(PageLink(words.number(page), href(page), current=page == query.page))
        before = page
    beyond = query.page == last and total > last * query.per_page
    return Pager(
        previous=href(min(query.page - 1, last)) if query.page > 1 and last else None,
        next=href(query.page + 1) if query.page < last else None,
        pages=tuple(pages),
        end=(
            gettext(
                "Pages reach to result %(last)s: narrow the search, or download everything as CSV.",
                last=words.number(last * query.per_page),
            )
        )
        if beyond
        else None,
    )
