"""The fields of an index, and what it says about itself.

One index holds the records of both scopes: a document, and each of its quotations. What is
counted or scored apart has a field for each scope (``documents_text``, ``quotations_text``), so
that no quotation weighs in a document's frequencies.

=================  ===================================================================
<scope>_<field>    tokens with positions: phrases. ``text`` is copied together by the server
…_stem             their stems: single words, scored by BM25
…_words            the distinct tokens as values: which live words there are, and in how
                   many records
<facet>            values; ``<facet>_words``: the words of these, to resolve a name
first, last, year  the days that the date covers; none where it is unknown
head, body         what is shown, as JSON; stored only
=================  ===================================================================

The title is sent ``WEIGHTS["title"]`` times, which makes the server's BM25 over ``text`` the
BM25F of :mod:`index.scoring` (but for its rounding of lengths).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from archive.bounds import bounds_of
from index import fields
from index.analysis import ANALYSIS_VERSION
from index.errors import IndexMismatch
from index.query import FACETS, Limits, Scope

SCHEMA_VERSION = 1
"""A change of the mapping or of :mod:`index.opensearch_engine.records` must raise it."""

SEPARATOR = "\n"
"""Between the tokens that are sent: no token holds it."""

LONGEST = 8_000
"""Letters of a token that count: Lucene's terms end at 32,766 bytes."""

SCOPES: tuple[Scope, ...] = ("documents", "quotations")
NAMED = tuple(facet for facet in FACETS if facet != "country")
"""The facets whose values are names, found by their words."""

_BOUNDS = bounds_of(Limits)

SETTINGS: dict[str, Any] = {
    "index": {
        "refresh_interval": "-1",  # what is written is seen when we say so
        "number_of_replicas": 0,  # while it is being filled
        "codec": "best_compression",  # of what is stored; a page reads that of ten hits
        # Whatever a maintainer sets: the question was checked before it came here.
        "max_result_window": _BOUNDS["offset"].most + _BOUNDS["page_size"].most,
        "max_regex_length": 100_000,
        "analysis": {
            "tokenizer": {
                "tokens": {
                    "type": "char_group",
                    "tokenize_on_chars": [SEPARATOR],
                    "max_token_length": LONGEST,
                }
            },
            "analyzer": {"tokens": {"type": "custom", "tokenizer": "tokens"}},
        },
    }
}


@dataclass(frozen=True, slots=True)
class Meta:
    """What an index says about itself. ``complete``: it was filled to the end."""

    schema: int
    analysis: int
    revision: int
    extractor_version: str
    built_at: str
    complete: bool = False

    def check(self, name: str) -> None:
        """Raises IndexMismatch where this version cannot read or write such an index."""
        if (self.schema, self.analysis) != (SCHEMA_VERSION, ANALYSIS_VERSION):
            raise IndexMismatch(
                f"{name} was written with schema {self.schema} and analysis {self.analysis}, this "
                f"version uses {SCHEMA_VERSION} and {ANALYSIS_VERSION}. Run: onrecord index build"
            )


def meta_of(held: dict[str, Any], name: str) -> Meta:
    """What an index says, in the server's answer about its mapping.

    Raises IndexMismatch where that is nothing of ours.
    """
    try:
        return Meta(**held["mappings"]["_meta"]["onrecord"])
    except (KeyError, TypeError):
        raise IndexMismatch(
            f"{name} was not written by this program, or by another version of it: name another "
            "alias, or run: onrecord index build"
        ) from None


def meta_body(meta: Meta) -> dict[str, Any]:
    """The part of a mapping that says it."""
    return {"_meta": {"onrecord": asdict(meta)}}


def mappings(meta: Meta) -> dict[str, Any]:
    """The mapping of a new index."""
    properties: dict[str, Any] = {
        "id": {"type": "keyword"},
        "number": {"type": "integer"},
        "scope": {"type": "keyword"},
        "fingerprint": {"type": "keyword", "index": False},
        "quotations": {"type": "integer"},
        "first": {"type": "date", "format": "strict_date"},
        "last": {"type": "date", "format": "strict_date"},
        "year": {"type": "keyword"},
        "title": {"type": "keyword", "index": False, "ignore_above": LONGEST},
        "head": {"type": "keyword", "index": False, "doc_values": False},
        "body": {"type": "keyword", "index": False, "doc_values": False},
    }
    for facet in FACETS:
        properties[facet] = {"type": "keyword", "ignore_above": LONGEST}
    for facet in NAMED:
        properties[f"{facet}_words"] = {
            "type": "keyword",
            "doc_values": False,
            "ignore_above": LONGEST,
        }
    for scope in SCOPES:
        for part in ("text", "title", "body", "references", "speaker"):
            properties |= _text(scope, part)
    return {
        **meta_body(meta),
        "dynamic": "strict",
        "_source": {"includes": ["head", "body", "quotations"]},
        "properties": properties,
    }


def _text(scope: Scope, part: str) -> dict[str, Any]:
    name = f"{scope}_{part}"
    tokens: dict[str, Any] = {"type": "text", "analyzer": "tokens"}
    made: dict[str, dict[str, Any]] = {
        name: tokens,
        f"{name}_stem": {**tokens, "index_options": "freqs"},
        f"{name}_words": {"type": "keyword", "index": False},
    }
    if part in fields.parts("text", scope):
        for field, target in zip(made, ("", "_stem", "_words"), strict=True):
            made[field] = {**made[field], "copy_to": [f"{scope}_text{target}"]}
    return made
