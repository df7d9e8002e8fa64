"""From events to the derived tables: one rule per kind, folded the same way one by one and in bulk.

A derived row depends on nothing but the events that are not voided, in the order of the log.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.store.events import DATA_VERSION, read
from handbook.store.schema import DERIVED, create_derived

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from handbook.model.event import Event

Value: TypeAlias = str | int | float
Row: TypeAlias = tuple[Value, ...]


class Cell(NamedTuple):
    """The address of a derived row: its table, and the values of the table's key columns."""

    table: str
    key: tuple[str, ...]


Rule: TypeAlias = "Callable[[Event, Row | None], Row | None]"


class Kind(NamedTuple):
    """What a kind of event does: `cell` finds the row, `row` makes it anew (None: it goes)."""

    cell: Callable[[Event], Cell]
    row: Rule


def _text(event: Event, name: str) -> str:
    return str(event.entry.data.get(name, ""))


def _number(event: Event, name: str) -> float:
    value = event.entry.data.get(name)
    return value if isinstance(value, (int, float)) else 0


def _keyed(table: str) -> Callable[[Event], Cell]:
    return lambda event: Cell(table, (event.entry.item_uid or "",))


def _placed(event: Event) -> Cell:
    return Cell("bookmark", (event.entry.item_uid or "", _text(event, "anchor")))


def _note(event: Event, _before: Row | None) -> Row | None:
    text = _text(event, "text")
    return (text, event.at_ms) if text else None


def _position(event: Event, before: Row | None) -> Row:
    """Save where a page was left; a read mark stays, only `mark_read` takes it away."""
    data = event.entry.data
    is_read = bool(data.get("read")) or (before is not None and bool(before[3]))
    offset, share = int(_number(event, "offset")), float(_number(event, "share"))
    return (_text(event, "anchor"), offset, share, int(is_read), event.at_ms)


def _read(event: Event, before: Row | None) -> Row:
    anchor, offset, share = before[:3] if before else ("", 0, 0.0)
    return (anchor, offset, share, int(bool(event.entry.data.get("read"))), event.at_ms)


def _visit(event: Event, _before: Row | None) -> Row:
    return (event.entry.item_uid or "", _text(event, "anchor"), event.at_ms)


def _setting(event: Event, _before: Row | None) -> Row:
    return (json.dumps(event.entry.data.get("value"), ensure_ascii=False),)


KINDS = {
    "check": Kind(_keyed("checklist"), lambda event, _before: (1, event.at_ms)),
    "uncheck": Kind(_keyed("checklist"), lambda event, _before: (0, event.at_ms)),
    "note": Kind(_keyed("note"), _note),
    "bookmark": Kind(
        _placed, lambda event, _before: (_text(event, "title"), event.at_ms, event.event_id)
    ),
    "unbookmark": Kind(_placed, lambda _event, _before: None),
    "position": Kind(_keyed("position"), _position),
    "read": Kind(_keyed("position"), _read),
    "visit": Kind(lambda event: Cell("visit", (event.event_id,)), _visit),
    "setting": Kind(_keyed("setting"), _setting),
}
"""What each kind of event does; a kind that is not here leaves the derived tables alone."""

VOIDABLE = frozenset(("check", "uncheck", "note"))
"""The kinds that a void can take back; the indexes of the log and `_refold` name them in SQL."""


def apply(connection: sqlite3.Connection, event: Event) -> None:
    """Bring the derived tables up to date with an event just appended, in the same transaction."""
    if event.entry.kind == "void":
        _apply_voids(connection)
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
    for cell, row in rows.items():
        _write(connection, cell, row)
    for event_id in voided:
        _write(connection, Cell("voided", (event_id,)), ())
    _remember_last(connection)


def fold(events: Iterable[Event], rows: dict[Cell, Row] | None = None) -> dict[Cell, Row]:
    """Return the derived rows after events that come in order, none of them voided."""
    result = dict(rows or {})
    for event in events:
        kind = KINDS.get(event.entry.kind)
        if kind is None or not _is_known(event):
            continue
        cell = kind.cell(event)
        row = kind.row(event, result.get(cell))
        if row is None:
            result.pop(cell, None)
        else:
            result[cell] = row
    return result


def find_voided(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all voided events.

    A void that is voided itself counts for nothing. A target is always older than its void, so
    going from the newest to the oldest each void is judged before it judges.
    """
    voids = connection.execute(
        "SELECT event_id, target_event FROM event WHERE kind = 'void' ORDER BY event_id DESC"
    )
    voided: set[str] = set()
    for event_id, target in voids:
        if event_id not in voided:
            voided.add(target)
    return frozenset(voided)


def last_sequence(connection: sqlite3.Connection) -> int:
    """Return the number of the last event that the derived tables know of, 0 for none."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'last_seq'").fetchone()
    return int(row[0]) if row else 0


def is_up_to_date(connection: sqlite3.Connection) -> bool:
    """Tell whether the derived tables know of the last event of the log."""
    newest = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
    return bool(newest == last_sequence(connection))


def _apply_voids(connection: sqlite3.Connection) -> None:
    voided = find_voided(connection)
    before = {row[0] for row in connection.execute("SELECT event_id FROM voided")}
    for event_id in voided ^ before:
        _write(connection, Cell("voided", (event_id,)), () if event_id in voided else None)
        for target in read(connection, "event_id = ?", (event_id,)):
            if target.entry.kind in VOIDABLE:
                _refold(connection, KINDS[target.entry.kind].cell(target), target, voided)


def _refold(
    connection: sqlite3.Connection, cell: Cell, target: Event, voided: frozenset[str]
) -> None:
    """Make one row anew from all events about the same item; only ticks and notes are voided."""
    about = read(
        connection,
        "item_uid = ? AND kind IN ('check', 'uncheck', 'note')",
        (target.entry.item_uid or "",),
    )
    rows = fold(_effective(about, voided))
    _write(connection, cell, rows.get(cell))


def _effective(events: Iterable[Event], voided: frozenset[str]) -> Iterator[Event]:
    for event in events:
        if event.event_id not in voided or event.entry.kind not in VOIDABLE:
            yield event


def find_row(connection: sqlite3.Connection, cell: Cell) -> Row | None:
    """Return the columns of a derived row besides its key, or None."""
    table = DERIVED[cell.table]
    columns, where = ", ".join(table.columns), " AND ".join(f"{name} = ?" for name in table.key)
    found: Row | None = connection.execute(
        f"SELECT {columns} FROM {cell.table} WHERE {where}",  # noqa: S608 - names are DERIVED's
        cell.key,
    ).fetchone()
    return found


def _write(connection: sqlite3.Connection, cell: Cell, row: Row | None) -> None:
    table = DERIVED[cell.table]
    if row is None:
        where = " AND ".join(f"{name} = ?" for name in table.key)
        connection.execute(f"DELETE FROM {cell.table} WHERE {where}", cell.key)  # noqa: S608
        return
    marks = ", ".join("?" * (len(cell.key) + len(row)))
    connection.execute(f"INSERT OR REPLACE INTO {cell.table} VALUES({marks})", (*cell.key, *row))


def _remember_last(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta"
        " SELECT 'last_seq', CAST(coalesce(max(seq), 0) AS TEXT) FROM event"
    )


def _is_known(event: Event) -> bool:
    """Tell whether the event's data is of a form that this version can read."""
    version = event.entry.data.get("v", DATA_VERSION)
    return isinstance(version, int) and version <= DATA_VERSION
