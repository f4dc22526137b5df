"""What is stored of a document, so that a hit can be shown.

``head``  JSON: id, title, url, published, site, kind, country codes, persons.
``body``  zlib over the body, a byte 0, and JSON: the quotations, each as
          [speaker, kind, role, organisation, text]. Words that are quoted cost next to nothing
          here, since they stand in the body too; and the body itself needs no JSON, which takes
          half as long to write as compressing it.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.countries import country_name
from archive.document import Document
from index import fields
from index.results import NamedCountry

_LEVEL = 1
"""zlib's level: twice as quick as the default for a tenth more bytes."""

_loads = json.JSONDecoder().raw_decode
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Head(NamedTuple):
    """What every list of hits shows of a document.

    A named tuple is made in a third of the time of a dataclass.
    """

    id: str
    title: str
    url: str | None
    published: str | None
    site: str | None
    kind: str
    countries: tuple[NamedCountry, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation as it is shown."""

    speaker: str | None
    kind: str | None
    role: str | None
    organisation: str | None
    text: str


def pack_head(document: Document) -> bytes:
    """The stored head."""
    codes = fields.facet_values("country", document)
    shown = (document.title, document.url, document.published, document.site, document.kind)
    head = _dumps((document.id, *shown, codes, fields.speakers(document)))
    return head.encode("utf-8", "surrogatepass")


def unpack_head(data: bytes) -> Head:
    """The inverse of :func:`pack_head`."""
    (id_, title, url, published, site, kind, codes, speakers), _ = _loads(
        data.decode("utf-8", "surrogatepass")
    )
    countries = tuple([_named(code) for code in codes])
    return Head(id_, title, url, published, site, kind, countries, tuple(speakers))


@lru_cache(maxsize=1000)
def _named(code: str) -> NamedCountry:
    return NamedCountry(code, country_name(code))


def pack_body(document: Document) -> bytes:
    """The stored body and quotations."""
    quotations = [(q.speaker, q.kind, q.role, q.organisation, q.text) for q in document.quotations]
    text = f"{document.body}\0{_dumps(quotations)}"  # in JSON no byte is 0: the last one divides
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack_body(data: bytes) -> str:
    """The body alone, of what :func:`pack_body` packed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass").rpartition("\0")[0]


def unpack_quotations(data: bytes) -> tuple[StoredQuotation, ...]:
    """The quotations alone."""
    quotations = zlib.decompress(data).rpartition(b"\0")[2].decode("utf-8", "surrogatepass")
    return tuple(StoredQuotation(*quotation) for quotation in json.loads(quotations))
