"""What is said of exams, in words and small drawings: scores, verdicts, answers, times."""

from __future__ import annotations

from datetime import UTC, datetime
from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.model.question import (
    BugHunt,
    Cloze,
    CurveReading,
    Matching,
    MultipleChoice,
    Ordering,
    Scenario,
    SingleChoice,
)
from handbook.practice.exam_clock import clock_text
from handbook.study.answering import go_to_step, reveal, sheet_for

if TYPE_CHECKING:
    from handbook.model.sheet import Sheet
    from handbook.study.exam import Exam
    from handbook.study.exam_result import ItemResult, Result, Score
    from handbook.study.intervals import Interval

SIGNS = {"right": "✓", "partly right": "~", "wrong": "✗", "empty": "○", "to grade": "?"}
ASCII_SIGNS = {"right": "+", "partly right": "~", "wrong": "x", "empty": ".", "to grade": "?"}
ARROWS = {1: "↑", -1: "↓", 0: ""}
ASCII_ARROWS = {1: "up", -1: "down", 0: ""}

NOT_RANKED = "Not enough questions to rank the topics: their intervals overlap."


def percent(share: float) -> str:
    """Return a share as 67%."""
    return f"{share:.0%}"


def points_text(points: float) -> str:
    """Return points without zeros that say nothing: 8, 7.5, 6.67."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def score_text(score: Score) -> str:
    """Return a score as "8 of 12"."""
    return f"{points_text(score.points)} of {score.number}"


def interval_text(interval: Interval) -> str:
    """Return an interval as "39 to 86%"."""
    return f"{interval.low * 100:.0f} to {interval.high * 100:.0f}%"


def verdict_text(result: Result) -> str:
    """Return the verdict, and what it rests on, in a sentence or two."""
    where = {"passed": "below", "not passed": "above", "too close to call": "inside"}
    mark = percent(result.exam.form.pass_mark)
    verdict = result.verdict
    said = f"{verdict.capitalize()}: the pass mark of {mark} lies {where[verdict]} the interval."
    if result.to_grade:
        count = result.to_grade
        answers = "1 answer" if count == 1 else f"{count} answers"
        said += f" {answers} in your own words still to be graded."
    return said


def day_text(at_ms: int) -> str:
    """Return a moment as 16 May 2026, 12:05, in local time."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def date_text(at_ms: int) -> str:
    """Return a day as 16 May 2026, in local time."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone()
    return f"{local.day} {local:%b %Y}"


def iso_text(at_ms: int) -> str:
    """Return a moment as 2026-05-16T12:05:00Z."""
    return datetime.fromtimestamp(at_ms // 1000, UTC).isoformat().replace("+00:00", "Z")


def duration_text(ms: int) -> str:
    """Return a time that has passed as 1:05; a begun second does not count."""
    return clock_text(ms // 1000 * 1000)


def ended_text(exam: Exam) -> str:
    """Return how an exam went: its time, its clock, and how it ended."""
    used = duration_text(exam.elapsed_ms)
    limit = duration_text(exam.form.limit_ms)
    clock = "the clock ran on" if exam.policy == "wall" else "the clock stopped while it was closed"
    book = "open book" if exam.is_open_book else "closed book"
    end = "the time was up" if exam.reason == "time" else "handed in"
    return f"{used} of {limit}, {end}; {clock}, {book}."


def whisker(interval: Interval, share: float, width: int, *, is_ascii: bool) -> str:
    """Return an interval from 0 to 1 on so many cells, with a mark at the share."""
    ends, line, mark, ground = ("[]", "-", "o", ".") if is_ascii else ("├┤", "─", "●", "·")
    low, high, at = (round(each * (width - 1)) for each in (interval.low, interval.high, share))
    cells = [ground] * width
    cells[low : high + 1] = line * (high - low + 1)
    cells[low], cells[high], cells[at] = ends[0], ends[1], mark
    return "".join(cells)


# Answers


def sheet_of(item: ItemResult, *, is_revealed: bool = True) -> Sheet:
    """Return the sheet of a question as it was answered."""
    sheet = sheet_for(item.question, item.item.seed, item.slip.answer, orders=item.item.orders)
    return reveal(sheet) if is_revealed else sheet


def given_words(sheet: Sheet) -> str:
    """Return what was answered in one line, with the letters of the screen; "" for nothing."""
    if isinstance(sheet.question.task, Scenario):
        steps = (_given(go_to_step(sheet, step)) for step in range(len(sheet.orders)))
        return "; ".join(step or "nothing" for step in steps) if sheet.answer else ""
    return _given(sheet)


def _given(sheet: Sheet) -> str:
    answer = sheet.current
    letters = dict(zip(sheet.order, ascii_lowercase, strict=False))
    match sheet.task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            return ", ".join(sorted(letters[at] for at in answer.options if at in letters))
        case BugHunt():
            chosen = sorted(letters[at] for at in answer.options if at in letters)
            return ", ".join([*([f"line {answer.line}"] if answer.line else []), *chosen])
        case Ordering():
            return " ".join(letters[at] for at in answer.order if at in letters)
        case Matching():
            pairs = enumerate(answer.pairs, 1)
            return " ".join(f"{left}{letters[right]}" for left, right in pairs if right in letters)
        case Cloze():
            return "; ".join(answer.gaps) if any(answer.gaps) else ""
        case _:
            return " ".join(answer.text.split())
