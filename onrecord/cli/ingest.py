"""``ingest``: saved pages into the archive, and the archive into the index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from index.errors import SearchError
from onrecord import config
from onrecord.cli.address import base_url_option
from onrecord.cli.output import format_option, print_facts, say
from onrecord.cli.progress import Progress
from onrecord.config import Home
from onrecord.errors import CommandError, ExitCode, exit_code

if TYPE_CHECKING:
    from archive.ingest import IngestReport
    from archive.profiles import Profiles
    from archive.store import Store
    from onrecord.limits import AllLimits

_NO_PAGE = (
    "No page was found. In a folder pages and crawls are told by their names (.html, .htm, .txt, "
    ".mhtml, .warc, .wacz, .zip): save a mirror with `wget --adjust-extension`, or name each file."
)


@click.command()
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--profile", metavar="P", help="Read every page with this site profile.")
@base_url_option("The address that the folder was saved from.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    show_default="one for each processor",
    help="How many pages are read at a time, each in a process of its own.",
)
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@click.option("--dry-run", is_flag=True, help="Read everything, keep nothing.")
@format_option("table", "json")
@click.pass_obj
def ingest(
    home: Home,
    paths: tuple[Path, ...],
    profile: str | None,
    base_url: str | None,
    jobs: int | None,
    no_index: bool,
    dry_run: bool,
    form: str,
) -> int:
    """Read saved pages into the archive.

    PATH is a file or a folder: pages (.html, .htm, .html.gz, .mhtml), the plain text of one
    (.txt), a wget mirror or a .zip of one, or a crawl (.warc, .warc.gz, .wacz).
    """
    # Before an archive is made: a mistake in one of them must leave nothing behind.
    profiles, limits = home.profiles(), home.limits()
    if profile is not None:
        profiles.named(profile)
    with ExitStack() as stack:
        into = home
        if dry_run and not home.exists:
            into = Home(Path(stack.enter_context(TemporaryDirectory(prefix="onrecord-"))))
        store = stack.enter_context(into.store(create=True))
        report = read_pages(
            store,
            paths,
            profiles,
            limits,
            profile=profile,
            base_url=base_url,
            jobs=jobs,
            dry_run=dry_run,
        )
        print_facts(asdict(report), form)
        if not report.pages:
            say(_NO_PAGE)
        if dry_run:
            say("Dry run: nothing was kept.")
        elif not no_index:
            bring_up_to_date(home, store)
        elif report.added or report.changed or report.retracted:
            say("Not searched yet: `onrecord index update` brings the index up to date.")
    return report_exit_code(report)


def report_exit_code(report: IngestReport) -> ExitCode:
    """Says where to look when pages were quarantined."""
    if not report.quarantined:
        return ExitCode.DONE
    say("Some pages could not be read: `onrecord quarantine list` says why.")
    return ExitCode.QUARANTINED


def read_pages(
    store: Store,
    paths: Sequence[Path],
    profiles: Profiles,
    limits: AllLimits,
    *,
    profile: str | None = None,
    base_url: str | None = None,
    jobs: int | None = None,
    dry_run: bool = False,
) -> IngestReport:
    """Ingest with progress."""
    from archive.ingest import ingest as ingest_pages

    try:
        with Progress("reading", "page") as progress:
            return ingest_pages(
                paths,
                store,
                profiles=profiles,
                profile=profile,
                base_url=base_url,
                jobs=jobs or config.processors(),
                dry_run=dry_run,
                progress=progress.update,
                limits=limits.page,
                worker=limits.worker,
            )
    except KeyboardInterrupt as interrupt:
        if dry_run:
            raise
        raise CommandError(
            "interrupted; what was read is in the archive: run the same command again for the "
            "rest, or `onrecord index build` to search what is there",
            ExitCode.INTERRUPTED,
        ) from interrupt


def bring_up_to_date(home: Home, store: Store) -> None:
    """Index what was ingested. Raises CommandError when the statements are safe but not found."""
    from onrecord import indexing

    try:
        with Progress("indexing", "statement", store.counts().documents) as progress:
            indexing.update(home, store, progress.update)
    except (SearchError, OSError) as error:
        raise CommandError(
            f"the pages are in the archive, but the index could not be brought up to date: {error} "
            "(`onrecord index update` does that)",
            exit_code(error) or ExitCode.FAILED,
        ) from error
