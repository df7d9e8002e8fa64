"""What each kind of event does to the derived tables: one rule per kind, without a database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.store.events import DATA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handbook.model.event import Event

VERSION = 1
"""Raised whenever a rule, or the schedule behind it, changes: the derived tables are made anew."""

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


def _is_known(event: Event) -> bool:
    """Tell whether the event's data is of a form that this version can read."""
    version = event.entry.data.get("v", DATA_VERSION)
    return isinstance(version, int) and version <= DATA_VERSION


def _text(event: Event, name: str) -> str:
    return str(event.entry.data.get(name, ""))


def _number(event: Event, name: str) -> float:
    value = event.entry.data.get(name)
    return value if isinstance(value, (int, float)) else 0


def _keyed(table: str) -> Callable[[Event], Cell]:
    return lambda event: Cell(table, (event.entry.item_uid or "",))


# Reading.


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


# Practice.


def _review(event: Event, before: Row | None) -> Row | None:
    """Reckon a card anew; a review without a grade leaves it as it was."""
    entry = event.entry
    if entry.rating is None:
        return before
    # Whoever only reads needs neither: two milliseconds less at each start.
    from handbook.model.card import Card, Review  # noqa: PLC0415
    from handbook.study.scheduling import after  # noqa: PLC0415

    question = entry.item_uid or ""
    review = Review(
        question=question,
        version=entry.item_v or 0,
        rating=entry.rating,
        confidence=entry.confidence or 0,
        day=_whole(event, "day", event.day),
        at_ms=_whole(event, "at_ms", event.at_ms),
    )
    card = Card(question, *before) if before is not None else None  # type: ignore[arg-type]
    return (*after(card, review)[1:],)


def _whole(event: Event, name: str, otherwise: int) -> int:
    value = event.entry.data.get(name)
    return value if isinstance(value, int) else otherwise


def _decided(column: int, value_of: Callable[[Event], Value]) -> Rule:
    """Return the rule that sets one column of a standing; a row with nothing in it goes."""

    def rule(event: Event, before: Row | None) -> Row | None:
        row = list(before or (0, 0, ""))
        row[column] = value_of(event)
        return tuple(row) if any(row) else None

    return rule


def _seated(event: Event) -> Cell:
    return Cell("session", (event.entry.session_id or "",))


def _begin(event: Event, before: Row | None) -> Row:
    """Open a session; one that is opened again keeps the time of its first beginning."""
    plan = event.entry.data.get("plan")
    written = json.dumps(plan if isinstance(plan, dict) else {}, ensure_ascii=False)
    return (_text(event, "kind"), before[1] if before else event.at_ms, 0, written)


def _end(event: Event, before: Row | None) -> Row | None:
    return before and (*before[:2], event.at_ms, before[3])


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
    "review": Kind(_keyed("card"), _review),
    "hold": Kind(_keyed("standing"), _decided(0, lambda event: _whole(event, "until", 0))),
    "suspend": Kind(
        _keyed("standing"), _decided(1, lambda event: int(bool(event.entry.data.get("on"))))
    ),
    "flag": Kind(_keyed("standing"), _decided(2, lambda event: _text(event, "text"))),
    "session_start": Kind(_seated, _begin),
    "session_end": Kind(_seated, _end),
}
"""What each kind of event does; a kind that is not here leaves the derived tables alone."""

TICKED = "kind IN ('check', 'uncheck', 'note')"
PRACTISED = "kind IN ('review', 'hold', 'suspend', 'flag')"
"""The kinds that a void can take back, in the words of the indexes by item of the log."""

_FAMILIES = {
    **dict.fromkeys(("check", "uncheck", "note"), TICKED),
    **dict.fromkeys(("review", "hold", "suspend", "flag"), PRACTISED),
}


def find_family(kind: str) -> str | None:
    """Return the SQL condition of the kinds that a voidable kind shares rows with, else None.

    A void of any other kind is kept, and `events` passes over its target, but no derived row
    changes.
    """
    return _FAMILIES.get(kind)
