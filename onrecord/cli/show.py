"""``show``: one statement."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import click

from onrecord.cli.evidence import findings, told_speakers
from onrecord.cli.output import clipped, format_option, print_json, print_table
from onrecord.cli.text import Paint, counted, harmless, one_line, pad, wrap
from onrecord.config import Home
from onrecord.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.document import Document
    from archive.store import Store


@click.command()
@click.argument("identifier", metavar="ID")
@format_option("text", "json", "html")
@click.option("--evidence", is_flag=True, help="Below the text: how each field was found.")
@click.pass_obj
def show(home: Home, identifier: str, form: str, evidence: bool) -> None:
    """Print one statement. The beginning of an ID is enough where it is the only one."""
    name, _, place = identifier.strip().lower().partition("#")
    with home.store(readonly=True) as store:
        document = _find(store, name.strip())
    count = len(document.quotations)
    if place and place not in (f"q{number + 1}" for number in range(count)):
        raise CommandError(
            f"there is no “#{place}” in {document.id}, which has {counted(count, 'quotation')}"
        )
    if form == "json":
        print_json(document.to_json())
    elif form == "html":
        click.echo(_page(document))
    else:
        for line in _lines(document, Paint()):
            click.echo(line)
        if evidence:
            _print_evidence(document)


def _find(store: Store, identifier: str) -> Document:
    """Raises CommandError when there is none, or when the beginning has several ends."""
    document = store.get(identifier)
    if document is not None:
        return document
    found = [name for name, _ in store.fingerprints() if identifier and name.startswith(identifier)]
    if len(found) > 1:
        few = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
        raise CommandError(f"{len(found)} statements begin with “{identifier}”: {few}")
    document = store.get(found[0]) if found else None
    if document is None:
        raise CommandError(
            f"there is no statement “{identifier}”: `onrecord search` prints the ID of each hit"
        )
    return document


def _lines(document: Document, paint: Paint) -> Iterator[str]:
    yield from wrap(paint.strong(one_line(document.title)))
    for name, value in _facts(document):
        label = pad(name, 12)
        first, *rest = wrap(one_line(value), " " * 12)
        yield paint.quiet(label) + first[12:]
        yield from rest
    for paragraph in document.body.split("\n\n"):
        yield ""
        yield from wrap(harmless(paragraph))


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    """What is known about the statement, for people; what is unknown is left out."""
    byline = document.byline
    named = (byline.name, byline.role, byline.organisation) if byline else ()
    relations: dict[str, list[str]] = {}
    for country in document.countries:
        relations.setdefault(country.name, []).append(country.relation)
    countries = (f"{name} ({', '.join(how)})" for name, how in relations.items())
    facts = (
        ("published", document.published or "undated"),
        ("updated", document.updated),
        ("by", ", ".join(part for part in named if part)),
        ("site", document.site),
        ("category", document.category),
        ("topics", ", ".join(document.topics)),
        ("countries", ", ".join(countries)),
        ("speakers", told_speakers(document)),
        ("references", ", ".join(document.references)),
        ("files", "; ".join(f"{a.label} {a.url or ''}".strip() for a in document.attachments)),
        ("address", document.url),
        ("listed on", " ".join(document.listed_on)),
        ("read from", document.source.path),
        ("captured", document.source.captured_at),
        ("id", document.id),
    )
    yield from ((name, value) for name, value in facts if value)


def _print_evidence(document: Document) -> None:
    click.echo(f"\n{Paint().strong('How it was found')}")
    rows = [found._asdict() | {"value": clipped(found.value, 50)} for found in findings(document)]
    print_table(("field", "value", "how", "confidence"), rows)


_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.5 serif }}</style>
</head>
<body>
<article>
<h1>{title}</h1>
<dl>
{facts}
</dl>
{body}
</article>
</body>
</html>"""


def _page(document: Document) -> str:
    """The statement as a page of its own that needs nothing else."""
    return _PAGE.format(
        language=escape(document.language or ""),
        title=escape(document.title),
        facts="\n".join(
            f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _facts(document)
        ),
        body="\n".join(f"<p>{escape(p)}</p>" for p in document.body.split("\n\n")),
    )
