"""The address that a saved file had on the web, by its path."""

from __future__ import annotations

import re
from urllib.parse import quote

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{2,5})?", re.I)
# A file's own extension also looks like a top-level domain ("notes.txt").
_NOT_A_TLD = re.compile(r"\.(?:html?|txt|gz|warc|wacz|php|zip|xml|json|pdf)$", re.I)


def url_of_parts(
    folders: tuple[str, ...], relative: tuple[str, ...], base_url: str | None
) -> str | None:
    """The address: below ``base_url``, or by the mirror's ``host/path``.

    ``folders`` lead to the folder that was given, ``relative`` from there to the file. wget
    writes ``host/path/index.html`` for a folder, ``page?id=3.html`` for a query, and ``%2F``
    for a slash that it could not use; a path without a host gives no address.
    """
    if base_url is not None:
        return base_url.rstrip("/") + "/" + _as_path(relative)
    parts = folders + relative
    for number in range(len(parts) - 2, -1, -1):
        if _HOST.fullmatch(parts[number]) and not _NOT_A_TLD.search(parts[number]):
            return f"https://{parts[number].lower()}/" + _as_path(parts[number + 1 :])
    return None


def _as_path(parts: tuple[str, ...]) -> str:
    name = re.sub(r"\.gz$", "", parts[-1], flags=re.I)
    name = "" if re.fullmatch(r"index\.(?:html?|php)", name, re.I) else name
    name = re.sub(r"@(?=[\w.-]+=)", "?", name)  # as wget writes it for Windows
    if "?" in name:  # wget -E appends .html to a page with a query
        name = name.removesuffix(".html")
    # A name that is no UTF-8 keeps its bytes.
    return quote(
        "/".join((*parts[:-1], name)), safe="/?=&%:@!$'()*+,;~-._", errors="surrogateescape"
    )
