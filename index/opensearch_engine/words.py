"""Which live words and names there are: asked before the question itself.

Lucene's own dictionary also holds words of what was deleted, and does not say which. The exact
answer is counted from the values of the matching records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index import names, spelling
from index.analysis import words
from index.matching import Leaf, leaves, meets, too_many_words
from index.opensearch_engine.compile import Clause, all_of, any_of, compile_tree, narrowing
from index.opensearch_engine.mapping import LONGEST, NAMED
from index.opensearch_engine.server import Server
from index.query import (
    FACETS,
    UNKNOWN,
    FacetName,
    Fuzzy,
    Node,
    Prefix,
    Query,
    Scope,
    Selection,
)
from index.query import Field as QueryField

MOST_NAMES = 50_000
"""Names that one filter's word may be part of."""

MOST_WORDS = 50_000
"""Words that are looked at for a spelling: with many more, the most frequent ones."""

SAMPLE = 200_000
"""Records a shard whose words are looked at for a spelling."""

_FACTORED = 100
"""Letters up to which ``word~`` is written out as a pattern."""

Resolved = Mapping[str, frozenset[str | None]]
"""Facet -> the values that were meant; None is the "unknown" bucket."""


def expand(server: Server, tree: Node, scope: Scope, most: int) -> dict[Leaf, list[str]]:
    """The live words that each Prefix and Fuzzy stands for. Raises QueryLimit over ``most``."""
    wanted = [
        leaf
        for leaf in dict.fromkeys(leaves(tree))
        if isinstance(leaf, Prefix | Fuzzy) and leaf.field != "country"
    ]
    answers = server.search_all([_words_of(leaf, scope, most) for leaf in wanted])
    found: dict[Leaf, list[str]] = {}
    for leaf, answer in zip(wanted, answers, strict=True):
        held = [bucket["key"] for bucket in answer["aggregations"]["words"]["buckets"]]
        found[leaf] = [word for word in held if meets(leaf, word)]
        if len(found[leaf]) > most:
            raise too_many_words(leaf, most)
    return found


def _words_of(leaf: Prefix | Fuzzy, scope: Scope, most: int) -> Clause:
    name = f"{scope}_{leaf.field}"
    pattern = _pattern(leaf)
    long_word = isinstance(leaf, Fuzzy) and len(leaf.text) > _FACTORED
    counted = {
        "field": f"{name}_words",
        "include": pattern,
        # Of the few very long words all, because the pattern says little; of others enough to
        # know that there are too many. By key: each shard's first ones are all that matter.
        "size": MOST_WORDS if long_word else most + 1,
        "order": {"_key": "asc"},
    }
    holding: Clause = (
        {"prefix": {name: leaf.text}}
        if isinstance(leaf, Prefix)
        else {"regexp": {name: {"value": pattern, "flags": "NONE"}}}
    )
    return {"size": 0, "query": holding, "aggs": {"words": {"terms": counted}}}


def _pattern(leaf: Prefix | Fuzzy) -> str:
    """A pattern of Lucene's for the words that are meant (for very long ones: for more)."""
    text = leaf.text
    if isinstance(leaf, Prefix):
        return f"{_escape(text)}.*"
    first, rest = _escape(text[0]), text[1:]
    if len(text) > _FACTORED:
        return f"{first}.{{{len(rest) - 1},{len(rest) + 1}}}"
    letters = [_escape(letter) for letter in rest]
    variants = []
    for at in range(len(letters) + 1):
        before, here, after = (
            "".join(part) for part in (letters[:at], letters[at:], letters[at + 1 :])
        )
        variants += [f"{before}.?{here}", f"{before}.?{after}"]  # inserted; deleted or replaced
    return f"{first}({'|'.join(variants)})"


def _escape(text: str) -> str:
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)


class Vocabulary:
    """What :func:`index.spelling.suggest` asks about one question's scope."""

    def __init__(self, server: Server, query: Query, filters: Clause) -> None:
        self._server = server
        self._scope = query.scope
        self._prefix_terms = query.limits.prefix_terms
        self._filters = filters

    def words(self, field: QueryField, letter: str) -> Iterable[tuple[str, int]]:
        """The words with that first letter, each with the number of records that hold it."""
        include = f"{_escape(letter)}.*"
        name = f"{self._scope}_{field}_words"
        counted = {"terms": {"field": name, "include": include, "size": MOST_WORDS}}
        body = {
            "size": 0,
            "query": narrowing({"term": {"scope": self._scope}}),
            "aggs": {"sample": {"sampler": {"shard_size": SAMPLE}, "aggs": {"words": counted}}},
        }
        buckets = self._server.search(body)["aggregations"]["sample"]["words"]["buckets"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]

    def holds(self, probe: spelling.Probe) -> bool:
        """Whether any record of the scope matches a word."""
        return self._any(compile_tree(probe, self._scope, {}))

    def has_hits(self, tree: Node) -> bool:
        """Whether any record matches the tree under all filters."""
        expanded = expand(self._server, tree, self._scope, self._prefix_terms)
        return self._any(all_of([compile_tree(tree, self._scope, expanded), self._filters]))

    def _any(self, clause: Clause) -> bool:
        query = all_of([clause, {"term": {"scope": self._scope}}])
        body = {"size": 0, "query": query, "track_total_hits": 1}
        total: int = self._server.search(body)["hits"]["total"]["value"]
        return total > 0


def resolve(server: Server, query: Query) -> tuple[Resolved, Resolved]:
    """The values that the typed ones stand for: the included and the excluded."""
    asked: list[tuple[FacetName, str]] = [
        (facet, value)
        for facet in NAMED
        for value in (*query.include.of(facet), *query.exclude.of(facet))
        if value != UNKNOWN
    ]
    typed = list(dict.fromkeys(asked))
    answers = server.search_all([_names_like(*one, query.scope) for one in typed])
    meant: dict[tuple[FacetName, str], frozenset[str]] = {
        (facet, value): names.resolve(
            value, (b["key"] for b in answer["aggregations"]["names"]["buckets"])
        )
        for (facet, value), answer in zip(typed, answers, strict=True)
    }

    def values(selection: Selection) -> Resolved:
        resolved: dict[str, frozenset[str | None]] = {}
        for facet in FACETS:
            chosen: set[str | None] = set()
            for value in selection.of(facet):
                if value == UNKNOWN:
                    chosen.add(None)
                else:
                    chosen |= meant.get((facet, value), {value} if facet == "country" else set())
            resolved[facet] = frozenset(chosen)
        return resolved

    return values(query.include), values(query.exclude)


def _names_like(facet: str, value: str, scope: Scope) -> Clause:
    """A question for all values that may be meant: the very one, or what holds its words."""
    alike: list[Clause] = [{"term": {facet: value}}]
    given = words(value)
    if given:
        alike.append(all_of(holding_words(facet, given)))
    return {
        "size": 0,
        "query": all_of([any_of(alike), {"term": {"scope": scope}}]),
        "aggs": {"names": {"terms": {"field": facet, "size": MOST_NAMES}}},
    }


def holding_words(facet: str, given: Sequence[str]) -> list[Clause]:
    """What has these words among its values of a facet."""
    return [{"term": {f"{facet}_words": word[:LONGEST]}} for word in given]
