"""My list: statements and quotations that a reader keeps.

The address is the list (``/list?id=A&id=B.3``): the server keeps nothing about anybody, and a
list can be bookmarked, passed on and exported. The script remembers the reader's own one in
their browser; without it, ticked boxes lead to the address.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from archive.document import Document, Quotation
from archive.store import Store
from index.errors import QueryLimit
from index.sentence import Sentence
from webui.params import Args, quoted

MOST = 100
"""Entries of a list, so that its address stays short enough for every browser and mail."""
PATH = "/list"


class Entry(NamedTuple):
    """A statement, or one of its quotations; ``number`` is 0 for the whole statement."""

    document: Document
    number: int = 0

    @property
    def quotation(self) -> Quotation | None:
        """The quotation that is kept, None where it is the whole statement."""
        return self.document.quotations[self.number - 1] if self.number else None

    @property
    def key(self) -> str:
        """How it is called in an address."""
        return key_of(self.document.id, self.number)


def key_of(document_id: str, number: int = 0) -> str:
    """A statement (``ID``) or a quotation (``ID.3``) in the address of a list."""
    return f"{document_id}.{number}" if number else document_id


def keys_from_args(args: Args) -> tuple[str, ...]:
    """What an address lists, each once. Raises QueryLimit with a sentence for the reader."""
    keys = tuple(dict.fromkeys(filter(None, args.getlist("id"))))
    if len(keys) > MOST:
        raise QueryLimit(
            Sentence(
                "{count} entries are listed; at most {most} are possible.",
                count=len(keys),
                most=MOST,
            )
        )
    return keys


def entries_of(store: Store, keys: Iterable[str]) -> tuple[Entry, ...]:
    """The entries that the archive has; an id that was merged stands for its statement."""
    found: dict[str, Entry] = {}
    for key in keys:
        document_id, _, number = key.partition(".")
        document = store.get(document_id)
        if document is None or not _fits(number, document):
            continue
        entry = Entry(document, int(number or 0))
        found.setdefault(entry.key, entry)
    return tuple(found.values())


def list_path(keys: Iterable[str], ending: str = "") -> str:
    """The address of a list; ``ending``: of the same as data."""
    asked = "&".join(f"id={quoted(key)}" for key in keys)
    path = f"{PATH}{ending}"
    return f"{path}?{asked}" if asked else path


def _fits(number: str, document: Document) -> bool:
    if not number:
        return True
    plain = number.isascii() and number.isdigit() and len(number) < 6
    return plain and 0 < int(number) <= len(document.quotations)
