"""``demo``: the whole of On Record on pages that ship with it."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path

import click
from click.core import ParameterSource

from onrecord import config
from onrecord.cli import hits
from onrecord.cli.ingest import bring_up_to_date, read_pages
from onrecord.cli.output import print_facts
from onrecord.cli.text import Paint
from onrecord.config import Home
from onrecord.errors import CommandError

HOME = Path("onrecord-demo")
_MARKER = ".made-by-onrecord-demo"
_MADE = ("archive.db", "archive.db-wal", "archive.db-shm", "archive.lock", "index")
_QUESTION = '"freedom of expression"'


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="ONRECORD_PORT",
    default=config.DEFAULT_PORT,
    show_default=True,
    show_envvar=True,
    help="The port of the web page; 0: any that is free.",
)
@click.pass_context
def demo(context: click.Context, port: int) -> None:
    """Try it: the sample pages in a fresh archive, a first search, the web page.

    The archive is made anew each time in ./onrecord-demo, or where --home says.
    """
    from onrecord import server

    home = _home(context)
    with server.listen("127.0.0.1", port) as listener:  # before anything is made: it may be taken
        home.make()
        _start_clean(home.path)
        with as_file(files("onrecord") / "sample") as sample, home.store(create=True) as store:
            click.echo(_heading(f"$ onrecord --home {home.path} ingest {sample}"))
            report = read_pages(store, [sample], home.profiles(), home.limits())
            print_facts(asdict(report), "table")
            bring_up_to_date(home, store)
        click.echo(_heading(f"\n$ onrecord --home {home.path} search '{_QUESTION}' --limit 3"))
        _first_search(home)
        click.echo()
        address = server.address_of(listener)
        server.serve(
            home,
            listener,
            host="127.0.0.1",
            workers=1,
            log="none",
            ready=lambda: click.echo(f"On Record is at {address} (Ctrl-C ends it)"),
        )


def _home(context: click.Context) -> Home:
    """Where ``--home`` says; ONRECORD_HOME names an archive that a demo has no business in, and
    a server is nothing to try things on.
    """
    root = context.find_root()
    named = root.get_parameter_source("home") is ParameterSource.COMMANDLINE
    return Home(root.ensure_object(Home).path if named else HOME)


def _start_clean(home: Path) -> None:
    """An empty home. Raises CommandError rather than touch a folder that no demo made."""
    marker = home / _MARKER
    if not marker.is_file() and any(home.iterdir()):
        raise CommandError(
            f"{home} is not empty and was not made by a demo: name another folder, "
            "as in `onrecord --home /tmp/onrecord-demo demo`"
        )
    for name in _MADE:
        made = home / name
        if made.is_dir() and not made.is_symlink():
            shutil.rmtree(made)
        else:
            made.unlink(missing_ok=True)
    marker.touch()


def _first_search(home: Home) -> None:
    from index.request import build_query

    with closing(home.engine()) as engine:
        hits.print_statements(engine.search(build_query(_QUESTION, per_page=3), facets=False))


def _heading(text: str) -> str:
    return Paint().strong(text)
