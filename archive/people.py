"""The people (and organisations) of a document to whom quotations are attributed."""

from __future__ import annotations

from collections.abc import Iterable

from archive.document import Quotation, Speaker


def speakers_of(quotations: Iterable[Quotation]) -> tuple[Speaker, ...]:
    """Each speaker once, in the order of the first quotation, as fully as the text states them."""
    speakers: dict[tuple[str | None, str], Speaker] = {}
    for quotation in quotations:
        if quotation.kind is None or quotation.kind == "document":
            continue
        if quotation.speaker is None and quotation.organisation is None:
            continue
        name = quotation.speaker
        key = (name or quotation.organisation, quotation.kind)
        known = speakers.get(key)
        speakers[key] = Speaker(
            name,
            quotation.kind,
            (known.role if known else None) or quotation.role,
            (known.organisation if known else None) or quotation.organisation,
        )
    return tuple(speakers.values())
