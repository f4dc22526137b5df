"""Generations: commit points. What is committed is never changed, only followed by another.

Folder format::

    CURRENT                     the name of the live generation, and the SHA-256 of the name
    LOCK                        see :mod:`~index.whoosh_engine.lock`
    BUILDING                    see :mod:`~index.whoosh_engine.journal`
    segments/NAME.seg           segments, shared by the generations that refer to them
    gen-000007/manifest.json    see :mod:`~index.whoosh_engine.manifest`
    gen-000007/NAME.del         … which documents of a segment are deleted

Segments lie in a folder of their own and generations name them: that needs no hard links,
which not every file system has, and costs a small update nothing for what did not change.

A commit writes new files and makes them durable (fsync of each file, then of its folder),
then writes ``CURRENT.new``, makes it durable, renames it over ``CURRENT`` and makes the
folder durable. So at every instant ``CURRENT`` names a complete generation. The previous one
is kept for rollback, a few older ones for a grace period in which a reader may still be
opening them (one that comes too late opens the live one). What a crashed writer left behind
is removed by the next one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from archive.durable import replace_file, sync_folder
from index.analysis import ANALYSIS_VERSION
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.results import IndexStatus
from index.whoosh_engine.manifest import (
    File,
    Manifest,
    SegmentEntry,
    parse_manifest,
    signed,
    sound,
    write_manifest,
)
from index.whoosh_engine.segment import SCHEMA_VERSION

GRACE = 60.0
"""Seconds for which a replaced generation is kept, beside the previous one."""

_MOST_KEPT = 32
"""Of all generations: a writer reads each, so that hundreds a minute would slow it down."""

_NAME = re.compile(r"gen-(\d{6,})")


class Generations:
    """The generations in a folder. Only the holder of the lock calls what changes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._replaced: dict[str, tuple[tuple[int, int, int], Manifest]] = {}

    def current_name(self) -> str:
        """The name of the live generation. Raises IndexMissing."""
        try:
            text = (self.folder / "CURRENT").read_bytes().decode("ascii")
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(
                f"There is no index in {self.folder} yet. Run: onrecord index build"
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise self._damaged("CURRENT cannot be read") from error
        name = text.partition("\n")[0]
        if not _NAME.fullmatch(name) or text != signed(name):
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
            manifest = parse_manifest(data)
        except (ValueError, TypeError, KeyError) as error:
            raise self._damaged(f"{name}/manifest.json is altered") from error
        if manifest.name != name:
            raise self._damaged(f"{name}/manifest.json belongs to {manifest.name}")
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
        replace_file(self.folder / "CURRENT", signed(name).encode())

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
        name = f"gen-{live.previous:06}"
        try:
            return self.read(name)
        except FileNotFoundError as error:
            if (self.folder / name).exists():
                raise self._damaged(f"{name}/manifest.json is missing") from error
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
        while kept[-1].previous is not None and len(kept) < _MOST_KEPT:
            follower = kept[-1]
            replaced_at = (self.folder / follower.name / "manifest.json").stat().st_mtime
            if follower is not live and replaced_at < young:
                break
            try:
                kept.append(self._remembered(f"gen-{follower.previous:06}"))
            except (FileNotFoundError, IndexDamaged):
                break
        self._replaced = {
            manifest.name: self._replaced[manifest.name]
            for manifest in kept
            if manifest.name in self._replaced
        }
        return kept

    def _remembered(self, name: str) -> Manifest:
        """A generation that was replaced, read again only where its file is another by now: with
        tens of them, reading each twice would be a tenth of a small update.
        """
        found = (self.folder / name / "manifest.json").stat()
        stamp = found.st_ino, found.st_mtime_ns, found.st_size
        if name not in self._replaced or self._replaced[name][0] != stamp:
            self._replaced[name] = stamp, self.read(name)
        return self._replaced[name][1]

    def _damaged(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"{what} in {self.folder}. Run: onrecord index build")
