"""A question in front of its reader: how it is laid out, and what is answered so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.model.answer import Answer
from handbook.model.question import Scenario

if TYPE_CHECKING:
    from handbook.model.question import Question, Task


@dataclass(frozen=True, slots=True)
class Sheet:
    """What lies on the table: changed by `handbook.study.answering`, shown by `render.sheet`.

    question     the question, a curve's plot already drawn for `seed`
    seed         decides the order of the options and the instance of a curve
    orders       for each step (one where there are none) the order on the screen: of the options,
                 the items, or the right sides, as indices of the file
    answer       what is answered so far
    cursor       which option, line of code, item, left side, gap or criterion the keys act on
    step         which step of a scenario is being answered, 0 for other kinds
    struck       options that the reader has struck out, as indices of the file, for each step
    hints        how many hints are shown
    is_revealed  whether what is right is shown
    """

    question: Question
    seed: str
    orders: tuple[tuple[int, ...], ...]
    answer: Answer = field(default_factory=Answer)
    cursor: int = 0
    step: int = 0
    struck: tuple[frozenset[int], ...] = ()
    hints: int = 0
    is_revealed: bool = False

    @property
    def task(self) -> Task:
        """The task that is being answered: of a scenario that of the step."""
        task = self.question.task
        return task.steps[self.step].task if isinstance(task, Scenario) else task

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of all steps, or the one task."""
        task = self.question.task
        return tuple(step.task for step in task.steps) if isinstance(task, Scenario) else (task,)

    @property
    def order(self) -> tuple[int, ...]:
        """The order on the screen of what is being answered."""
        return self.orders[self.step]

    @property
    def current(self) -> Answer:
        """The answer to what is being answered: of a scenario that to the step."""
        if not isinstance(self.question.task, Scenario):
            return self.answer
        return self.answer.steps[self.step] if self.step < len(self.answer.steps) else Answer()
