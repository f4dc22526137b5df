"""What a person typed becomes a tree: ``parse("vpn -title:ban")``.

A lexer (one regular expression) and a recursive descent over its lexemes, both in linear
time; recursion is bounded by the depth limit::

    any    := all ("OR" all)*
    all    := one ("AND"? one)*
    one    := ("NOT" | "-")* (FIELD? atom)
    atom   := "(" any? ")" | QUOTED | WORD

Nothing that a person types is an error. What is not a question of this shape is searched
literally, word for word, with a notice that says why; only a question over one of the
limits is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from index import atoms
from index.atoms import NotAQuestion
from index.errors import QueryLimit
from index.query import LIMITS, All, And, Field, Limits, Node, Not, Or
from index.sentence import Sentence

_FIELDS: dict[str, Field] = {
    "title": "title",
    "body": "body",
    "speaker": "speaker",
    "country": "country",
}
_OPERATORS = ("AND", "OR", "NOT")
_QUOTES = '"“”„‟«»'
_LEXEME = re.compile(
    rf"""
    (?P<open> \( ) | (?P<close> \) )
  | [{_QUOTES}] (?P<quoted> [^{_QUOTES}]* ) [{_QUOTES}] (?: ~ (?P<slop> \d+ ) )?
  | (?P<stray> [{_QUOTES}] )
  | (?<! [^\s(] ) (?P<minus> - ) (?= [^\s)] )
  | (?P<field> (?: {"|".join(_FIELDS)} | date ) (?= : ) ) :
  | (?P<word> [^\s(){_QUOTES}]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, and a sentence for the reader where it is not quite what was typed."""

    tree: Node
    notice: str | None = None


def parse(text: str, limits: Limits = LIMITS) -> Parsed:
    """The tree of a typed question. Raises QueryLimit, and nothing else."""
    if len(text) > limits.characters:
        raise QueryLimit(
            Sentence(
                "The question has {count} characters; at most {most} are possible.",
                count=f"{len(text):,}",
                most=limits.characters,
            )
        )
    typed = unicodedata.normalize("NFC", text)
    notice = None
    try:
        tree = _Parser(typed, limits).tree()
    except NotAQuestion as reason:
        tree = _literally(typed, limits)
        notice = Sentence("Searched literally, word for word: {reason}.", reason=reason.args[0])
    if tree is None:
        shown = typed.strip()
        nothing = Sentence("There is no word to search for in “{shown}”.", shown=shown)
        notice = nothing if shown else None
        return Parsed(All(), notice)
    return Parsed(tree, notice)


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    slop: int = 0


_END = _Lexeme("end", "")


def _lexemes(text: str) -> list[_Lexeme]:
    found = []
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup or ""
        if kind in ("quoted", "slop"):
            found.append(_Lexeme("quoted", match["quoted"], int(match["slop"] or 0)))
        elif kind == "word" and match["word"] in _OPERATORS:
            found.append(_Lexeme(match["word"], match["word"]))
        else:
            found.append(_Lexeme(kind, match[kind]))
    return [*found, _END]


class _Parser:
    """Recursive descent. Each method gives None for a part without anything to search for."""

    def __init__(self, text: str, limits: Limits) -> None:
        self._lexemes = _lexemes(text)
        self._limits = limits
        self._at = 0
        self._depth = 0
        self._clauses = 0

    def tree(self) -> Node | None:
        tree = self._any("text")
        if self._next.kind == "close":
            raise NotAQuestion(Sentence("a closing parenthesis has no opening one"))
        return tree

    @property
    def _next(self) -> _Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> _Lexeme:
        lexeme = self._lexemes[self._at]
        self._at += 1
        return lexeme

    def _any(self, field: Field) -> Node | None:
        children = [self._all(field)]
        while self._next.kind == "OR":
            self._take()
            children.append(self._all(field))
        return _join(Or, children)

    def _all(self, field: Field) -> Node | None:
        if self._next.kind in ("end", "close") and self._before not in _OPERATORS:
            return None  # nothing typed, or "()"
        children = [self._one(field)]
        while self._next.kind not in ("end", "close", "OR"):
            if self._next.kind == "AND":
                self._take()
            children.append(self._one(field))
        return _join(And, children)

    @property
    def _before(self) -> str:
        return self._lexemes[self._at - 1].kind if self._at else ""

    def _one(self, field: Field) -> Node | None:
        negative = False
        while self._next.kind in ("NOT", "minus"):
            self._take()
            negative = not negative
        node = self._named(field)
        return Not(node) if node is not None and negative else node

    def _named(self, field: Field) -> Node | None:
        if self._next.kind != "field":
            return self._atom(field)
        name = self._take().text.lower()
        if self._next.kind not in ("word", "quoted", "open"):
            raise NotAQuestion(Sentence("nothing to look for follows “{name}:”", name=name))
        if name == "date":
            lexeme = self._take()
            return self._counted(atoms.date(lexeme.text if lexeme.kind == "word" else ""))
        return self._atom(_FIELDS[name])

    def _atom(self, field: Field) -> Node | None:
        lexeme = self._take()
        if lexeme.kind == "open":
            return self._group(field)
        if lexeme.kind == "quoted":
            return self._counted(atoms.quoted(lexeme.text, lexeme.slop, field, self._limits))
        if lexeme.kind == "word":
            return self._counted(atoms.word(lexeme.text, field, self._limits))
        if lexeme.kind == "stray":
            raise NotAQuestion(Sentence("a quotation mark is not closed"))
        operator = lexeme.text if lexeme.kind in _OPERATORS else self._lexemes[self._at - 2].text
        raise NotAQuestion(
            Sentence("“{operator}” needs a word after it", operator=operator)
            if operator == "NOT"
            else Sentence("“{operator}” needs a word on each side", operator=operator)
        )

    def _group(self, field: Field) -> Node | None:
        self._depth += 1
        most = self._limits.depth
        if self._depth > most:
            raise QueryLimit(Sentence("Parentheses are nested deeper than {most}.", most=most))
        node = self._any(field)
        if self._take().kind != "close":
            raise NotAQuestion(Sentence("a parenthesis is not closed"))
        self._depth -= 1
        return node

    def _counted(self, leaf: Node | None) -> Node | None:
        self._clauses += leaf is not None
        _check_clauses(self._clauses, self._limits.clauses)
        return leaf


def _join(kind: type[And] | type[Or], children: list[Node | None]) -> Node | None:
    """One node for several: empty ones left out, nested ones of the same kind laid flat."""
    flat: list[Node] = []
    for child in children:
        if isinstance(child, kind):
            flat += child.children
        elif child is not None:
            flat.append(child)
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _literally(text: str, limits: Limits) -> Node | None:
    """Every word as it stands, without operators, fields and marks."""
    typed = re.split(rf"[\s(){_QUOTES}]+", text)
    leaves: list[Node] = [leaf for word in typed if (leaf := atoms.plain(word, "text", limits))]
    _check_clauses(len(leaves), limits.clauses)
    return _join(And, list(leaves))


def _check_clauses(count: int, most: int) -> None:
    if count > most:
        raise QueryLimit(Sentence("The question has more than {most} words or phrases.", most=most))
