"""Does a folder lie on a disk of this machine?

SQLite's locks and memory-mapped files, and our own locks, are not reliable over a network, nor
between a virtual machine and its host: two writers may then write at once, and an archive be lost.
"""

from __future__ import annotations

import re
from pathlib import Path

from archive.errors import NetworkHome

REMOTE: dict[str, frozenset[str]] = {
    # Locks are asked of a server over the wire, or kept to this machine and seen by no other one.
    "a network file system": frozenset(
        [
            "afs",
            "cifs",
            "davfs",
            "fuse.curlftpfs",
            "fuse.davfs2",
            "fuse.sshfs",
            "ncpfs",
            "nfs",
            "nfs4",
            "smb3",
            "smbfs",
        ]
    ),
    # Several machines write at once; what one has mapped or locked, another learns late or never
    # (SQLite’s WAL must have all its readers on one machine).
    "a file system of several machines": frozenset(
        [
            "beegfs",
            "ceph",
            "fuse.ceph",
            "fuse.ceph-fuse",
            "fuse.cephfs",
            "fuse.dfs",
            "fuse.glusterfs",
            "fuse.hdfs",
            "fuse.juicefs",
            "fuse.lizardfs",
            "fuse.mfs",
            "fuse.moosefs",
            "fuse.orangefs",
            "fuse.seaweedfs",
            "gfs2",
            "glusterfs",
            "gpfs",
            "lustre",
            "ocfs2",
            "orangefs",
            "pvfs2",
            "weka",
            "wekafs",
        ]
    ),
    # An object is replaced whole and later; there are no locks at all.
    "a store of objects shown as folders": frozenset(
        [
            "fuse.blobfuse",
            "fuse.blobfuse2",
            "fuse.gcsfuse",
            "fuse.geesefs",
            "fuse.goofys",
            "fuse.mount-s3",
            "fuse.mountpoint-s3",
            "fuse.ossfs",
            "fuse.rclone",
            "fuse.s3fs",
        ]
    ),
    # The host's folder in a virtual machine: a lock taken here is not seen there, and memory
    # that is mapped is not shared.
    "a folder of the host of this machine": frozenset(
        [
            "9p",
            "drvfs",
            "fakeowner",
            "fuse.grpcfuse",
            "fuse.osxfs",
            "fuse.prl_fsd",
            "fuse.vmhgfs-fuse",
            "osxfs",
            "prl_fs",
            "vboxsf",
            "virtiofs",
            "vmhgfs",
        ]
    ),
}
"""Types of file systems as the kernel names them, under what they are, with why not."""

_MOUNTS = Path("/proc/self/mountinfo")


def require_local(folder: Path, mounts: Path = _MOUNTS) -> None:
    """Raises NetworkHome when ``folder``, there or not yet, is on a file system of REMOTE.

    Where the system does not tell (it does on Linux), every folder passes.
    """
    kind = _file_system_of(folder.resolve(), mounts)
    for what, kinds in REMOTE.items():
        if kind in kinds:
            raise NetworkHome(
                f"{folder} is on {what} ({kind}), whose locks cannot be relied on: "
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
