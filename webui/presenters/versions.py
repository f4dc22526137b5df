"""Versions: what a statement said before, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from archive.document import Document
from archive.store import Version
from webui.language import gettext
from webui.paths import statement_path
from webui.presenters import words

_MOST_PIECES = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next; ``fields``: (name, before, after) of what is not the text."""

    number: int
    replaced: str
    fields: tuple[tuple[str, str, str], ...]
    paragraphs: tuple[tuple[Change, ...], ...]


@dataclass(frozen=True, slots=True)
class VersionsView:
    """The newest change first."""

    title: str
    back_href: str
    steps: tuple[Step, ...]


def present_versions(document: Document, versions: Sequence[Version]) -> VersionsView:
    """The view of all changes up to the document as it is."""
    states = [*(version.document for version in versions), document]
    steps = [
        Step(
            version.number,
            words.date(version.replaced_at[:10]),
            tuple(_fields(before, after)),
            tuple(_paragraphs(before.body, after.body)),
        )
        for version, (before, after) in zip(versions, pairwise(states), strict=True)
    ]
    return VersionsView(document.title, statement_path(document.id), tuple(reversed(steps)))


def _fields(before: Document, after: Document) -> Iterator[tuple[str, str, str]]:
    none = gettext("none")
    pairs = (
        (gettext("Title"), before.title, after.title),
        (gettext("Date"), words.date(before.published), words.date(after.published)),
        (gettext("Updated"), words.date(before.updated), words.date(after.updated)),
        (gettext("Category"), before.category or none, after.category or none),
        (gettext("Kind"), before.kind, after.kind),
        (gettext("Address"), before.url or none, after.url or none),
    )
    yield from ((name, old, new) for name, old, new in pairs if old != new)


def _paragraphs(before: str, after: str) -> Iterator[tuple[Change, ...]]:
    """Changed paragraphs, word by word where one was rewritten."""
    old, new = before.split("\n\n"), after.split("\n\n")
    if len(old) + len(new) > _MOST_PIECES:
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            continue
        if kind == "replace" and j - i == m - k:
            yield from (tuple(_words(a, b)) for a, b in zip(old[i:j], new[k:m], strict=True))
        else:
            yield from ((Change("removed", text),) for text in old[i:j])
            yield from ((Change("added", text),) for text in new[k:m])


def _words(before: str, after: str) -> Iterator[Change]:
    old, new = before.split(" "), after.split(" ")
    if len(old) + len(new) > _MOST_PIECES:
        yield Change("removed", before)
        yield Change("added", after)
        return
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Change("same", " ".join(old[i:j]))
            continue
        if i < j:
            yield Change("removed", " ".join(old[i:j]))
        if k < m:
            yield Change("added", " ".join(new[k:m]))
