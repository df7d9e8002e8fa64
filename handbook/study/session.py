"""A study session as a value: what is planned, what was answered, and what comes next.

A session is its plan and its turns, in order; everything else follows from them. So it can be made
again from the log after a restart, and to undo is to leave the last turn out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model.event import JSON

Mode: TypeAlias = Literal["study", "sprint"]
Reason: TypeAlias = Literal["learning", "due", "first", "new", "extra", "sprint"]
TurnKind: TypeAlias = Literal["review", "hold", "suspend"]

REASONS: tuple[Reason, ...] = ("learning", "due", "first", "new", "extra", "sprint")

OTHERS_BETWEEN = 4
"""How many others are answered before a missed question comes back."""

MOST_RETURNS = 3
"""How often a question comes back in one session; what is missed then is left to another day."""

LONGEST_TURN_MS = 10 * 60_000
"""What one question may take of the time box: nobody studies for longer without a key."""


class Planned(NamedTuple):
    """A question of a plan, its topic, and why it is there.

    "learning": minutes have passed since it was begun; "due"; "first": new, in the first pass of
    its topic; "new"; "extra": not due, but likely to be forgotten by the interview; "sprint".
    """

    question: str
    topic: str
    reason: Reason


class Turn(NamedTuple):
    """What was done with a question: it was answered, held back or suspended.

    `rating` and `confidence` are those of `Review`; `share` is what the answer was worth, from 0 to
    1, and `total_ms` how long it took. `instead` is the question that takes the place of one that
    is held back, "" for none.
    """

    kind: TurnKind
    question: str
    rating: int = 0
    confidence: int = 0
    share: float = 0.0
    total_ms: int = 0
    instead: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether the question was answered, and not known."""
        return self.kind == "review" and self.rating == 1


class Waiting(NamedTuple):
    """A question that is still to come.

    `ready_at` is how many answers the session must have before it comes (back), `misses` how often
    it was missed in this session.
    """

    planned: Planned
    ready_at: int = 0
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A session of study.

    id          of the log; "" for a session without questions, of which nothing is kept
    mode        "study", or "sprint": cramming, which asks no due dates
    minutes     the time box, 0 for none
    started_ms  the moment it began
    plan        what was planned, in order
    turns       what was done, in order
    waiting     what is still to come
    last        the question answered last, None at the beginning
    used_ms     how much of the time box is used up
    """

    id: str
    mode: Mode
    minutes: int
    started_ms: int
    plan: tuple[Planned, ...]
    turns: tuple[Turn, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    last: Planned | None = None
    used_ms: int = 0

    @property
    def answers(self) -> int:
        """How many answers were given, repetitions included."""
        return sum(turn.kind == "review" for turn in self.turns)

    @property
    def position(self) -> int:
        """The number of the question on the table, from 1: of `size`."""
        return min(self.answers + 1, self.size)

    @property
    def size(self) -> int:
        """How many answers the session has in the end, as far as is known now."""
        return self.answers + len(self.waiting)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to answer."""
        return not self.waiting

    @property
    def is_time_up(self) -> bool:
        """Whether the time box is used up; what was missed is still asked once more."""
        return bool(self.minutes) and self.used_ms >= self.minutes * 60_000

    @property
    def left_ms(self) -> int:
        """What is left of the time box in milliseconds, 0 without one."""
        return max(0, self.minutes * 60_000 - self.used_ms)

    @property
    def owed(self) -> tuple[str, ...]:
        """The questions that were missed and come back before the end."""
        return tuple(each.planned.question for each in self.waiting if each.misses)

    @property
    def missed(self) -> tuple[str, ...]:
        """The questions that were missed at least once, in order."""
        return tuple(dict.fromkeys(turn.question for turn in self.turns if turn.is_missed))


def begun(
    session_id: str, plan: Sequence[Planned], *, mode: Mode = "study", minutes: int, started_ms: int
) -> Session:
    """Return a session at its beginning."""
    waiting = tuple(map(Waiting, plan))
    return Session(session_id, mode, minutes, started_ms, tuple(plan), waiting=waiting)


def next_question(session: Session) -> Planned | None:
    """Return the question that is on the table, None at the end.

    It is the first that waits of another topic than the last; the first pass of a topic goes on
    within it. A missed question waits until others were answered, or none are left.
    """
    following = _next(session)
    return following.planned if following else None


def _next(session: Session) -> Waiting | None:
    answers = session.answers
    ready = [each for each in session.waiting if each.ready_at <= answers]
    pool = ready or list(session.waiting)
    if not pool:
        return None
    last = session.last
    if last is None or _goes_on(last, pool[0].planned):
        return pool[0]
    return next((each for each in pool if each.planned.topic != last.topic), pool[0])


def _goes_on(last: Planned, following: Planned) -> bool:
    is_first_pass = last.reason == following.reason == "first"
    return is_first_pass and last.topic == following.topic


def answered(session: Session, turn: Turn) -> Session:
    """Return the session after a turn, which may be about any question of it.

    A missed question comes back after `OTHERS_BETWEEN` others. Once the time is up, only what was
    missed is asked again.
    """
    turns = (*session.turns, turn)
    about = next((w for w in session.waiting if w.planned.question == turn.question), None)
    waiting = tuple(each for each in session.waiting if each is not about)
    if turn.kind != "review":
        if about and turn.instead:
            waiting = (Waiting(about.planned._replace(question=turn.instead)), *waiting)
        return replace(session, turns=turns, waiting=waiting)
    used_ms = session.used_ms + min(max(0, turn.total_ms), LONGEST_TURN_MS)
    if about and turn.is_missed and about.misses < MOST_RETURNS:
        ready_at = session.answers + 1 + OTHERS_BETWEEN
        back = Waiting(about.planned, ready_at, about.misses + 1)
        waiting = (*waiting[:OTHERS_BETWEEN], back, *waiting[OTHERS_BETWEEN:])
    after = replace(session, turns=turns, used_ms=used_ms)
    if after.is_time_up:
        waiting = tuple(each for each in waiting if each.misses)
    return replace(after, waiting=waiting, last=about.planned if about else session.last)


def undone(session: Session) -> Session:
    """Return the session as it was before its last turn; as it is if there was none."""
    return with_turns(session, session.turns[:-1])


def with_turns(session: Session, turns: Iterable[Turn]) -> Session:
    """Return the session with other turns from its beginning."""
    again = begun(
        session.id,
        session.plan,
        mode=session.mode,
        minutes=session.minutes,
        started_ms=session.started_ms,
    )
    for turn in turns:
        again = answered(again, turn)
    return again


def stopped(session: Session) -> Session:
    """Return the session with nothing left to answer: its reader stops here."""
    return replace(session, waiting=())


# In the log


def plan_to_json(session: Session) -> dict[str, JSON]:
    """Return the plan as the log keeps it."""
    return {
        "minutes": session.minutes,
        "questions": [[each.question, each.topic, each.reason] for each in session.plan],
    }


def plan_from_json(kept: object) -> tuple[int, tuple[Planned, ...]]:
    """Return the minutes and the questions of a plan; what cannot be read is passed over."""
    if not isinstance(kept, dict):
        return 0, ()
    minutes, rows = kept.get("minutes"), kept.get("questions")
    found = map(_planned, rows) if isinstance(rows, list | tuple) else ()
    return (minutes if isinstance(minutes, int) else 0), tuple(each for each in found if each)


def _planned(row: object) -> Planned | None:
    if not isinstance(row, list | tuple) or len(row) != 3:
        return None
    question, topic, word = map(str, row)
    reason = next((each for each in REASONS if each == word), None)
    return Planned(question, topic, reason) if reason else None
