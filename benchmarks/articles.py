"""How right titles, dates and bodies of single articles are, on pages of your own.

    python -m benchmarks.articles FOLDER [--errors] [--half developed|held-out]

FOLDER holds saved pages and ``truth.json``: file name -> {"url", "title", "date", "body"},
each of them only where it is known. "title" may be a list of titles that are all right; "date"
is the day of publication, null for a page that states none. Titles count as the same but for
case, spaces and the form of quotation marks and dashes; bodies are compared as in
``extraction.py``. The pages are split in two by a hash of their names, so that rules can be
written with one half and measured on the other.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from archive.document import Document
from benchmarks.extraction import f1, pages, read

Half = Literal["developed", "held-out"]

_SAME = str.maketrans("‘’‚`´“”„«»–—‐‑", "'''''" + '"' * 5 + "----")


def half_of(name: str) -> Half:
    """The half to which a page belongs."""
    return "developed" if hashlib.sha256(name.encode()).digest()[0] % 2 else "held-out"


def spelling(text: str) -> str:
    """A title without what publishers and benchmarks spell in two ways."""
    same = unicodedata.normalize("NFKC", text).casefold().translate(_SAME)
    return " ".join(same.split())


def judge(truth: dict[str, Any], document: Document | None) -> Iterator[tuple[str, float]]:
    """What counts for one page: a measure's name and 0 to 1."""
    if "title" in truth:
        right = [truth["title"]] if isinstance(truth["title"], str) else truth["title"]
        found = spelling(document.title) if document else ""
        yield "title", float(found in map(spelling, right))
    if "date" in truth:
        day = document.published if document else None
        yield "date", float(day == truth["date"])
        if day and day != truth["date"]:
            partly = truth["date"] and truth["date"].startswith(day)
            yield ("date in part" if partly else "date wrong or invented"), 1.0
    if truth.get("body"):
        yield "body F1", f1(document.body if document else "", truth["body"])


def main(arguments: list[str]) -> None:
    """Print all measures of the folder, and with ``--errors`` what was wrong."""
    folder = next((Path(a) for a in arguments if not a.startswith("-") and Path(a).is_dir()), None)
    if folder is None:
        sys.exit("Name a FOLDER of pages with their truths: python -m benchmarks.articles FOLDER")
    only = arguments[arguments.index("--half") + 1] if "--half" in arguments else None
    truths = json.loads((folder / "truth.json").read_text("utf-8"))
    for half in ("developed", "held-out"):
        if only not in (None, half):
            continue
        names = [name for name in truths if half_of(name) == half]
        sums: defaultdict[str, float] = defaultdict(float)
        count: Counter[str] = Counter()
        for name in names:
            page = pages(folder, name).get(name)
            truth = truths[name]
            extraction = read(replace(page, url=truth.get("url") or page.url)) if page else None
            is_article = extraction is not None and extraction.kind == "article"
            document = next(iter(extraction.documents), None) if is_article and extraction else None
            sums["taken for a listing"] += extraction is not None and not is_article
            for measure, value in judge(truth, document):
                sums[measure] += value
                count[measure] += 1
                if "--errors" in arguments and measure in ("title", "date") and not value:
                    stated = document and (document.title, document.published)
                    print(f"{name}: {measure} {stated} != {truth[measure]!r}")
        print(f"{half}: {len(names)} pages")
        for measure in ("title", "date", "body F1"):
            share = sums[measure] / max(count[measure], 1)
            print(f"    {measure:24} {share:8.4f} of {count[measure]}")
        for measure in ("date in part", "date wrong or invented", "taken for a listing"):
            print(f"    {measure:24} {sums[measure]:8.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
