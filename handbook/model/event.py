"""Events: what happened, as the log keeps it and as pure code reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What a setting and the data of an event may hold."""


class Entry(NamedTuple):
    """Something that happened, before it is stamped.

    `kind` is one of check, uncheck, note, bookmark, unbookmark, visit, position, read, setting, of
    review, hold, suspend, flag, session_start, session_end, or void; exams, mock interviews and
    plans add their own. `item_uid` is what it is about, `item_v` and `item_rev` its version,
    `target_event` what a void takes back; times are in milliseconds.

    The data of a review may say with "at_ms" and "day" when it was answered, where that was before
    it is written (an exam counts when it is handed in); of a hold "until" (the first day of study
    on which it may come again), of a suspend "on", of a flag "text", of a session_start "kind" and
    "plan".
    """

    kind: str
    item_uid: str | None = None
    data: Mapping[str, JSON] = {}
    target_event: str | None = None
    item_rev: str | None = None
    item_v: int | None = None
    session_id: str | None = None
    rating: int | None = None
    confidence: int | None = None
    correct: float | None = None
    think_ms: int | None = None
    total_ms: int | None = None


class Event(NamedTuple):
    """An entry of the log with its stamp.

    `at_ms` is the wall clock as it was read, `hlc` the same but never going back, `day` the local
    day of study (it turns at 04:00). `event_id` is hlc-device-random and orders all events, also
    those of other devices.
    """

    seq: int
    event_id: str
    device_id: str
    at_ms: int
    hlc: int
    day: int
    tz_offset_min: int
    entry: Entry


class Moment(NamedTuple):
    """What o'clock it is: milliseconds in UTC, the local day of study, and minutes ahead of UTC."""

    at_ms: int
    day: int
    tz_offset_min: int


class PracticeSession(NamedTuple):
    """A sitting: `kind` is study, sprint, exam or mock; `ended_ms` is 0 while it is open."""

    id: str
    kind: str
    started_ms: int
    ended_ms: int
    plan: Mapping[str, JSON]
