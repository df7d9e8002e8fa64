"""A made-up bank of questions for exams: three topics, some of them kept for exams."""

from __future__ import annotations

from handbook.model.block import Paragraph
from handbook.model.exam import Blueprint, Section
from handbook.model.question import (
    Criterion,
    Numeric,
    Option,
    Question,
    Recall,
    SingleChoice,
    Tolerance,
)
from handbook.model.text import Span

TOPICS = ("bias", "loss", "curves")


def says(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph((Span(text),)),)


def single(
    id: str,  # noqa: A002
    topic: str = "bias",
    *,
    use: str = "both",
    difficulty: int = 2,
    version: int = 1,
) -> Question:
    """Return a choice of four whose first option is right."""
    options = tuple(
        Option(says(f"Option {number} of {id}"), number == 0, () if number == 0 else says("No."))
        for number in range(4)
    )
    return Question(
        id,
        f"Title {id}",
        topic,
        says(f"What about {id}?"),
        SingleChoice(options),
        use=use,  # type: ignore[arg-type]
        difficulty=difficulty,
        version=version,
        why=says("Because."),
    )


def numeric(id: str, topic: str = "bias", answer: float = 2.0) -> Question:  # noqa: A002
    task = Numeric(answer, Tolerance("abs", 0.1))
    return Question(id, f"Title {id}", topic, says("How many?"), task)


def recall(id: str, topic: str = "bias") -> Question:  # noqa: A002
    rubric = (Criterion(2, says("The main point")), Criterion(1, says("A detail")))
    return Question(id, f"Title {id}", topic, says("Why?"), Recall(rubric, says("So.")))


def bank(each: int = 30) -> tuple[Question, ...]:
    """Return so many questions of each topic, every third of them kept for exams."""
    return tuple(
        single(
            f"q-{topic[:2]}{number:04d}",
            topic,
            use="exam" if number % 3 == 0 else "both",
            difficulty=1 + number % 3,
        )
        for topic in TOPICS
        for number in range(each)
    )


def blueprint(*sections: Section, minutes: int = 30, pass_mark: float = 0.7) -> Blueprint:
    sections = sections or tuple(Section((topic,), 4) for topic in TOPICS)
    return Blueprint("core", "Core exam", minutes, pass_mark, sections)
