"""``completion``: what a shell needs to complete our words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_WHERE = """\b
bash:  ~/.local/share/bash-completion/completions/onrecord
zsh:   "${fpath[1]}/_onrecord"
fish:  ~/.config/fish/completions/onrecord.fish
"""


@click.command(epilog=_WHERE)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell, to be saved where the shell looks for it."""
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 (the argument's type lets only click's shells through)
    command = context.find_root().command
    click.echo(kind(command, {}, "onrecord", "_ONRECORD_COMPLETE").source())
