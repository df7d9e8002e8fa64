"""The tables: the log, which is the truth, by migrations; the derived ones from one declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

APPLICATION_ID = 0x4D4C5448
""""MLTH": how `file` and we know our own database."""

TRUTH = frozenset(("event", "device", "meta"))
"""The tables that hold what cannot be made again; all others are derived from them."""


def _first(connection: sqlite3.Connection) -> None:
    """Version 1: the log with everything that study sessions and exams will write.

    `seq` is the local order, without AUTOINCREMENT: rows are never deleted, so it cannot repeat,
    and one page less is written. `event_id` sorts as (hlc, event_id) does, because it begins with
    hlc in twelve hexadecimal digits.
    """
    for statement in (
        "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE device(
             device_id TEXT PRIMARY KEY, name TEXT NOT NULL, first_seen_ms INTEGER NOT NULL
           ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE event(
             seq INTEGER PRIMARY KEY,
             event_id TEXT NOT NULL UNIQUE,
             device_id TEXT NOT NULL,
             at_ms INTEGER NOT NULL,
             hlc INTEGER NOT NULL,
             day INTEGER NOT NULL,
             tz_offset_min INTEGER NOT NULL,
             kind TEXT NOT NULL,
             item_uid TEXT, item_rev TEXT, item_v INTEGER, session_id TEXT,
             rating INTEGER CHECK(rating BETWEEN 1 AND 4), confidence INTEGER, correct REAL,
             think_ms INTEGER, total_ms INTEGER,
             target_event TEXT, data TEXT NOT NULL DEFAULT '{}'
           ) STRICT""",
        """CREATE TRIGGER event_no_update BEFORE UPDATE ON event
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
        """CREATE TRIGGER event_no_delete BEFORE DELETE ON event
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
        """CREATE INDEX event_item ON event(item_uid, event_id)
           WHERE kind IN ('check', 'uncheck', 'note')""",
        """CREATE INDEX event_list ON event(json_extract(data, '$.checklist'), event_id)
           WHERE kind IN ('check', 'uncheck', 'note')""",
        "CREATE INDEX event_void ON event(event_id) WHERE kind = 'void'",
    ):
        connection.execute(statement)


def _practice(connection: sqlite3.Connection) -> None:
    """Version 2: the ways into the log that studying needs; the log itself stays as it was.

    By kind (which also finds the voids), by question, by session, and from an event to its voids.
    """
    for statement in (
        "DROP INDEX event_void",
        "CREATE INDEX event_kind ON event(kind, event_id)",
        """CREATE INDEX event_question ON event(item_uid, event_id)
           WHERE kind IN ('review', 'hold', 'suspend', 'flag')""",
        """CREATE INDEX event_session ON event(session_id, event_id)
           WHERE session_id IS NOT NULL""",
        """CREATE INDEX event_target ON event(target_event)
           WHERE target_event IS NOT NULL""",
    ):
        connection.execute(statement)


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [_first, _practice]
"""Each step brings the truth from version n to n + 1; forward only, never changed once released.

A change of the derived tables alone is a step that does nothing: they are made anew after any.
"""


class Table(NamedTuple):
    """A derived table: its key columns and its other columns, each with an SQLite type."""

    key: dict[str, str]
    columns: dict[str, str]


DERIVED = {
    "checklist": Table({"item": "TEXT"}, {"done": "INTEGER", "at_ms": "INTEGER"}),
    "note": Table({"about": "TEXT"}, {"text": "TEXT", "at_ms": "INTEGER"}),
    "bookmark": Table(
        {"page": "TEXT", "anchor": "TEXT"},
        {"title": "TEXT", "at_ms": "INTEGER", "event_id": "TEXT"},
    ),
    "position": Table(
        {"page": "TEXT"},
        {
            "anchor": "TEXT",
            "offset": "INTEGER",
            "share": "REAL",
            "read": "INTEGER",
            "at_ms": "INTEGER",
        },
    ),
    "visit": Table({"event_id": "TEXT"}, {"page": "TEXT", "anchor": "TEXT", "at_ms": "INTEGER"}),
    "setting": Table({"name": "TEXT"}, {"value": "TEXT"}),
    "card": Table(
        {"question": "TEXT"},
        {
            "state": "INTEGER",
            "step": "INTEGER",
            "stability": "REAL",
            "difficulty": "REAL",
            "last_day": "INTEGER",
            "last_ms": "INTEGER",
            "due_day": "INTEGER",
            "due_ms": "INTEGER",
            "interval": "INTEGER",
            "reps": "INTEGER",
            "lapses": "INTEGER",
            "recent": "TEXT",
            "seen_version": "INTEGER",
            "is_shaken": "INTEGER",
        },
    ),
    "standing": Table(
        {"question": "TEXT"},
        {"held_until": "INTEGER", "is_suspended": "INTEGER", "flag": "TEXT"},
    ),
    "session": Table(
        {"id": "TEXT"},
        {"kind": "TEXT", "started_ms": "INTEGER", "ended_ms": "INTEGER", "plan": "TEXT"},
    ),
    "voided": Table({"event_id": "TEXT"}, {}),
}
"""Every derived table, by name. They may be dropped at any time and made from the log again."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of the file, 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def create_derived(connection: sqlite3.Connection) -> None:
    """Drop whatever is not truth, of whatever version, and make the derived tables empty."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for (name,) in names:
        if name not in TRUTH:
            connection.execute(f'DROP TABLE "{name}"')
    for name, table in DERIVED.items():
        columns = {**table.key, **table.columns}
        written = ", ".join(f"{column} {kind} NOT NULL" for column, kind in columns.items())
        connection.execute(
            f"CREATE TABLE {name}({written}, PRIMARY KEY({', '.join(table.key)}))"
            " STRICT, WITHOUT ROWID"
        )
