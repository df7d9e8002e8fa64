"""Files that leave the store: written whole or not at all, for their owner only."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from handbook.errors import StoreError
from handbook.store.text import clean_line

if TYPE_CHECKING:
    from pathlib import Path


_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What file systems without hard links say, those of memory sticks for one."""


def write_file(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file with mode 0600 that appears under its name only when it is on the disk.

    What a link leads to is written, the link stays. Raises StoreError if the file is there and
    `replace` is False, if it is no ordinary file, or if it cannot be written.
    """
    path = expanded(path)
    target, name = _target(path), clean_line(str(path))
    partial = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.partial")
    try:
        _write(partial, content)
        if replace:
            partial.replace(target)
        else:
            place(partial, target)
        _keep_name(target.parent)
    except FileExistsError as error:
        raise StoreError(f"{name} is there already", hint="--force replaces it") from error
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def expanded(path: Path) -> Path:
    """Return a path with the home folder that "~" stands for; raises StoreError if there is none.

    pathlib raises RuntimeError for the home of somebody who does not exist.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        name = clean_line(str(path))
        raise StoreError(f"{name}: there is no such home folder", hint="./~ is a name") from error


def _target(path: Path) -> Path:
    """Return the file to be written: what a link leads to; raises StoreError as `write_file`."""
    try:
        target = path.resolve() if path.is_symlink() else path
        is_odd = target.exists() and not target.is_file()
    except (OSError, RuntimeError) as error:  # a name too long, a circle of links
        reason = getattr(error, "strerror", None) or str(error)
        name = clean_line(str(path))
        raise StoreError(f"{name} cannot be written: {reason.lower()}") from error
    if is_odd:
        raise StoreError(f"{clean_line(str(path))} is no ordinary file", hint="- writes to stdout")
    return target


def append_to_file(path: Path, content: bytes) -> None:
    """Append to a file and put it on the disk; raises StoreError."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            _write_all(descriptor, content)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> StoreError:
    """Return the error for a file that cannot be written, in the system's words."""
    reason = (error.strerror or type(error).__name__).lower()
    return StoreError(f"{clean_line(str(path))} cannot be written: {reason}")


def place(partial: Path, target: Path) -> None:
    """Give a file that is complete its name; raises FileExistsError where something has it."""
    try:
        os.link(partial, target)  # unlike a rename it fails where something is
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        partial.replace(target)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        _write_all(descriptor, content)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _keep_name(folder: Path) -> None:
    """Put the name on the disk too; not every file system lets one ask for it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
