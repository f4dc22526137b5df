"""Generations: commit points. What is committed is never changed, only followed by another.

Folder format::

    CURRENT                     the name of the live generation, and the SHA-256 of the name
    LOCK                        see :mod:`~index.whoosh_engine.lock`
    BUILDING                    see :mod:`~index.whoosh_engine.journal`
    segments/NAME.seg           segments, shared by the generations that refer to them
    gen-000007/manifest.json    what the generation is made of; its last line is the SHA-256
                                of what stands above it
    gen-000007/NAME.del         the deleted documents of a segment, one bit each

Segments lie in a folder of their own and generations name them: that needs no hard links,
which not every file system has, and costs a small update nothing for what did not change.

A commit writes new files and makes them durable (fsync of each file, then of its folder),
then writes ``CURRENT.new``, makes it durable, renames it over ``CURRENT`` and makes the
folder durable. So at every instant ``CURRENT`` names a complete generation. The previous one
is kept for rollback, older ones for a grace period in which a reader may still be opening
them. What a crashed writer left behind is removed by the next one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from archive.durable import replace_file, sync_folder
from index.analysis import ANALYSIS_VERSION
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.results import IndexStatus
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.segment import SCHEMA_VERSION

GRACE = 60.0
"""Seconds for which a replaced generation is kept, beside the previous one."""

SEGMENT = re.compile(r"segments/[0-9a-f]{16}\.seg")
"""The path of a segment within the index."""

_NAME = re.compile(r"gen-(\d{6,})")
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


class Generations:
    """The generations in a folder. Only the holder of the lock calls what changes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current_name(self) -> str:
        """The name of the live generation. Raises IndexMissing."""
        try:
            lines = (self.folder / "CURRENT").read_text("ascii").splitlines()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(
                f"There is no index in {self.folder} yet. Run: onrecord index build"
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise self._damaged("CURRENT cannot be read") from error
        name = lines[0] if lines else ""
        if not _NAME.fullmatch(name) or lines[1:] != [_digest(name)]:
            raise self._damaged("CURRENT is altered")
        return name

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another generation becomes the live one, for next to nothing.

        A name would not do: after a rollback the name of the generation left may be used again.
        """
        try:
            found = (self.folder / "CURRENT").stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def current(self) -> Manifest:
        """The live generation. Raises IndexMissing, IndexDamaged or IndexMismatch."""
        manifest = self._live()
        wanted = SCHEMA_VERSION, ANALYSIS_VERSION
        if (manifest.schema_version, manifest.analysis_version) != wanted:
            raise IndexMismatch(
                f"The index in {self.folder} was made by another version of On Record. "
                "Run: onrecord index build"
            )
        return manifest

    def _live(self) -> Manifest:
        name = self.current_name()
        while True:
            try:
                return self.read(name)
            except FileNotFoundError as error:
                gone, name = name, self.current_name()
                if name == gone:  # else it was replaced, and removed, since its name was read
                    raise self._damaged(f"{name}/manifest.json is missing") from error

    def read(self, name: str) -> Manifest:
        """A generation by its name. Raises IndexDamaged; FileNotFoundError when it is gone."""
        data = (self.folder / name / "manifest.json").read_bytes()
        try:
            body, _, digest = data.decode().rstrip("\n").rpartition("\n")
            if _digest(body) != digest:
                raise self._damaged(f"{name}/manifest.json is altered")
            manifest = _from_json(json.loads(body))
        except (ValueError, TypeError, KeyError) as error:
            raise self._damaged(f"{name}/manifest.json is not valid") from error
        if manifest.name != name or not all(_FILE.fullmatch(f.path) for f in manifest.files()):
            raise self._damaged(f"{name}/manifest.json is not valid")
        return manifest

    def commit(
        self,
        segments: Sequence[SegmentEntry],
        *,
        number: int,
        previous: int | None,
        revision: int,
        extractor_version: str,
    ) -> Manifest:
        """Make a generation the live one. Its files are durable already, its folder exists."""
        manifest = Manifest(
            number,
            previous,
            SCHEMA_VERSION,
            ANALYSIS_VERSION,
            extractor_version,
            revision,
            dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            tuple(segments),
        )
        folder = self.folder / manifest.name
        write_manifest(folder / "manifest.json", asdict(manifest))
        for changed in (folder, self.folder / "segments", self.folder):
            sync_folder(changed)
        self.make_current(manifest.name)
        return manifest

    def make_current(self, name: str) -> None:
        """Let readers find a generation from now on."""
        replace_file(self.folder / "CURRENT", f"{name}\n{_digest(name)}\n".encode())

    def status(self, manifest: Manifest) -> IndexStatus:
        """What a generation holds."""
        return IndexStatus(
            engine="whoosh",
            generation=manifest.name,
            documents=sum(segment.documents for segment in manifest.segments),
            quotations=sum(segment.quotations for segment in manifest.segments),
            segments=len(manifest.segments),
            bytes=sum(file.size for file in manifest.files()),
            revision=manifest.revision,
            built_at=manifest.built_at,
            schema_version=manifest.schema_version,
            extractor_version=manifest.extractor_version,
        )

    def check(self) -> tuple[str, ...]:
        """What is wrong with the live generation and the one kept for rollback, file by file.

        Reads every file and compares its SHA-256. Raises IndexMissing, IndexDamaged or
        IndexMismatch when there is no generation to check.
        """
        live = self.current()
        files = dict.fromkeys(live.files())
        problems = []
        try:
            before = self.previous(live)
        except IndexDamaged as error:
            problems.append(f"{error}")
        else:
            files |= dict.fromkeys(before.files() if before else ())
        problems += [
            f"{self.folder / file.path} is missing or not what was written"
            for file in files
            if not sound(self.folder, file)
        ]
        return tuple(problems)

    def previous(self, live: Manifest) -> Manifest | None:
        """What a rollback goes back to, None where nothing is kept. Raises IndexDamaged."""
        if live.previous is None:
            return None
        try:
            return self.read(f"gen-{live.previous:06}")
        except FileNotFoundError:
            return None

    def is_sound(self) -> bool:
        """Whether the live generation can be read and every file is what was written."""
        try:
            return all(sound(self.folder, file) for file in self.current().files())
        except (IndexMissing, IndexDamaged, IndexMismatch):
            return False

    def numbers(self) -> list[int]:
        """The numbers of all generations that lie in the folder, live or not."""
        found = (_NAME.fullmatch(entry.name) for entry in self.folder.iterdir())
        return sorted(int(match[1]) for match in found if match)

    def clean(self, spared: Iterable[File] = ()) -> None:
        """Remove what no kept generation needs: old ones, and what a crash left behind.

        ``spared`` files stay too. Does nothing while the live generation cannot be read: what
        to make of the rest is then seen when there is another.
        """
        try:
            kept = self._kept()
        except IndexDamaged:
            return
        (self.folder / "CURRENT.new").unlink(missing_ok=True)
        needed = {file.path for manifest in kept for file in manifest.files()}
        needed.update(file.path for file in spared)
        names = {manifest.name for manifest in kept}
        for entry in list(self.folder.iterdir()):
            if _NAME.fullmatch(entry.name) and entry.name not in names:
                shutil.rmtree(entry, ignore_errors=True)
        for file in list((self.folder / "segments").iterdir()):
            if f"segments/{file.name}" not in needed:
                with contextlib.suppress(OSError):  # the next writer tries again
                    file.unlink()

    def _kept(self) -> list[Manifest]:
        """The live generation, the one before, and those replaced within the grace period."""
        if not (self.folder / "CURRENT").exists():
            return []
        live = self._live()
        kept = [live]
        young = time.time() - GRACE
        while kept[-1].previous is not None:
            follower = kept[-1]
            replaced_at = (self.folder / follower.name / "manifest.json").stat().st_mtime
            if follower is not live and replaced_at < young:
                break
            try:
                kept.append(self.read(f"gen-{follower.previous:06}"))
            except (FileNotFoundError, IndexDamaged):
                break
        return kept

    def _damaged(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"{what} in {self.folder}. Run: onrecord index build")


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
    write_durably(path, f"{body}\n{_digest(body)}\n".encode())


def write_durably(path: Path, data: bytes) -> File:
    """Write a new file, with fsync."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return File(f"{path.parent.name}/{path.name}", len(data), hashlib.sha256(data).hexdigest())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _from_json(data: dict[str, Any]) -> Manifest:
    segments = tuple(
        SegmentEntry(
            File(**entry["file"]),
            File(**entry["deleted"]) if entry["deleted"] else None,
            *(int(entry[name]) for name in ("records", "documents", "quotations")),
        )
        for entry in data["segments"]
    )
    return Manifest(**{**data, "segments": segments})
