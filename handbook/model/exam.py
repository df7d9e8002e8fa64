"""Exams: the blueprint that an author writes, and the form that is drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.model.question import Question, QuestionKind

Pool: TypeAlias = Literal["held-out", "any", "mixed"]
ClockPolicy: TypeAlias = Literal["pause", "wall"]

POOLS: tuple[Pool, ...] = ("held-out", "any", "mixed")
POLICIES: tuple[ClockPolicy, ...] = ("pause", "wall")


class Cell(NamedTuple):
    """A part of a section from which so many questions are taken alike.

    `topics` and `difficulty` (0 for any) say from which of the section's questions.
    """

    topics: tuple[str, ...]
    difficulty: int
    number: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a blueprint: how many questions of which topics.

    kinds       the kinds allowed, () for all that a program can mark
    difficulty  how many of each difficulty (difficulty, number), () for any
    pool        "held-out": only questions kept for exams; "any": all that may stand in an exam,
                alike; "mixed": half of them, rounded up, kept for exams, as far as there are any
    only        ids of the questions that may be taken, () for all
    line        where it begins in its file
    """

    topics: tuple[str, ...]
    number: int
    kinds: tuple[QuestionKind, ...] = ()
    difficulty: tuple[tuple[int, int], ...] = ()
    pool: Pool = "mixed"
    title: str = ""
    line: int = 0
    only: tuple[str, ...] = ()

    def allows(self, question: Question) -> bool:
        """Tell whether a question may be taken; those of study alone never may."""
        return (
            question.topic in self.topics
            and (not self.only or question.id in self.only)
            and (question.is_objective or question.kind == "recall")
            and (question.kind in self.kinds if self.kinds else question.is_objective)
            and question.use != "study"
            and (question.is_held_out or self.pool != "held-out")
        )

    def cells(self, order: Sequence[str] = ()) -> tuple[Cell, ...]:
        """Return what the section is taken from: by difficulty if that is given, else by topic.

        Where the number does not go evenly into the topics, those that come first in `order` give
        one more.
        """
        if self.difficulty:
            return tuple(Cell(self.topics, hard, number) for hard, number in self.difficulty)
        each, over = divmod(self.number, len(self.topics))
        first = (list(order) or list(self.topics))[:over]
        return tuple(Cell((topic,), 0, each + (topic in first)) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What an exam is made of.

    name         the name of its file, by which it is called
    minutes      how long it takes
    pass_mark    the share of points that passes, above 0 and below 1
    role         the id of the role it is made for, or ""
    path         where it stands in its content folder
    """

    name: str
    title: str
    minutes: int
    pass_mark: float
    sections: tuple[Section, ...]
    about: str = ""
    role: str = ""
    path: str = ""

    @property
    def number(self) -> int:
        """How many questions it has."""
        return sum(section.number for section in self.sections)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of its sections, each once, in order."""
        return tuple(dict.fromkeys(topic for each in self.sections for topic in each.topics))


class Shortage(NamedTuple):
    """A section for which there may be too few questions: `number` are wanted, `found` are sure."""

    section: Section
    cell: Cell
    number: int
    found: int

    def __str__(self) -> str:
        """Say it in a sentence."""
        hard = f" of difficulty {self.cell.difficulty}" if self.cell.difficulty else ""
        held = " kept for exams" if self.section.pool == "held-out" else ""
        kinds = f" ({', '.join(self.section.kinds)})" if self.section.kinds else ""
        wanted = f"{self.number} question{'s' * (self.number != 1)}"
        topics = ", ".join(self.cell.topics)
        return f"{wanted}{hard}{held} on {topics}{kinds} wanted, {self.found} left for it"


def fitting(cell: Cell, section: Section, questions: Iterable[Question]) -> Iterator[Question]:
    """Yield the questions that may be taken for a cell of a section."""
    for each in questions:
        if (
            each.topic in cell.topics
            and cell.difficulty in {0, each.difficulty}
            and section.allows(each)
        ):
            yield each


def shortages(blueprint: Blueprint, questions: Iterable[Question]) -> tuple[Shortage, ...]:
    """Return what is too scarce for a blueprint to be drawn with every seed, () if nothing is.

    What earlier sections may take away is counted at its most, so () is a proof.
    """
    known = tuple(questions)
    found: list[Shortage] = []
    before: list[tuple[int, frozenset[str]]] = []
    for section in blueprint.sections:
        of_section = []
        for cell in section.cells():
            # Which topics give one more depends on the seed: here each does.
            number = cell.number
            if not section.difficulty and section.number % len(section.topics):
                number = section.number // len(section.topics) + 1
            able = frozenset(each.id for each in fitting(cell, section, known))
            taken = sum(min(most, len(able & others)) for most, others in before)
            if len(able) - taken < number:
                found.append(Shortage(section, cell, number, max(0, len(able) - taken)))
            of_section.append((number, able))
        before += of_section
    return tuple(found)


# The form


class FormItem(NamedTuple):
    """A question of a form, frozen as it is shown.

    seed      what its options' order and its curve follow from
    orders    the order on the screen of each step, as `Sheet.orders`
    topic     as it was when the form was drawn
    is_fresh  whether the reader had never answered or seen it before
    """

    id: str
    version: int
    seed: str
    orders: tuple[tuple[int, ...], ...]
    topic: str
    kind: str
    minutes: float
    is_fresh: bool = True


class Form(NamedTuple):
    """An exam as it is sat: which questions in which order, and by which rules."""

    name: str
    title: str
    seed: str
    minutes: int
    pass_mark: float
    items: tuple[FormItem, ...]
    fingerprint: str = ""

    @property
    def limit_ms(self) -> int:
        """How long it takes, in milliseconds."""
        return self.minutes * 60_000

    def to_json(self) -> dict[str, object]:
        """Return the form as JSON knows it."""
        items = [
            [*item[:3], [list(order) for order in item.orders], *item[4:]] for item in self.items
        ]
        return {**self._asdict(), "items": items}

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Form | None:
        """Return the form that `to_json` wrote, None for anything else."""
        rows = kept.get("items")
        items = [_item(row) for row in rows] if isinstance(rows, list) else [None]
        words = [kept.get(name) for name in ("name", "title", "seed", "fingerprint")]
        minutes, mark = kept.get("minutes"), kept.get("pass_mark")
        if (
            not items
            or not all(isinstance(word, str) for word in words)
            or not isinstance(minutes, int)
            or not isinstance(mark, int | float)
        ):
            return None
        found = tuple(item for item in items if item is not None)
        name, title, seed, fingerprint = map(str, words)
        if len(found) < len(items):
            return None
        return cls(name, title, seed, minutes, float(mark), found, fingerprint)


def _item(row: object) -> FormItem | None:
    if not isinstance(row, list) or len(row) != len(FormItem._fields):
        return None
    wanted = ((str,), (int,), (str,), (list,), (str,), (str,), (int, float), (bool,))
    if not all(isinstance(value, kinds) for value, kinds in zip(row, wanted, strict=True)):
        return None
    orders = tuple(
        tuple(at for at in order if isinstance(at, int))
        for order in row[3]
        if isinstance(order, list)
    )
    return FormItem(row[0], row[1], row[2], orders, *row[4:])
