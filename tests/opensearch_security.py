"""A real OpenSearch with TLS and login: its own security plugin, an authority made for the test.

Made by ``openssl``: an authority, the node's certificate, and another authority that nobody should
trust. The users are those of ``docs/scaling.md``: one may write, one may only read, with the
rights that are written there.
"""

from __future__ import annotations

import json
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
_HASHES = {
    "writer": "$2y$12$LrCUJ2gA94w4Hoe4KaP1FecfHMKzFpi053M1uLK.nEWvbWsbJsAGm",
    "reader": "$2y$12$FlPKXR9EoppgIfzh87FHhukBOU61NXDoV9jjm8YQCkMRl72c3NV4u",
}
RIGHTS = Path(__file__).parents[1] / "docs" / "opensearch-roles.json"
"""What the two users may do: the same file that ``docs/scaling.md`` tells people to use."""

SETTINGS = """\
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node.key
plugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node.key
plugins.security.ssl.http.pemtrustedcas_filepath: ca.pem
plugins.security.allow_default_init_securityindex: true
plugins.security.nodes_dn: ["CN=node"]
"""


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
        config = Path(folder) / "config"
        config.mkdir()
        make_certificates(config)
        stranger = Path(folder) / "stranger"
        stranger.mkdir()
        make_certificates(stranger)
        plugin = home / "plugins" / "opensearch-security" / "config"
        shutil.copytree(plugin, config / "opensearch-security")
        _make_users(config / "opensearch-security")
        access = Access(config / "ca.pem", *WRITER)
        with opensearch_node.running(
            distribution=SECURED, access=access, files=config, settings=SETTINGS
        ) as cluster:
            yield Secured(cluster.urls[0], access.authority, stranger / "ca.pem")


def make_certificates(folder: Path) -> None:
    """``ca.pem``, and ``node.pem`` with ``node.key`` for 127.0.0.1, signed by it."""
    names = folder / "names"
    names.write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    key = ("-newkey", "rsa:2048", "-nodes")
    _openssl(
        folder, "req", "-x509", *key, "-days", "2", "-subj", "/CN=Authority of a test",
        "-keyout", "ca.key", "-out", "ca.pem",
    )  # fmt: skip
    _openssl(folder, "req", *key, "-subj", "/CN=node", "-keyout", "node.key", "-out", "node.csr")
    _openssl(
        folder, "x509", "-req", "-in", "node.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
        "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "node.pem",
    )  # fmt: skip


def _openssl(folder: Path, *arguments: str) -> None:
    if not shutil.which("openssl"):
        raise NoServer("openssl is not installed, which would make the certificates")
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _make_users(folder: Path) -> None:
    """The plugin reads YAML, and JSON is YAML."""
    users = {name: {"hash": hashed} for name, hashed in _HASHES.items()}
    mapped = {f"onrecord_{name}": {"users": [name]} for name in users}
    for kind, name, held in (
        ("internalusers", "internal_users", users),
        ("roles", "roles", json.loads(RIGHTS.read_text())),
        ("rolesmapping", "roles_mapping", mapped),
    ):
        meta = {"_meta": {"type": kind, "config_version": 2}}
        (folder / f"{name}.yml").write_text(json.dumps(meta | held))
