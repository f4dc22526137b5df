"""``profile``: what a site profile takes from a page."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.address import base_url_option
from onrecord.cli.evidence import findings
from onrecord.cli.output import clipped, format_option, print_facts, print_json, print_table, say
from onrecord.cli.text import Paint, counted
from onrecord.config import Home

if TYPE_CHECKING:
    from archive.limits import Limits
    from archive.page import Page
    from archive.trial import Trial

_FIRST = 50
"""Characters of an element that a table shows."""


@click.group()
def profile() -> None:
    """Site profiles: what On Record is told about the pages of a site."""


@profile.command("test")
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--profile",
    "name",
    metavar="P",
    help="Test this profile, or this file.toml, whatever the address.",
)
@base_url_option("The address of the folder that FILE is in.")
@format_option("table", "json")
@click.pass_obj
def test_profile(home: Home, file: Path, name: str | None, base_url: str | None, form: str) -> None:
    """Show what each selector of a profile takes from one page; nothing is kept.

    Without --profile: the profile that an ingest would choose, and why.
    """
    from archive.profiles import Profiles, read_profile
    from archive.trial import try_profile

    limits = home.limits().page
    page = _page(file, base_url, limits)
    profiles = home.profiles()
    if name and name.endswith(".toml"):
        own = read_profile(Path(name))
        profiles, name = Profiles((own, *profiles.known)), own.name
    trial = try_profile(page, profiles, profile=name, limits=limits)
    if form == "json":
        print_json(_as_json(trial))
    else:
        _print(trial)


def _page(file: Path, base_url: str | None, limits: Limits) -> Page:
    """The page in the file. Raises PageError when there is none."""
    from archive.errors import UnreadablePage
    from archive.page import UnreadableSource
    from archive.sources import read_pages

    pages = list(islice(read_pages([file], base_url=base_url, limits=limits), 2))
    if not pages:
        raise UnreadablePage(f"there is no page in {file}: give a saved page (.html, .txt)")
    if len(pages) > 1:
        say(f"Only the first page of {file} is tested.")
    if isinstance(pages[0], UnreadableSource):
        raise pages[0].error
    return pages[0]


def _as_json(trial: Trial) -> dict[str, object]:
    read = trial.extraction
    return {
        "profile": trial.profile,
        "why": trial.why,
        "url": read.url,
        "kind": read.kind,
        "selectors": [asdict(use) for use in trial.uses],
        "statements": [
            {"id": document.id, "fields": [found._asdict() for found in findings(document)]}
            for document in read.documents
        ],
    }


def _print(trial: Trial) -> None:
    read = trial.extraction
    count = len(read.documents)
    facts = {
        "profile": f"{trial.profile}: {trial.why}",
        "address": read.url or "unknown",
        "page": f"{read.kind} with {counted(count, 'statement')}",
    }
    print_facts(facts, "table")
    if trial.uses:
        click.echo()
        print_table(
            ("key", "selector", "took", "first"),
            [
                {
                    "key": use.key,
                    "selector": use.selector,
                    "took": f"{use.took} of {use.rows}" if use.rows else f"{use.took}",
                    "first": clipped(use.first or "", _FIRST),
                }
                for use in trial.uses
            ],
        )
    for document in read.documents:
        click.echo(f"\n{Paint().strong(document.id)}")
        print_table(
            ("field", "value", "how", "confidence"),
            [f._asdict() | {"value": clipped(f.value, _FIRST)} for f in findings(document)],
        )
