"""Tantivy, through tantivy-py: title and body indexed as one field, which suits it best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import tantivy

from benchmarks.engines.peer import FACETS, shown
from index.analysis import stem

_EXACT = 20_000
"""Values that a segment may count before it gives the most frequent: more than there are."""


class Tantivy:
    """See :class:`benchmarks.engines.peer.Peer`."""

    def build(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Make an index."""
        schema = self._schema()
        writer = tantivy.Index(schema, path=path).writer(heap_size=800_000_000, num_threads=1)
        for r in records:
            document = {
                "id": r["id"],
                "text": f"{r['title']}\n\n{r['body']}",
                "date": dt.datetime.fromisoformat(r["date"]),
                "year": int(r["date"][:4]),
                "country": r["countries"],
                "speaker": r["speakers"],
                "topic": r["topics"],
                "category": r["category"],
            }
            writer.add_document(tantivy.Document.from_dict(document, schema))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, path: str) -> None:
        """Open it for questions."""
        index = tantivy.Index.open(path)
        self._is = index.schema
        self._searcher = index.searcher()
        self._counts = {
            facet: {"terms": {"field": facet, "size": shown(facet), "segment_size": _EXACT}}
            for facet in FACETS
        }

    def ask(self, question: Mapping[str, Any], mode: str) -> dict[str, Any] | None:
        """Answer a question."""
        query = self._query(question)
        newest: dict[str, Any] = {"order_by_field": "date"} if question["kind"] == "all" else {}
        found: Any = self._searcher.search(query, limit=10, count=True, **newest)
        hits = [self._searcher.doc(address) for _, address in found.hits]
        answer: dict[str, Any] = {"ids": [hit["id"][0] for hit in hits], "total": found.count}
        if mode == "page":
            counted = self._searcher.aggregate(query, self._counts)
            answer["facets"] = {
                facet: {str(b["key"]): b["doc_count"] for b in counted[facet]["buckets"]}
                for facet in FACETS
            }
            snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._is, "text")
            snippets.set_max_num_chars(200)
            answer["snippets"] = [snippets.snippet_from_doc(hit).to_html() for hit in hits]
        return answer

    def _schema(self) -> Any:
        build = tantivy.SchemaBuilder()
        build.add_unsigned_field("id", stored=True, fast=True)
        build.add_text_field("text", stored=True, tokenizer_name="en_stem")
        build.add_date_field("date", fast=True, indexed=True)
        build.add_unsigned_field("year", fast=True, indexed=True)
        for name in ("country", "speaker", "topic", "category"):
            build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        return build.build()

    def _query(self, question: Mapping[str, Any]) -> Any:
        make, occur = tantivy.Query, tantivy.Occur
        kind, words = question["kind"], question["words"]
        terms = [make.term_query(self._is, "text", stem(word)) for word in words]
        if kind == "all":
            return make.all_query()
        if kind in ("or2", "or4"):
            return make.boolean_query([(occur.Should, term) for term in terms])
        if kind == "phrase":
            return make.phrase_query(self._is, "text", [stem(word) for word in words])
        if kind == "prefix":
            return make.regex_query(self._is, "text", f"{words[0]}.*")
        if kind == "fuzzy":
            return make.fuzzy_term_query(self._is, "text", stem(words[0]), 1)
        clauses = [(occur.Must, term) for term in terms]
        if kind == "not":
            unwanted = make.term_query(self._is, "text", stem(question["unwanted"]))
            clauses.append((occur.MustNot, unwanted))
        elif kind == "date":
            low, high = (
                dt.datetime.fromisoformat(question[k]).replace(tzinfo=dt.UTC)
                for k in ("low", "high")
            )
            dates = make.range_query(self._is, "date", tantivy.FieldType.Date, low, high)
            clauses.append((occur.Must, make.const_score_query(dates, 0.0)))
        elif kind == "country":
            country = make.term_query(self._is, "country", question["country"])
            clauses.append((occur.Must, make.const_score_query(country, 0.0)))
        return make.boolean_query(clauses)
