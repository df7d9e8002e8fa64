from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from handbook.store.filesystem import find_filesystem, is_network
from handbook.store.store import Store

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /home rw shared:2 - nfs4 server:/home rw
31 30 0:26 / /home/ann/local rw - ext4 /dev/vdb rw
32 22 0:27 / /mnt/my\\040disk rw - fuse.sshfs ann@host:/ rw
33 22 0:28 / /mnt/cover rw - nfs server:/a rw
34 33 0:29 / /mnt/cover rw - xfs /dev/vdc rw
broken line
"""


@pytest.mark.parametrize(
    ("place", "filesystem"),
    [
        ("/var/lib/handbook.db", "ext4"),
        ("/home/ann/handbook.db", "nfs4"),
        ("/home/ann/local/handbook.db", "ext4"),
        ("/home/ann/locals/handbook.db", "nfs4"),
        ("/mnt/my disk/handbook.db", "fuse.sshfs"),
        ("/mnt/cover/handbook.db", "xfs"),
    ],
)
def test_the_innermost_mount_tells_the_file_system(tmp_path: Path, place: str, filesystem: str):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert find_filesystem(Path(place), mounts) == filesystem


def test_where_nobody_tells_there_is_no_type(tmp_path: Path):
    assert find_filesystem(tmp_path, tmp_path / "missing") == ""


@pytest.mark.parametrize("name", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "fuse.new"])
def test_network_file_systems_are_known(name: str):
    assert is_network(name)


@pytest.mark.parametrize("name", ["", "ext4", "btrfs", "xfs", "tmpfs", "overlay", "fuseblk"])
def test_local_file_systems_are_known(name: str):
    assert not is_network(name)


@pytest.mark.parametrize("filesystem", ["nfs4", "fuse.sshfs"])
def test_on_a_network_the_journal_is_not_a_write_ahead_log(
    path: Path, monkeypatch: pytest.MonkeyPatch, filesystem: str
):
    monkeypatch.setattr("handbook.store.connection.find_filesystem", lambda _path: filesystem)
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    assert store.health().journal_mode == "truncate"
    assert store._ledger.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


def test_every_commit_waits_for_the_disk(path: Path):
    store = Store.open(path)
    assert store.health().journal_mode == "wal"
    assert store._ledger.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


def test_a_file_that_moved_to_a_network_leaves_its_write_ahead_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    assert store.health().journal_mode == "wal"
    store.close()
    monkeypatch.setattr("handbook.store.connection.find_filesystem", lambda _path: "nfs4")
    store = Store.open(path)
    assert store.health().journal_mode == "truncate"
    assert store.ticks()["c-1"].done
    store.close()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_nobody_else_can_read_the_data_whatever_the_umask(path: Path, umask: int):
    before = os.umask(umask)
    try:
        store = Store.open(path)
    finally:
        os.umask(before)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert "handbook.db-wal" in modes


def test_a_file_that_others_could_read_is_closed_to_them(path: Path):
    Store.open(path).close()
    path.chmod(0o644)
    Store.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path):
    tmp_path.chmod(0o755)
    Store.open(tmp_path / "handbook.db").close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
