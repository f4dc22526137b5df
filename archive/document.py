"""The document: what one statement is, once it has left its page.

The dataclasses mirror the agreed JSON one to one (``to_json`` writes its keys in
their order). They are frozen and hold tuples, so that a document can be handed from
room to room, hashed and compared without anyone changing it on the way.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, Literal

EXTRACTOR_VERSION = "5"
"""Raised whenever the same page would become another document. Kept in each document."""

Kind = Literal["article", "teaser"]
Relation = Literal["primary", "mentioned", "listed"]
SpeakerKind = Literal["person", "spokesperson", "organisation"]
QuotationKind = Literal["person", "spokesperson", "organisation", "document"]


class _Value:
    """Pickled as its type and fields: twice as quick as what frozen dataclasses do by themselves.

    Documents cross from process to process when an index is built.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        kind: Any = type(self)
        return kind, _values(kind)(self)


@dataclass(frozen=True, slots=True)
class Byline(_Value):
    """Who signed the statement ("By Jane Roe, Campaigner, Example Watch")."""

    name: str
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment(_Value):
    """A file that the statement offers ("80 Russia.pdf")."""

    label: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Country(_Value):
    """A country and how the document is about it.

    ``code`` is ISO 3166-1 alpha-2 (``XK`` for Kosovo), ``name`` its English name.
    ``primary``: the text is about it; ``mentioned``: the text names it; ``listed``: a
    listing of that country carries the document. One country may occur under
    ``listed`` and under one of the other two.
    """

    code: str
    name: str
    relation: Relation
    evidence: str


@dataclass(frozen=True, slots=True)
class Speaker(_Value):
    """Somebody to whom at least one quotation of the document is attributed.

    ``name`` is None for an unnamed spokesperson: ``organisation`` then says whose.
    """

    name: str | None
    kind: SpeakerKind
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation(_Value):
    """What somebody is quoted as saying, and where it stands in the body.

    ``paragraphs`` are the words without the outer quotation marks. ``start`` and ``end``
    are character offsets into ``Document.body`` of the whole span, marks included.
    ``closed`` is False where the page cut it off before its closing mark.
    ``speaker`` is None for an unattributed quotation and for an unnamed spokesperson
    (then ``kind`` is ``"spokesperson"``); ``kind`` is None when nothing is known.
    """

    speaker: str | None
    kind: QuotationKind | None
    role: str | None
    organisation: str | None
    paragraphs: tuple[str, ...]
    start: int
    end: int
    closed: bool = True

    @property
    def text(self) -> str:
        """The paragraphs, separated by a blank line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Source(_Value):
    """Which capture the document was read from, and by what."""

    path: str | None
    captured_at: str | None
    sha256: str | None
    profile: str | None
    extractor_version: str


class _Fingerprinted(_Value):
    """A place beside the fields: none of them, and no part of what is equal."""

    __slots__ = ("_fingerprints",)


@dataclass(frozen=True, slots=True)
class Document(_Fingerprinted):
    """One statement. See the design's contract for the meaning of each field."""

    id: str
    kind: Kind
    url: str | None
    listed_on: tuple[str, ...]
    site: str | None
    title: str
    title_derived: bool
    body: str
    published: str | None
    updated: str | None
    language: str | None
    byline: Byline | None
    category: str | None
    topics: tuple[str, ...]
    references: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    countries: tuple[Country, ...]
    speakers: tuple[Speaker, ...]
    quotations: tuple[Quotation, ...]
    source: Source
    evidence: Mapping[str, str] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        return _known_document, (self._known_fingerprints(), _values(Document)(self))

    def to_json(self) -> dict[str, Any]:
        """The agreed JSON object: keys in the agreed order, tuples as lists."""
        return {name: _plain(getattr(self, name)) for name in _names(Document)}

    def to_text(self) -> str:
        """The same as compact JSON; in a third of the time, without making the object."""
        return _compact(_fields(self))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Document:
        """The inverse of :meth:`to_json`.

        Raises KeyError or TypeError when ``data`` is not such an object.
        """
        return cls(
            **{
                **{name: data[name] for name in _names(Document)},
                "listed_on": tuple(data["listed_on"]),
                "byline": Byline(**data["byline"]) if data["byline"] else None,
                "topics": tuple(data["topics"]),
                "references": tuple(data["references"]),
                "attachments": tuple(Attachment(**a) for a in data["attachments"]),
                "countries": tuple(Country(**c) for c in data["countries"]),
                "speakers": tuple(Speaker(**s) for s in data["speakers"]),
                "quotations": tuple(
                    Quotation(**{**q, "paragraphs": tuple(q["paragraphs"])})
                    for q in data["quotations"]
                ),
                "source": Source(**data["source"]),
                "evidence": dict(data["evidence"]),
            }
        )

    def fingerprint(self) -> str:
        """SHA-256 (hex) of everything but the source: equal means nothing changed."""
        known = self._known_fingerprints()
        return known[0] if known else self.fingerprints()[0]

    def fingerprints(self) -> tuple[str, str]:
        """The fingerprint, and that of the statement alone: without the id, where it is listed
        and how things were found.
        """
        fingerprint, statement = self._known_fingerprints() or ("", None)
        if statement is None:
            fingerprint, statement = _fingerprints(self)
            self.known_by(fingerprint, statement)
        return fingerprint, statement

    def known_by(self, fingerprint: str, statement: str | None = None) -> Document:
        """The document itself, which need not work out its fingerprints again: who keeps
        documents keeps these too.
        """
        object.__setattr__(self, "_fingerprints", (fingerprint, statement))
        return self

    def _known_fingerprints(self) -> tuple[str, str | None] | None:
        return getattr(self, "_fingerprints", None)


