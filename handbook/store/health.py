"""What `handbook doctor` tells of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.store.copies import find_backups
from handbook.store.filesystem import find_filesystem
from handbook.store.opening import quick_check
from handbook.store.schema import version_of

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


class Health(NamedTuple):
    """The state of the store.

    `size` is in bytes, journal included; `quick_check` is "ok" or the first fault; `last_backup`
    is None if none was made; `filesystem` is "" where the system does not tell; `trouble` says why
    nothing is kept, "" if all is well.
    """

    path: Path
    size: int
    schema_version: int
    events: int
    journal_mode: str
    quick_check: str
    last_backup: Path | None
    filesystem: str
    trouble: str


def examine(connection: sqlite3.Connection, path: Path, trouble: str) -> Health:
    """Return the health of an open store; reads the whole file once."""
    backups = find_backups(path)
    files = (path, path.with_name(path.name + "-wal"))
    return Health(
        path=path,
        size=sum(file.stat().st_size for file in files if file.is_file()),
        schema_version=version_of(connection),
        events=int(connection.execute("SELECT count(*) FROM event").fetchone()[0]),
        journal_mode=str(connection.execute("PRAGMA journal_mode").fetchone()[0]),
        quick_check=quick_check(connection),
        last_backup=backups[-1] if backups else None,
        filesystem=find_filesystem(path),
        trouble=trouble,
    )
