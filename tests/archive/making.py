"""Documents, extractions and pages for tests, with sensible values for what is not said."""

from __future__ import annotations

from typing import Any

from archive.document import Country, Document, Source
from archive.extract import Extraction
from archive.identity import document_id, entry_id
from archive.page import Page

SITE = "watch.example"
BODY = (
    "Reporters in the northern valleys were stopped at eleven checkpoints last week. “We were "
    "told to hand over our notebooks,” said one of them. The ministry has not answered letters "
    "that asked for the legal grounds of these searches, nor has it named an office for "
    "complaints."
)
TEASER = BODY[:151] + " sai…"  # cut in the middle of a word, as listings do


def make_document(**fields: Any) -> Document:
    url = fields.get("url")
    blank: dict[str, Any] = {
        "id": document_id(url) if url else "0" * 16,
        "kind": "article",
        "url": None,
        "listed_on": (),
        "site": SITE,
        "title": "Notebooks taken at checkpoints",
        "title_derived": False,
        "body": BODY,
        "published": "2017-03-27",
        "updated": None,
        "language": None,
        "byline": None,
        "category": None,
        "topics": (),
        "references": (),
        "attachments": (),
        "countries": (),
        "speakers": (),
        "quotations": (),
        "source": Source(None, None, None, None, "1"),
        "evidence": {},
    }
    return Document(**{**blank, **fields})


def article(path: str = "/news/checkpoints", **fields: Any) -> Document:
    return make_document(url=f"https://{SITE}{path}", **fields)


def teaser(listing: str, *, link: str | None = None, country: str = "", **fields: Any) -> Document:
    """An entry of the listing at this path; without ``link`` it has no URL of its own."""
    listing_url = f"https://{SITE}{listing}"
    fields = {"body": TEASER, "published": "2017-03-27", **fields}
    listed = (Country(country, country, "listed", f"listing {listing}"),) if country else ()
    if link is None:
        fields["id"] = entry_id(listing_url, fields["published"], fields["body"])
    else:
        fields["url"] = f"https://{SITE}{link}"
    return make_document(
        kind="teaser",
        listed_on=(listing_url,),
        countries=(*fields.pop("countries", ()), *listed),
        **fields,
    )


def make_page(
    path: str, data: str | None = None, *, captured_at: str | None = None, file: str | None = None
) -> Page:
    """The page at this path of the site; its bytes differ for each path unless given."""
    return Page(
        path=file or f"mirror{path}.html",
        data=(data or path).encode(),
        url=f"https://{SITE}{path}",
        captured_at=captured_at,
    )


def extraction(page: Page, *documents: Document) -> Extraction:
    kind = "article" if [d.kind for d in documents] == ["article"] else "listing"
    return Extraction(page.url, kind, "test", None, documents)  # type: ignore[arg-type]
