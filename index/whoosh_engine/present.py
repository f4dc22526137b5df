"""Presenting: a record that was found becomes a hit, from what is stored of its document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from index.query import Query
from index.results import Hit, QuotationHit, Span
from index.snippets import Highlighter
from index.whoosh_engine.reader import Leaf
from index.whoosh_engine.record import unpack_body, unpack_head, unpack_quotations

_HIT: Callable[[tuple[object, ...]], Hit] = partial(tuple.__new__, Hit)
"""As its ``_make``, in half the time."""


class Found(NamedTuple):
    """A record that matches, before it is shown."""

    leaf: Leaf
    record: int
    score: float


class Presenter:
    """Makes the hits of one answer; ``snippets``: with what was looked for marked in them."""

    def __init__(self, query: Query, *, snippets: bool) -> None:
        self._shown = Highlighter(query.tree) if snippets else None
        self.present = self._statement if query.scope == "documents" else self._quotation

    def _statement(self, found: Found) -> Hit | QuotationHit:
        leaf, record, score = found
        segment, shown = leaf.segment, self._shown
        id_, title, *facts = unpack_head(segment.heads[record])
        if shown is None:
            return _HIT((id_, (Span(title),), *facts, score, ()))
        snippets = shown.make_snippets(unpack_body(segment.bodies[record]))
        return _HIT((id_, shown.mark_title(title), *facts, score, snippets))

    def _quotation(self, found: Found) -> Hit | QuotationHit:
        leaf, record, score = found
        segment = leaf.segment
        document = int(segment.quotations.array("document")[record])
        number = int(segment.quotations.array("number")[record])
        head = unpack_head(segment.heads[document])
        quotation = unpack_quotations(segment.bodies[document])[number - 1]
        return QuotationHit(
            document_id=head.id,
            number=number,
            title=head.title,
            url=head.url,
            published=head.published,
            site=head.site,
            countries=head.countries,
            speaker=quotation.speaker,
            kind=quotation.kind,
            role=quotation.role,
            organisation=quotation.organisation,
            text=quotation.text,
            snippets=self._shown.make_snippets(quotation.text) if self._shown else (),
            score=score,
        )
