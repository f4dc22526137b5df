"""What one page may cost. Every limit is enforced where it is named and proven by a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one page.

    ``page_bytes``   bytes of a page, unpacked
    ``page_tags``    ``<`` in a page: the cheapest bound on what a parser builds from it
    ``entries``      entries taken from one listing page
    ``links``        attachments kept of one document
    """

    page_bytes: int = 10_000_000
    page_tags: int = 100_000
    entries: int = 2_000
    links: int = 50


LIMITS = Limits()
