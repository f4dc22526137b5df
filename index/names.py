"""Names: how a filter's value and an unfinished word find the values of a facet."""

from __future__ import annotations

from collections.abc import Iterable

from index.analysis import words


def resolve(value: str, names: Iterable[str]) -> frozenset[str]:
    """The names that a filter's value stands for.

    The very name, if it is one; else the names that are equal but for case, accents and
    punctuation; else all names that hold every word given ("Krivosheev" finds "Denis
    Krivosheev"). Nothing where there is no word.
    """
    every = frozenset(names)
    if value in every:
        return frozenset((value,))
    given = words(value)
    if not given:
        return frozenset()
    folded = {name: words(name) for name in every}
    equal = frozenset(name for name, held in folded.items() if held == given)
    return equal or frozenset(name for name, held in folded.items() if set(given) <= set(held))


def completes(prefix: str, name: str) -> bool:
    """Whether somebody who typed ``prefix`` may mean ``name``.

    Every word but the last is a word of the name, and the last begins one.
    """
    *complete, last = words(prefix) or [""]
    held = words(name)
    return bool(last) and set(complete) <= set(held) and any(w.startswith(last) for w in held)
