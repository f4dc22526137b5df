"""From a question's tree and filters to the server's query language. Nothing is asked here.

Scores: single words and phrases by the server's BM25; a prefix and ``word~`` as one word with the
statistics of the most frequent that it stands for; everything that only narrows is worth 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from index.analysis import stem
from index.matching import Leaf
from index.opensearch_engine.mapping import SEPARATOR
from index.query import (
    All,
    And,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Scope,
    Term,
)
from index.scoring import SCORED

Clause = dict[str, Any]
"""A piece of the server's query language."""

Expansions = Mapping[Leaf, Sequence[str]]
"""The live words that each Prefix and Fuzzy stands for."""

EVERYTHING: Clause = {"match_all": {}}
NOTHING: Clause = {"match_none": {}}


def compile_tree(tree: Node, scope: Scope, expansions: Expansions) -> Clause:
    """What matches a tree, and what that is worth."""
    match tree:
        case All():
            return narrowing(EVERYTHING)
        case And(children):
            return {"bool": {"must": [compile_tree(c, scope, expansions) for c in children]}}
        case Or(children):
            return any_of(compile_tree(c, scope, expansions) for c in children)
        case Not(child):
            return without(compile_tree(child, scope, expansions))
        case Range(low, high):
            return narrowing(in_range(low, high))
        case Term(text=code, field="country"):
            return narrowing({"term": {"country": code}})
        case Term() | Phrase() | Prefix() | Fuzzy() if tree.field == "country":
            return NOTHING
        case Term() | Phrase() | Prefix() | Fuzzy():
            found = _leaf(tree, f"{scope}_{tree.field}", expansions)
            return found if tree.field in SCORED else narrowing(found)


def _leaf(leaf: Leaf, name: str, expansions: Expansions) -> Clause:
    match leaf:
        case Term(text=text, field="speaker"):
            return {"term": {name: text}}
        case Term(text=text):
            return {"term": {f"{name}_stem": stem(text)}}
        case Phrase(words=words, slop=slop):
            return _phrase(name, words, slop)
        case Prefix(text=text):
            looked_for: Clause = {"prefix": {name: {"value": text, "rewrite": _AS_ONE}}}
        case Fuzzy(text=text):
            looked_for = {"fuzzy": {name: {"value": text, "rewrite": _AS_ONE, **_ONE_EDIT}}}
    met = {"terms": {name: list(expansions[leaf])}}
    return {"bool": {"filter": [met], "should": [looked_for]}}


_ONE_EDIT: Clause = {"fuzziness": 1, "prefix_length": 1, "transpositions": False}
_AS_ONE = "top_terms_blended_freqs_200"  # of what is scored; which words are met, `terms` says


def _phrase(name: str, words: Sequence[str], slop: int) -> Clause:
    """The server's own slop also lets words change places: intervals decide, it only scores."""
    text = SEPARATOR.join(words)
    phrase = {"match_phrase": {name: {"query": text, "slop": slop}}}
    if not slop:
        return phrase
    ordered = {"match": {"query": text, "mode": "ordered", "max_gaps": slop}}
    return {"bool": {"filter": [{"intervals": {name: ordered}}], "should": [phrase]}}


def in_range(low: dt.date | None, high: dt.date | None) -> Clause:
    """What overlaps the bounds; the undated do not, even where both are open."""
    bounds: list[Clause] = [{"exists": {"field": "first"}}]
    if low is not None:
        bounds.append({"range": {"last": {"gte": low.isoformat()}}})
    if high is not None:
        bounds.append({"range": {"first": {"lte": high.isoformat()}}})
    return all_of(bounds)


def has_value(facet: str, values: Iterable[str | None]) -> Clause:
    """What has one of the values of a facet; None: what has none."""
    chosen = set(values)
    named = sorted(value for value in chosen if value is not None)
    clauses: list[Clause] = [{"terms": {facet: named}}] if named else []
    if None in chosen:
        clauses.append(without({"exists": {"field": facet}}))
    return any_of(clauses) if clauses else NOTHING


def narrowing(clause: Clause) -> Clause:
    """The same, worth 0."""
    return {"bool": {"filter": [clause]}}


def without(clause: Clause) -> Clause:
    """Everything else, worth 0."""
    return {"bool": {"filter": [EVERYTHING], "must_not": [clause]}}


def all_of(clauses: Sequence[Clause]) -> Clause:
    """What matches each, worth 0."""
    return {"bool": {"filter": list(clauses) or [EVERYTHING]}}


def any_of(clauses: Iterable[Clause]) -> Clause:
    """What matches at least one."""
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}
