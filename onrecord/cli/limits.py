"""``limits``: what a page and a question may cost here."""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.cli.output import FORMATS, format_option, print_rows, say
from onrecord.config import Home

_NAMES = ("table", "limit", "value", "default", "least", "most", "meaning")
_SHOWN = ("table", "limit", "value", "default", "meaning")


@click.command()
@format_option(*FORMATS)
@click.pass_obj
def limits(home: Home, form: str) -> None:
    """The limits in force on pages and questions, and their defaults."""
    from onrecord.limits import settings

    rows = [asdict(setting) for setting in settings(home.limits())]
    print_rows(_SHOWN if form == "table" else _NAMES, rows, form)
    say(f"Set others in {home.limits_file}, each under its [table].")
