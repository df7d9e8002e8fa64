"""Events: what happened, as the log keeps it and as pure code reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What a setting and the data of an event may hold."""


class Entry(NamedTuple):
    """Something that happened, before it is stamped.

    `kind` is one of check, uncheck, note, bookmark, unbookmark, visit, position, read, setting and
    void; more come with study sessions and exams, for which the fields from `item_rev` to
    `total_ms` (milliseconds) are. `item_uid` is what it is about, `target_event` what a void voids.
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
