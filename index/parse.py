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

from archive.calendar import parse_date
from archive.countries import country_code
from index.analysis import words
from index.errors import QueryLimit
from index.query import LIMITS, All, And, Field, Fuzzy, Node, Not, Or, Phrase, Prefix, Range, Term

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
_POSSESSIVE = re.compile(r"(?<=\w)['’]s(?=\W*$)", re.IGNORECASE)
_FUZZY = re.compile(r"(.+)~(\d*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, and a sentence for the reader where it is not quite what was typed."""

    tree: Node
    notice: str | None = None


def parse(text: str) -> Parsed:
    """The tree of a typed question. Raises QueryLimit, and nothing else."""
    if len(text) > LIMITS.characters:
        raise QueryLimit(
            f"The question has {len(text):,} characters; at most {LIMITS.characters} are possible."
        )
    typed = unicodedata.normalize("NFC", text)
    notice = None
    try:
        tree = _Parser(typed).tree()
    except _NotAQuestion as reason:
        tree = _literally(typed)
        notice = f"Searched literally, word for word: {reason}."
    if tree is None:
        shown = typed.strip()
        notice = f"There is no word to search for in “{shown}”." if shown else None
        return Parsed(All(), notice)
    return Parsed(tree, notice)


class _NotAQuestion(Exception):
    """The text is not of the grammar's shape; the message ends the notice's sentence."""


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

    def __init__(self, text: str) -> None:
        self._lexemes = _lexemes(text)
        self._at = 0
        self._depth = 0
        self._clauses = 0

    def tree(self) -> Node | None:
        tree = self._any("text")
        if self._next.kind == "close":
            raise _NotAQuestion("a closing parenthesis has no opening one")
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
            raise _NotAQuestion(f"nothing to look for follows “{name}:”")
        if name == "date":
            return self._counted(_date(self._take()))
        return self._atom(_FIELDS[name])

    def _atom(self, field: Field) -> Node | None:
        lexeme = self._take()
        if lexeme.kind == "open":
            return self._group(field)
        if lexeme.kind == "quoted":
            return self._counted(_quoted(lexeme, field))
        if lexeme.kind == "word":
            return self._counted(_word(lexeme.text, field))
        if lexeme.kind == "stray":
            raise _NotAQuestion("a quotation mark is not closed")
        operator = lexeme.text if lexeme.kind in _OPERATORS else self._lexemes[self._at - 2].text
        place = "after it" if operator == "NOT" else "on each side"
        raise _NotAQuestion(f"“{operator}” needs a word {place}")

    def _group(self, field: Field) -> Node | None:
        self._depth += 1
        if self._depth > LIMITS.depth:
            raise QueryLimit(f"Parentheses are nested deeper than {LIMITS.depth}.")
        node = self._any(field)
        if self._take().kind != "close":
            raise _NotAQuestion("a parenthesis is not closed")
        self._depth -= 1
        return node

    def _counted(self, leaf: Node | None) -> Node | None:
        self._clauses += leaf is not None
        _check_clauses(self._clauses)
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


def _word(typed: str, field: Field) -> Node | None:
    """The leaf of a typed word: ``word``, ``word*``, ``word~``; ``80/17`` is a phrase."""
    found = words(typed)
    if not found:
        return None
    if field == "country":
        return _country(typed)
    trimmed = typed.rstrip(",.;:!?")
    fuzzy = _FUZZY.fullmatch(trimmed)
    starred = trimmed.rstrip("*")
    if "*" in (fuzzy[1] if fuzzy else starred):
        raise _NotAQuestion("a star stands only at the end of a word, after three letters or more")
    if fuzzy and words(fuzzy[1]):
        return _fuzzy(fuzzy[1], fuzzy[2], field)
    if starred != trimmed:
        return _prefix(starred, field)
    return _plain(typed, field)


def _plain(typed: str, field: Field) -> Term | Phrase | None:
    """What is meant by a word without signs; an English possessive asks for its owner."""
    found = words(_POSSESSIVE.sub("", typed))
    if len(found) > 1:
        return _phrase(found, 0, field)
    return Term(found[0], field) if found else None


def _fuzzy(typed: str, edits: str, field: Field) -> Node:
    found = words(typed)
    if len(found) > 1:
        raise _NotAQuestion(f"“~” follows a single word, and “{typed}” is read as {len(found)}")
    if edits not in ("", "1"):
        raise QueryLimit(f"“{typed}~{edits}” allows {edits} edits; at most 1 is possible.")
    return Fuzzy(found[0], field)


def _prefix(typed: str, field: Field) -> Node:
    found = words(typed)
    if len(found) > 1:
        raise _NotAQuestion(f"a star follows a single word, and “{typed}” is read as {len(found)}")
    if len(found[0]) < LIMITS.prefix_letters:
        raise QueryLimit(
            f"“{typed}*” has {len(found[0])} letters before the star; "
            f"at least {LIMITS.prefix_letters} are needed."
        )
    return Prefix(found[0], field)


def _quoted(lexeme: _Lexeme, field: Field) -> Node | None:
    found = words(lexeme.text)
    if not found:
        return None
    if field == "country":
        return _country(lexeme.text)
    if lexeme.slop > LIMITS.slop:
        raise QueryLimit(
            f"A phrase may have at most {LIMITS.slop} other words in between, not {lexeme.slop}."
        )
    return _phrase(found, lexeme.slop, field)


def _phrase(found: list[str], slop: int, field: Field) -> Phrase:
    if len(found) > LIMITS.phrase_words:
        raise QueryLimit(
            f"A phrase has {len(found)} words; at most {LIMITS.phrase_words} are possible."
        )
    return Phrase(tuple(found), slop if len(found) > 1 else 0, field)


def _country(typed: str) -> Term:
    code = country_code(typed.strip())
    if code is None:
        raise _NotAQuestion(f"“{typed}” is not the name of a country")
    return Term(code, "country")


def _date(lexeme: _Lexeme) -> Range:
    typed = lexeme.text
    low, dots, high = typed.partition("..")
    try:
        first = parse_date(low).first if low else None
        last = parse_date(high if dots else low).last if high or not dots else None
    except ValueError as problem:
        raise _NotAQuestion(str(problem)) from problem
    if lexeme.kind != "word" or (first is None and last is None):
        raise _NotAQuestion("a date follows “date:”, or two with “..” in between")
    if first and last and first > last:
        raise _NotAQuestion(f"“{low}” is later than “{high}”")
    return Range(first, last)


def _literally(text: str) -> Node | None:
    """Every word as it stands, without operators, fields and marks."""
    typed = re.split(rf"[\s(){_QUOTES}]+", text)
    leaves: list[Node] = [leaf for word in typed if (leaf := _plain(word, "text"))]
    _check_clauses(len(leaves))
    return _join(And, list(leaves))


def _check_clauses(count: int) -> None:
    if count > LIMITS.clauses:
        raise QueryLimit(f"The question has more than {LIMITS.clauses} words or phrases.")
