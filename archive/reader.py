"""What reads pages, as a key: under the same key, the same page says the same.

Other code, tables or profiles, another limit or any other package installed is another reader,
so that pages are rather read once too often than not again by a better one.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from archive.limits import Limits
from archive.page import Page
from archive.profiles import Profiles

_SOURCES = (".py", ".toml")


def reader_key(profiles: Profiles, profile: str | None, limits: Limits) -> str:
    """The key of what reads pages with these profiles (``profile``: the one that is forced)."""
    return _hash(_code(), repr(profiles), repr(profile), repr(limits))


def reading_of(page: Page, reader: str) -> str:
    """The key of a page's reading, but for its path and bytes."""
    return _hash(reader, repr((page.url, page.media_type, page.charset, page.captured_at)))


@cache
def _code() -> str:
    """What this process runs: it stays the same until it ends."""
    folder = Path(__file__).parent
    files = (file for file in sorted(folder.rglob("*")) if file.suffix in _SOURCES)
    code = (hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return _hash(sys.version, *_packages(), *code)


def _packages() -> list[str]:
    """The installed packages, with their versions, by the names of their folders."""
    return sorted(found.name for path in sys.path for found in Path(path).glob("*.dist-info"))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
