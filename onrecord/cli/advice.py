"""Commands that messages propose, as they must be typed here."""

from __future__ import annotations

import re
import shlex

import click
from click.core import ParameterSource

_PROPOSED = re.compile(r"((?<=[`“(])|(?<=[Rr]un: ))onrecord (?!--|demo\b)(?=[a-z])")


def as_typed_here(message: str, context: click.Context | None = None) -> str:
    """The message with ``--home`` and ``--engine`` in its commands where they were typed.

    What stands in the environment holds for the next command too.
    """
    context = context or click.get_current_context(silent=True)
    if context is None:
        return message
    root = context.find_root()
    options = [
        f"{option} {shlex.quote(str(root.params[name]))} "
        for option, name in (("--home", "home"), ("--engine", "location"))
        if root.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    return _PROPOSED.sub(lambda _: "onrecord " + "".join(options), message)
