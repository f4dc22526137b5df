"""Quotations: what somebody is quoted as saying, and who it was.

marks       where words stand between quotation marks
"""

from __future__ import annotations

from archive.document import Quotation
from archive.quotations.marks import paragraphs_of, spans_of

__all__ = ["find_quotations"]


def find_quotations(
    body: str,
    *,
    organisation: str | None = None,
    language: str | None = None,
) -> tuple[Quotation, ...]:
    """The quotations of a body in its order."""
    return tuple(
        Quotation(None, None, None, None, (span.inner(body),), span.start, span.end, span.closed)
        for paragraph in paragraphs_of(body)
        for span in spans_of(paragraph)
        if len(span.inner(body).split()) >= 5
    )
