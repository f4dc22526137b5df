"""``speakers``: who is quoted, and which names are one person."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive.words import fold
from onrecord.cli.ingest import bring_up_to_date
from onrecord.cli.names import values_of
from onrecord.cli.output import FORMATS, format_option, print_rows, say
from onrecord.config import Home
from onrecord.errors import CommandError

if TYPE_CHECKING:
    from archive.namesakes import Suggestion

_HEADER = """\
# Which spellings are one person, a line for each: spelling on the pages = name that is shown.
# After a change by hand: onrecord index update
"""


@click.group()
def speakers() -> None:
    """The people who are quoted, and which names are one person."""


@speakers.command("list")
@format_option(*FORMATS)
@click.pass_obj
def list_speakers(home: Home, form: str) -> None:
    """Everybody who is quoted, with the number of statements."""
    rows = ({"name": v.value, "statements": v.count} for v in values_of(home, "speaker"))
    print_rows(("name", "statements"), rows, form)


@speakers.command("suggest")
@format_option(*FORMATS, "lines")
@click.pass_obj
def suggest_aliases(home: Home, form: str) -> None:
    """Pairs of names that may be one person, and why. Nothing is changed."""
    from archive.namesakes import suggest

    with home.store(readonly=True) as store:
        found = suggest(store.documents())
    if form == "lines":
        _print_lines(found)
    else:
        names = ("alias", "alias_statements", "name", "name_statements", "reasons")
        nothing = "No two names look like one person."
        print_rows(names, (asdict(suggestion) for suggestion in found), form, nothing=nothing)
        if found and form == "table":
            pair = " ".join(map(shlex.quote, (found[0].alias, found[0].name)))
            say(f"To decide: `onrecord speakers alias {pair}`")


def _print_lines(found: Iterable[Suggestion]) -> None:
    """For the file of names: whoever decides takes the sign away before a line."""
    for suggestion in found:
        click.echo(f"# {suggestion.alias} = {suggestion.name}    # {'; '.join(suggestion.reasons)}")


@speakers.command("alias")
@click.argument("spelling", metavar="[SPELLING]", required=False)
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--remove", is_flag=True, help="Take back what was decided about SPELLING.")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@format_option(*FORMATS)
@click.pass_obj
def alias(
    home: Home, spelling: str | None, name: str | None, remove: bool, no_index: bool, form: str
) -> None:
    """Decide that SPELLING on the pages is the person NAME; without both, print what is decided.

    Decisions are lines of speakers.txt in the home, which may be edited by hand.
    """
    home.require()
    if spelling is None and not remove:
        _print_decisions(home, form)
        return
    if spelling is None or (name is None) != remove:
        raise click.UsageError("Give SPELLING and NAME, or --remove and SPELLING.")
    if spelling == name:
        raise click.UsageError("SPELLING and NAME are the same.")
    if remove:
        _change(home, lambda lines: _without(lines, spelling))
        say(f"“{spelling}” is shown as it is spelt.")
    else:
        if fold(spelling) not in {fold(v.value or "") for v in values_of(home, "speaker")}:
            say(f"Nobody in the index is called “{spelling}” so far.")
        _change(home, lambda lines: [*(lines or [_HEADER]), f"{spelling} = {name}\n"])
        say(f"“{spelling}” is shown as “{name}”.")
    if not no_index:
        with home.store(readonly=True) as store:
            bring_up_to_date(home, store)


def _print_decisions(home: Home, form: str) -> None:
    from archive.aliases import read_aliases

    decisions = read_aliases(home.speakers).decisions
    print_rows(
        ("alias", "name", "line"),
        (asdict(decision) for decision in decisions),
        form,
        nothing="Nothing is decided: `onrecord speakers suggest` prints names that may be one.",
    )


def _without(lines: list[str], spelling: str) -> list[str]:
    """The lines but those about the spelling. Raises CommandError when there are none."""
    kept = [line for line in lines if fold(line.partition("=")[0]) != fold(spelling)]
    if len(kept) == len(lines):
        raise CommandError(
            f"nothing is decided about “{spelling}”: `onrecord speakers alias` prints what is"
        )
    return kept


def _change(home: Home, edit: Callable[[list[str]], list[str]]) -> None:
    """Edit the lines of the file, all or nothing. Raises AliasError when they would be wrong."""
    from archive.aliases import parse_aliases
    from archive.durable import replace_file

    path = home.speakers
    text = path.read_text("utf-8") if path.exists() else ""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    changed = "".join(edit(lines))
    parse_aliases(changed, path)
    replace_file(path, changed.encode())
