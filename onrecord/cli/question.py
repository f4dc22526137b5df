"""The options that make up a question, the same for every verb that asks one."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from index.query import FACETS, LIMITS, Query, Scope
from onrecord import config
from onrecord.config import Home

Command = TypeVar("Command", bound=Callable[..., Any])

_FILTERS = {
    "country": ("C", "About this country: a name or an ISO code"),
    "speaker": ("S", "Quoting this person"),
    "topic": ("T", "With this topic"),
    "category": ("K", "Of this category"),
}
_URL = click.option("--url", "url_only", is_flag=True, help="Print the permalink, nothing else.")
_DATE = "YYYY, YYYY-MM or YYYY-MM-DD"
_NO_TEXT = re.compile("[\ud800-\udfff]")  # bytes of an argument that are no UTF-8


def question(
    scope: Scope,
    *,
    paged: bool = True,
    limit: str = "How many to print.",
    permalink: bool = True,
) -> Callable[[Command], Command]:
    """Give a command ``QUERY`` and the filters, and hand it the ``query`` that they mean.

    ``limit`` is the help of ``--limit``. With ``paged``, ``--limit`` and ``--page`` are part
    of the question; else the command gets both as typed (no limit: None), because they
    cut something else than pages of hits. ``--url`` prints the permalink, nothing else; a
    command whose answer the web page does not have goes without (``permalink``).
    """

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def run(*, words: tuple[str, ...], url_only: bool = False, **options: Any) -> Any:
            if paged:
                options["per_page"] = options.pop("limit")
            elif options["page"] > 1 and options["limit"] is None:
                raise click.UsageError("--page needs --limit: without it, there is only one.")
            home = click.get_current_context().find_object(Home)
            query = _query(scope, " ".join(words), options, home)
            query = _under_names(query, home)
            if url_only:
                from webui.params import url_for_query

                return click.echo(config.page_url() + url_for_query(query))
            return command(query=query, **options)

        options = _options(limit, 20 if paged else None)
        for option in reversed([*options, _URL] if permalink else options):
            run = option(run)
        return run  # type: ignore[return-value] # click's options keep what they decorate

    return decorate


def _under_names(query: Query, home: Home | None) -> Query:
    """Let a question find people under a spelling that was decided to be another name."""
    from archive.aliases import read_aliases

    aliases = read_aliases(home.speakers) if home is not None else None
    if not aliases:
        return query
    from index.naming import under_names

    return under_names(query, aliases.name_of)


def _query(scope: Scope, text: str, options: dict[str, Any], home: Home | None) -> Query:
    """Takes the options that belong to a question out of ``options``."""
    from index.request import build_query

    facets = [prefix + facet for prefix in ("", "not_") for facet in FACETS]
    paging = ["page", "per_page"] if "per_page" in options else []
    names = [*facets, "date_from", "date_to", "sort", *paging]
    asked = {name: _as_text(options.pop(name)) for name in names}
    limits = LIMITS if home is None else home.question_limits()
    return build_query(_as_text(text), scope=scope, limits=limits, **asked)


def _as_text(value: Any) -> Any:
    """What was typed, with the sign for unreadable where it is no UTF-8: it may be printed."""
    match value:
        case str():
            return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", value)
        case tuple():
            return tuple(map(_as_text, value))
    return value


def _options(limit: str, default: int | None) -> list[Callable[..., Any]]:
    """The argument and all options, in the order of the help."""
    return [
        click.argument("words", metavar="[QUERY]", nargs=-1),
        *(
            click.option(f"--{name}", name, metavar=letter, multiple=True, help=f"{help_text}.")
            for name, (letter, help_text) in _FILTERS.items()
        ),
        *(
            click.option(
                f"--not-{name}",
                f"not_{name}",
                metavar=letter,
                multiple=True,
                help=f"Not {help_text[0].lower()}{help_text[1:]}.",
            )
            for name, (letter, help_text) in _FILTERS.items()
        ),
        click.option("--from", "date_from", metavar="D", help=f"Not before: {_DATE}."),
        click.option("--to", "date_to", metavar="D", help=f"Not after, inclusive: {_DATE}."),
        click.option(
            "--sort",
            type=click.Choice(["relevance", "newest", "oldest"]),
            help="Default: relevance when there are words, else newest.",
        ),
        click.option(
            "--limit",
            metavar="N",
            type=click.IntRange(min=1),
            default=default,
            show_default=True,
            help=limit,
        ),
        click.option(
            "--page", metavar="N", type=click.IntRange(min=1), default=1, help="Which page."
        ),
    ]
