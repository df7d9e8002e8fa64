"""The clock of an exam: by its policy it counts only the time with the exam open, or all of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from handbook.study.exam import HEARTBEAT_MS, LAST_MINUTES_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.model.event import Moment
    from handbook.study.exam import Exam


def monotonic_ms() -> int:
    """Return the milliseconds of a clock that nobody sets and that never goes back."""
    return time.monotonic_ns() // 1_000_000


class ExamClock:
    """Tells how much of an exam's time is gone, while it is sat in this process.

    Under "pause" a step counts for at most a heartbeat: a program that was stopped (Ctrl+Z, a
    laptop asleep) was not there. Under "wall" it is the time since the start, whatever happened.
    """

    def __init__(
        self,
        exam: Exam,
        now: Callable[[], Moment],
        monotonic: Callable[[], int] | None = None,
    ) -> None:
        """Go on where the exam's events stopped; without `monotonic` by the machine's own."""
        self._now = now
        self._monotonic = monotonic or monotonic_ms
        self._is_wall = exam.policy == "wall"
        self._started_ms = exam.started_ms
        self._limit_ms = exam.form.limit_ms
        self._elapsed_ms = exam.elapsed_ms
        self._seen_ms = self._monotonic()
        self._beat_ms = exam.elapsed_ms

    def elapsed_ms(self) -> int:
        """Return how much is gone, never less than before and never more than there is."""
        seen = self._monotonic()
        passed = min(max(0, seen - self._seen_ms), HEARTBEAT_MS)
        self._seen_ms = seen
        if self._is_wall:
            passed = max(0, self._now().at_ms - self._started_ms - self._elapsed_ms)
        self._elapsed_ms = min(self._limit_ms, self._elapsed_ms + passed)
        return self._elapsed_ms

    @property
    def left_ms(self) -> int:
        """How much is left."""
        return self._limit_ms - self.elapsed_ms()

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.left_ms <= 0

    @property
    def is_late(self) -> bool:
        """Whether these are the last minutes, in which a hidden clock comes back."""
        return self.left_ms <= LAST_MINUTES_MS

    def beats(self) -> bool:
        """Tell whether it is time to write the clock down; True starts the wait anew."""
        elapsed = self.elapsed_ms()
        if elapsed - self._beat_ms < HEARTBEAT_MS:
            return False
        self._beat_ms = elapsed
        return True

    def written(self) -> None:
        """Take note that the clock was written down with something else."""
        self._beat_ms = self._elapsed_ms


def clock_text(left_ms: int) -> str:
    """Return what is left as 31:20, with hours as 1:05:00; a begun second counts."""
    seconds = -(-left_ms // 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
