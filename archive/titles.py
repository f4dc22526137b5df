"""The title of a page, and a title for a statement that has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archive.lines import is_furniture, line
from archive.markup import Markup
from archive.words import clean, first_sentence, fold, shorten

_SEPARATOR = re.compile(r"\s[|·•»«:—–-]\s|\s?\|\s?|\s::\s")
_DERIVED_LENGTH = 120
_LONGEST = 400


def page_title(page: Markup) -> tuple[str, str] | None:
    """The title of an article and how it was found, or None.

    The h1 if og:title (or the page's title) contains it, else og:title without the
    site's name: measured best of the simple rules (FINDINGS: .818 against .773 for h1).
    """
    heading = main_heading(page)
    social = page.meta.get("og:title") or page.meta.get("twitter:title")
    for other, name in ((social, "og:title"), (_headline(page), "JSON-LD"), (page.title, "title")):
        if heading and other and fold(heading) and f" {fold(heading)} " in f" {fold(other)} ":
            return heading, f"h1, contained in {name}"
    if social:
        return trim_site(social, page), "og:title"
    headline = _headline(page)
    if headline:
        return headline, "JSON-LD headline"
    if heading:
        return heading, "h1"
    return (trim_site(page.title, page), "title") if page.title else None


def main_heading(page: Markup) -> str | None:
    """The text of the first h1 that is not the site's name.

    Old themes put the site's name into the h1 and the title into an h2: then the page's
    title begins with the one and ends with the other.
    """
    site = fold(page.meta.get("og:site_name", ""))
    parts = _SEPARATOR.split(page.title) if page.title else [""]
    lead, tail = fold(parts[0]), fold(parts[-1])
    first = next((text for text in _headings(page, "h1") if fold(text) != site), None)
    if first and lead != tail == fold(first):
        return next((text for text in _headings(page, "h2") if fold(text) == lead), first)
    return first


def _headings(page: Markup, name: str) -> Iterator[str]:
    for element in page.body.iter(name):
        text = "" if is_furniture(element) else line(element)
        if text and len(text) <= _LONGEST:
            yield text


def _headline(page: Markup) -> str | None:
    for item in page.linked_data:
        headline = item.get("headline")
        if isinstance(headline, str) and 0 < len(headline.strip()) <= _LONGEST and _is_work(item):
            return clean(headline)
    return None


def _is_work(item: dict[str, Any]) -> bool:
    return "Article" in str(item.get("@type")) or "Posting" in str(item.get("@type"))


def trim_site(title: str, page: Markup) -> str:
    """A title without the site's name before or after it."""
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    site = fold(page.meta.get("og:site_name", ""))
    if site:
        for end, rest in (
            (parts[-1], title[: title.rindex(parts[-1])]),
            (parts[0], title[len(parts[0]) :]),
        ):
            if fold(end) == site:
                return re.sub(r"^[\s|·•»«:—–-]+|[\s|·•»«:—–-]+$", "", rest)
    if "|" in title:
        return title.partition("|")[0].strip() or title
    longest = max(parts, key=len)
    # Without a bar the separator may belong to the title: only a short tail is the site.
    head = title[: title.rindex(parts[-1])].rstrip(" |·•»«:—–-")
    return (
        head if longest != parts[-1] and len(parts[-1].split()) <= 4 and len(head) >= 15 else title
    )


def derive_title(body: str) -> str:
    """A title from the first sentence of a text; "(no text)" when there is none."""
    for paragraph in body.split("\n\n"):
        if len(paragraph.split()) >= 3:
            return shorten(first_sentence(paragraph), _DERIVED_LENGTH)
    return shorten(body.replace("\n\n", " ").strip(), _DERIVED_LENGTH) or "(no text)"
