"""What a test's OpenSearch is made of: official artifacts, fetched by Maven, checksums pinned.

They are put together in a cache outside the checkout. :data:`PLAIN` has what On Record needs, the
node itself and the module ``analysis-common``; :data:`SECURED` has the security plugin as well, in
the newest version of 2.x for which Maven Central carries that plugin.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

JAVA = range(11, 24)
"""Releases that run it: newer ones have no security manager any more."""

COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"

# Its descriptor in a full distribution also asks for the scripting language, which no test uses.
DESCRIPTOR = """\
description=Adds analysis components
version={version}
name=analysis-common
classname=org.opensearch.analysis.common.CommonAnalysisPlugin
java.version=11
opensearch.version={version}
custom.foldername=
extended.plugins=
has.native.controller=false
"""


class NoServer(Exception):
    """There is no OpenSearch to be had; the message says why."""


@dataclass(frozen=True)
class Artifact:
    """Maven coordinates, the name of the file, and its SHA-256."""

    coordinates: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Distribution:
    """The node, the module it needs, and the plugins it has."""

    name: str
    version: str
    node: Artifact
    analysis: Artifact
    plugins: tuple[Artifact, ...] = ()

    def is_here(self) -> bool:
        """Whether nothing has to be fetched."""
        return bool(self._given()) or self._cached().is_dir()

    def home(self) -> Path:
        """Its folder, fetched if need be. Raises NoServer."""
        given = self._given()
        if given:
            return Path(given)
        if not self._cached().is_dir():
            self._assemble()
        return self._cached()

    def _given(self) -> str | None:
        return None if self.plugins else os.environ.get("OPENSEARCH_HOME")

    def _cached(self) -> Path:
        return _cache() / self.name

    def _assemble(self) -> None:
        home = self._cached()
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as text:
            folder = Path(text)
            fetched = [_fetch(one, folder) for one in (self.node, self.analysis, *self.plugins)]
            made = _unpacked(fetched[0], folder / "node") / f"opensearch-{self.version}"
            for script in (made / "bin").iterdir():
                script.chmod(0o755)
            module = made / "modules" / "analysis-common"
            module.mkdir()
            shutil.copy(fetched[1], module)
            descriptor = DESCRIPTOR.format(version=self.version)
            (module / "plugin-descriptor.properties").write_text(descriptor)
            for zipped in fetched[2:]:
                plugin = re.sub(r"-\d.*", "", zipped.name)
                _unpacked(zipped, made / "plugins" / plugin)
            made.rename(home)


PLAIN = Distribution(
    "opensearch-2.19.6",
    "2.19.6",  # the newest that runs on Java 17; 3.x needs Java 21
    Artifact(
        "org.opensearch.distribution.integ-test-zip:opensearch:2.19.6:zip",
        "opensearch-2.19.6.zip",
        "71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293",
    ),
    Artifact(
        "org.opensearch.plugin:analysis-common:2.19.6:jar",
        "analysis-common-2.19.6.jar",
        "187378844d92a043b935038f9ae168f7812f686b1c1c7128f8b97731baff8a1a",
    ),
)
SECURED = Distribution(
    "opensearch-2.19.4-security",
    "2.19.4",
    Artifact(
        "org.opensearch.distribution.integ-test-zip:opensearch:2.19.4:zip",
        "opensearch-2.19.4.zip",
        "3902e642715210d1d9d7cbdcc8f5abd6f931d1d7a679cea3750937becf16c406",
    ),
    Artifact(
        "org.opensearch.plugin:analysis-common:2.19.4:jar",
        "analysis-common-2.19.4.jar",
        "46db3a6c8fc53f756853d29b4d14fc326ce96a0f56b62aeb289a8126ec513e66",
    ),
    (
        Artifact(
            "org.opensearch.plugin:opensearch-security:2.19.4.0:zip",
            "opensearch-security-2.19.4.0.zip",
            "1f673622c462c4171a8c53f9b1ad20e5b839834cb79b0d3b388da180a0e514e8",
        ),
    ),
)


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


def _unpacked(zipped: Path, folder: Path) -> Path:
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(folder)
    return folder


def _fetch(artifact: Artifact, folder: Path) -> Path:
    if not shutil.which("mvn"):
        raise NoServer("Maven (mvn) is not installed, which would fetch it")
    chosen = [f"-Dartifact={artifact.coordinates}", f"-DoutputDirectory={folder}"]
    command = ["mvn", "-B", "-q", COPY, *chosen]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        message = f"Maven did not fetch {artifact.coordinates} within five minutes"
        raise NoServer(message) from None
    if done.returncode:
        said = done.stdout.strip()[-300:]
        raise NoServer(f"Maven could not fetch {artifact.coordinates}: {said}")
    path = folder / artifact.name
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != artifact.sha256:
        raise NoServer(f"{artifact.name} has the SHA-256 {found}, and not {artifact.sha256}")
    return path
