"""A real OpenSearch with TLS and login: its own security plugin, an authority made for the test.

Certificates, settings and rights are those that ``docs/opensearch/`` gives people, so that they are
tested too; there is another authority, which nobody should trust.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import opensearch_node
from tests.opensearch_distribution import SECURED, NoServer
from tests.opensearch_node import Access

WRITER = ("writer", "All-4-nobody")
READER = ("reader", "Only-4-nobody")

# bcrypt, by the plugin's own tools/hash.sh
USERS = """\
_meta: { type: internalusers, config_version: 2 }

writer: { hash: "$2y$12$LrCUJ2gA94w4Hoe4KaP1FecfHMKzFpi053M1uLK.nEWvbWsbJsAGm" }
reader: { hash: "$2y$12$FlPKXR9EoppgIfzh87FHhukBOU61NXDoV9jjm8YQCkMRl72c3NV4u" }
"""

DOCS = Path(__file__).parents[1] / "docs" / "opensearch"
"""The script, the rights and the settings that ``docs/scaling.md`` tells people to use."""

_SETTING = re.compile(r"^  (plugins\.security\.[a-z_.]+: .*)$", re.MULTILINE)


@dataclass(frozen=True)
class Secured:
    """Where it answers, and the certificates (PEM) of its authority and of a stranger."""

    url: str
    authority: Path
    stranger: Path


@contextmanager
def running() -> Iterator[Secured]:
    """One node, ended and removed afterwards. Raises NoServer."""
    home = SECURED.home()
    with tempfile.TemporaryDirectory(prefix="onrecord-security-") as folder:
        config, stranger = Path(folder) / "config", Path(folder) / "stranger"
        make_certificates(config)
        make_certificates(stranger)
        users = config / "opensearch-security"
        shutil.copytree(home / "plugins" / "opensearch-security" / "config", users)
        for name in ("roles.yml", "roles_mapping.yml"):
            shutil.copy(DOCS / name, users)
        (users / "internal_users.yml").write_text(USERS)
        access = Access(config / "ca.pem", *WRITER)
        settings = "\n".join(_SETTING.findall((DOCS / "compose.yaml").read_text()))
        with opensearch_node.running(
            distribution=SECURED, access=access, files=config, settings=settings
        ) as cluster:
            yield Secured(cluster.urls[0], access.authority, stranger / "ca.pem")


def make_certificates(folder: Path) -> None:
    """``ca.pem``, and ``node.pem`` with ``node.key`` for 127.0.0.1, signed by it."""
    if not shutil.which("openssl"):
        raise NoServer("openssl is not installed, which would make the certificates")
    command = [DOCS / "certificates.sh", folder]
    subprocess.run(command, check=True, capture_output=True)