def _known_document(
    fingerprints: tuple[str, str | None] | None, values: tuple[Any, ...]
) -> Document:
    document = Document(*values)
    return document.known_by(*fingerprints) if fingerprints else document


def _fingerprints(document: Document) -> tuple[str, str]:
    """Of the document's canonical JSON, and of its statement's, made from one text."""
    content = _fields(document)
    del content["source"]
    own = _canonical({name: content[name] for name in ("countries", "evidence", "id")})
    listed_on = _canonical(content["listed_on"])
    told = [country for country in document.countries if country.relation != "listed"]
    content.update(body="", countries=told, evidence={}, id="", listed_on=())
    # Quotation marks within values are escaped, and no inner object before these has such a key.
    before, key, after = _canonical(content).partition('"body":')
    lead, countries, rest = after[2:].partition('"countries":')
    statement = hashlib.sha256((before + key).encode())
    statement.update(_quoted(document.body))
    statement.update(lead.encode())
    whole = statement.copy()
    statement.update((countries + rest).encode())
    kind, key, rest = rest.partition(_ANYONES)[2].partition('"listed_on":')
    whole.update(f"{own[1:-1]},{kind}{key}{listed_on}{rest[2:]}".encode())
    return whole.hexdigest(), statement.hexdigest()


_ANYONES = '"evidence":{},"id":"",'
"""What a statement's canonical JSON has in place of a document's own."""


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass, in order: asked for every document, so worked out once."""
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _values(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of the fields, in order."""
    return attrgetter(*_names(kind))


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in _names(value.__class__)}


def _mapping(value: Any) -> dict[str, Any]:
    """What the encoder does not know: a dataclass within a document, or evidence."""
    return _fields(value) if isinstance(value, _Value) else dict(value)


def _quoted(text: str) -> bytes:
    """The text as JSON; a long one in half of the encoder's time, which goes by letters."""
    data = text.encode()
    if len(data.translate(None, _RARE)) != len(data):
        return _canonical(text).encode()
    escaped = data.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"%s"' % escaped


_RARE = bytes(set(range(32)) - {ord("\n")})
"""Characters that JSON escapes, but for the three that texts are full of."""


_compact = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_mapping
).encode

_canonical = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_mapping,
).encode


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(item) for name, item in _fields(value).items()}
    if isinstance(value, Mapping):
        return dict(value)
    return value
