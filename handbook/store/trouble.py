"""Turns what SQLite reports into the errors that a reader understands."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from handbook.errors import StoreError
from handbook.store.copies import find_backups
from handbook.store.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_S = 5.0
"""How long a write waits for another process before it gives up."""


_HELPERS = 64 * 1024
"""How much room the shared memory (32 KiB) and a small journal take, in bytes."""


class NotKeptError(StoreError):
    """Nothing can be written to the file, yet reading may go on: `message` is the reason."""


class DamagedError(StoreError):
    """The file is not what the store wrote: damaged, or not a database at all."""


_UNWRITABLE = {
    sqlite3.SQLITE_READONLY: "is read-only",
    sqlite3.SQLITE_CANTOPEN: "or its journal cannot be opened for writing",
    sqlite3.SQLITE_PERM: "may not be written",
    sqlite3.SQLITE_IOERR: "cannot be written, the disk reports an error",
}


def find_explanation(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Return the reader's words for a failure of SQLite; None for what can only be a bug."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind of failure
    name = clean_line(str(path))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return StoreError(
            f"{name} is in use: another handbook did not finish writing within {BUSY_S:.0f} s",
            hint="nothing was changed; try again",
        )
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path.parent)):
        return NotKeptError(
            f"the disk that holds {name} is full",
            hint="nothing was changed; free some space and try again",
        )
    if code in _UNWRITABLE:
        return NotKeptError(f"{name} {_UNWRITABLE[code]}", hint=f"nothing was changed; {error}")
    if code == sqlite3.SQLITE_NOTADB:
        return DamagedError(
            f"{name} is not the handbook's data: {error}",
            hint="move it away, or name another folder with --data or HANDBOOK_DATA_DIR",
        )
    return damaged(path, str(error)) if code == sqlite3.SQLITE_CORRUPT else None


def _is_full(folder: Path) -> bool:
    """Tell whether a disk has no room for SQLite's helper files, which it reports as an error."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _HELPERS


def damaged(path: Path, reason: str) -> DamagedError:
    """Return the error for a file that cannot be trusted, with the newest backup in its hint."""
    backups = find_backups(path)
    way_out = f"copy {backups[-1]} in its place" if backups else "a new one is made then"
    return DamagedError(
        f"{clean_line(str(path))} is damaged: {clean_line(reason)}",
        hint=f"move it away; {clean_line(way_out)}",
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise StoreError in the reader's words for failures of SQLite inside the block."""
    try:
        yield
    except sqlite3.Error as error:
        explanation = find_explanation(error, path)
        if explanation is None:
            raise
        raise explanation from error
