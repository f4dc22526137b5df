"""Hits for people: statements and quotations as they read best in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click

from archive.country_codes import country_name
from index.query import UNKNOWN, Query
from index.results import Hit, QuotationHit, SearchResults
from index.snippets import Highlighter
from onrecord.cli.text import Paint, counted, one_line, pad, wrap

_INDENT = " " * 12


def print_statements(results: SearchResults) -> None:
    """Date and title, then about whom, then the words in their place."""
    paint = Paint()
    click.echo(paint.quiet(headline(results, "statement")))
    for hit in results.hits:
        click.echo()
        for line in _statement(hit, paint):
            click.echo(line)


def print_quotations(results: SearchResults) -> None:
    """The words first, then who said them, when, and where they stand."""
    paint = Paint()
    shown = Highlighter(results.query.tree)
    click.echo(paint.quiet(headline(results, "quotation")))
    for hit in results.quotations:
        click.echo()
        for line in _quotation(hit, shown, paint):
            click.echo(line)


def headline(results: SearchResults, noun: str) -> str:
    """How many there are and which are shown: nobody takes a page for everything."""
    query, shown = results.query, len(results.hits) + len(results.quotations)
    total = counted(results.total, noun)
    if 0 < shown < results.total:
        total = f"{query.offset + 1:,}–{query.offset + shown:,} of {total}"
    return " · ".join([total, *_conditions(query)])


def _conditions(query: Query) -> Iterator[str]:
    """The question in words: what was typed and every filter."""
    for name, value in query.parameters():
        if name == "q":
            yield one_line(value)
        elif name in ("from", "to"):
            yield f"{name} {value}"
        elif name not in ("sort", "page", "per_page", "in"):
            shown = country_name(value) if name.endswith("country") and value != UNKNOWN else value
            yield f"{name.replace('not.', 'not ')}: {one_line(shown)}"


def _statement(hit: Hit, paint: Paint) -> Iterator[str]:
    yield from _dated(hit.published, paint.spans(hit.title, paint.strong), paint)
    about = (
        ", ".join(paint.name(one_line(country.name)) for country in hit.countries),
        ", ".join(one_line(name) for name in hit.speakers),
        one_line(hit.site or ""),
    )
    yield from wrap(" · ".join(part for part in about if part), _INDENT)
    for snippet in hit.snippets:
        yield from wrap(paint.spans(snippet), _INDENT)
    yield from _place(hit.id, hit.url, paint)


def _quotation(hit: QuotationHit, shown: Highlighter, paint: Paint) -> Iterator[str]:
    paragraphs = [paint.spans(shown.mark(text)) for text in hit.text.split("\n\n")]
    yield from _dated(hit.published, f"“{paragraphs[0]}", paint, end="" if paragraphs[1:] else "”")
    for number, paragraph in enumerate(paragraphs[1:], 2):
        yield from wrap(paragraph + ("”" if number == len(paragraphs) else ""), _INDENT)
    speaker = paint.name(one_line(hit.speaker)) if hit.speaker else None
    said = (speaker, *(one_line(part) for part in (hit.role, hit.organisation) if part))
    yield from wrap("— " + (", ".join(filter(None, said)) or hit.kind or "unattributed"), _INDENT)
    yield from wrap(paint.quiet(one_line(hit.title)), _INDENT)
    yield from _place(f"{hit.document_id}#q{hit.number}", hit.url, paint)


def _dated(date: str | None, text: str, paint: Paint, end: str = "") -> Iterator[str]:
    """The text with its date in the margin."""
    first, *rest = wrap(text + end, _INDENT) or [_INDENT]
    yield paint.quiet(pad(date or "undated", len(_INDENT))) + first.removeprefix(_INDENT)
    yield from rest


def _place(name: str, url: str | None, paint: Paint) -> Iterator[str]:
    yield _INDENT + paint.quiet(f"{name}  {one_line(url or '')}".rstrip())
