"""What the web page is told from outside; only ``onrecord`` reads the environment."""

from __future__ import annotations

from dataclasses import dataclass

from index.query import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class WebConfig:
    """``title`` is shown on every page.

    ``trusted_hosts``: names under which the page may be asked for (a leading dot admits
    subdomains); a request for any other host is refused. ``base_url``: the public address
    for feeds and permalinks ("https://archive.example/"); None: as it was asked for.
    ``limits``: of a reader's question.
    """

    title: str = "On Record"
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    base_url: str | None = None
    limits: Limits = LIMITS
