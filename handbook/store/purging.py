"""Takes events out of the log for good: the one exception to append-only, after a backup.

The rows go within one transaction, and SQLite then writes the file anew without them, so that
other handbooks which have it open simply see the next state. What was purged is noted in the log
itself: an old export, or another machine, does not bring it back to this one.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import StoreError
from handbook.model.event import Entry
from handbook.store import derive, schema
from handbook.store.backup import make_backup
from handbook.store.events import COLUMNS, read
from handbook.store.trouble import explained

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from handbook.store.store import Store

KIND = "purge"
_ITEM = COLUMNS.index("item_uid")


class Scope(NamedTuple):
    """What is to go: all, or the events about some items."""

    items: tuple[str, ...] = ()
    is_all: bool = False


class Purge(NamedTuple):
    """A purge of the past: the id of its event, and what it was about."""

    event_id: str
    scope: Scope

    def covers(self, row: Sequence[Any]) -> bool:
        """Tell whether an event, as the columns of the log, was purged by it."""
        is_about = self.scope.is_all or row[_ITEM] in self.scope.items
        return bool(is_about and row[0] < self.event_id)


class Purged(NamedTuple):
    """What a purge did: how many events went, and where the copy with them lies.

    `is_wiped` is False where another handbook was reading, so that SQLite's journal still holds
    the old pages until the last one is closed.
    """

    events: int
    backup: Path | None
    is_wiped: bool


def count_events(store: Store, scope: Scope) -> int:
    """Return how many events would go."""
    with explained(store.path):
        where, values = _condition(scope)
        query = f"SELECT count(*) FROM event WHERE {where}"  # noqa: S608  no text from outside
        return int(store.connection.execute(query, values).fetchone()[0])


def purge(store: Store, scope: Scope) -> Purged:
    """Back the file up, take the events out, and write the file anew.

    What another handbook writes between the backup and the purge stays. Raises StoreError with
    nothing changed.
    """
    if not store.keep():
        raise StoreError(f"{store.trouble}; nothing can be purged")
    if not count_events(store, scope):
        return Purged(0, None, is_wiped=True)
    with explained(store.path):
        connection = store.connection
        newest = int(connection.execute("SELECT max(seq) FROM event").fetchone()[0])
        backup = make_backup(
            connection, store.path, schema.version_of(connection), store.clock.now_ms()
        )
        # Pages that become free are overwritten, not only forgotten.
        connection.execute("PRAGMA secure_delete=ON")
        with store.lent():
            # First, so that its id is later than those of all that go.
            items = sorted(scope.items)
            store.record(Entry(KIND, None, {"all": scope.is_all, "items": items}))
            gone = _delete(connection, scope, newest)
            derive.rebuild(connection)
        return Purged(gone, backup, _write_anew(connection))


def find_own_purges(connection: sqlite3.Connection, device: str) -> tuple[Purge, ...]:
    """Return what was purged on this machine; the purges of other machines concern only them."""
    found = []
    for event in read(connection, "kind = ? AND device_id = ?", (KIND, device)):
        items = event.entry.data.get("items")
        names = tuple(str(item) for item in items) if isinstance(items, list) else ()
        scope = Scope(names, bool(event.entry.data.get("all")))
        found.append(Purge(event.event_id, scope))
    return tuple(found)


def _condition(scope: Scope) -> tuple[str, tuple[str, ...]]:
    if scope.is_all:
        return "1", ()
    items = tuple(dict.fromkeys(scope.items))
    return f"item_uid IN ({', '.join('?' * len(items))})", items


def _delete(connection: sqlite3.Connection, scope: Scope, newest: int) -> int:
    guard = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'event_no_delete'"
    ).fetchone()[0]
    connection.execute("DROP TRIGGER event_no_delete")
    where, values = _condition(scope)
    query = f"DELETE FROM event WHERE seq <= ? AND {where}"  # noqa: S608  no text from outside
    gone = connection.execute(query, (newest, *values)).rowcount
    connection.execute(guard)
    if scope.is_all:
        connection.execute(
            "DELETE FROM device WHERE device_id NOT IN (SELECT device_id FROM event)"
            " AND device_id <> (SELECT value FROM meta WHERE key = 'device_id')"
        )
    return gone


def _write_anew(connection: sqlite3.Connection) -> bool:
    """Write the whole file without the free pages and empty the journal; tell whether that went."""
    try:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    return not busy
