"""Atom: what has newly entered the archive under a question, to subscribe to any search."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import Response, render_template, request

from archive.document import Document
from index.query import All, Query
from index.results import Hit, QuotationHit
from webui.context import absolute, services
from webui.params import unfiltered, with_sort
from webui.paths import statement_path
from webui.presenters import words

ENTRIES = 50
CONSIDERED = 5_000
"""Hits whose entry is compared: of more, those published last, so that no feed reads all."""
_EPOCH = "1970-01-01T00:00:00Z"
_SUMMARY_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement or quotation of a feed; ``updated``: when it entered the archive."""

    id: str
    title: str
    href: str
    updated: str
    published: str | None
    author: str
    summary: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed, addresses absolute."""

    title: str
    self_href: str
    page_href: str
    updated: str
    entries: tuple[Entry, ...]


def feed(query: Query, title: str, page_href: str) -> Response:
    """The feed of a question: the newest in the archive first, whatever the query's order."""
    query = query.on_page(1)
    entered = _newest(query)
    entries = [
        entry
        for key, time in entered
        if (document := services().store.get(key[0])) and (entry := _entry(document, key[1], time))
    ]
    view = FeedView(
        title=title,
        self_href=absolute(request.full_path.rstrip("?")),
        page_href=absolute(page_href),
        updated=max((entry.updated for entry in entries), default=_EPOCH),
        entries=tuple(entries),
    )
    return Response(render_template("feed.xml", view=view), content_type="application/atom+xml")


def _newest(query: Query) -> list[tuple[tuple[str, int], str]]:
    """(document id, number of the quotation or 0) and time of entry, newest first."""
    store = services().store
    # Without any filter the store knows at once; else the index says what matches.
    if isinstance(query.tree, All) and query == unfiltered(query) and query.scope == "documents":
        keys = [(document.id, 0) for document in store.newest_entries(ENTRIES)]
    else:
        newest = with_sort(query, "newest")
        hits: Iterator[Hit | QuotationHit] = iter(services().engine.stream(newest))
        keys = [
            (hit.id, 0) if isinstance(hit, Hit) else (hit.document_id, hit.number)
            for hit in islice(hits, CONSIDERED)
        ]
    times = store.entered_at({document_id for document_id, _ in keys})
    dated = ((key, times[key[0]]) for key in keys if key[0] in times)
    return heapq.nlargest(ENTRIES, dated, key=lambda pair: pair[1])


def _entry(document: Document, number: int, time: str) -> Entry | None:
    path = statement_path(document.id, number=number or None)
    title, text, author = document.title, document.body, document.site
    if number:
        if number > len(document.quotations):  # the index is older than the store
            return None
        quotation = document.quotations[number - 1]
        author = quotation.speaker or quotation.organisation or document.site
        title, text = f"{author or 'Unattributed'} in “{document.title}”", quotation.text
    elif document.byline:
        author = document.byline.name
    return Entry(
        id=absolute(path),
        title=title,
        href=absolute(path),
        updated=time,
        published=words.date(document.published) if document.published else None,
        author=author or services().config.title,
        summary=text if len(text) <= _SUMMARY_CHARACTERS else text[:_SUMMARY_CHARACTERS] + "…",
    )
