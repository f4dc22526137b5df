"""What a site calls itself: no part of a page's title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from archive.identity import host_of
from archive.lines import attribute, is_called, line
from archive.markup import Markup
from archive.words import fold

_STATED = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_SITE_TYPES = ("WebSite", "Organization", "NewsMediaOrganization")
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)\.\w{2,5})?", re.I)
_LONGEST_FRONT = len("default.xhtml")
_TELLING = 4  # letters of a host's name that are enough to know a longer name by


class SiteNames:
    """The names of one page's site, from its head, its address and its links to the front page."""

    def __init__(self, page: Markup) -> None:
        self._page = page
        self._address = page.canonical or page.base
        self._banners: dict[HtmlElement, bool] = {}
        self._fronts: dict[str, bool] = {}

    def is_name(self, text: str) -> bool:
        """Whether a text is the name of the site and nothing else."""
        folded = fold(text)
        joined = folded.replace(" ", "")
        return folded in self._stated or joined.removeprefix("the") in self._hosts

    def begins_or_ends(self, part: str) -> bool:
        """Whether the first or last part of a title, as "The Daily Example online", is the site."""
        joined = fold(part).replace(" ", "")
        return self.is_name(part) or any(
            len(host) >= _TELLING and host in joined for host in self._hosts
        )

    def is_banner(self, heading: HtmlElement) -> bool:
        """Whether a heading is the site's own: by its class, or as a link to the front page."""
        known = self._banners.get(heading)
        if known is None:
            known = self._banners[heading] = self._bears_name(heading)
        return known

    def _bears_name(self, heading: HtmlElement) -> bool:
        for element in (heading, *heading.iterancestors()):
            if is_called(element, "banner_classes", by_id=True):
                return True
            if element.tag in ("header", "main", "article", "body"):
                break
        links = [heading, *heading.iterdescendants("a"), *heading.iterancestors("a")]
        return any(self._leads_to_front(attribute(link, "href")) for link in links)

    def _leads_to_front(self, href: str | None) -> bool:
        if not href or href.startswith("#"):
            return False
        if href not in self._fronts:
            self._fronts[href] = self._is_front(href)
        return self._fronts[href]

    def _is_front(self, href: str) -> bool:
        path = href.partition("#")[0].partition("?")[0].rstrip("/")
        last = path.rpartition("/")[2]
        if len(last) > _LONGEST_FRONT and not path.endswith(f"//{last}"):
            return False  # as most links; to read an address takes a while
        try:
            target, own = urlsplit(urljoin(self._address or "", href)), urlsplit(self._address)
        except ValueError:
            return False
        elsewhere = bool(own and own.netloc and target.netloc and own.netloc != target.netloc)
        return not elsewhere and not target.query and bool(_FRONT.fullmatch(target.path))

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset(filter(None, map(fold, self._names())))

    def _names(self) -> Iterator[str]:
        yield from (self._page.meta.get(name, "") for name in _STATED)
        for item in self._page.linked_data:
            for holder in (item, item.get("publisher")):
                if isinstance(holder, dict) and holder.get("@type") in _SITE_TYPES:
                    name = holder.get("name")
                    if isinstance(name, str):
                        yield name
        yield from (line(tag) for tag in self._page.body.iter("h1") if self.is_banner(tag))

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """The parts of the host, and the whole of it, as one word each."""
        host = host_of(self._address) or ""
        parts = host.split(".")[:-1]
        whole = fold(host).replace(" ", "")
        names = (fold(part).replace(" ", "") for part in parts)
        return frozenset(filter(None, (*(n for n in names if len(n) > 1), whole)))
