"""The manifest: what a generation is made of, and the files that it names.

File format: JSON with the fields of :class:`Manifest`, and in a last line the SHA-256 of what
stands above it. A file of deletions has one bit for each document of its segment, set where
the document is deleted, in the order of ``numpy.packbits``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import IndexDamaged
from index.whoosh_engine.arrays import Array

SEGMENT = re.compile(r"segments/[0-9a-f]{16}\.seg")
"""The path of a segment within the index."""

_FILE = re.compile(rf"{SEGMENT.pattern}|gen-\d{{6,}}/[0-9a-f]{{16}}\.del")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a generation: path within the index, size in bytes, SHA-256 (hex)."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment in a generation: its file, its deletions, and how many records are live."""

    file: File
    deleted: File | None
    records: int
    documents: int
    quotations: int

    @property
    def name(self) -> str:
        """What the segment is called."""
        return Path(self.file.path).stem


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of. ``previous`` is the one it followed."""

    number: int
    previous: int | None
    schema_version: int
    analysis_version: int
    extractor_version: str
    revision: int
    built_at: str
    segments: tuple[SegmentEntry, ...]

    @property
    def name(self) -> str:
        """The name of the generation and of its folder."""
        return f"gen-{self.number:06}"

    def files(self) -> Iterator[File]:
        """All files but the manifest itself."""
        for segment in self.segments:
            yield segment.file
            if segment.deleted:
                yield segment.deleted


def sound(folder: Path, file: File) -> bool:
    """Whether a file of the index in ``folder`` is what was written. Reads all of it."""
    try:
        with (folder / file.path).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def complete(folder: Path, file: File) -> bool:
    """Whether a file of the index is there in its full length: a quick look."""
    try:
        return (folder / file.path).stat().st_size == file.size
    except OSError:
        return False


def read_live(folder: Path, entry: SegmentEntry) -> Array | None:
    """Which documents of a segment are live (None: all). Raises IndexDamaged."""
    if entry.deleted is None:
        return None
    data = (folder / entry.deleted.path).read_bytes()
    if hashlib.sha256(data).hexdigest() != entry.deleted.sha256:
        raise IndexDamaged(
            f"{entry.deleted.path} is altered in {folder}. Run: onrecord index build"
        )
    deleted = np.unpackbits(np.frombuffer(data, np.uint8), count=entry.records)
    live: Array = deleted == 0
    return live


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    """Write a manifest, followed by its own digest."""
    body = json.dumps(manifest, indent=1)
    write_durably(path, signed(body).encode())


def write_durably(path: Path, data: bytes) -> File:
    """Write a new file, with fsync."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return File(f"{path.parent.name}/{path.name}", len(data), hashlib.sha256(data).hexdigest())


def signed(text: str) -> str:
    """A text with its SHA-256 on a line of its own behind it."""
    return f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n"


def parse_manifest(data: bytes) -> Manifest:
    """The inverse of :func:`write_manifest`. Raises ValueError, TypeError or KeyError."""
    text = data.decode()
    body = text[:-1].rpartition("\n")[0]
    if text != signed(body):
        raise ValueError("another digest than that of what stands above it")
    fields = json.loads(body)
    segments = tuple(
        SegmentEntry(
            File(**entry["file"]),
            File(**entry["deleted"]) if entry["deleted"] else None,
            *(int(entry[name]) for name in ("records", "documents", "quotations")),
        )
        for entry in fields["segments"]
    )
    manifest = Manifest(**{**fields, "segments": segments})
    if not _typed(manifest):
        raise TypeError("fields of other types")
    if not all(_FILE.fullmatch(file.path) for file in manifest.files()):
        raise ValueError("a file outside the index")
    return manifest


def _typed(manifest: Manifest) -> bool:
    """Whether its JSON held the types that are declared."""
    versions = (manifest.schema_version, manifest.analysis_version)
    numbers = [manifest.number, manifest.revision, *versions]
    texts = [manifest.extractor_version, manifest.built_at]
    if manifest.previous is not None:
        numbers.append(manifest.previous)
    for file in manifest.files():
        numbers.append(file.size)
        texts += (file.path, file.sha256)
    return {*map(type, numbers)} == {int} and {*map(type, texts)} == {str}
