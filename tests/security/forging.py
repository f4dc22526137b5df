"""A program that forges an index: one array after the other says what it cannot mean, behind
checksums that fit. It prints, as JSON, what reading and updating each of them led to.

    python -m tests.security.forging FOLDER [KIND...]
"""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from functools import partial
from operator import methodcaller
from pathlib import Path

import numpy as np

from index.errors import SearchError
from index.query import Query
from index.request import build_query
from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter
from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.generations import Generations
from index.whoosh_engine.manifest import write_manifest
from index.whoosh_engine.writer import WhooshWriter
from tests.index.documents import ARCHIVE, make_document

ROOM = 1 << 30
"""Bytes of addresses beyond those that are in use: what claims billions gets none."""

KINDS: dict[str, Callable[[int], Array]] = {
    "large": lambda size: np.full(size, 2**32 - 1, np.uint32),
    "larger": lambda size: np.full(size, 2**40, np.uint64),
    "below 0": lambda size: np.full(size, -5, np.int32),
    "0": lambda size: np.zeros(size, np.uint8),
    "nothing": lambda _: np.zeros(0, np.uint32),
}
_TEXTS = (
    "free", "fre*", "freedm~", '"internet freedom"', "title:russia", "body:free", "speaker:anna",
    "country:RU", "frdom", "",
)  # fmt: skip
QUERIES = (
    *(build_query(text, scope=scope) for text in _TEXTS for scope in ("documents", "quotations")),
    build_query("free", topic=("Detention",)),
    build_query("", date_from="2016"),
)


def main(folder: Path, kinds: list[str]) -> None:
    """Forge all arrays in each of some ways."""
    WhooshWriter(folder / "sound").rebuild(ARCHIVE, revision=1, extractor_version="1")
    names = list(_arrays(folder / "sound"))
    used = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, used + ROOM))
    for kind in kinds or KINDS:
        for name in names:
            forged = folder / "forged"
            shutil.copytree(folder / "sound", forged)
            forge(forged, name, KINDS[kind])
            found = {"array": name, "kind": kind, "led to": sorted(set(use(forged)))}
            sys.stdout.write(json.dumps(found) + "\n")
            shutil.rmtree(forged)


def _arrays(index: Path) -> dict[str, Array]:
    file = ArrayFile(next((index / "segments").glob("*.seg")))
    return {name: np.array(file[name]) for name in file.names()}


def forge(index: Path, name: str, make: Callable[[int], Array]) -> None:
    """Put another array in place of one, and seal segment and manifest anew."""
    arrays = _arrays(index)
    arrays[name] = make(len(arrays[name]))
    (path,) = (index / "segments").glob("*.seg")
    path.unlink()
    with ArrayFileWriter(path) as out:
        for key, values in arrays.items():
            out.extend(key, values)
        out.finish()
    manifest = Generations(index).current()
    described = asdict(manifest)
    data = path.read_bytes()
    described["segments"][0]["file"] |= {
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (index / manifest.name / "manifest.json").unlink()
    write_manifest(index / manifest.name / "manifest.json", described)


def use(index: Path) -> Iterator[str]:
    """Names of errors that reading and updating an index led to, and "" for each that did not."""

    def ask(question: Callable[[WhooshEngine], object]) -> None:
        with closing(WhooshEngine(index)) as engine:
            question(engine)

    def change() -> None:
        added = make_document("added", "Added", "A free press.")
        WhooshWriter(index).update([added], ["d1"], revision=2, extractor_version="1")

    acts: list[Callable[[], None]] = [partial(ask, partial(_search, query)) for query in QUERIES]
    acts += [partial(ask, partial(_stream, query)) for query in QUERIES]
    acts += [partial(ask, methodcaller("complete", "ru", field)) for field in ("title", "country")]
    acts += [partial(ask, _contents)]
    for act in (*acts, change):
        try:
            act()
        except SearchError as error:
            yield type(error).__name__
        except Exception as error:
            yield f"{type(error).__name__}: {error}"
        else:
            yield ""


def _search(query: Query, engine: WhooshEngine) -> object:
    return [tuple(facet.values) for facet in engine.search(query).facets]


def _stream(query: Query, engine: WhooshEngine) -> object:
    return list(engine.stream(query))


def _contents(engine: WhooshEngine) -> object:
    return list(engine.contents())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
