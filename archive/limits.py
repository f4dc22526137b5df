"""What one page or one packed archive may cost, and what the process that reads it may use.

Every limit is enforced where it is named, proven by a test and listed in SECURITY.md. What is
here are the defaults; other values are handed down from whoever opened the archive.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.bounds import limit


def to_raise(name: str, table: str = "page") -> str:
    """What to do about a page that is over a limit; ends a message."""
    return f"raise {name} under [{table}] in limits.toml and run `onrecord quarantine retry`"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one page, and of unpacking one web archive.

    ``page_tags`` is the cheapest bound on what a parser builds from a page. Of ``packed_ratio``
    crawls measure 4 to 10, and zlib's most is 1,032. The records of a WARC are streamed, so that
    many cost time alone; its revisits and the directory of a ZIP are held in memory. An MHTML
    file holds a page's images too.
    """

    page_bytes: int = limit(10_000_000, "bytes of a page, unpacked", least=1_000, most=200_000_000)
    page_tags: int = limit(100_000, "`<` in a page", least=100, most=2_000_000)
    entries: int = limit(2_000, "entries of one listing page", least=1, most=100_000)
    links: int = limit(50, "attachments kept of one statement", least=1, most=1_000)
    packed_ratio: int = limit(
        100,
        "a web archive unpacks to so many times its size (and two pages)",
        least=1,
        most=1_100,
    )
    packed_bytes: int = limit(
        50_000_000_000, "and to no more than this", least=1_000, most=10_000_000_000_000
    )
    record_head: int = limit(
        1_000_000, "bytes of headers before a record of a WARC", least=1_000, most=100_000_000
    )
    warc_records: int = limit(10_000_000, "records of a WARC", least=1, most=10_000_000_000)
    warc_revisits: int = limit(100_000, "revisits of a WARC", least=1, most=2_000_000)
    zip_members: int = limit(100_000, "members of a ZIP or WACZ", least=1, most=2_000_000)
    mhtml_bytes: int = limit(50_000_000, "bytes of an MHTML file", least=1_000, most=500_000_000)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one page may use at most of the process that reads it."""

    cpu_seconds: int = limit(15, "of one page", least=1, most=3_600)
    memory_bytes: int = limit(1 << 30, "of the process", least=1 << 28, most=1 << 38)
    wall_seconds: float = limit(120.0, "for what waits rather than works", least=1, most=86_400)


LIMITS = Limits()
WORKER_LIMITS = WorkerLimits()
