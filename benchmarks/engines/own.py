"""Our own engine, through the face that the web page and the command line use."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from archive.document import Document
from benchmarks.engines.corpus import Record, to_document
from benchmarks.engines.peer import shown
from index.query import And, Fuzzy, Node, Not, Or, Phrase, Prefix, Query, Selection, Term
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.writer import WhooshWriter

QUOTATIONS = int(os.environ.get("BENCH_QUOTATIONS", "0"))
JOBS = int(os.environ.get("BENCH_JOBS", "1"))


class Own:
    """See :class:`benchmarks.engines.peer.Peer`."""

    def build(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Make an index."""
        documents = map(_document, records)
        WhooshWriter(Path(path), jobs=JOBS).rebuild(documents, revision=1, extractor_version="1")

    def open(self, path: str) -> None:
        """Open it for questions."""
        self._engine = WhooshEngine(Path(path))

    def ask(self, question: Mapping[str, Any], mode: str) -> dict[str, Any] | None:
        """Answer a question."""
        page = mode == "page"
        found = self._engine.search(to_query(question), facets=page, snippets=page)
        answer: dict[str, Any] = {
            "ids": [int(hit.id, 16) for hit in found.hits],
            "total": found.total,
        }
        if page:
            answer["facets"] = {
                facet.name: {
                    value.value: value.count for value in facet.values[: shown(facet.name)]
                }
                for facet in found.facets
            }
            answer["snippets"] = [len(hit.snippets) for hit in found.hits]
        return answer


def _document(record: Mapping[str, Any]) -> Document:
    """As an archive hands it out: with its fingerprint, unless quotations are put into it here."""
    document = to_document(cast(Record, record), QUOTATIONS)
    known = None if QUOTATIONS else record.get("fingerprint")
    return document.known_by(known) if known else document


def to_query(question: Mapping[str, Any]) -> Query:
    """A question of the comparison as ours: its first ten hits."""
    country = question.get("country")
    return Query(
        tree=_tree(question),
        include=Selection(country=(country,) if country else ()),
        date_from=question.get("low"),
        date_to=question.get("high"),
        sort=None if question["words"] else "newest",
        per_page=10,
    )


def _tree(question: Mapping[str, Any]) -> Node:
    kind, words = question["kind"], question["words"]
    terms = tuple(Term(word) for word in words)
    if kind in ("or2", "or4"):
        return Or(terms)
    if kind == "phrase":
        return Phrase(tuple(words))
    if kind == "prefix":
        return Prefix(words[0])
    if kind == "fuzzy":
        return Fuzzy(words[0])
    if kind == "not":
        return And((*terms, Not(Term(question["unwanted"]))))
    return Query().tree if kind == "all" else And(terms) if len(terms) > 1 else terms[0]
