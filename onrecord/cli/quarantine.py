"""``quarantine``: pages that could not be read, each with its reason."""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.cli.output import FORMATS, format_option, print_rows
from onrecord.config import Home


@click.group()
def quarantine() -> None:
    """Pages that could not be read, and why."""


@quarantine.command("list")
@format_option(*FORMATS)
@click.pass_obj
def list_pages(home: Home, form: str) -> None:
    """One line each: id, path, reason and time."""
    with home.store(readonly=True) as store:
        rows = [asdict(entry) for entry in store.quarantined()]
    if form == "table":
        print_rows(("id", "path", "reason", "time"), rows, form)
    else:
        print_rows(("id", "path", "reason", "message", "time"), rows, form)
