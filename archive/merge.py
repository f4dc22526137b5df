"""How do the things that several pages say about one statement become one document?

Each page that carries a statement *contributes* a fragment: its own page the article, a
listing a teaser. The document is a pure function of the set of its contributions, so it
does not matter in which order, or in how many runs, the pages came.

A teaser without a link of its own belongs to the document that contains its words
(:func:`belongs`); its fragment then contributes to that document too.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.calendar import parse_date
from archive.document import Attachment, Country, Document
from archive.shingles import SIZE, WINDOW, containment, key_of, shingles, text_key

CONTAINED = 0.8
"""Share of a teaser's shingles in its article: 1.00 measured, a cut word at its end costs
one or two; in other articles at most 0.03."""

NEAR = dt.timedelta(days=7)
"""A teaser is dated within a week of its article; yearly boilerplate is further apart."""

_FILLED = ("site", "published", "updated", "language", "byline", "category")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one page says about one statement.

    ``entry``        the id that the page gave to the statement
    ``page``         key of the page (its URL, or where its file is)
    ``captured_at``  ISO 8601 instant in UTC, "" when unknown
    """

    entry: str
    page: str
    captured_at: str
    fragment: Document


def merge(document_id: str, contributions: Iterable[Contribution]) -> Document:
    """One document from at least one contribution, whatever their order.

    The strongest fragment speaks: that of the document's own id before an attached
    teaser's, an article before a teaser, a newer capture before an older one. The others
    fill what it leaves open, each with its evidence, and say where it is listed.
    """
    ranked = sorted(contributions, key=lambda c: _rank(document_id, c), reverse=True)
    fragments = [contribution.fragment for contribution in ranked]
    main = fragments[0]
    filled, evidence = _fill(main, fragments[1:])
    fields = {
        **filled,
        "id": document_id,
        "listed_on": tuple(sorted({url for f in fragments for url in f.listed_on})),
        "topics": tuple(dict.fromkeys(topic for f in fragments for topic in f.topics)),
        "references": tuple(dict.fromkeys(ref for f in fragments for ref in f.references)),
        "attachments": _attachments(fragments),
        "countries": _countries(main, fragments),
        "evidence": evidence,
    }
    if all(getattr(main, name) == value for name, value in fields.items()):
        return main  # with its fingerprints, as most are that a single page speaks of
    return dataclasses.replace(main, **fields)


def _rank(document_id: str, contribution: Contribution) -> tuple[bool, bool, str, str, str]:
    return (
        contribution.entry == document_id,
        contribution.fragment.kind == "article",
        contribution.captured_at,
        contribution.page,
        contribution.entry,
    )


def _fill(main: Document, others: Sequence[Document]) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields that ``main`` lacks and another fragment has, and all evidence."""
    filled: dict[str, Any] = {}
    evidence = dict(main.evidence)

    def take(name: str, source: Document) -> None:
        filled[name] = getattr(source, name)
        if name in source.evidence:
            evidence[name] = source.evidence[name]

    for name in _FILLED:
        giver = next((f for f in others if getattr(f, name)), None)
        if not getattr(main, name) and giver is not None:
            take(name, giver)
    titled = next((f for f in others if not f.title_derived), None)
    if main.title_derived and titled is not None:
        take("title", titled)
        filled["title_derived"] = False
    return filled, evidence


def _attachments(fragments: Sequence[Document]) -> tuple[Attachment, ...]:
    every = [attachment for fragment in fragments for attachment in fragment.attachments]
    return tuple(
        {attachment.url or attachment.label: attachment for attachment in every[::-1]}.values()
    )[::-1]


def _countries(main: Document, fragments: Sequence[Document]) -> tuple[Country, ...]:
    """What the strongest text is about, and every country under which it is listed."""
    told = tuple(country for country in main.countries if country.relation != "listed")
    every = {country for fragment in fragments for country in fragment.countries}
    listed: dict[str, Country] = {}
    for country in sorted(every, key=lambda c: (c.code, c.evidence, c.name)):
        if country.relation == "listed":
            listed.setdefault(country.code, country)
    return told + tuple(listed.values())


def is_linkless(document: Document) -> bool:
    """A teaser that says nothing about where its article stands."""
    return document.kind == "teaser" and document.url is None


def may_belong(document: Document) -> bool:
    """Whether it is a linkless teaser that could be part of another document."""
    return is_linkless(document) and bool(document.site or document.published)


def text_of(document: Document) -> str:
    """The words by which statements are compared."""
    return f"{document.title}\n{document.body}"


def belongs(teaser: Document, host: Document) -> float:
    """How surely a linkless teaser was cut from ``host``: its containment, or 0 for "no".

    Besides the words, the site must be the same, or, where one is unknown, the date.
    """
    part = shingles(teaser.body)
    apart = _days_apart(teaser.published, host.published)
    same_site = teaser.site is not None and teaser.site == host.site
    other_site = None not in (teaser.site, host.site) and not same_site
    if len(part) < WINDOW or other_site or (apart is None and not same_site):
        return 0.0
    if apart is not None and apart > NEAR:
        return 0.0
    share = containment(part, shingles(text_of(host)))
    return share if share >= CONTAINED else 0.0


def _days_apart(one: str | None, other: str | None) -> dt.timedelta | None:
    """The days between two dates (0 when they overlap), None when one is unknown."""
    if one is None or other is None:
        return None
    first, second = sorted((parse_date(one), parse_date(other)))
    return max(second.first - first.last, dt.timedelta(0))


def same_text_key(found: list[bytes]) -> str | None:
    """Equal for bodies in the same words; None for a body of a few words, as many have."""
    return key_of(found) if len(found) >= WINDOW + SIZE - 1 else None


def twin_key(teaser: Document) -> str | None:
    """Equal for the same linkless teaser on several listings of a site.

    None for what is no such teaser, or where neither site nor date says that equal words are one
    statement.
    """
    if not may_belong(teaser):
        return None
    return text_key(teaser.site or "", teaser.published or "", teaser.title, teaser.body)
