"""``quarantine``: pages that could not be read, each with its reason."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onrecord.cli.ingest import bring_up_to_date, report_exit_code
from onrecord.cli.output import FORMATS, format_option, print_facts, print_rows
from onrecord.cli.progress import Progress
from onrecord.config import Home
from onrecord.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.store import QuarantineEntry, Store


@click.group()
def quarantine() -> None:
    """Pages that could not be read, and why."""


@quarantine.command("list")
@format_option(*FORMATS)
@click.pass_obj
def list_pages(home: Home, form: str) -> None:
    """One line each: ID, path, reason and time."""
    with home.store(readonly=True) as store:
        rows = [asdict(entry) for entry in store.quarantined()]
    names = ("id", "path", "reason", "time") if form == "table" else _NAMES
    print_rows(names, rows, form, nothing="No page is in quarantine.")


@quarantine.command()
@click.argument("identifier", metavar="ID")
@format_option("table", "json")
@click.pass_obj
def show(home: Home, identifier: str, form: str) -> None:
    """Everything about one of them."""
    with home.store(readonly=True) as store:
        (entry,) = _find(store, [identifier])
    print_facts(asdict(entry), form)


@quarantine.command()
@click.argument("identifiers", metavar="[ID...]", nargs=-1)
@click.option("--profile", metavar="P", help="Read them with this site profile.")
@format_option("table", "json")
@click.pass_obj
def retry(home: Home, identifiers: tuple[str, ...], profile: str | None, form: str) -> int:
    """Read them again, all when none is named. The report is that of an ingest."""
    from archive import ingest

    with home.store() as store:
        ids = {entry.id for entry in _find(store, identifiers)} if identifiers else None
        with Progress("reading", "page") as progress:
            limits = home.limits()
            report = ingest.retry(
                store,
                profiles=home.profiles(),
                ids=ids,
                profile=profile,
                progress=progress.update,
                limits=limits.page,
                worker=limits.worker,
            )
        print_facts(asdict(report), form)
        bring_up_to_date(home, store)
    return report_exit_code(report)


_NAMES = ("id", "path", "reason", "message", "time", "kept")


def _find(store: Store, identifiers: Sequence[str]) -> list[QuarantineEntry]:
    """The entries, one for each ID. Raises CommandError for one that there is not."""
    entries = {entry.id: entry for entry in store.quarantined()}
    for identifier in identifiers:
        if identifier not in entries:
            raise CommandError(
                f"there is no page “{identifier}” in quarantine: "
                "`onrecord quarantine list` prints the ID of each"
            )
    return [entries[identifier] for identifier in identifiers]
