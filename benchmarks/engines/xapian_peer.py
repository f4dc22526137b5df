"""Xapian, through Debian's python3-xapian: run by the system's Python."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

import xapian

_SLOTS = {"year": (0,), "country": (2, 3, 4), "speaker": (5, 6), "topic": (7,), "category": (8,)}
_SNIPPET = xapian.MSet.SNIPPET_BACKGROUND_MODEL | xapian.MSet.SNIPPET_EXHAUSTIVE


class Xapian:
    """See :class:`benchmarks.engines.peer.Peer`."""

    def build(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Make an index."""
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = "20000"
        db = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OPEN)
        words = xapian.TermGenerator()
        words.set_stemmer(xapian.Stem("english"))
        words.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for r in records:
            document = xapian.Document()
            words.set_document(document)
            words.index_text(r["title"])
            words.increase_termpos()
            words.index_text(r["body"])
            document.add_value(1, r["date"].replace("-", ""))
            document.set_data(json.dumps({"id": r["id"], "title": r["title"], "body": r["body"]}))
            values = {
                "year": [r["date"][:4]],
                "country": r["countries"],
                "speaker": r["speakers"],
                "topic": r["topics"],
                "category": [r["category"]],
            }
            for facet, slots in _SLOTS.items():
                for slot, value in zip(slots, values[facet]):  # noqa: B905 (fewer values than slots)
                    document.add_value(slot, value)
            for country in r["countries"]:
                document.add_boolean_term(f"XC{country}")
            db.add_document(document)
        db.commit()
        db.close()

    def open(self, path: str) -> None:
        """Open it for questions."""
        self._db = xapian.Database(path)
        self._stem = xapian.Stem("english")

    def ask(self, question: Mapping[str, Any], mode: str) -> dict[str, Any] | None:
        """Answer a question."""
        query = self._query(question)
        if query is None:
            return None
        enquire = xapian.Enquire(self._db)
        enquire.set_query(query)
        if question["kind"] == "all":
            enquire.set_sort_by_value(1, True)
        slots = [slot for held in _SLOTS.values() for slot in held]
        spies = {slot: xapian.ValueCountMatchSpy(slot) for slot in slots if mode == "page"}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._db.get_doccount())
        data = [json.loads(hit.document.get_data()) for hit in found]
        answer: dict[str, Any] = {
            "ids": [held["id"] for held in data],
            "total": found.get_matches_estimated(),
        }
        if mode == "page":
            answer["facets"] = {
                facet: self._counted([spies[slot] for slot in held])
                for facet, held in _SLOTS.items()
            }
            answer["snippets"] = [
                found.snippet(held["body"], 200, self._stem, _SNIPPET, "<b>", "</b>", "…").decode()
                for held in data
            ]
        return answer

    def _counted(self, spies: list[Any]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for spy in spies:
            for value in spy.values():
                name = value.term.decode()
                counts[name] = counts.get(name, 0) + value.termfreq
        return counts

    def _query(self, question: Mapping[str, Any]) -> Any:
        make, kind = xapian.Query, question["kind"]
        terms = [make(self._stem(word).decode()) for word in question["words"]]
        if kind == "fuzzy":
            return None
        if kind == "all":
            return make.MatchAll
        if kind in ("or2", "or4"):
            return make(make.OP_OR, terms)
        if kind == "phrase":
            return make(make.OP_PHRASE, terms, 2)
        if kind == "prefix":
            limit = make.WILDCARD_LIMIT_ERROR
            return make(make.OP_WILDCARD, question["words"][0], 0, limit, make.OP_OR)
        query = make(make.OP_AND, terms)
        if kind == "not":
            return make(make.OP_AND_NOT, query, make(self._stem(question["unwanted"]).decode()))
        if kind == "date":
            low, high = (question[key].replace("-", "") for key in ("low", "high"))
            return make(make.OP_FILTER, query, make(make.OP_VALUE_RANGE, 1, low, high))
        if kind == "country":
            return make(make.OP_FILTER, query, make(f"XC{question['country']}"))
        return query
