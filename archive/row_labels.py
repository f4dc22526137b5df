"""What a row of a listing says about its statement in a word: category, places, topics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from archive.columns import Columns
from archive.entries import Entry
from archive.furniture import Label, label_of
from archive.lines import classes, line, with_classes
from archive.sections import Row

_FIELDS: tuple[Label, ...] = ("category", "location", "topics")
_LABELS_LENGTH = 120
_COLUMN = "column of the table"
_COMMA = re.compile(r"[,;|]")
_BAR = re.compile(r"[;|]")
_LABEL_LENGTH = 40
_LABEL_WORDS = 2  # in a longer line several labels run together: kind, place and topic


def labels_of(row: Row, columns: Columns) -> dict[Label, tuple[list[HtmlElement], str]]:
    """The elements of a row that state its category, places and topics, and how that is known."""
    found: dict[Label, tuple[list[HtmlElement], str]] = {}
    for tag in row.tags:
        for field in _FIELDS:
            cell = columns.cell(tag, field)
            if cell is not None and line(cell):
                found.setdefault(field, ([cell], _COLUMN))
        for element in with_classes(tag):
            label = label_of(element.get("class", ""))
            if label and 0 < len(line(element)) <= _LABELS_LENGTH:
                how = f"element.{'.'.join(classes(element))}"
                elements, first = found.setdefault(label, ([], how))
                if how == first:
                    elements.append(element)
    return found


def label_texts(elements: Sequence[HtmlElement], how: str) -> tuple[str, ...]:
    """The labels in elements: their links, else what a table's cell parts by commas."""
    labels: list[str] = []
    for tag in elements:
        links = list(filter(None, map(line, tag.iterdescendants("a"))))
        parts = (_COMMA if how == _COLUMN else _BAR).split(line(tag))
        labels.extend(label.strip(" ,") for label in links or parts)
    return tuple(dict.fromkeys(filter(None, labels)))


def with_repeated_labels(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, with the short line that several of them begin with as their category.

    Where most rows begin with such a line, the short lines of the others are of that kind too.
    """
    count = Counter(first for e in entries if _is_label(first := e.body.partition("\n\n")[0]))
    repeated = {text: rows for text, rows in count.items() if rows > 1}
    labels = count if sum(repeated.values()) > len(entries) / 2 else repeated
    return tuple(
        replace(
            entry,
            category=label if len(label.split()) <= _LABEL_WORDS else None,
            body=rest,
            evidence={**entry.evidence, "category": "line that rows begin with"},
        )
        if rest and label in labels
        else entry
        for entry in entries
        for label, _, rest in [entry.body.partition("\n\n")]
    )


def _is_label(text: str) -> bool:
    """Whether a line may say what kind of statement it is: "Press release"."""
    return len(text) <= _LABEL_LENGTH and text[:1].isalpha() and text[-1:].isalnum()
