"""A real OpenSearch for the tests: one node or several on loopback, from official artifacts.

``python -m tests.opensearch_node fetch`` puts a minimal distribution into a cache outside the
checkout (see :mod:`tests.opensearch_distribution`), ``… fetch --secured`` one with TLS and login,
and ``… run --nodes 3`` runs nodes until interrupted.

``OPENSEARCH_HOME`` names another distribution, ``ONRECORD_TEST_OPENSEARCH_URL`` a running server.
OpenSearch refuses to run as root: root starts it as nobody.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.opensearch_distribution import PLAIN, SECURED, Distribution, NoServer, find_java

NOBODY = 65534
QUICK = ("-Xms384m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Options of Java for a node that starts soon and stays small: for tests."""

STEADY = ("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
"""For one that is measured: Java takes its time to become fast, and then is."""

JVM_OPTIONS = ("-Djava.io.tmpdir=${OPENSEARCH_TMPDIR}", "18-:-Djava.security.manager=allow")

READY_SECONDS = 300
"""Long, because it ends with the condition: on a busy machine Java takes minutes to start."""


@dataclass(frozen=True)
class Access:
    """How the tests themselves speak to a node that asks for TLS and a login."""

    authority: Path
    user: str
    password: str

    @property
    def header(self) -> dict[str, str]:
        """HTTP's basic authentication."""
        pair = f"{self.user}:{self.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


@dataclass
class Node:
    """One node: its folder, its ports, and its process while it runs."""

    name: str
    folder: Path
    http: int
    transport: int
    access: Access | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http{'s' if self.access else ''}://127.0.0.1:{self.http}"


@dataclass
class Cluster:
    """Nodes that know each other. Use :func:`running`, which ends them."""

    nodes: list[Node]
    home: Path
    java: Path

    @property
    def urls(self) -> list[str]:
        """Where they answer."""
        return [node.url for node in self.nodes]

    def start(self, node: Node) -> None:
        """Start one node, again if need be; see :meth:`wait`."""
        config = node.folder / "config"
        environment = {
            "HOME": str(node.folder),
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "JAVA_HOME": str(self.java),
            "OPENSEARCH_JAVA_HOME": str(self.java),
            "OPENSEARCH_PATH_CONF": str(config),
            "OPENSEARCH_TMPDIR": str(node.folder / "tmp"),
        }
        ordinary = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        with (node.folder / "stdout.log").open("ab") as log:
            node.process = subprocess.Popen(
                [*(ordinary if os.getuid() == 0 else []), str(self.home / "bin" / "opensearch")],
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self, node: Node) -> None:
        """Like a power cut."""
        if node.process and node.process.poll() is None:
            node.process.send_signal(signal.SIGKILL)
            node.process.wait()

    def wait(self, nodes: int | None = None, status: str = "green") -> None:
        """Until so many nodes (all, unless given) have found each other, and all is at least
        yellow, or green. Raises NoServer.
        """
        wanted = nodes or len(self.nodes)
        good = {"green", status}
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            found = [health for node in self.nodes if (health := _health(node))]
            if any(h["number_of_nodes"] == wanted and h["status"] in good for h in found):
                return
            if all(n.process is None or n.process.poll() is not None for n in self.nodes):
                break
            time.sleep(0.2)
        said = (self.nodes[0].folder / "stdout.log").read_text(errors="replace")[-2000:]
        raise NoServer(f"{wanted} nodes were not {status} in {READY_SECONDS} s: {said}")

    def stop(self) -> None:
        """End every node."""
        for node in self.nodes:
            if node.process and node.process.poll() is None:
                node.process.terminate()
        for node in self.nodes:
            if node.process:
                try:
                    node.process.wait(20)
                except subprocess.TimeoutExpired:
                    self.kill(node)


@contextmanager
def running(
    nodes: int = 1,
    *,
    java_options: Sequence[str] = QUICK,
    distribution: Distribution = PLAIN,
    access: Access | None = None,
    files: Path | None = None,
    settings: str = "",
) -> Iterator[Cluster]:
    """So many nodes on loopback, ready, and ended and removed afterwards. Raises NoServer.

    ``files`` go into each node's ``config``, ``settings`` into its ``opensearch.yml``.
    """
    home, java = distribution.home(), find_java()
    with tempfile.TemporaryDirectory(prefix="onrecord-opensearch-") as folder:
        base = Path(folder)
        ports = iter(_free_ports(2 * nodes))
        made = [
            Node(f"n{number}", base / f"n{number}", next(ports), next(ports), access)
            for number in range(1, nodes + 1)
        ]
        for node in made:
            config = node.folder / "config"
            if files:
                shutil.copytree(files, config)
            _configure(node, made, settings)
            shutil.copy(home / "config" / "log4j2.properties", config)
            (config / "jvm.options").write_text("\n".join((*java_options, *JVM_OPTIONS, "")))
        if os.getuid() == 0:
            base.chmod(0o755)
            for path in (base, *base.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        cluster = Cluster(made, home, java)
        try:
            for node in made:
                cluster.start(node)
            cluster.wait()
            yield cluster
        finally:
            cluster.stop()


def _configure(node: Node, nodes: Sequence[Node], settings: str) -> None:
    for name in ("config", "data", "logs", "tmp"):
        (node.folder / name).mkdir(parents=True, exist_ok=True)
    if len(nodes) == 1:
        discovery = "discovery.type: single-node"
    else:
        seeds = json.dumps([f"127.0.0.1:{n.transport}" for n in nodes])
        names = json.dumps([n.name for n in nodes])
        discovery = f"discovery.seed_hosts: {seeds}\ncluster.initial_cluster_manager_nodes: {names}"
    (node.folder / "config" / "opensearch.yml").write_text(f"""\
cluster.name: onrecord-test
node.name: {node.name}
network.host: 127.0.0.1
http.port: {node.http}
transport.port: {node.transport}
path.data: {node.folder / "data"}
path.logs: {node.folder / "logs"}
cluster.routing.allocation.disk.threshold_enabled: false
{discovery}
{settings}
""")


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _health(node: Node) -> dict[str, object] | None:
    connection: http.client.HTTPConnection
    if node.access:
        trusted = ssl.create_default_context(cafile=str(node.access.authority))
        connection = http.client.HTTPSConnection("127.0.0.1", node.http, timeout=5, context=trusted)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", node.http, timeout=5)
    try:
        login = node.access.header if node.access else {}
        connection.request("GET", "/_cluster/health", headers=login)
        answer = connection.getresponse()
        body = answer.read()
        return json.loads(body) if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch the distribution, say which Java runs it, or run nodes until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.opensearch_node")
    parser.add_argument("verb", choices=["fetch", "java", "run"])
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--secured", action="store_true", help="fetch: with TLS and login")
    chosen = parser.parse_args(arguments)
    say = sys.stdout.write
    try:
        if chosen.verb != "run":
            wanted = SECURED if chosen.secured else PLAIN
            say(f"{wanted.home() if chosen.verb == 'fetch' else find_java()}\n")
            return 0
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with running(chosen.nodes) as cluster:
            say("\n".join(cluster.urls) + "\n")
            sys.stdout.flush()
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except NoServer as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
