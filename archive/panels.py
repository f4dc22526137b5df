"""Where the name of a committee ends that has commas in it."""

from __future__ import annotations

PANELS = frozenset(
    ["committee", "subcommittee", "commission", "council", "caucus", "board", "panel"]
)
_AND = frozenset(["and", "&"])


def name_with_commas(text: str) -> str | None:
    """The committee's name with which the text begins, or None where it is no such name.

    Its fields are a list: "Committee on Ports, Fish, and Salt", "Ports, Fish and Salt Committee".
    """
    words = text.split(" ")
    first, on, _ = text.partition(" on ")
    before = first.split(" ")
    named = bool(on) and before[-1].casefold() in PANELS
    start = len(before) + 1 if named else 0
    commas = joined = False
    for index in range(start, len(words)):
        word = words[index]
        panel = word.casefold() in PANELS
        if joined and (panel or not word[:1].isupper()):
            name = " ".join(words[: index + panel])
            return name if commas and (panel or named) else None
        if word in _AND and index > start and not joined:
            joined = True
        elif not word[:1].isupper():
            return None
        elif word.endswith(","):
            if joined:
                return " ".join(words[: index + 1])[:-1] if commas and named else None
            commas = True
    return text if joined and commas and named else None
