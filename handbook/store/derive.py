"""Keeps the derived tables up to date with the log: event by event, or all of it anew.

A derived row depends on nothing but the events that are not voided, in the order of the log; the
rules are those of `handbook.store.rules` either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.store.events import find_last, read
from handbook.store.rules import KINDS, VERSION, Cell, Row, find_family, fold
from handbook.store.schema import DERIVED, create_derived

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from handbook.model.event import Event


NOT_VOIDED = "event_id NOT IN (SELECT event_id FROM voided)"
"""The SQL condition for events that count."""


def apply(connection: sqlite3.Connection, event: Event) -> None:
    """Bring the derived tables up to date with an event just appended, in the same transaction.

    The event must be the newest of the log, as `events.append` makes it; after merging in older
    ones, `rebuild`.
    """
    if event.entry.kind == "void":
        _apply_void(connection, event)
    elif event.entry.kind in KINDS:
        cell = KINDS[event.entry.kind].cell(event)
        before = find_row(connection, cell)
        _write(connection, cell, fold([event], {} if before is None else {cell: before}).get(cell))
    _remember_last(connection)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the derived tables anew from the whole log, within the caller's transaction."""
    create_derived(connection)
    voided = find_voided(connection)
    rows = fold(_effective(read(connection), voided))
    by_table: dict[str, list[tuple[str | int | float, ...]]] = {}
    for cell, row in rows.items():
        by_table.setdefault(cell.table, []).append((*cell.key, *row))
    for table, values in by_table.items():
        connection.executemany(_insertion(table, len(values[0])), values)
    connection.executemany("INSERT INTO voided VALUES(?)", [(each,) for each in voided])
    connection.execute("INSERT OR REPLACE INTO meta VALUES('rules', ?)", (str(VERSION),))
    _remember_last(connection)


def find_voided(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all voided events.

    A void that is voided itself counts for nothing, nor does one that is older than its target. So
    going from the newest to the oldest each void is judged before it judges.
    """
    voids = connection.execute(
        "SELECT event_id, target_event FROM event"
        " WHERE kind = 'void' AND target_event < event_id ORDER BY event_id DESC"
    )
    voided: set[str] = set()
    for event_id, target in voids:
        if event_id not in voided:
            voided.add(target)
    return frozenset(voided)


def is_up_to_date(connection: sqlite3.Connection) -> bool:
    """Tell whether the derived tables know of the last event, and were made by today's rules."""
    newest = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
    known = dict(connection.execute("SELECT * FROM meta WHERE key IN ('last_seq', 'rules')"))
    return known == {"last_seq": str(newest), "rules": str(VERSION)}


def _apply_void(connection: sqlite3.Connection, void: Event) -> None:
    """Take back the target of the newest void; if that was a void, what it took back returns."""
    target, is_voided = void.entry.target_event or "", True
    while target < void.event_id and is_voided != _is_voided(connection, target):
        _write(connection, Cell("voided", (target,)), () if is_voided else None)
        event = next(read(connection, "event_id = ?", (target,)), None)
        if event is None:
            return
        if event.entry.kind != "void":
            _refold(connection, event)
            return
        # Its own target is voided by it, or by another void, or not at all.
        target = event.entry.target_event or ""
        is_voided = _has_void(connection, target)


def _is_voided(connection: sqlite3.Connection, event_id: str) -> bool:
    return find_row(connection, Cell("voided", (event_id,))) is not None


def _has_void(connection: sqlite3.Connection, target: str) -> bool:
    """Tell whether a void that counts takes an event back."""
    # The plus keeps SQLite from walking through all voids: few are aimed at one event.
    where = f"target_event = ?1 AND +event_id > ?1 AND +kind = 'void' AND {NOT_VOIDED}"
    return find_last(connection, where, (target,)) is not None


def _refold(connection: sqlite3.Connection, target: Event) -> None:
    """Make the row of an event anew from all events about the same item that are not voided."""
    family = find_family(target.entry.kind)
    if family is None:
        return
    where = f"item_uid = ? AND {family} AND {NOT_VOIDED}"
    about = read(connection, where, (target.entry.item_uid or "",))
    cell = KINDS[target.entry.kind].cell(target)
    _write(connection, cell, fold(about).get(cell))


def _effective(events: Iterable[Event], voided: frozenset[str]) -> Iterator[Event]:
    for event in events:
        if event.event_id not in voided or find_family(event.entry.kind) is None:
            yield event


def find_row(connection: sqlite3.Connection, cell: Cell) -> Row | None:
    """Return the columns of a derived row besides its key, or None."""
    table = DERIVED[cell.table]
    columns, where = ", ".join(table.columns), " AND ".join(f"{name} = ?" for name in table.key)
    found: Row | None = connection.execute(
        f"SELECT {columns or 1} FROM {cell.table} WHERE {where}",  # noqa: S608 - names are DERIVED's
        cell.key,
    ).fetchone()
    return found


def _write(connection: sqlite3.Connection, cell: Cell, row: Row | None) -> None:
    table = DERIVED[cell.table]
    if row is None:
        where = " AND ".join(f"{name} = ?" for name in table.key)
        connection.execute(f"DELETE FROM {cell.table} WHERE {where}", cell.key)  # noqa: S608
        return
    connection.execute(_insertion(cell.table, len(cell.key) + len(row)), (*cell.key, *row))


def _insertion(table: str, count: int) -> str:
    return f"INSERT OR REPLACE INTO {table} VALUES({', '.join('?' * count)})"


def _remember_last(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta"
        " SELECT 'last_seq', CAST(coalesce(max(seq), 0) AS TEXT) FROM event"
    )
