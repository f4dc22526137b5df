"""A tree as a person would type it: the way back from :mod:`index.parse`."""

from __future__ import annotations

from index.query import All, And, Fuzzy, Node, Not, Or, Phrase, Prefix, Range, Term


def to_text(tree: Node) -> str:
    """The tree as a person would type it: ``parse(to_text(tree)).tree == tree``.

    This holds for what :func:`parse` makes (And and Or laid flat, no Not of a Not).
    """
    match tree:
        case All():
            return ""
        case And(children):
            return " ".join(_inner(child, And) for child in children)
        case Or(children):
            return " OR ".join(_inner(child, Or) for child in children)
        case Not(child):
            return f"-{_inner(child, Not)}"
        case Range(low, high):
            return f"date:{low or ''}..{high or ''}"
        case _:
            name = "" if tree.field == "text" else f"{tree.field}:"
            return name + _leaf(tree)


def _inner(child: Node, parent: type[Node]) -> str:
    compound = isinstance(child, Or) or (isinstance(child, And) and parent is Not)
    return f"({to_text(child)})" if compound else to_text(child)


def _leaf(leaf: Term | Phrase | Prefix | Fuzzy) -> str:
    match leaf:
        case Phrase(words=found, slop=slop):
            return f'"{" ".join(found)}"' + (f"~{slop}" if slop else "")
        case Prefix(text=text):
            return f"{text}*"
        case Fuzzy(text=text):
            return f"{text}~"
        case _:
            return leaf.text
