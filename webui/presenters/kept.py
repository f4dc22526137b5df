"""My list: what is on it, and the ways to take it along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webui.kept import PATH, Entry, list_path
from webui.language import ngettext
from webui.presenters import words
from webui.presenters.hits import HitView, QuotationView, present_document, present_quotation
from webui.presenters.links import Link


@dataclass(frozen=True, slots=True)
class ListView:
    """``entries`` in the order in which they were kept; ``missing`` says what is gone."""

    summary: str
    entries: tuple[HitView | QuotationView, ...]
    missing: str | None
    exports: tuple[Link, ...]
    empty_href: str


def present_list(entries: Sequence[Entry], missing: int) -> ListView:
    """The view of a list; ``missing``: how many of its entries the archive does not have."""
    keys = [entry.key for entry in entries]
    count = words.number(len(entries))
    return ListView(
        summary=ngettext("%(count)s entry", "%(count)s entries", len(entries), count=count),
        entries=tuple(map(_present, entries)),
        missing=_missing(missing) if missing else None,
        exports=tuple(
            Link(label, list_path(keys, ending))
            for label, ending in (
                ("BibTeX", ".bib"),
                ("RIS", ".ris"),
                ("CSV", ".csv"),
                ("JSON Lines", ".jsonl"),
            )
        ),
        empty_href=PATH,
    )


def _present(entry: Entry) -> HitView | QuotationView:
    if entry.number:
        return present_quotation(entry.document, entry.number)
    return present_document(entry.document)


def _missing(count: int) -> str:
    return ngettext(
        "%(count)s entry is not in this archive.",
        "%(count)s entries are not in this archive.",
        count,
        count=words.number(count),
    )
