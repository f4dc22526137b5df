"""A question under the names that were decided: who asks for a spelling means the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.atoms import quoted
from index.query import LIMITS, And, Node, Not, Or, Phrase, Query, Selection, Term

NameOf = Callable[[str], str]
"""The name for which a spelling stands, or the spelling itself (``Aliases.name_of``)."""


def under_names(query: Query, name_of: NameOf) -> Query:
    """The question with names in place of spellings, chosen (``speaker=``) or typed (``speaker:``).

    Documents are indexed under the names, so that an old link or another spelling would find
    nothing.
    """
    named = replace(
        query,
        tree=_node(query.tree, name_of),
        include=_selection(query.include, name_of),
        exclude=_selection(query.exclude, name_of),
    )
    return query if named == query else named


def _selection(chosen: Selection, name_of: NameOf) -> Selection:
    return replace(chosen, speaker=tuple(dict.fromkeys(map(name_of, chosen.speaker))))


def _node(node: Node, name_of: NameOf) -> Node:
    match node:
        case And(children):
            return And(tuple(_node(child, name_of) for child in children))
        case Or(children):
            return Or(tuple(_node(child, name_of) for child in children))
        case Not(child):
            return Not(_node(child, name_of))
        case Phrase(words, 0, "speaker"):
            return _named(node, " ".join(words), name_of)
        case Term(text, "speaker"):
            return _named(node, text, name_of)
    return node


def _named(node: Node, spelling: str, name_of: NameOf) -> Node:
    name = name_of(spelling)
    return node if name == spelling else quoted(name, 0, "speaker", LIMITS) or node
