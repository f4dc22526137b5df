"""``--base-url``: the address of a folder of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def base_url_option(meaning: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option ``--base-url``, which refuses what no page could have for its address."""
    return click.option("--base-url", metavar="U", callback=_checked, help=meaning)


def _checked(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from archive.identity import canonical_url

    if value is not None:
        try:
            canonical_url(value)
        except ValueError as error:
            raise click.BadParameter(
                f"{error}: write it as https://www.example.org/news"
            ) from error
    return value
