"""What a file of questions holds, apart from its parser: few starts need that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from handbook.model.problem import Problem
    from handbook.model.question import Question


class Bank(NamedTuple):
    """A file of questions; `path` counts from the content folder."""

    path: str
    topic: str
    title: str
    chapter: str
    sources: tuple[str, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
