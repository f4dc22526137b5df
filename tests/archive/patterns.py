"""Every regular expression of the archive, as it is compiled, and inputs that try it hard."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

ARCHIVE = Path(__file__).parents[2] / "archive"
_CALLS = ("compile", "sub", "match", "search", "split", "findall", "fullmatch", "finditer")
_LONGEST_SEED = 2_000

COLLECT = """
import importlib, json, pkgutil, re, sys

root, seen, real = sys.argv[1], [], re._compile

def spy(pattern, flags):
    frame = sys._getframe(2)
    if frame.f_code.co_filename.startswith(root) and isinstance(pattern, (str, bytes)):
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        seen.append((frame.f_code.co_filename, frame.f_lineno, text, int(flags)))
    return real(pattern, flags)

re._compile = spy
import archive
for module in pkgutil.walk_packages(archive.__path__, "archive."):
    importlib.import_module(module.name)
for module in [m for name, m in sys.modules.items() if name.startswith("archive.")]:
    for value in list(vars(module).values()):
        if hasattr(value, "cache_info") and value.__module__ == module.__name__:
            for arguments in ((), ("lines",), ("ends",), ("asides",)):
                try:
                    value(*arguments)
                except Exception:  # it wants other arguments
                    pass
sys.modules["archive.namesakes"]._sounds("x")
from archive.extract import extract
from archive.page import Page
from archive.profiles import load_profiles
for media_type in ("text/html", "text/plain"):
    page = Page("x", open(sys.argv[2], "rb").read(), media_type=media_type)
    extract(page, load_profiles(), profile="generic")
print(json.dumps(seen))
"""


class Site(NamedTuple):
    """Where the sources call the re module; ``written``: the pattern, when it is a constant.

    ``starts_only``: what is compiled there is only ever matched at the start of a text.
    ``windowed``: it is only ever searched between two given offsets.
    """

    file: str
    lines: range
    written: str | None
    starts_only: bool
    windowed: bool


def call_sites() -> Iterator[Site]:
    """Every call of the re module with which an expression may be compiled."""
    for path in sorted(ARCHIVE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            node.value: target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
        } | {
            statement.value: node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and isinstance(statement := node.body[-1], ast.Return)
        }
        for node in ast.walk(tree):
            if _method(node, "re") in _CALLS and isinstance(node, ast.Call):
                first = node.args[0]
                text = first.value if isinstance(first, ast.Constant) else None
                owner = named.get(node, "re")
                uses = {_method(use, owner) for use in ast.walk(tree)} - {None}
                arguments = {
                    len(use.args)
                    for use in ast.walk(tree)
                    if isinstance(use, ast.Call) and _method(use, owner)
                }
                yield Site(
                    str(path),
                    range(node.lineno, (node.end_lineno or node.lineno) + 1),
                    text if isinstance(text, str) else None,
                    starts_only=bool(uses) and uses <= {"match", "fullmatch"},
                    windowed=owner != "re" and arguments == {3},
                )


def _method(node: ast.AST, owner: str) -> str | None:
    """The method of the owner, or of what the owner returns, that a node names or calls."""
    attribute = node.func if isinstance(node, ast.Call) else node
    if not isinstance(attribute, ast.Attribute):
        return None
    value = attribute.value.func if isinstance(attribute.value, ast.Call) else attribute.value
    return attribute.attr if isinstance(value, ast.Name) and value.id == owner else None


def seeds(pattern: str, flags: int) -> list[str]:
    """Texts that match the beginnings of a pattern, and the bodies of its repetitions."""
    tree = parser.parse(pattern, flags)
    found = dict.fromkeys(
        text for run in _runs(tree) for n in range(1, len(run) + 1) if (text := _sample(run[:n]))
    )
    return [text for text in found if len(text) <= _LONGEST_SEED]


def _runs(tree: Any) -> Iterator[list[Any]]:
    """The sequences of a pattern, those within its groups and repetitions included."""
    yield list(tree)
    for code, value in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from _runs(value[2])
        elif code is op.SUBPATTERN:
            yield from _runs(value[3])
        elif code is op.BRANCH:
            for branch in value[1][:3]:
                yield from _runs(branch)


def _sample(run: Any) -> str:
    return "".join(_sample_of(code, value) for code, value in run)


def _sample_of(code: Any, value: Any) -> str:
    if code is op.LITERAL:
        return chr(value)
    if code is op.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is op.ANY:
        return "x"
    if code is op.IN:
        return next((c for c in "a1 A\n.,-“\"'<>=&/;:|é\xa0" if _holds(value, c)), "")
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, body = value
        return _sample(body) * max(int(least), min(int(most), 2))
    if code is op.SUBPATTERN:
        return _sample(value[3])
    if code is op.BRANCH:
        return _sample(value[1][0])
    return ""  # a look around, an anchor, a reference to a group


def _holds(items: Any, char: str) -> bool:
    """Whether a character class holds a character."""
    negated = items[0][0] is op.NEGATE
    return bool(negated) != any(_is(code, value, char) for code, value in items)


def _is(code: Any, value: Any, char: str) -> Any:
    if code is op.LITERAL:
        return value == ord(char)
    if code is op.RANGE:
        return value[0] <= ord(char) <= value[1]
    if code is op.CATEGORY:
        escape = {
            op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
            op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
        }[value]  # fmt: skip
        return re.match(escape, char) is not None
    return False
