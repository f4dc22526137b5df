"""Does a folder lie on a disk of this machine?

SQLite's locks and memory-mapped files, and our own locks, are not reliable over a network: two
writers may then write at once, and an archive be lost.
"""

from __future__ import annotations

import re
from pathlib import Path

from archive.errors import NetworkHome

NETWORK_FILE_SYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb3",
        "smbfs",
    ]
)

_MOUNTS = Path("/proc/self/mountinfo")


def require_local(folder: Path, mounts: Path = _MOUNTS) -> None:
    """Raises NetworkHome when ``folder``, there or not yet, is on a network file system.

    Where the system does not tell (it does on Linux), every folder passes.
    """
    kind = _file_system_of(folder.resolve(), mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        raise NetworkHome(
            f"{folder} is on a network file system ({kind}), whose locks cannot be relied on: "
            "keep the home on a local disk, or say --network-home and see to it that nobody "
            "else writes"
        )


def _file_system_of(folder: Path, mounts: Path) -> str | None:
    """The type of the deepest mount that the folder lies in (see proc_pid_mountinfo(5))."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    found: tuple[int, str] | None = None
    for line in lines:
        front, _, back = line.partition(" - ")
        # Blanks and the like in a name are written as octal numbers.
        name = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), front.split(" ")[4])
        point = Path(name)
        depth = len(point.parts)
        if folder.is_relative_to(point) and (found is None or depth >= found[0]):
            found = depth, back.split(" ")[0]
    return found[1] if found else None
