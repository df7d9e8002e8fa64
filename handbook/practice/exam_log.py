"""Exams in the log of practice: which one is in progress, and how one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.practice.exam_clock import clock_text
from handbook.study.exam import exam_of

if TYPE_CHECKING:
    from handbook.model.event import PracticeSession
    from handbook.practice.desk import Desk
    from handbook.store.practice import PracticeLog
    from handbook.study.exam import Exam

KIND = "exam"


class Unfinished(NamedTuple):
    """An exam that is in progress, as Home and the list tell it; `number` counts from 1."""

    id: str
    title: str
    number: int
    of: int
    left_ms: int

    def __str__(self) -> str:
        """Say it in a sentence: exam in progress, 31:20 left, question 17."""
        if not self.left_ms:
            return f"exam in progress, its time is up: {self.title}"
        return f"exam in progress, {clock_text(self.left_ms)} left, question {self.number}"


def unfinished(desk: Desk) -> Unfinished | None:
    """Return the exam that is in progress, None if there is none: one query where there is none."""
    session = _find_open(desk.store.practice)
    exam = find_exam(desk.store.practice, session.id) if session else None
    if exam is None:
        return None
    left = exam.left_ms(elapsed_now(desk.store.practice, exam))
    return Unfinished(exam.id, exam.form.title, exam.at + 1, exam.number, left)


def _find_open(log: PracticeLog) -> PracticeSession | None:
    return next((each for each in log.sessions(KIND) if not each.ended_ms), None)


def find_exam(log: PracticeLog, session: str) -> Exam | None:
    """Return an exam as its events have it, None if there is none."""
    return exam_of(session, log.events(session=session)) if session else None


def elapsed_now(log: PracticeLog, exam: Exam) -> int:
    """Return how much time is gone before anybody sits down again."""
    if exam.policy == "wall":
        return max(exam.elapsed_ms, log.now().at_ms - exam.started_ms)
    return exam.elapsed_ms
