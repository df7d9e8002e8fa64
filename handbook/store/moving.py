"""Moves what a store wrote in memory to its file, as soon as that can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.store import derive
from handbook.store.connection import transaction
from handbook.store.events import COLUMNS, INSERT
from handbook.store.opening import open_file
from handbook.store.trouble import explained

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from handbook.store.clock import Clock


def move_to_disk(
    memory: sqlite3.Connection,
    after: int,
    path: Path,
    clock: Clock,
    chance: Callable[[int], bytes],
) -> sqlite3.Connection:
    """Open the file, append the events of the memory after a `seq` to its log, and return it.

    All of them or none: where it raises StoreError, the memory is still all there is. The events
    keep their ids, and so their order among those that others wrote into the file meanwhile.
    """
    connection = open_file(path, clock, chance)
    try:
        with explained(path), transaction(connection):
            _append(memory, after, connection)
            derive.rebuild(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _append(memory: sqlite3.Connection, after: int, connection: sqlite3.Connection) -> None:
    query = f"SELECT {', '.join(COLUMNS)} FROM event WHERE seq > ? ORDER BY seq"  # noqa: S608
    events = memory.execute(query, (after,)).fetchall()
    if not events:
        return
    # The memory was a device of its own: its name is in the ids of its events.
    devices = memory.execute("SELECT device_id, name, first_seen_ms FROM device").fetchall()
    connection.executemany("INSERT OR IGNORE INTO device VALUES(?, ?, ?)", devices)
    # A commit can fail after the disk has it; moving twice must then do no harm.
    connection.executemany(f"{INSERT} ON CONFLICT(event_id) DO NOTHING", events)
