"""The web page: what a page costs beside the search that it shows.

    python benchmarks/web.py [--documents N] [--home DIR]

For each kind of question: CPU milliseconds of the engine's search with facets and snippets, of
the whole page that the server makes of it, and their ratio; medians of turns taken in turn, since
a busy machine slows both. Then other pages and the feed. The page includes the other tab's total
and, within one year, its months. ``--home`` keeps the archive, which takes minutes to build for
100,000 documents, and uses it again.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from archive.document import Document
from archive.extract import Extraction
from archive.page import Page
from archive.store import Store
from benchmarks.engines.corpus import Invented, to_document
from index.engine import SearchEngine
from index.open import open_engine, open_writer
from index.query import Selection
from webui.app import create_app
from webui.config import WebConfig
from webui.params import query_from_args, url_for_query

REPEAT = 9
OTHERS = ("/", "/countries", "/speakers?order=name", "/facet/speaker", "/search.atom?country=RU")


def main() -> None:
    """Build an archive, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    invented = Invented()
    with TemporaryDirectory() as scratch:
        home = options.home or Path(scratch)
        location = f"whoosh:{home}/index"
        built = (home / "index" / "CURRENT").exists()
        if not built:
            documents = (to_document(r, quotations=3) for r in invented.records(options.documents))
            open_writer(location).rebuild(documents, revision=0, extractor_version="1")
        engine = open_engine(location)
        with Store.open(home, create=not built) as store:
            if not built:
                fill(store, engine, invented)
            compare(store, engine, invented)


def fill(store: Store, engine: SearchEngine, invented: Invented) -> None:
    """The statements that the pages show, into the store. Taking in all of them would take an
    hour, and a page reads by id.
    """
    asked = [query_from_args(MultiDict(options)) for options in questions(invented)]
    country = replace(asked[-1], include=Selection(country=(invented.countries[0], "RU")))
    shown = {
        hit.id
        for query in (*asked, country)
        for hit in engine.search(replace(query, per_page=50), facets=False, snippets=False).hits
    }
    with store.batch():
        for record in invented.records(engine.status().documents):
            if f"{record['id']:016x}" in shown:
                put(store, to_document(record, quotations=3))


def put(store: Store, document: Document) -> None:
    """As if it had been read from a page."""
    page = Page(f"pages/{document.id}.html", document.id.encode(), url=document.url)
    source = replace(document.source, sha256=page.sha256, path=page.path)
    held = replace(document, source=source)
    store.put(page, Extraction(document.url, "article", "generic", document.title, (held,)))


def questions(invented: Invented) -> list[dict[str, str]]:
    """Parameters of searches; the last one is everything."""
    words = [invented.words[at] for at in (20, 400, 3_000)]
    return [
        *({"q": word} for word in words),
        {"q": f"{words[0]} {words[1]}"},
        {"q": words[1], "in": "quotations"},
        {"country": invented.countries[0]},
        {"q": words[1], "from": "2010", "to": "2010"},
        {},
    ]


def compare(store: Store, engine: SearchEngine, invented: Invented) -> None:
    """Print a line per question: engine, page, ratio."""
    client = create_app(engine, store, WebConfig()).test_client()
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"  # as every browser says
    country = invented.countries[0]
    print(f"{engine.status().documents:,} documents; CPU ms, medians")
    print(f"{'':42}{'engine':>9}{'page':>9}{'ratio':>8}")
    for options in questions(invented):
        asked = query_from_args(MultiDict(options))
        path = url_for_query(asked)
        alone, page = measured(partial(engine.search, asked), partial(client.get, path))
        print(f"{path:42}{alone:9.1f}{page:9.1f}{page / alone:8.2f}")
    for path in (*OTHERS, f"/country/{country}", f"/speaker/{quote(invented.speakers[0])}"):
        (page,) = measured(partial(client.get, path))
        print(f"{path:42}{'':9}{page:9.1f}")


def measured(*works: Callable[[], object]) -> list[float]:
    """CPU milliseconds of each, in turns: the medians after a first turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(REPEAT + 1):
        for work, taken in zip(works, times, strict=True):
            begun = time.process_time()
            work()
            taken.append(time.process_time() - begun)
    return [statistics.median(taken[1:]) * 1000 for taken in times]


if __name__ == "__main__":
    main()
