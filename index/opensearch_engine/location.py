"""Where the server is: ``opensearch+https://host1,host2:9200/alias?shards=3``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from index.credentials import Credentials
from index.errors import Unsupported

PORT = 9200
_ALIAS = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_FORM = (
    "write opensearch+https://HOST[,HOST…]/ALIAS, as in opensearch+https://search.example/onrecord"
)


@dataclass(frozen=True, slots=True)
class Location:
    """Hosts as (name, port), and the alias under which the newest generation is found."""

    secure: bool
    hosts: tuple[tuple[str, int], ...]
    alias: str
    shards: int = 1

    def __str__(self) -> str:
        """The location, fit to be shown: it never holds a password."""
        hosts = ",".join(f"[{h}]:{p}" if ":" in h else f"{h}:{p}" for h, p in self.hosts)
        return f"opensearch+http{'s' if self.secure else ''}://{hosts}/{self.alias}"

    @property
    def loopback(self) -> bool:
        """Whether nothing leaves this machine."""
        return all(_LOOPBACK.fullmatch(host) for host, _ in self.hosts)


def parse_location(text: str) -> Location:
    """The parts of a location. Raises Unsupported, without repeating a password."""
    scheme, _, rest = text.partition("://")
    if scheme not in ("opensearch+https", "opensearch+http"):
        raise Unsupported(f"“{redact(text)}” is no location of OpenSearch: {_FORM}.")
    if "@" in rest.partition("/")[0]:
        raise Unsupported(
            f"“{redact(text)}” holds a password, which others could read: leave it out, and set "
            "ONRECORD_ENGINE_CREDENTIALS to a file that holds USER:PASSWORD."
        )
    netloc, _, path = rest.partition("/")
    alias, _, options = path.partition("?")
    if not netloc or not _ALIAS.fullmatch(alias):
        raise Unsupported(f"“{text}” names no host or no alias: {_FORM}.")
    hosts = tuple(_host(part, text) for part in netloc.split(","))
    return Location(scheme.endswith("s"), hosts, alias, _shards(options, text))


def check_credentials(location: Location, credentials: Credentials) -> None:
    """Raises Unsupported where a password would be sent for everybody to read."""
    if credentials.password and not location.secure and not location.loopback:
        raise Unsupported(
            f"a password would be sent to {location} in the open: write opensearch+https://…"
        )


def redact(text: str) -> str:
    """A location without user and password, whatever else is wrong with it."""
    return re.sub(r"(?<=/)[^/]*@", "***@", text)


def _host(part: str, text: str) -> tuple[str, int]:
    try:
        parsed = urlsplit(f"//{part}")
        host, port = parsed.hostname, parsed.port or PORT
    except ValueError:
        host, port = None, PORT
    if not host:
        raise Unsupported(f"“{text}” names a host that is none, “{part}”: {_FORM}.")
    return host, port


def _shards(options: str, text: str) -> int:
    given = parse_qs(options, keep_blank_values=True)
    value = given.pop("shards", ["1"])[-1]
    if given or not value.isdecimal() or not 1 <= int(value) <= 1000:
        raise Unsupported(f"“{text}” has an unknown option: there is only ?shards=1 to 1000.")
    return int(value)
