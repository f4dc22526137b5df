"""What is stored of a document, so that a hit can be shown.

``head``  JSON: id, title, url, published, site, kind, country codes, persons.
``body``  an LZ4 block over the body, a byte 0, and JSON: the quotations, each as
          [speaker, kind, role, organisation, text]. Words that are quoted cost next to nothing
          here, since they stand in the body too; and the body itself needs no JSON, which takes
          longer to write than compressing it.

LZ4 packs nine times as quickly as zlib's quickest level and unpacks seven times as quickly, for
half as many bytes again. Texts are packed whenever an index is built, and ten of them are unpacked
for each page of hits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import lz4.block

from archive.country_codes import country_name
from index.results import NamedCountry

if TYPE_CHECKING:  # a search makes no document
    from archive.document import Document

_MOST = 255
"""Bytes that LZ4 makes of one, at most."""

_LONGEST = 1 << 28
"""Bytes of a text with its quotations, at most: more than the largest page that may be read."""

_loads = json.JSONDecoder().raw_decode
_quoted = json.encoder.encode_basestring


class Head(NamedTuple):
    """What every list of hits shows of a document: what a hit begins with.

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


_HEAD: Callable[[tuple[object, ...]], Head] = partial(tuple.__new__, Head)
"""As its ``_make``, in a third of the time again: ten are made for each page of hits."""


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation as it is shown."""

    speaker: str | None
    kind: str | None
    role: str | None
    organisation: str | None
    text: str


def pack_head(document: Document, countries: Sequence[str], speakers: Sequence[str]) -> bytes:
    """The stored head of a document with these values in its facets."""
    shown = (document.title, document.url, document.published, document.site, document.kind)
    head = f"[{_list((document.id, *shown))[1:-1]},{_list(countries)},{_list(speakers)}]"
    return head.encode("utf-8", "surrogatepass")


def unpack_head(data: bytes) -> Head:
    """The inverse of :func:`pack_head`. Raises ValueError, TypeError, KeyError where it is none."""
    (id_, title, url, published, site, kind, codes, speakers), _ = _loads(
        data.decode("utf-8", "surrogatepass")
    )
    # What fits its checksum may hold anything. Joining refuses all but texts, and takes a fifth
    # of the time of looking at the type of each.
    "".join(
        (
            id_,
            title,
            "" if url is None else url,
            "" if published is None else published,
            "" if site is None else site,
            kind,
            *speakers,
        )
    )
    countries = tuple(map(_named, codes))
    return _HEAD((id_, title, url, published, site, kind, countries, tuple(speakers)))


@lru_cache(maxsize=1000)
def _named(code: str) -> NamedCountry:
    return NamedCountry(code, country_name(code))


def pack_body(document: Document) -> bytes:
    """The stored body and quotations."""
    quotations = ",".join(
        [_list((q.speaker, q.kind, q.role, q.organisation, q.text)) for q in document.quotations]
    )
    text = f"{document.body}\0[{quotations}]"  # in JSON no byte is 0: the last one divides
    packed: bytes = lz4.block.compress(text.encode("utf-8", "surrogatepass"))
    return packed


def unpack_body(data: bytes) -> str:
    """The body alone, of what :func:`pack_body` packed."""
    return _unpacked(data).decode("utf-8", "surrogatepass").rpartition("\0")[0]


def unpack_quotations(data: bytes) -> tuple[StoredQuotation, ...]:
    """The quotations alone. Raises ValueError or TypeError where there are none."""
    stored = json.loads(_unpacked(data).rpartition(b"\0")[2].decode("utf-8", "surrogatepass"))
    for *who, text in stored:
        "".join((text, *("" if it is None else it for it in who)))  # as of a head
    return tuple(StoredQuotation(*quotation) for quotation in stored)


def _list(values: Iterable[str | None]) -> str:
    """As JSON, in a third of the time of an encoder, which prepares itself for everything."""
    return f"[{','.join(['null' if value is None else _quoted(value) for value in values])}]"


def _unpacked(data: bytes) -> bytes:
    """What an LZ4 block holds. Raises ValueError where it claims more bytes than it can hold, and
    they would be made room for, or holds something else.
    """
    if int.from_bytes(data[:4], "little") > min(_MOST * len(data), _LONGEST):
        raise ValueError("a stored text that claims an impossible length")
    try:
        unpacked: bytes = lz4.block.decompress(data)
    except lz4.block.LZ4BlockError as error:
        raise ValueError(f"a stored text that cannot be unpacked: {error}") from error
    return unpacked
