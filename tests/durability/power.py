"""A disk whose power can go off: ext4 in a file, on a loop device.

The cut is ext4's own ``shutdown`` without writing out its journal, which its authors test with
(xfstests, "godown -f"): what has not been synced is gone when it is mounted again.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import gc
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SURVIVORS = ("nothing", "names", "some files")
"""What survives of what was not synced: nothing at all; the names of files, but not what is in
them (the system wrote its journal); or some files, which it happened to have written."""

_SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN
_WITHOUT_JOURNAL = struct.pack("I", 2)
_SIZE = 48 << 20
# Nothing is written but what is asked for, within the time that a test takes.
_OPTIONS = "loop,commit=600"


class Disk:
    """An ext4 file system in ``image``, that appears in ``folder``."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.image = image
        self.folder = folder

    def make(self) -> None:
        with self.image.open("wb") as file:
            file.truncate(_SIZE)
        _run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=1", str(self.image))

    @contextlib.contextmanager
    def mounted(self) -> Iterator[None]:
        self.folder.mkdir(exist_ok=True)
        _run("mount", "-o", _OPTIONS, str(self.image), str(self.folder))
        try:
            yield
        finally:
            gc.collect()  # what is mapped keeps it busy
            _run("umount", str(self.folder))

    def cut(self, survivors: str) -> None:
        """Let the power go off; only unmounting is possible then."""
        if survivors == "names":
            _sync(self.folder / "lost+found")
        if survivors == "some files":
            for file in sorted(file for file in self.folder.rglob("*") if file.is_file())[::2]:
                _sync(file)
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, _WITHOUT_JOURNAL)
        finally:
            os.close(descriptor)


@functools.cache
def why_not() -> str | None:
    """Why no such disk can be had here, None where it can."""
    if not shutil.which("mkfs.ext4") or os.geteuid() != 0:
        return "mounting an ext4 image takes root and mkfs.ext4"
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder, "image"), Path(folder, "mounted"))
        try:
            disk.make()
            with disk.mounted():
                (disk.folder / "unsynced").touch()
                disk.cut("nothing")
            with disk.mounted():
                return "a cut loses nothing" if (disk.folder / "unsynced").exists() else None
        except (OSError, subprocess.CalledProcessError) as error:
            return f"no loop device to be had: {error}"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
