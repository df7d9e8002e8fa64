"""Readiness: what was measured of topics and items, and the plan that leads up to a date."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date

Measured: TypeAlias = Literal["seen", "recall", "test"]
"""What is measured of a topic: the share met, the recall on the date, the mixed tests."""


class Level(StrEnum):
    """How far a topic has come; it can go down again."""

    UNSEEN = "unseen"
    BEGUN = "begun"
    SOLID = "solid"
    MASTERED = "mastered"


class Spread(NamedTuple):
    """A share from 0 to 1 of `questions`, and the interval in which it lies with 95 %."""

    share: float
    low: float
    high: float
    questions: int


class MixedResult(NamedTuple):
    """What the newest mixed tests of a topic say.

    `right` of `questions` that were new to the reader, in `tests` tests of which the last was
    on study day `day`; `low` and `high` are the 95 % interval of the share.
    """

    right: int
    questions: int
    low: float
    high: float
    day: int
    tests: int

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.questions


class TopicMastery(NamedTuple):
    """A topic as it was measured.

    items  how many questions of it may be studied; those kept for exams are not among them
    seen   how many of these were met
    due    how many of these are due today
    today  the expected recall today over those met, None before the first
    then   the same on the day that is prepared for, None without one
    test   the mixed tests, None before the first
    fresh  how many questions a mixed test could still ask that were never met
    """

    topic: str
    title: str
    items: int
    seen: int
    due: int
    today: Spread | None
    then: Spread | None
    test: MixedResult | None
    level: Level
    fresh: int = 0

    @property
    def seen_share(self) -> float:
        """The share of the questions that were met."""
        return self.seen / self.items if self.items else 0.0


class ItemState(StrEnum):
    """Where an item of a checklist stands; only items that can be measured get past `DONE`."""

    OPEN = "open"
    DONE = "done"
    READY = "ready"
    SLIPPING = "slipping"


class Shortfall(NamedTuple):
    """A condition that is not met: the share measured (None: nothing was) and the one needed.

    `questions` is, for a test, how many stand behind the share.
    """

    what: Measured
    share: float | None
    wanted: float
    questions: int = 0


class ItemMastery(NamedTuple):
    """An item of a checklist as it was measured: of its topics the weakest counts.

    `lacks` says what stands in the way of `READY`. `has_day` is False where there is no day to be
    ready on; nothing is ready then.
    """

    item: str
    state: ItemState
    seen: float
    recall: float | None
    test: MixedResult | None
    lacks: tuple[Shortfall, ...]
    has_day: bool


class Interview(NamedTuple):
    """A day to be ready on; `role` is what it is for, "" where nobody said."""

    day: date
    role: str = ""


class PhaseDates(NamedTuple):
    """When a phase runs, both days included, and the ids of its items that are in the plan."""

    title: str
    start: date
    end: date
    items: tuple[str, ...]


class Move(NamedTuple):
    """A change of the date, and how many more items a day it means (fewer where below 0).

    `more` is None where there was no date before, or is none now.
    """

    before: date | None
    after: date | None
    more: float | None


class PlanCheck(NamedTuple):
    """Whether the time that is set is enough.

    needs     minutes a day for all that is in the plan
    minutes   minutes a day that the reader set
    days      days until the date that are not taken off, today among them
    studying  minutes for reviews and new questions in these days, by the simulation
    working   minutes for the open items
    fits      ids of open items that fit, core items before others
    leaves    ids of those that do not
    """

    needs: int
    minutes: int
    days: int
    studying: int
    working: int
    fits: tuple[str, ...]
    leaves: tuple[str, ...]


class StudyDay(NamedTuple):
    """What was done on a day of study: answers, how many were right, and minutes."""

    day: int
    answers: int
    right: float
    minutes: float


class ExamLine(NamedTuple):
    """An exam that was handed in: `right` points of so many `questions`, with its interval."""

    session: str
    title: str
    day: int
    right: float
    questions: int
    low: float
    high: float


class Progress(NamedTuple):
    """All that is shown of a reader's progress; `day` is what they prepare for, None for nothing.

    `check` is None while it is not worked out, and without a day; `ahead` are the questions that
    fall due from today on.
    """

    today: date
    day: date | None
    dated: str
    topics: tuple[TopicMastery, ...]
    items: tuple[ItemMastery, ...]
    check: PlanCheck | None
    is_sprint: bool
    move: Move | None
    ahead: tuple[int, ...]
    days: tuple[StudyDay, ...]
    exams: tuple[ExamLine, ...]
