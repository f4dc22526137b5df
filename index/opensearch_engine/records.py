"""A document as the records that are sent to the server, and a record as it comes back.

``head``  JSON: id, title, url, published, site, kind, country codes, persons; of a quotation also
          its number, speaker, kind, role and organisation.
``body``  JSON: the text that snippets are cut from.

As JSON within JSON, so that the server stores whatever a page held, lone surrogates too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.country_codes import country_name
from archive.document import Document, Quotation
from index import fields
from index.analysis import stem, words
from index.opensearch_engine.mapping import LONGEST, NAMED, SEPARATOR
from index.query import FACETS, Scope
from index.results import Hit, NamedCountry, QuotationHit, Span
from index.scoring import WEIGHTS
from index.snippets import Highlighter


@dataclass(frozen=True, slots=True)
class Record:
    """What the server keeps under one id. ``source`` None: it is to be deleted."""

    key: str
    routing: str
    source: bytes | None = None


def record_key(id_: str, number: int) -> str:
    """The id of a document's record (number 0) or of its quotation's."""
    return f"{id_}#q{number}" if number else id_


def records_of(document: Document, before: int = 0) -> Iterator[Record]:
    """A document's records; ``before``: how many quotations it had, of which none may stay."""
    yield _record(document, None, 0)
    for number, quotation in enumerate(document.quotations, 1):
        yield _record(document, quotation, number)
    for number in range(len(document.quotations) + 1, before + 1):
        yield Record(record_key(document.id, number), document.id)


def removed_records(id_: str, before: int) -> Iterator[Record]:
    """The deletion of a document that had so many quotations."""
    for number in range(before + 1):
        yield Record(record_key(id_, number), id_)


def present(
    source: dict[str, Any], score: float, shown: Highlighter | None, scope: Scope
) -> Hit | QuotationHit:
    """A hit; ``shown``: what makes its marks and snippets, None for none."""
    id_, title, url, published, site, kind, codes, speakers, *own = json.loads(source["head"])
    countries = tuple(NamedCountry(code, country_name(code)) for code in codes)
    body = json.loads(source["body"]) if "body" in source else ""
    passages = shown.make_snippets(body) if shown else ()
    if scope == "documents":
        return Hit(
            id=id_,
            title=shown.mark_title(title) if shown else (Span(title),),
            url=url,
            published=published,
            site=site,
            kind=kind,
            countries=countries,
            speakers=tuple(speakers),
            score=score,
            snippets=passages,
        )
    number, speaker, spoken, role, organisation = own
    return QuotationHit(
        document_id=id_,
        number=number,
        title=title,
        url=url,
        published=published,
        site=site,
        countries=countries,
        speaker=speaker,
        kind=spoken,
        role=role,
        organisation=organisation,
        text=body,
        snippets=passages,
        score=score,
    )


def _record(document: Document, quotation: Quotation | None, number: int) -> Record:
    scope: Scope = "quotations" if quotation else "documents"
    source: dict[str, Any] = {"id": document.id, "number": number, "scope": scope}
    if quotation is None:
        source["fingerprint"] = document.fingerprint()
        source["quotations"] = len(document.quotations)
        source["title"] = document.title
    source |= _dates(document)
    for facet in FACETS:
        source[facet] = fields.facet_values(facet, document, quotation)
    for facet in NAMED:
        source[f"{facet}_words"] = _distinct(map(words, source[facet]))
    for part, texts in fields.texts(document, quotation).items():
        source |= _tokens(f"{scope}_{part}", part, texts)
    source["head"] = _json(_head(document, quotation, number))
    source["body"] = _json(quotation.text if quotation else document.body)
    encoded = json.dumps(source, ensure_ascii=False, separators=(",", ":"))
    return Record(record_key(document.id, number), document.id, encoded.encode("utf-8", "replace"))


def _dates(document: Document) -> dict[str, str]:
    span = fields.date_span(document)
    if span is None:
        return {}
    first, last = span.first.isoformat(), span.last.isoformat()
    return {"first": first, "last": last, "year": first[:4]}


def _tokens(name: str, part: str, texts: Sequence[str]) -> dict[str, Any]:
    held = [_shortened(words(text)) for text in texts]
    weight = WEIGHTS.get(part, 1)
    sent: dict[str, Any] = {
        name: [SEPARATOR.join(text) for text in held] * weight,
        f"{name}_words": _distinct(held),
    }
    if part != "speaker":
        sent[f"{name}_stem"] = [SEPARATOR.join(map(stem, text)) for text in held] * weight
    return sent


def _head(document: Document, quotation: Quotation | None, number: int) -> list[Any]:
    head = [
        document.id,
        document.title,
        document.url,
        document.published,
        document.site,
        document.kind,
        fields.facet_values("country", document),
        fields.speakers(document),
    ]
    if quotation is None:
        return head
    said = (quotation.speaker, quotation.kind, quotation.role, quotation.organisation)
    return [*head, number, *said]


def _shortened(tokens: list[str]) -> list[str]:
    if all(len(token) <= LONGEST for token in tokens):
        return tokens
    return [token[:LONGEST] for token in tokens]


def _distinct(texts: Any) -> list[str]:
    return sorted({word for text in texts for word in text})


def _json(value: Any) -> str:
    """JSON that can be encoded: what cannot (a lone surrogate) is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text
