"""A document as it is kept and handed on."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import pickle
from types import MappingProxyType

import pytest

from archive.document import Attachment, Byline, Country, Document
from tests.index.documents import ARCHIVE

SIGNED = dataclasses.replace(
    ARCHIVE[0],
    byline=Byline("Zoë Ümit", "Editor"),
    attachments=(Attachment("Brief “80/17”", None),),
    evidence=MappingProxyType({"title": "h1", "body": "article\x00\t"}),
)
ESCAPED = (
    dataclasses.replace(ARCHIVE[0], body='A \\ and a \\n are "said".\n\n\\"So\\", é.\n'),
    dataclasses.replace(ARCHIVE[0], body="\x00 \r\n\t \x1f \x7f \u2028 \\"),
    dataclasses.replace(
        ARCHIVE[0], body='"body":', attachments=(Attachment('"body":"",', '"body":""'),)
    ),
)
DOCUMENTS = (*ARCHIVE, SIGNED, *ESCAPED)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.title)
def test_a_fingerprint_is_that_of_the_json_without_its_source(document: Document) -> None:
    content = document.to_json()
    del content["source"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert document.fingerprint() == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.title)
def test_a_statement_has_the_same_fingerprint_wherever_it_is_listed(document: Document) -> None:
    listed = Country("XK", "Kosovo", "listed", "the listing's heading")
    elsewhere = dataclasses.replace(
        document, id="1", listed_on=("https://o.example/",), countries=(*document.countries, listed)
    )
    told = tuple(country for country in document.countries if country.relation != "listed")
    bare = dataclasses.replace(document, id="", listed_on=(), evidence={}, countries=told)
    for one in (document, elsewhere, bare):
        assert one.fingerprints() == (one.fingerprint(), bare.fingerprint())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.title)
def test_the_text_of_a_document_is_its_json(document: Document) -> None:
    text = json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"))
    assert document.to_text() == text


@pytest.mark.parametrize("document", ARCHIVE, ids=lambda document: document.title)
def test_a_document_is_the_same_in_json_and_in_another_process(document: Document) -> None:
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301 (our own bytes)


def test_a_fingerprint_that_is_known_goes_with_the_document_but_with_no_other() -> None:
    known = dataclasses.replace(ARCHIVE[0]).known_by("0f" * 32)
    assert pickle.loads(pickle.dumps(known)).fingerprint() == "0f" * 32  # noqa: S301 (our own bytes)
    assert known == ARCHIVE[0]
    assert known.to_text() == ARCHIVE[0].to_text()
    assert dataclasses.replace(known, title="Other").fingerprint() != "0f" * 32
    assert Document.from_json(known.to_json()).fingerprint() == ARCHIVE[0].fingerprint()
