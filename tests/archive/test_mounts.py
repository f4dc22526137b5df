from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import NetworkHome
from archive.mounts import require_local

MOUNTS = """\
21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
25 21 0:30 / /srv rw,relatime shared:2 - nfs4 server.example:/export rw
26 25 254:1 / /srv/disk rw,relatime - ext4 /dev/vdb rw
27 21 0:31 / /mnt/two\\040words rw - cifs //server.example/share rw
28 21 0:32 / /over rw - ext4 /dev/vdc rw
29 28 0:33 / /over rw - fuse.sshfs somebody@server.example: rw
30 21 0:34 / /cluster rw - fuse.cephfs cephfs rw
31 21 0:35 / /bucket rw - fuse.gcsfuse statements rw
32 21 0:36 / /host rw - virtiofs shared rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    file = tmp_path / "mountinfo"
    file.write_text(MOUNTS)
    return file


@pytest.mark.parametrize("folder", ["/home/archive", "/srv/disk/archive", "/srvice"])
def test_a_local_disk_passes(folder: str, mounts: Path) -> None:
    require_local(Path(folder), mounts)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/archive", "nfs4"),
        ("/mnt/two words", "cifs"),
        ("/over/new/home", "fuse.sshfs"),
        ("/cluster/archive", "fuse.cephfs"),
        ("/bucket/archive", "fuse.gcsfuse"),
        ("/host/archive", "virtiofs"),
    ],
)
def test_a_network_file_system_is_refused(folder: str, kind: str, mounts: Path) -> None:
    with pytest.raises(NetworkHome, match=rf"\({kind}\).*--network-home"):
        require_local(Path(folder), mounts)


def test_where_the_system_does_not_tell_every_folder_passes(tmp_path: Path) -> None:
    require_local(tmp_path, tmp_path / "there is none")
    require_local(tmp_path)
