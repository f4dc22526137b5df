"""Which files are pages and web archives, by their names."""

from __future__ import annotations

import re

_PAGE = re.compile(r"\.(?:x?html?|shtml|txt)(?:\.gz)?$", re.I)
_PLAIN = re.compile(r"\.txt(?:\.gz)?$", re.I)
_WARC = re.compile(r"\.warc(?:\.gz)?$", re.I)
_ZIP = re.compile(r"\.(?:zip|wacz)$", re.I)
_MHTML = re.compile(r"\.mht(?:ml)?$", re.I)


def is_page(name: str) -> bool:
    """A saved page or the text of one."""
    return _PAGE.search(name) is not None


def is_plain(name: str) -> bool:
    """The plain text of a page."""
    return _PLAIN.search(name) is not None


def is_warc(name: str) -> bool:
    """A crawl."""
    return _WARC.search(name) is not None


def is_zip(name: str) -> bool:
    """A ZIP of pages or of crawls."""
    return _ZIP.search(name) is not None


def is_mhtml(name: str) -> bool:
    """A page with its images in one file."""
    return _MHTML.search(name) is not None


def holds_many(name: str) -> bool:
    """Whether there may be more than one page in the file."""
    return is_warc(name) or is_zip(name)
