"""The log: entries are appended with a stamp of time and place, and never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from handbook.model.event import Entry, Event
from handbook.store.clock import study_day
from handbook.store.mending import find_redates, mended

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

DATA_VERSION = 1
"""The schema of an event's `data`; it is written into each as "v"."""


class Stamp(NamedTuple):
    """Where and when: the device, the moment, its offset from UTC, and six random digits."""

    device_id: str
    at_ms: int
    tz_offset_min: int
    random: str


_STAMP = ("event_id", "device_id", "at_ms", "hlc", "day", "tz_offset_min")
COLUMNS = (*_STAMP, *Entry._fields)
"""The columns of the table `event` but `seq`, in the order in which they are read and written."""

INSERT = f"INSERT INTO event({', '.join(COLUMNS)}) VALUES({', '.join('?' * len(COLUMNS))})"
_SELECT = f"SELECT seq, {', '.join(COLUMNS)} FROM event "  # noqa: S608 - our own names


def append(connection: sqlite3.Connection, entry: Entry, stamp: Stamp) -> Event:
    """Append an entry within the caller's transaction and return the event."""
    newest = connection.execute("SELECT hlc FROM event ORDER BY event_id DESC LIMIT 1").fetchone()
    hlc = max(stamp.at_ms, newest[0] + 1 if newest else 0)
    event_id = f"{hlc:012x}-{stamp.device_id}-{stamp.random}"
    day = study_day(stamp.at_ms, stamp.tz_offset_min)
    entry = entry._replace(data={"v": DATA_VERSION, **entry.data})
    written = json.dumps(entry.data, ensure_ascii=False, allow_nan=False)
    stamped = (event_id, stamp.device_id, stamp.at_ms, hlc, day, stamp.tz_offset_min)
    cursor = connection.execute(INSERT, (*stamped, *entry._replace(data=written)))  # type: ignore[arg-type]
    return Event(cursor.lastrowid or 0, *stamped, entry)


def read(
    connection: sqlite3.Connection, where: str = "", values: tuple[str | int, ...] = ()
) -> Iterator[Event]:
    """Yield the events that an SQL condition chooses ("" for all), in the order of the log.

    Those of a wrong clock come with their right times: see `handbook.store.mending`.
    """
    condition = f"WHERE {where} " if where else ""
    redates = find_redates(connection)
    for row in connection.execute(f"{_SELECT}{condition}ORDER BY event_id", values):
        event = _event(row)
        yield mended(event, redates) if redates else event


def find_last(
    connection: sqlite3.Connection, where: str, values: tuple[str | int, ...]
) -> Event | None:
    """Return the last event that an SQL condition chooses, or None."""
    row = connection.execute(
        f"{_SELECT}WHERE {where} ORDER BY event_id DESC LIMIT 1", values
    ).fetchone()
    return None if row is None else mended(_event(row), find_redates(connection))


def _event(row: tuple[Any, ...]) -> Event:
    entry = Entry._make((row[7], row[8], json.loads(row[9]), *row[10:]))
    return Event._make((*row[:7], entry))
