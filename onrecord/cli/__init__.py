"""The ``onrecord`` command: which verb is meant, and what happens when it fails.

A verb's module is imported when the verb is used: people type ``onrecord search`` and
wait for it.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from onrecord import config
from onrecord.cli.advice import as_typed_here
from onrecord.config import Home
from onrecord.errors import ExitCode, exit_code, is_full_disk

COMMANDS = {
    "demo": "demo:demo",
    "ingest": "ingest:ingest",
    "search": "search:search",
    "quotes": "search:quotes",
    "facets": "facets:facets",
    "export": "export:export",
    "show": "show:show",
    "listed": "listed:listed",
    "speakers": "speakers:speakers",
    "countries": "names:countries",
    "profile": "profile:profile",
    "quarantine": "quarantine:quarantine",
    "limits": "limits:limits",
    "index": "index:index",
    "serve": "serve:serve",
    "completion": "completion:completion",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"onrecord.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb. Quiet when whoever reads our output leaves: click would exit with 1."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            return _reader_left()
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            return _failed(error, ctx)
        return code


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ONRECORD_HOME",
    default=config.DEFAULT_HOME,
    show_default="./onrecord-data",
    show_envvar=True,
    help="The folder of the archive.",
)
@click.option(
    "--engine",
    "location",
    envvar="ONRECORD_ENGINE",
    show_envvar=True,
    metavar="LOCATION",
    show_default="the index in the home",
    help="Where the index is, as in opensearch+https://HOST/ALIAS.",
)
@click.option(
    "--network-home",
    is_flag=True,
    envvar="ONRECORD_NETWORK_HOME",
    show_envvar=True,
    help="Write to a home on a network file system, where locks cannot be relied on.",
)
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
@click.pass_context
def cli(context: click.Context, home: Path, location: str | None, network_home: bool) -> None:
    """Who said what, when, and about which country.

    On Record turns saved web pages of statements and press releases into an archive
    that can be searched.
    """
    context.obj = Home(home, location, network_home)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every way in which it can end becomes an exit code."""
    try:
        code = cli.main(arguments, prog_name="onrecord", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption):
            _advise_on_minus(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted")
        return ExitCode.INTERRUPTED
    except Exception as error:
        return _failed(error)
    return code if isinstance(code, int) else ExitCode.DONE


def _advise_on_minus(error: click.NoSuchOption) -> None:
    """Where a word without which something is looked for was taken for an option."""
    command = error.ctx.command if error.ctx else None
    asks = command is not None and any(parameter.name == "words" for parameter in command.params)
    if error.ctx and asks and not error.option_name.startswith("--"):
        _say(f"a question with -word goes after --, as in: {error.ctx.command_path} -- war -peace")


def _reader_left() -> int:
    """Whoever read our output has had enough (``| head``): nothing more to say, nothing wrong."""
    # What is still buffered would fail again when the interpreter flushes at its end.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    return ExitCode.DONE


def _failed(error: Exception, context: click.Context | None = None) -> int:
    if config.debug():
        raise error
    code = exit_code(error)
    if code is not None:
        said = as_typed_here(str(error), context)
        _say(said if code == ExitCode.INTERRUPTED else f"error: {said}")
        return code
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        advice = ": make room and run the same command again" if is_full_disk(error) else ""
        _say(f"error: {place}{error.strerror or error}{advice}")
        return ExitCode.FAILED
    _say(
        f"error: {type(error).__name__}: {error}\n"
        "This is a mistake in On Record, not in what you typed. Run the same command with\n"
        "ONRECORD_DEBUG=1 before it and report what it prints."
    )
    return ExitCode.FAILED


def _say(message: str) -> None:
    click.echo(f"onrecord: {message}", err=True)
