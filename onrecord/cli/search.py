"""``search`` and ``quotes``: one page of answers."""

from __future__ import annotations

from contextlib import closing

import click

from index.query import Query
from index.results import SearchResults
from onrecord.cli import hits, kwic
from onrecord.cli.facets import print_facets
from onrecord.cli.output import FORMATS, format_option, print_csv, print_json, print_json_line, say
from onrecord.cli.question import question
from onrecord.config import Home
from onrecord.errors import ExitCode


@click.command()
@question("documents")
@format_option(*FORMATS)
@click.option("--facets", is_flag=True, help="Below the table: what the hits are about.")
@click.option("--kwic", "in_context", is_flag=True, help="Each match in its context, aligned.")
@click.option("--exit-status", is_flag=True, help="Exit with 1 when nothing was found.")
@click.pass_obj
def search(
    home: Home, query: Query, form: str, facets: bool, in_context: bool, exit_status: bool
) -> int:
    """Find statements.

    Words are joined by AND. OR, NOT, (parentheses), '"exact words"', word*, word~ and
    title:word are understood.
    """
    with closing(home.engine()) as engine:
        results = engine.search(query, facets=facets or form == "json")
    if in_context:
        kwic.print_lines(results, form)
    elif form == "table":
        hits.print_statements(results)
        if facets:
            click.echo()
            print_facets(results.facets)
    else:
        _print_data(results, form)
    _advise(results)
    return ExitCode.FAILED if exit_status and not results.total else ExitCode.DONE


@click.command()
@question("quotations")
@format_option(*FORMATS)
@click.pass_obj
def quotes(home: Home, query: Query, form: str) -> None:
    """Find what people said: quotations with their speakers."""
    with closing(home.engine()) as engine:
        results = engine.search(query, facets=form == "json")
    if form == "table":
        hits.print_quotations(results)
    else:
        _print_data(results, form)
    _advise(results)


def _print_data(results: SearchResults, form: str) -> None:
    from index import encode

    found = results.hits or results.quotations
    if form == "json":
        print_json(encode.encode_results(results))
    elif form == "jsonl":
        for hit in found:
            print_json_line(encode.encode_hit(hit))
    else:
        print_csv(encode.columns_of(results.query.scope), map(encode.csv_row, found))


def _advise(results: SearchResults) -> None:
    """What the person should know about the answer, apart from it."""
    if results.notice:
        say(results.notice)
    if results.suggestion:
        say(f"Did you mean: {results.suggestion}")
