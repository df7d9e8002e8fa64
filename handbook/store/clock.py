"""Time for the store: what o'clock it is, how far from UTC, and which day of study that is."""

from __future__ import annotations

import time
from typing import Protocol

_MINUTE_MS = 60_000
_DAY_MS = 24 * 60 * _MINUTE_MS

DAY_TURNS_AT_MIN = 4 * 60
"""The local minute at which a day of study begins: what is done at 01:00 belongs to last night."""


class Clock(Protocol):
    """Tells the time; a test hands in its own."""

    def now_ms(self) -> int:
        """Return the milliseconds since 1970 in UTC."""
        ...

    def tz_offset_min(self, at_ms: int) -> int:
        """Return how many minutes local time is ahead of UTC at that moment."""
        ...


class SystemClock:
    """The clock and the time zone of this machine."""

    def now_ms(self) -> int:
        """Return the milliseconds since 1970 in UTC."""
        return time.time_ns() // 1_000_000

    def tz_offset_min(self, at_ms: int) -> int:
        """Return how many minutes local time is ahead of UTC at that moment."""
        return time.localtime(at_ms / 1000).tm_gmtoff // 60


SYSTEM_CLOCK = SystemClock()


def study_day(at_ms: int, tz_offset_min: int) -> int:
    """Return the local day, counted from 1970-01-01, that turns at 04:00 and not at midnight."""
    return (at_ms + (tz_offset_min - DAY_TURNS_AT_MIN) * _MINUTE_MS) // _DAY_MS
