"""Reads events of a wrong clock at the time at which they really happened.

A `redate` event names a stretch of one device's events, by their first and last id, and by how much
their clock was wrong. The log stays as it is; whoever reads it sees the right times. Of two that
name the same event the later one counts, so the order of merging does not matter.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from handbook.store.clock import study_day

if TYPE_CHECKING:
    import sqlite3

    from handbook.model.event import JSON, Event

KIND = "redate"
LAST_MS = 7_258_118_400_000
"""2200-01-01: no clock is that wrong, and every day up to then has a date."""


class Redate(NamedTuple):
    """A stretch of events whose moments move by `shift_ms`, but not to before `not_before_ms`.

    Only those that their clock put at `from_ms` or later belong to it.
    """

    device: str
    first: str
    last: str
    from_ms: int
    shift_ms: int
    not_before_ms: int

    def covers(self, event_id: str, device: str, at_ms: int) -> bool:
        """Tell whether an event lies in the stretch; `at_ms` is what the log says."""
        is_between = self.device == device and self.first <= event_id <= self.last
        return is_between and at_ms >= self.from_ms

    def moved(self, at_ms: int) -> int:
        """Return the right moment for one that the wrong clock told."""
        return min(max(at_ms + self.shift_ms, self.not_before_ms, 0), LAST_MS)


def find_redates(connection: sqlite3.Connection) -> tuple[Redate, ...]:
    """Return all corrections of the log, the last one first."""
    rows = connection.execute(
        "SELECT data FROM event WHERE kind = ? ORDER BY event_id DESC", (KIND,)
    )
    found = (_redate(json.loads(row[0])) for row in rows)
    return tuple(each for each in found if each is not None)


def _redate(data: dict[str, JSON]) -> Redate | None:
    """Return what the data of an event says; None if it does not make sense."""
    words = [data.get(name) for name in Redate._fields[:3]]
    numbers = [data.get(name) for name in Redate._fields[3:]]
    texts = tuple(word for word in words if isinstance(word, str))
    times = tuple(n for n in numbers if isinstance(n, int) and abs(n) <= LAST_MS)
    return Redate(*texts, *times) if len(texts) == len(times) == 3 else None


def find_redate(
    redates: tuple[Redate, ...], event_id: str, device: str, at_ms: int
) -> Redate | None:
    """Return the correction that counts for an event, or None."""
    return next((each for each in redates if each.covers(event_id, device, at_ms)), None)


def mended(event: Event, redates: tuple[Redate, ...]) -> Event:
    """Return an event with the time at which it really happened, as far as that is known."""
    redate = find_redate(redates, event.event_id, event.device_id, event.at_ms)
    if redate is None:
        return event
    at_ms = redate.moved(event.at_ms)
    day = study_day(at_ms, event.tz_offset_min)
    data = _moved_data(event, redate, day - event.day)
    return event._replace(at_ms=at_ms, day=day, entry=event.entry._replace(data=data))


def _moved_data(event: Event, redate: Redate, days: int) -> dict[str, JSON]:
    """Move the times in an event's data: when it was answered, until when it is held."""
    data = dict(event.entry.data)
    answered = data.get("at_ms")
    if isinstance(answered, int):
        data["at_ms"] = redate.moved(answered)
        data |= {"day": study_day(redate.moved(answered), event.tz_offset_min)}
    elif isinstance(day := data.get("day"), int):
        data["day"] = day + days
    until = data.get("until")
    if event.entry.kind == "hold" and isinstance(until, int) and until:
        data["until"] = until + days
    return data
