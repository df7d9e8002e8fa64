"""A mock interview while it goes on, and what is said of it afterwards.

An `Interview` is made by `handbook.study.mock` from the events of the log and never changed by
hand. Its plan is frozen at the beginning, so that a report stays true after the loop was edited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Mode: TypeAlias = Literal["interviewer", "solo"]
MODES: tuple[Mode, ...] = ("interviewer", "solo")


class PlannedItem(NamedTuple):
    """An item as it was when the interview began: its words, and how much of each there is.

    `round` is an index into the plan's rounds; `drills` are ids of questions, "" for none.
    """

    id: str
    title: str
    round: int
    minutes: float
    criteria: tuple[str, ...]
    points: tuple[int, ...]
    drills: tuple[str, ...]
    dimensions: tuple[str, ...]
    follow_ups: int = 0
    hints: int = 0


class PlannedRound(NamedTuple):
    """A round as it was when the interview began."""

    title: str
    format: str
    minutes: float


class Plan(NamedTuple):
    """What was to be asked: of a loop, in which mode, of whom ("" is the reader)."""

    loop: str
    title: str
    mode: Mode
    name: str
    seed: str
    rounds: tuple[PlannedRound, ...]
    items: tuple[PlannedItem, ...]


class Remark(NamedTuple):
    """A note: evidence for a dimension, or "" for one about the item as a whole."""

    dimension: str
    text: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ItemState:
    """What has happened at an item.

    asked_ms   the moment at which it was first asked, 0 while it waits
    spent_ms   how long it has been on the table, without what is running now
    judged     criteria that were decided on; `ticked` are those that were met
    scores     pairs of dimension and score, in the order in which they were given
    is_done    the candidate has said that the answer is complete (solo)
    """

    asked_ms: int = 0
    spent_ms: int = 0
    follow_ups: int = 0
    hints: int = 0
    ticked: frozenset[int] = frozenset()
    judged: frozenset[int] = frozenset()
    remarks: tuple[Remark, ...] = ()
    scores: tuple[tuple[str, int], ...] = ()
    outline: str = ""
    is_done: bool = False

    def score_of(self, dimension: str) -> int:
        """Return the score of a dimension, 0 for none yet."""
        return dict(self.scores).get(dimension, 0)

    def evidence_for(self, dimension: str) -> tuple[str, ...]:
        """Return the notes on a dimension, oldest first."""
        return tuple(each.text for each in self.remarks if each.dimension == dimension)


@dataclass(frozen=True, slots=True)
class Interview:
    """A mock interview at one moment.

    at          the item on the table, an index into the plan's items
    started     rounds that have begun; `closed` those whose scores are handed in
    running_ms  since when the clock of the item runs, 0 while it stands
    last_ms     the moment of the last event
    """

    id: str
    plan: Plan
    items: tuple[ItemState, ...]
    at: int = 0
    started: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    begun_ms: int = 0
    last_ms: int = 0
    running_ms: int = 0
    ended_ms: int = 0
    wanted: frozenset[str] = field(default_factory=frozenset)

    @property
    def planned(self) -> PlannedItem:
        """The item on the table."""
        return self.plan.items[self.at]

    @property
    def state(self) -> ItemState:
        """What has happened at the item on the table."""
        return self.items[self.at]

    @property
    def round(self) -> int:
        """The round of the item on the table, an index."""
        return self.planned.round

    @property
    def is_open(self) -> bool:
        """Whether the round of the item on the table has begun and is not closed."""
        return self.round in self.started - self.closed

    @property
    def is_ended(self) -> bool:
        """Whether the interview is over."""
        return self.ended_ms > 0

    @property
    def is_solo(self) -> bool:
        """Whether one person asks and answers."""
        return self.plan.mode == "solo"

    def of_round(self, number: int) -> tuple[int, ...]:
        """Return the indices of a round's items."""
        return tuple(i for i, each in enumerate(self.plan.items) if each.round == number)

    def spent(self, at: int, now_ms: int) -> int:
        """Return how long an item has been on the table at a moment, in milliseconds."""
        running = self.running_ms and at == self.at and max(0, now_ms - self.running_ms)
        return self.items[at].spent_ms + int(running)


class Score(NamedTuple):
    """A score with the notes that it rests on."""

    round: str
    item: str
    score: int
    evidence: tuple[str, ...]


class DimensionResult(NamedTuple):
    """All scores of a dimension in the order in which they were given."""

    name: str
    scores: tuple[Score, ...]

    @property
    def lowest(self) -> int:
        """The lowest score."""
        return min(each.score for each in self.scores)

    @property
    def highest(self) -> int:
        """The highest score."""
        return max(each.score for each in self.scores)


class ItemResult(NamedTuple):
    """What became of an item; minutes are fractions, `drills` goes with `missed`."""

    id: str
    title: str
    round: str
    planned: float
    spent: float
    met: tuple[str, ...]
    missed: tuple[str, ...]
    drills: tuple[str, ...]
    points: int
    of_points: int
    hints: int
    follow_ups: int
    notes: tuple[str, ...]
    outline: str


class MockReport(NamedTuple):
    """What an interview has shown.

    `strengths` are dimensions that were never below 3, `gaps` those that once were; of a round
    that was not closed nothing is told. `drills` are questions that are wanted for study.
    """

    id: str
    title: str
    mode: Mode
    name: str
    begun_ms: int
    is_ended: bool
    rounds: tuple[str, ...]
    open_rounds: tuple[str, ...]
    dimensions: tuple[DimensionResult, ...]
    items: tuple[ItemResult, ...]
    drills: tuple[str, ...]

    @property
    def strengths(self) -> tuple[DimensionResult, ...]:
        """Dimensions of which every score is 3 or more, the best first."""
        found = [each for each in self.dimensions if each.lowest >= 3]
        return tuple(sorted(found, key=lambda each: -each.highest))

    @property
    def gaps(self) -> tuple[DimensionResult, ...]:
        """Dimensions with a score below 3, the weakest first."""
        found = [each for each in self.dimensions if each.lowest < 3]
        return tuple(sorted(found, key=lambda each: each.lowest))


class Spread(NamedTuple):
    """The scores of a dimension over several interviews, oldest first, and from how many rounds."""

    name: str
    scores: tuple[int, ...]
    rounds: int
