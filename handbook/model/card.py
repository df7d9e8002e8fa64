"""Cards: what a reader's reviews of a question have come to."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

RECENT = 10
"""How many of the last reviews `Card.recent` remembers."""


class CardState(IntEnum):
    """Where a card stands; the numbers are those of the scheduler."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Review(NamedTuple):
    """The facts of a review that the schedule depends on.

    `day` is the local day of study (it turns at 04:00, see `handbook.store.clock`), `at_ms` the
    moment in UTC, `version` the question's. `rating` and `confidence` are numbers of `Rating` and
    `Confidence`, the latter 0 where none was given.
    """

    question: str
    version: int
    rating: int
    confidence: int
    day: int
    at_ms: int


class Card(NamedTuple):
    """The state of a question after its reviews.

    step        the learning step it is on, -1 for none
    stability   days after which recall falls to 90 %
    difficulty  1 to 10
    last_day    day of study of the last review; never goes back
    last_ms     the moment of the last review
    due_day     day of study on which it is due
    due_ms      for a learning step of minutes the moment it is due, else 0
    interval    days from the last review to `due_day`
    reps        reviews so far
    lapses      how often it was forgotten after it had been learned
    recent      the last `RECENT` ratings, newest first, as digits ("3131")
    seen_version  the version of the question at the last review
    is_shaken   the last answers were sure and wrong: it comes back soon whatever the model says
    """

    question: str
    state: int
    step: int
    stability: float
    difficulty: float
    last_day: int
    last_ms: int
    due_day: int
    due_ms: int
    interval: int
    reps: int
    lapses: int
    recent: str
    seen_version: int
    is_shaken: bool


class Standing(NamedTuple):
    """What a reader decided about a question, apart from reviews.

    `held_until` is the first day of study on which it may come again, 0 for at once; `flag` is the
    note of a flag, "" for none.
    """

    question: str
    held_until: int = 0
    is_suspended: bool = False
    flag: str = ""
