"""Copies of the whole file, made before each migration; the newest ten and one a month are kept."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from handbook.store.trouble import NotKeptError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

KEPT = 10
"""How many of the newest backups stay, besides the last one of each month."""

_NAME = re.compile(r"-(\d{6})\d{2}-\d{6}-v\d+\.db$")


def folder_of(path: Path) -> Path:
    """Return the folder in which the backups of a store's file lie."""
    return path.parent / "backups"


def find_backups(path: Path) -> tuple[Path, ...]:
    """Return the backups of a store's file, oldest first."""
    found = folder_of(path).glob(f"{path.stem}-*.db")
    return tuple(sorted(file for file in found if _NAME.search(file.name)))


def make_backup(connection: sqlite3.Connection, path: Path, version: int, at_ms: int) -> Path:
    """Write a copy with mode 0600 beside the others, prune them, and return its path.

    The copy appears under its name only when it is complete and on the disk. Call it outside a
    transaction. Raises NotKeptError if the folder cannot be written, sqlite3.Error if the disk is
    full.
    """
    moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime(at_ms / 1000))
    target = folder_of(path) / f"{path.stem}-{moment}-v{version}.db"
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise NotKeptError(f"{target.parent} cannot be written: {error.strerror}") from error
    try:
        connection.execute("VACUUM INTO ?", (str(partial),))
        os.fsync(descriptor)
        partial.replace(target)
    finally:
        os.close(descriptor)
        partial.unlink(missing_ok=True)
    for old in superseded(find_backups(path)):
        old.unlink(missing_ok=True)
    return target


def superseded(backups: Iterable[Path]) -> tuple[Path, ...]:
    """Return which of the backups, oldest first, may go."""
    ordered = tuple(backups)
    last_of_month = {_month(file): file for file in ordered}
    keep = {*ordered[-KEPT:], *last_of_month.values()}
    return tuple(file for file in ordered if file not in keep)


def _month(file: Path) -> str:
    found = _NAME.search(file.name)
    return found.group(1) if found else file.name
