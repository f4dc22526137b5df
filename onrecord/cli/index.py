"""``index``: make, mend and look at what questions are answered from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict

import click

from archive.errors import StoreError, StoreOutdated
from index.errors import SearchError
from index.results import IndexStatus
from onrecord import indexing
from onrecord.cli.output import format_option, print_facts, say
from onrecord.cli.progress import Progress
from onrecord.cli.text import bytes_of, counted
from onrecord.config import Home
from onrecord.errors import CommandError, ExitCode


@click.group()
def index() -> None:
    """Make, update, check or roll back the index.

    The archive is the truth and the index is made from it: losing one loses nothing.
    """


@index.command()
@click.option("--force", is_flag=True, help="Begin even where the disk seems too full.")
@click.pass_obj
def build(home: Home, force: bool) -> None:
    """Make the index anew; readers keep the old one until the new one is done.

    A build that was interrupted or killed goes on where it was.
    """
    _bring_forward(home)
    with home.store(readonly=True) as store:
        _look_at_space(indexing.space(home, store), force)
        total = store.counts().documents
        try:
            with Progress("indexing", "statement", total) as progress:
                status = indexing.build(home, store, progress.update)
        except KeyboardInterrupt as interrupt:
            raise CommandError(
                "interrupted; the old index, if there is one, is in place: "
                "`onrecord index build` goes on from here",
                ExitCode.INTERRUPTED,
            ) from interrupt
    _say_done(status)


@index.command()
@click.pass_obj
def update(home: Home) -> None:
    """Add what is missing, replace what is stale, remove what is gone."""
    _bring_forward(home)
    with home.store(readonly=True) as store:
        with closing(home.engine()) as engine:
            before = engine.status()
        with Progress("indexing", "statement") as progress:
            status = indexing.repair(home, store, progress.update)
    if status is None:
        say("Nothing to do.")
    _say_done(status or before)


@index.command()
@format_option("table", "json")
@click.pass_obj
def status(home: Home, form: str) -> None:
    """What the index holds, and how it differs from the archive."""
    with home.store(readonly=True) as store:
        with closing(home.engine()) as engine:
            found = engine.status()
        difference = indexing.compare(home, store)
        archived = store.counts().documents
    facts = asdict(found) | {
        "archived": archived,
        "missing": len(difference.missing),
        "stale": len(difference.stale),
        "extra": len(difference.extra),
    }
    print_facts(facts, form)
    if difference:
        say("The index does not hold what the archive holds: run `onrecord index update`.")


@index.command()
@click.pass_obj
def check(home: Home) -> int:
    """Verify the archive and the index, each in itself and against each other."""
    problems = list(_problems(home))
    for problem in problems:
        click.echo(problem)
    if problems:
        return ExitCode.FAILED
    say("Archive and index are sound.")
    return ExitCode.DONE


@index.command()
@click.pass_obj
def rollback(home: Home) -> None:
    """Go back to the index as it was before the last change."""
    _say_done(home.writer().rollback())


def _bring_forward(home: Home) -> None:
    """Give an archive of an older version the tables of this one."""
    try:
        home.store(readonly=True).close()
    except StoreOutdated:
        home.store().close()


def _look_at_space(space: indexing.Space | None, force: bool) -> None:
    """Raises CommandError when there is too little of it, and nobody insists."""
    if space is None:
        return
    if space.needed > space.free and not force:
        raise CommandError(
            f"the disk is too full: the build takes about {bytes_of(space.needed)} and "
            f"{bytes_of(space.free)} are free; make room, or try with --force"
        )
    say(f"The build takes about {bytes_of(space.needed)}; {bytes_of(space.free)} are free.")


def _problems(home: Home) -> Iterator[str]:
    """What is wrong, each with what mends it."""
    with home.store(readonly=True) as store:
        yield from (f"archive: {problem}" for problem in store.check())
        try:
            with closing(home.engine()) as engine:
                yield from (
                    f"index: {problem} (onrecord index build)" for problem in engine.check()
                )
            difference = indexing.compare(home, store)
        except SearchError as error:
            yield f"index: {error}"
            return
        except StoreError as error:
            yield f"archive: {error}"
            return
        for kind, names in asdict(difference).items():
            if names:
                yield f"index: {len(names):,} {kind} (onrecord index update): {_few(names)}"


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


def _say_done(status: IndexStatus) -> None:
    say(
        f"The index holds {counted(status.documents, 'statement')}"
        f" and {counted(status.quotations, 'quotation')}"
        + (f" ({status.generation})." if status.generation else ".")
    )
