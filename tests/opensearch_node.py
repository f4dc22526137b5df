"""A real OpenSearch for the tests: one node or several on loopback, from official artifacts.

``python -m tests.opensearch_node fetch`` puts a minimal distribution into a cache outside the
checkout (Maven's ordinary client fetches it, its checksums are pinned below), and
``… run --nodes 3`` runs nodes until interrupted. It has what On Record needs, the node itself and
the module ``analysis-common``: no security plugin, so neither TLS nor login.

``OPENSEARCH_HOME`` names another distribution, ``ONRECORD_TEST_OPENSEARCH_URL`` a running server.
OpenSearch refuses to run as root: root starts it as nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "2.19.6"
"""The newest that runs on Java 17; 3.x needs Java 21."""

DISTRIBUTION = (
    f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip",
    f"opensearch-{VERSION}.zip",
    "71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293",
)
ANALYSIS = (
    f"org.opensearch.plugin:analysis-common:{VERSION}:jar",
    f"analysis-common-{VERSION}.jar",
    "187378844d92a043b935038f9ae168f7812f686b1c1c7128f8b97731baff8a1a",
)
"""Maven coordinates, file name, SHA-256."""

COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"

# Its descriptor in a full distribution also asks for the scripting language, which no test uses.
DESCRIPTOR = f"""\
description=Adds analysis components
version={VERSION}
name=analysis-common
classname=org.opensearch.analysis.common.CommonAnalysisPlugin
java.version=11
opensearch.version={VERSION}
custom.foldername=
extended.plugins=
has.native.controller=false
"""

NOBODY = 65534
JAVA = range(11, 24)
"""Releases that run it: newer ones have no security manager any more."""

JVM_OPTIONS = """\
-Xms384m
-Xmx384m
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-Djava.io.tmpdir=${OPENSEARCH_TMPDIR}
18-:-Djava.security.manager=allow
"""

READY_SECONDS = 120


class NoServer(Exception):
    """There is no OpenSearch to be had; the message says why."""


def find_home() -> Path:
    """The folder of a distribution: ``OPENSEARCH_HOME``, or the cached one, fetched if need be.

    Raises NoServer.
    """
    given = os.environ.get("OPENSEARCH_HOME")
    if given:
        return Path(given)
    home = _cache() / f"opensearch-{VERSION}"
    if not home.is_dir():
        _assemble(home)
    return home


def is_here() -> bool:
    """Whether nothing has to be fetched."""
    return bool(os.environ.get("OPENSEARCH_HOME")) or (_cache() / f"opensearch-{VERSION}").is_dir()


def find_java() -> Path:
    """The home of a Java that runs it. Raises NoServer."""
    given = [os.environ.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")]
    installed = sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in (*(Path(path) for path in given if path), *installed):
        release = home / "release"
        found = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.exists() else None
        if found and int(found[1]) in JAVA:
            return home
    raise NoServer("no Java from 11 to 23 in JAVA_HOME or /usr/lib/jvm")


def _cache() -> Path:
    """Where it is kept: nobody cannot look into root's own folder."""
    named = os.environ.get("ONRECORD_TEST_CACHE")
    if named:
        return Path(named)
    return Path("/var/cache" if os.getuid() == 0 else Path.home() / ".cache") / "onrecord-test"


def _assemble(home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        zipped, jar = (_fetch(*artifact, Path(folder)) for artifact in (DISTRIBUTION, ANALYSIS))
        with zipfile.ZipFile(zipped) as archive:
            archive.extractall(folder)
        made = Path(folder) / home.name
        (made / "bin" / "opensearch").chmod(0o755)
        for script in (made / "bin").iterdir():
            script.chmod(0o755)
        module = made / "modules" / "analysis-common"
        module.mkdir()
        shutil.copy(jar, module)
        (module / "plugin-descriptor.properties").write_text(DESCRIPTOR)
        made.rename(home)


def _fetch(coordinates: str, name: str, sha256: str, folder: Path) -> Path:
    if not shutil.which("mvn"):
        raise NoServer("Maven (mvn) is not installed, which would fetch it")
    command = ["mvn", "-B", "-q", COPY, f"-Dartifact={coordinates}", f"-DoutputDirectory={folder}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        raise NoServer(f"Maven did not fetch {coordinates} within five minutes") from None
    if done.returncode:
        raise NoServer(f"Maven could not fetch {coordinates}: {done.stdout.strip()[-300:]}")
    path = folder / name
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise NoServer(f"{name} has the SHA-256 {found}, and not {sha256}")
    return path


@dataclass
class Node:
    """One node: its folder, its ports, and its process while it runs."""

    name: str
    folder: Path
    http: int
    transport: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.http}"


@dataclass
class Cluster:
    """Nodes that know each other. Use :func:`running`, which ends them."""

    nodes: list[Node]
    home: Path
    java: Path
    settings: str = ""
    _stack: ExitStack = field(default_factory=ExitStack)

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
def running(nodes: int = 1, settings: str = "") -> Iterator[Cluster]:
    """So many nodes on loopback, ready, and ended and removed afterwards. Raises NoServer."""
    home, java = find_home(), find_java()
    with tempfile.TemporaryDirectory(prefix="onrecord-opensearch-") as folder:
        base = Path(folder)
        ports = iter(_free_ports(2 * nodes))
        made = [
            Node(f"n{number}", base / f"n{number}", next(ports), next(ports))
            for number in range(1, nodes + 1)
        ]
        for node in made:
            _configure(node, made, home, settings)
        if os.getuid() == 0:
            base.chmod(0o755)
            for path in (base, *base.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        cluster = Cluster(made, home, java, settings)
        try:
            for node in made:
                cluster.start(node)
            cluster.wait()
            yield cluster
        finally:
            cluster.stop()


def _configure(node: Node, nodes: Sequence[Node], home: Path, settings: str) -> None:
    for name in ("config", "data", "logs", "tmp"):
        (node.folder / name).mkdir(parents=True)
    config = node.folder / "config"
    shutil.copy(home / "config" / "log4j2.properties", config)
    (config / "jvm.options").write_text(JVM_OPTIONS)
    if len(nodes) == 1:
        discovery = "discovery.type: single-node"
    else:
        seeds = json.dumps([f"127.0.0.1:{n.transport}" for n in nodes])
        names = json.dumps([n.name for n in nodes])
        discovery = f"discovery.seed_hosts: {seeds}\ncluster.initial_cluster_manager_nodes: {names}"
    (config / "opensearch.yml").write_text(f"""\
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
    connection = http.client.HTTPConnection("127.0.0.1", node.http, timeout=5)
    try:
        connection.request("GET", "/_cluster/health")
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
    chosen = parser.parse_args(arguments)
    say = sys.stdout.write
    try:
        if chosen.verb != "run":
            say(f"{find_home() if chosen.verb == 'fetch' else find_java()}\n")
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
