"""Who asks an engine that is a server."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """User and password; ``ca_file``: certificates to trust (PEM) instead of the system's."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None


NOBODY = Credentials()
