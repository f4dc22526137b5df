"""When a page was published and updated, and how that was found.

From the surest to the weakest sign; the first that gives a date counts. A copyright
year, the date a file was created (``dcterms.created``) and dates in the running text
are no signs: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import chain

from htmldate import find_date

from archive.dates import Order, adjacent, is_utc_instant, iso, machine_date
from archive.markup import Markup
from archive.said_dates import FULL
from archive.shown_dates import Found, ShownDates
from archive.stated_dates import stated_publication, stated_update
from archive.tree import is_deep

_ADDRESS = "address of the page"
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](?:[A-Za-z_]{1,30}/)?(\d{1,2})[/-](\d{1,2})(?=[/_-]|$)|"
    r"/((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_-])"
)
_ZERO = "1970-01-01"
"""The day that a clock of zero seconds shows: what a system states when it knows no date."""
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{2})/")


class PageDates:
    """When an article was published and last changed: what its page states and shows."""

    def __init__(self, page: Markup, order: Order | None, title: str | None = None) -> None:
        self._page = page
        self._order = order
        self._shown = ShownDates(page, order, title)

    def published(self, url: str | None) -> Found | None:
        """The local calendar date of publication, or None."""
        address = _from_url(url)
        stated = self._stated(address)
        if stated:
            return stated
        shown = self._best_shown() or self._shown.dateline() or address
        if shown and len(shown.value) == FULL:
            return shown
        # The address often has the month only; what the page shows may know the day.
        more = self._by_htmldate(url) or self._shown.alone()
        return more if more and (not shown or more.value.startswith(shown.value)) else shown

    def updated(self) -> Found | None:
        """The date of the last change that the page states, or None."""
        for raw, evidence in stated_update(self._page):
            value = machine_date(raw, self._order)
            if value and value != _ZERO:
                return Found(value, evidence, "updated")
        return self._shown.updated()

    def _stated(self, address: Found | None) -> Found | None:
        """What the page states for machines, made whole and local by what readers see."""
        for raw, evidence in chain(stated_publication(self._page), self._shown.marked()):
            value = machine_date(raw, self._order)
            if value is None or value == _ZERO:
                continue
            if len(value) < FULL:
                fuller = _full(one for one in self._shown.published if one.value.startswith(value))
                return fuller or Found(value, evidence)
            for local in self._local_days(raw, address):
                if value != local.value and adjacent(value, local.value):
                    how = f"{local.evidence}, a day beside the UTC time of {evidence}"
                    return Found(local.value, how)
            return Found(value, evidence)
        return None

    def _local_days(self, raw: str, address: Found | None) -> Iterator[Found]:
        """The days that readers may know a stated value by, where it may be in UTC.

        A value without a time may be, too; the address is written in the local calendar.
        """
        if is_utc_instant(raw) and (shown := self._best_shown()):
            yield shown
        if address and (is_utc_instant(raw) or len(raw.strip()) == FULL):
            yield address

    def _best_shown(self) -> Found | None:
        """The date that the page shows as its own: in full, if it does anywhere."""
        return _full(self._shown.published) or next(iter(self._shown.published), None)

    def _by_htmldate(self, url: str | None) -> Found | None:
        """Htmldate's fast mode, believed only where the page itself shows that day."""
        if is_deep(self._page.root):
            return None
        tree = deepcopy(self._page.root)
        value = find_date(tree, original_date=True, extensive_search=False, url=url)
        if value and self._shown.shows(value):
            return Found(value, "htmldate, and the page shows it")
        return None


def _full(found: Iterable[Found]) -> Found | None:
    """The first date that is known to the day."""
    return next((one for one in found if len(one.value) == FULL), None)


def _from_url(url: str | None) -> Found | None:
    if not url:
        return None
    day = _URL_DAY.search(url)
    parts = [int(part) for part in day.groups() if part] if day else []
    value = iso(*parts) if parts else None
    if value:
        return Found(value, _ADDRESS)
    month = _URL_MONTH.search(url)
    value = iso(int(month[1]), int(month[2])) if month else None
    return Found(value, _ADDRESS) if value else None
