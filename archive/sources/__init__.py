"""Where pages come from.

files     files and folders, wget mirrors among them
warc      crawls (WARC, ISO 28500)
zips      mirrors that were packed (ZIP), crawls with their indexes (WACZ)
mhtml     pages that a browser saved into one file (RFC 2557)
opening   nothing but regular files, nothing outside the given folder
bounded   nothing that unpacks to more than it may
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.limits import LIMITS, Limits
from archive.page import Page, UnreadableSource
from archive.sources.files import read_file, walk

__all__ = ["read_pages"]


def read_pages(
    paths: Sequence[Path], *, base_url: str | None = None, limits: Limits = LIMITS
) -> Iterator[Page | UnreadableSource]:
    """Every page in these files and folders, in a stable order, one at a time.

    A folder is walked with its subfolders; what is neither a page nor a web archive in
    it is passed over, while a file that is named itself is always read or reported.
    ``base_url`` is the address of the folder that is given. Paths become absolute, so that a
    page is known again from wherever it is read.
    """
    for root in (Path(os.path.abspath(path)) for path in paths):  # noqa: PTH100 (without "..")
        for path in walk(root):
            if isinstance(path, UnreadableSource):
                yield path
            else:
                yield from read_file(path, root, base_url, limits)
