"""Committees and the like whose names are lists with commas in them."""

from __future__ import annotations

from archive.nouns import nouns


def name_with_commas(text: str) -> str | None:
    """The committee's name with which the text begins, or None where it is no such name.

    Its fields are a list: "Committee on Ports, Fish, and Salt", "Ports, Fish and Salt Committee".
    """
    panels, joins = nouns().panels, nouns().joins
    words = text.split(" ")
    first, on, _ = text.partition(" on ")
    before = first.split(" ")
    named = bool(on) and before[-1].casefold() in panels
    start = len(before) + 1 if named else 0
    commas = joined = False
    for index in range(start, len(words)):
        word = words[index]
        panel = word.casefold() in panels
        if joined and (panel or not word[:1].isupper()):
            name = " ".join(words[: index + panel])
            return name if commas and (panel or named) else None
        if word in joins and index > start and not joined:
            joined = True
        elif not word[:1].isupper():
            return None
        elif word.endswith(","):
            if joined:
                return " ".join(words[: index + 1])[:-1] if commas and named else None
            commas = True
    return text if joined and commas and named else None


def up_to_comma(text: str) -> str:
    """The organisation with which the words begin: up to a comma that is no part of its name."""
    return name_with_commas(text) or text.split(", ")[0]


def around_last_comma(text: str) -> tuple[str, str] | None:
    """What stands before and behind the last comma, unless that is a part of a name."""
    before, comma, behind = text.rpartition(", ")
    words = before.split(" ")
    start = next((i for i in range(len(words), 0, -1) if words[i - 1][:1].islower()), 0)
    named = name_with_commas(f"{' '.join(words[start:])}, {behind}") if comma else None
    return (before, behind) if comma and named is None else None
