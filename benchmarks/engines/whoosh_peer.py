"""Plain Whoosh, used as its documentation says. Slow: give it fewer documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from whoosh import analysis, highlight, index, query, sorting
from whoosh.fields import DATETIME, ID, KEYWORD, NUMERIC, TEXT, Schema

_MULTIPLE = {"country": "countries", "speaker": "speakers", "topic": "topics"}


class Whoosh:
    """See :class:`benchmarks.engines.peer.Peer`."""

    def build(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Make an index."""
        words = (
            analysis.RegexTokenizer()
            | analysis.LowercaseFilter()
            | analysis.StemFilter(lang="en", cachesize=-1)
        )
        several = KEYWORD(commas=True, scorable=False, stored=True, sortable=True)
        schema = Schema(
            id=ID(stored=True),
            text=TEXT(analyzer=words, stored=True),
            date=DATETIME(stored=True, sortable=True),
            year=NUMERIC(int, stored=True, sortable=True),
            category=ID(stored=True, sortable=True),
            **dict.fromkeys(_MULTIPLE, several),
        )
        writer = index.create_in(path, schema).writer(limitmb=512)
        for r in records:
            writer.add_document(
                id=str(r["id"]),
                text=f"{r['title']}\n\n{r['body']}",
                date=dt.datetime.fromisoformat(r["date"]),
                year=int(r["date"][:4]),
                category=r["category"],
                **{facet: ",".join(r[name]) for facet, name in _MULTIPLE.items()},
            )
        writer.commit()

    def open(self, path: str) -> None:
        """Open it for questions."""
        self._searcher = index.open_dir(path).searcher()
        self._words = self._searcher.schema["text"].analyzer

    def ask(self, question: Mapping[str, Any], mode: str) -> dict[str, Any] | None:
        """Answer a question."""
        wanted, narrowed = self._query(question)
        options: dict[str, Any] = (
            {"sortedby": "date", "reverse": True} if question["kind"] == "all" else {}
        )
        if mode == "page":
            options["groupedby"] = {
                facet: sorting.FieldFacet(
                    facet, allow_overlap=facet in _MULTIPLE, maptype=sorting.Count
                )
                for facet in ("country", "speaker", "topic", "category", "year")
            }
        found = self._searcher.search(wanted, filter=narrowed, limit=10, **options)
        answer: dict[str, Any] = {"ids": [int(hit["id"]) for hit in found], "total": len(found)}
        if mode == "page":
            found.fragmenter = highlight.ContextFragmenter(maxchars=200, surround=40)
            answer["snippets"] = [hit.highlights("text", top=2) for hit in found]
            answer["facets"] = {
                facet: {str(value): count for value, count in found.groups(facet).items()}
                for facet in options["groupedby"]
            }
        return answer

    def _query(self, question: Mapping[str, Any]) -> tuple[Any, Any]:
        kind, words = question["kind"], question["words"]
        terms = [query.Term("text", self._stem(word)) for word in words]
        if kind == "all":
            return query.Every(), None
        if kind in ("or2", "or4"):
            return query.Or(terms), None
        if kind == "phrase":
            return query.Phrase("text", [self._stem(word) for word in words]), None
        if kind == "prefix":
            return query.Prefix("text", words[0]), None
        if kind == "fuzzy":
            return query.FuzzyTerm("text", self._stem(words[0]), maxdist=1, prefixlength=1), None
        if kind == "date":
            low, high = (dt.datetime.fromisoformat(question[key]) for key in ("low", "high"))
            return terms[0], query.DateRange("date", low, high)
        if kind == "country":
            return terms[0], query.Term("country", question["country"])
        if kind == "not":
            unwanted = query.Term("text", self._stem(question["unwanted"]))
            return query.And([terms[0], query.Not(unwanted)]), None
        return query.And(terms), None

    def _stem(self, word: str) -> str:
        return str(next(self._words(word)).text)
