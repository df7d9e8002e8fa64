"""An exam while it is sat: an immutable state, folded from the events of its session.

All times on the exam's own clock are in milliseconds; what does not make sense in a state (an
answer after the end, a question that is not on the form) changes nothing, so that a log merged from
two machines can be read in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from handbook.model.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handbook.model.event import Event
    from handbook.model.exam import ClockPolicy, Form

HEARTBEAT_MS = 15_000
"""How often the clock is written down while nothing else is: what a kill can lose of it."""

LAST_MINUTES_MS = 5 * 60_000
"""When a hidden clock comes back."""

ABSENT_MS = 2 * HEARTBEAT_MS
"""Between two events longer than this nobody was there: no question took that time."""

Reason: TypeAlias = Literal["", "handed in", "time"]


class Slip(NamedTuple):
    """What a reader did with one question.

    confidence  1 to 3, 0 for none given
    struck      options struck out, as `Sheet.struck`
    at_ms, day  the moment and the day of study of the last change of the answer
    spent_ms    how long it was on the screen
    is_graded   whether its author has judged an answer in their own words; `answer.criteria` then
                holds the points that were met
    """

    answer: Answer = Answer()
    confidence: int = 0
    is_flagged: bool = False
    struck: tuple[frozenset[int], ...] = ()
    at_ms: int = 0
    day: int = 0
    spent_ms: int = 0
    is_graded: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.answer)


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam at one moment.

    id           that of the session
    policy       "pause": the clock runs only while the exam is open on a screen; "wall": always
    is_open_book  whether chapters may be read meanwhile
    slips        one for each item of the form
    at           which item is on the screen
    elapsed_ms   how much of the time is known to be gone
    ended_ms     when it was handed in, 0 while it is sat; `reason` says how it ended
    """

    id: str
    form: Form
    slips: tuple[Slip, ...]
    policy: ClockPolicy = "pause"
    is_open_book: bool = False
    started_ms: int = 0
    at: int = 0
    elapsed_ms: int = 0
    ended_ms: int = 0
    reason: Reason = ""

    @property
    def is_ended(self) -> bool:
        """Whether it was handed in, or its time is over."""
        return self.ended_ms > 0

    @property
    def number(self) -> int:
        """How many questions there are."""
        return len(self.slips)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(slip.is_answered for slip in self.slips)

    @property
    def empty(self) -> tuple[int, ...]:
        """The questions without an answer, counted from 0."""
        return tuple(at for at, slip in enumerate(self.slips) if not slip.is_answered)

    @property
    def flagged(self) -> tuple[int, ...]:
        """The questions with a flag, counted from 0."""
        return tuple(at for at, slip in enumerate(self.slips) if slip.is_flagged)

    @property
    def to_grade(self) -> tuple[int, ...]:
        """The answers in the reader's own words that only the reader can judge, and has not yet."""
        return tuple(
            at
            for at, (item, slip) in enumerate(zip(self.form.items, self.slips, strict=True))
            if item.kind == "recall" and slip.answer.text.strip() and not slip.is_graded
        )

    def left_ms(self, elapsed_ms: int) -> int:
        """Return how much time is left when so much is gone, at least 0."""
        return max(0, self.form.limit_ms - elapsed_ms)


def exam_of(session: str, events: Iterable[Event]) -> Exam | None:
    """Return the exam that the events of a session come to, None if there is no form."""
    from handbook.model.exam import Form  # noqa: PLC0415  only where there are exams

    known = tuple(events)
    start = next((each for each in known if each.entry.kind == "session_start"), None)
    plan = start.entry.data.get("plan") if start else None
    form = Form.from_json(plan) if isinstance(plan, dict) else None
    if start is None or form is None or not isinstance(plan, dict):
        return None
    fresh = Exam(
        session,
        form,
        (Slip(),) * len(form.items),
        "wall" if plan.get("policy") == "wall" else "pause",
        bool(plan.get("open_book")),
        start.at_ms,
    )
    return reduce(after, known, fresh)


def after(exam: Exam, event: Event) -> Exam:
    """Return the exam after one more event."""
    entry = event.entry
    if entry.kind == "exam_grade":
        return _graded(exam, event)
    step = _STEPS.get(entry.kind)
    if step is None or exam.is_ended:
        return exam
    exam = _timed(exam, event)
    at = _index(exam, event)
    if at is not None:
        exam = replace(exam, at=at)
    return step(exam, event)


def _timed(exam: Exam, event: Event) -> Exam:
    """Move the clock on, and give the time to the question that was on the screen."""
    elapsed = event.entry.data.get("elapsed")
    if not isinstance(elapsed, int) or elapsed <= exam.elapsed_ms:
        return exam
    elapsed = min(elapsed, exam.form.limit_ms)
    passed = elapsed - exam.elapsed_ms
    exam = replace(exam, elapsed_ms=elapsed)
    if not 0 < passed <= ABSENT_MS:
        return exam
    slip = exam.slips[exam.at]
    return _put(exam, exam.at, slip._replace(spent_ms=slip.spent_ms + passed))


def _answered(exam: Exam, event: Event) -> Exam:
    at = _index(exam, event)
    if at is None:
        return exam
    entry = event.entry
    answer = Answer.from_json(entry.data.get("answer"))
    slip = exam.slips[at]
    if slip.answer != answer:
        slip = slip._replace(answer=answer, at_ms=event.at_ms, day=event.day)
    confidence = entry.confidence if entry.confidence in {1, 2, 3} else 0
    return _put(exam, at, slip._replace(confidence=confidence or 0))


def _flagged(exam: Exam, event: Event) -> Exam:
    at = _index(exam, event)
    if at is None:
        return exam
    is_flagged = bool(event.entry.data.get("on"))
    return _put(exam, at, exam.slips[at]._replace(is_flagged=is_flagged))


def _struck(exam: Exam, event: Event) -> Exam:
    at, rows = _index(exam, event), event.entry.data.get("struck")
    if at is None or not isinstance(rows, list):
        return exam
    struck = tuple(
        frozenset(each for each in row if isinstance(each, int))
        if isinstance(row, list)
        else frozenset[int]()
        for row in rows
    )
    return _put(exam, at, exam.slips[at]._replace(struck=struck))


def _ticked(exam: Exam, _: Event) -> Exam:
    return exam


def _ended(exam: Exam, event: Event) -> Exam:
    is_over = event.entry.data.get("reason") == "time"
    return replace(exam, ended_ms=event.at_ms, reason="time" if is_over else "handed in")


def _graded(exam: Exam, event: Event) -> Exam:
    at = _index(exam, event)
    if at is None or not exam.is_ended or exam.form.items[at].kind != "recall":
        return exam
    given = event.entry.data.get("criteria")
    met = [each for each in given if isinstance(each, int)] if isinstance(given, list) else []
    slip = exam.slips[at]
    answer = replace(slip.answer, criteria=frozenset(met))
    return _put(exam, at, slip._replace(answer=answer, is_graded=True))


def _index(exam: Exam, event: Event) -> int | None:
    """Return which item an event is about, None for one that is not on the form."""
    wanted = event.entry.item_uid
    return next((at for at, item in enumerate(exam.form.items) if item.id == wanted), None)


def _put(exam: Exam, at: int, slip: Slip) -> Exam:
    return replace(exam, slips=(*exam.slips[:at], slip, *exam.slips[at + 1 :]))


_STEPS: dict[str, Callable[[Exam, Event], Exam]] = {
    "exam_answer": _answered,
    "exam_flag": _flagged,
    "exam_strike": _struck,
    "exam_tick": _ticked,
    "exam_end": _ended,
}
