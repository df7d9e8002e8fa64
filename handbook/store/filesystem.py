"""The file's surroundings: its folder, its permissions, and whether it lies on a network."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from handbook.errors import StoreError
from handbook.store.trouble import NotKeptError

_MOUNTS = Path("/proc/self/mountinfo")

NETWORK_TYPES = frozenset(
    (
        *("9p", "acfs", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs"),
        *("glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs"),
        *("prl_fs", "pvfs2", "smb", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
    )
)
"""File systems whose shared memory or locks do not reach every machine that has them mounted."""

_LOCAL_FUSE = frozenset(("fuseblk", "fuse.ext2", "fuse.ntfs", "fuse.fuse-overlayfs"))


def find_filesystem(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of the file system that a path lies on ("ext4"), "" where nobody tells.

    Read from /proc/self/mountinfo, since statvfs does not tell a type; the last of the longest
    matching mount points counts, because later mounts cover earlier ones.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place = os.path.realpath(path)
    best, found = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = _unescape(fields[4])
        is_above = place == point or place.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= best:
            best, found = len(point), after.split(" ", 1)[0]
    return found


def is_network(filesystem: str) -> bool:
    """Tell whether a write-ahead log would be unsafe there; any unknown FUSE counts as network."""
    is_fuse = filesystem.startswith("fuse.") and filesystem not in _LOCAL_FUSE
    return is_fuse or filesystem in NETWORK_TYPES


def _unescape(field: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, sign)
    return field


def prepare_folder(folder: Path) -> None:
    """Make the folder with mode 0700, and its parents with the mode that the umask gives.

    Raises StoreError if that is forbidden or a file is in the way, NotKeptError on a disk that is
    read-only or full.
    """
    if folder.is_dir():
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)  # the umask may have taken more than it should
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise StoreError(
            f"{folder} cannot be made: {_reason(error)}",
            hint="name another folder with --data or HANDBOOK_DATA_DIR",
        ) from error
    except OSError as error:
        raise NotKeptError(f"{folder} cannot be made: {_reason(error)}") from error


def prepare_file(path: Path) -> None:
    """Make the file with mode 0600 if it is missing, and take other people's rights from it.

    SQLite gives its helper files the mode of this one. Raises StoreError for a directory or a file
    that may not be read, NotKeptError where nothing can be written.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a file", hint="move it away, or name another")
    existed = path.exists()
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if existed and not _may(path, os.R_OK):
            raise StoreError(
                f"{path} cannot be read: {_reason(error)}", hint="check who owns it"
            ) from error
        raise NotKeptError(f"{path} cannot be written: {_reason(error)}") from error
    try:
        status = os.fstat(descriptor)
        is_ours = status.st_uid == os.geteuid()
        if is_ours and (status.st_mode & 0o077 or not existed):
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)
    if is_ours:
        _free_helpers(path)
    folder = os.path.dirname(os.path.realpath(path))  # noqa: PTH120 - of the file, not of a link
    if not _may(folder, os.W_OK | os.X_OK):
        raise NotKeptError(f"{folder} cannot be written, and SQLite keeps its journal there")


def _free_helpers(path: Path) -> None:
    """Make SQLite's helper files writable as the file itself is.

    While the file was read-only, even a reader left them behind with its mode.
    """
    for ending in ("-wal", "-shm"):
        helper = path.with_name(path.name + ending)
        if helper.is_file() and not _may(helper, os.W_OK):
            with suppress(OSError):  # not ours: then the first write tells it
                helper.chmod(0o600)


def _may(path: str | Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
