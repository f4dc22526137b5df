"""``serve``: the web page."""

from __future__ import annotations

import click

from onrecord import config
from onrecord.config import Home


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="ONRECORD_PORT",
    default=config.DEFAULT_PORT,
    show_default=True,
    show_envvar=True,
    help="The port to listen on; 0: any that is free.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    show_default="one for each processor, up to four",
    help="How many processes.",
)
@click.option(
    "--log",
    type=click.Choice(["none", "requests", "full"]),
    default="requests",
    show_default=True,
    help="What is written of each request. full: also who asked, for what, with which browser.",
)
@click.pass_obj
def serve(home: Home, host: str, port: int, workers: int | None, log: str) -> None:
    """Serve the web page until Ctrl-C.

    Readers reach it under this machine's names, and under ONRECORD_URL where that is set.
    """
    home.require()
    from onrecord import server

    with server.listen(host, port) as listener:
        address = server.address_of(listener)
        server.serve(
            home,
            listener,
            host=host,
            workers=workers or server.default_workers(),
            log=log,
            ready=lambda: click.echo(f"On Record is at {address} (Ctrl-C ends it)"),
        )
