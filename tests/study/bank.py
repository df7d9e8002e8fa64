"""The shipped questions, and the right answer to each, for tests of answering."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from handbook.loader.library import Library
from handbook.model import (
    Answer,
    BugHunt,
    Cloze,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Question,
    Recall,
    Scenario,
    SingleChoice,
    Task,
)

CONTENT = Path(__file__).parents[2] / "content"


@cache
def questions() -> tuple[Question, ...]:
    return Library.open([CONTENT]).questions()


def of_kind(kind: str) -> Question:
    return next(question for question in questions() if question.kind == kind)


def right_answer(task: Task) -> Answer:
    """Return an answer with everything right; cues have none."""
    answer = Answer()
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            answer = Answer(options=right_options(task.options))
        case BugHunt():
            answer = Answer(options=right_options(task.options), line=task.bug)
        case Numeric():
            answer = Answer(text=repr(task.answer))
        case Cloze():
            answer = Answer(gaps=tuple(gap.answers[0] for gap in task.gaps))
        case Ordering():
            answer = Answer(order=tuple(range(len(task.items))))
        case Matching():
            answer = Answer(pairs=tuple(range(len(task.pairs))))
        case Recall():
            answer = Answer(criteria=frozenset(range(len(task.rubric))))
        case Scenario():
            answer = Answer(steps=tuple(right_answer(step.task) for step in task.steps))
    return answer


def right_options(options: tuple[Option, ...]) -> frozenset[int]:
    return frozenset(at for at, option in enumerate(options) if option.is_right)
