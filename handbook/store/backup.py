"""Copies of the whole file: before each migration, and once a month; ten and one a month stay."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from handbook.store.copies import day_of, find_backups, folder_of
from handbook.store.files import place
from handbook.store.trouble import NotKeptError, explained

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

KEPT = 10
"""How many of the newest backups stay, besides the last one of each month."""


def make_backup(connection: sqlite3.Connection, path: Path, version: int, at_ms: int) -> Path:
    """Write a copy with mode 0600 beside the others, prune them, and return its path.

    The copy appears under its name only when it is complete and on the disk. Call it outside a
    transaction. Raises StoreError where it cannot be written.
    """
    target = _target(path, at_ms, version)
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise NotKeptError(f"{target.parent} cannot be written: {error.strerror}") from error
    try:
        with explained(path):
            connection.execute("VACUUM INTO ?", (str(partial),))
        os.fsync(descriptor)
        target = _placed(partial, path, at_ms, version)
    finally:
        os.close(descriptor)
        partial.unlink(missing_ok=True)
    for old in superseded(find_backups(path)):
        old.unlink(missing_ok=True)
    return target


def _target(path: Path, at_ms: int, version: int) -> Path:
    return folder_of(path) / f"{path.stem}-{_written(at_ms)}-v{version}.db"


def _placed(partial: Path, path: Path, at_ms: int, version: int) -> Path:
    """Give a copy its name and return it; of two within a second neither is lost.

    Another process may make one at this moment, so that looking first would not do.
    """
    while True:
        target = _target(path, at_ms, version)
        try:
            place(partial, target)
        except FileExistsError:
            at_ms += 1000
        else:
            return target


def is_due(path: Path, now_ms: int, within_ms: int) -> bool:
    """Tell whether no backup was made so recently; one that is dated after now does not count.

    Reads the names in one folder.
    """
    oldest = f"{path.stem}-{_written(now_ms - within_ms)}"
    newest = f"{path.stem}-{_written(now_ms)}~"
    return not any(oldest <= file.name <= newest for file in find_backups(path))


def _written(at_ms: int) -> str:
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime(at_ms / 1000))


def superseded(backups: Iterable[Path]) -> tuple[Path, ...]:
    """Return which of the backups, oldest first, may go."""
    ordered = tuple(backups)
    last_of_month = {_month(file): file for file in ordered}
    keep = {*ordered[-KEPT:], *last_of_month.values()}
    return tuple(file for file in ordered if file not in keep)


def _month(file: Path) -> str:
    return day_of(file.name)[:6]
