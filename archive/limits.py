"""What one page or one packed archive may cost.

Every limit is enforced where it is named, proven by a test and listed in SECURITY.md; what a
worker may use is in :class:`archive.sandbox.WorkerLimits`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one page, and of unpacking one web archive.

    ``page_bytes``   bytes of a page, unpacked
    ``page_tags``    ``<`` in a page: the cheapest bound on what a parser builds from it
    ``entries``      entries taken from one listing page
    ``links``        attachments kept of one document

    ``packed_ratio``   a web archive may unpack to so many times its size (and to two pages more);
                       crawls measure 4 to 10, zlib's most is 1,032
    ``packed_bytes``   and to no more than this
    ``record_head``    bytes of the headers before one record or part
    ``warc_records``   records of one WARC: they are streamed, so that many cost time alone
    ``warc_revisits``  records of one WARC that stand for another address's bytes: held in memory
    ``zip_members``    members of one ZIP: its directory is held in memory
    ``mhtml_bytes``    bytes of an MHTML file, which holds a page's images too
    """

    page_bytes: int = 10_000_000
    page_tags: int = 100_000
    entries: int = 2_000
    links: int = 50
    packed_ratio: int = 100
    packed_bytes: int = 50_000_000_000
    record_head: int = 1_000_000
    warc_records: int = 10_000_000
    warc_revisits: int = 100_000
    zip_members: int = 100_000
    mhtml_bytes: int = 50_000_000


LIMITS = Limits()
