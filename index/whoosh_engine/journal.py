"""The journal of a rebuild: what it has finished, so that the next one goes on from there.

``BUILDING`` lies in the folder of the index while a rebuild runs, and after one that was
killed or interrupted. Its first line says in which versions the segments are written, every
other one names a finished segment; each is JSON, a space, and the CRC-32 of that JSON as eight
hexadecimal digits. Nothing depends on its being durable: it is believed up to the first line
that is not as it was written, and what it names is read and compared with its SHA-256.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.analysis import ANALYSIS_VERSION
from index.whoosh_engine.manifest import SEGMENT, File, sound
from index.whoosh_engine.segment import SCHEMA_VERSION

_VERSIONS = [SCHEMA_VERSION, ANALYSIS_VERSION]


class BuildJournal:
    """The journal in a folder of generations, for the holder of its lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "BUILDING"
        self._adding = threading.Lock()

    def sound_segments(self) -> list[File]:
        """The segments of this version that it names and that are what was written."""
        return [file for file in self.named() if sound(self._folder, file)]

    def named(self) -> Iterator[File]:
        """The segments of this version that it names, sound or not."""
        try:
            first, *lines = self._path.read_bytes().splitlines() or [b""]
            if _unsealed(first) != _VERSIONS:
                return
            for line in lines:
                file = File(**_unsealed(line))
                if SEGMENT.fullmatch(file.path):
                    yield file
        except (FileNotFoundError, ValueError, TypeError):
            return  # none, or cut off here by a crash

    def begin(self, files: Iterable[File]) -> None:
        """Start anew, with segments that are finished already."""
        self._write("wb", [_VERSIONS, *map(asdict, files)])

    def add(self, file: File) -> None:
        """Remember a finished segment. Safe to call from several threads."""
        with self._adding:
            self._write("ab", [asdict(file)])

    def end(self) -> None:
        """Forget all of it."""
        self._path.unlink(missing_ok=True)

    def _write(self, mode: str, lines: Iterable[object]) -> None:
        with self._path.open(mode) as journal:
            journal.writelines(map(_sealed, lines))


def _sealed(value: object) -> bytes:
    text = json.dumps(value).encode()
    return b"%s %08x\n" % (text, zlib.crc32(text))


def _unsealed(line: bytes) -> Any:
    text, _, _ = line.rpartition(b" ")
    if line != b"%s %08x" % (text, zlib.crc32(text)):
        raise ValueError("another checksum than that of what stands before it")
    return json.loads(text)
