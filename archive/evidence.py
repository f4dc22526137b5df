"""How a field of a statement was found, for whoever asks."""

from __future__ import annotations

from archive.document import Document

# What is found by one rule only needs no evidence of its own in every document.
_ALWAYS = {
    "url": "address of the page",
    "site": "host of the address",
    "references": "form of the number",
    "attachments": "links to files in the text",
    "speakers": "whom quotations are attributed to",
    "quotations": "quotation marks and verbs of saying",
    "listed_on": "listing pages that name it",
}


def how_found(document: Document, field: str) -> str:
    """The rule or selector that found a field; "" where none is recorded."""
    if field == "site" and document.site == document.source.profile:
        return "name of the profile"
    return document.evidence.get(field) or _ALWAYS.get(field, "")
