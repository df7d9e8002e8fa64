"""Questions: what is asked, what is right, and what is said of it afterwards.

A `Question` carries what all kinds share; its `task` is one of the kinds and holds the answer.
`blocks` is what may be shown before an answer is given: nothing in it tells what is right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from handbook.model.chart import Chart, Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.block import Block
    from handbook.model.book import Place
    from handbook.model.text import Link, Span

QuestionKind: TypeAlias = Literal[
    "single",
    "multi",
    "numeric",
    "cloze",
    "recall",
    "order",
    "match",
    "bug",
    "curve",
    "scenario",
    "cue",
]
Use: TypeAlias = Literal["study", "exam", "both"]
Blocks: TypeAlias = "tuple[Block, ...]"
Cell: TypeAlias = "tuple[Span, ...]"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: `why` says what makes it right or wrong."""

    blocks: Blocks
    is_right: bool
    why: Blocks = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """Options of which exactly one is right."""

    kind: ClassVar[QuestionKind] = "single"
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """Options of which one or more are right.

    `score` "each" counts the share of right ticks minus that of wrong ones, "all" only all of them.
    """

    kind: ClassVar[QuestionKind] = "multi"
    options: tuple[Option, ...]
    score: Literal["each", "all"] = "each"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from the answer is still right.

    "abs": by `amount` in the answer's unit; "rel": by the share `amount` of it (0.01 is 1 %);
    "decade": by a factor of ten either way, `amount` is not read.
    """

    kind: Literal["abs", "rel", "decade"]
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number; `accept` holds the same answer in other units (0.798 for 79.8 %)."""

    kind: ClassVar[QuestionKind] = "numeric"
    answer: float
    tolerance: Tolerance
    unit: str = ""
    accept: tuple[float, ...] = ()

    def is_right(self, number: float) -> bool:
        """Tell whether a number is the answer, or one of `accept`, within the tolerance.

        For a number of `accept` an absolute tolerance shrinks or grows with it.
        """
        return any(self._is_near(number, wanted) for wanted in (self.answer, *self.accept))

    def _is_near(self, number: float, wanted: float) -> bool:
        if not math.isfinite(number):
            return False
        if self.tolerance.kind == "decade":
            if number * wanted <= 0:
                return number == wanted
            # Logarithms, since a quotient of two small numbers may overflow.
            return abs(math.log10(abs(number)) - math.log10(abs(wanted))) <= 1 + 1e-9
        room = self.tolerance.amount * abs(wanted)
        if self.tolerance.kind == "abs":
            room = self.tolerance.amount
            if self.answer:
                room *= abs(wanted / self.answer)
        # 1.75 - 1.65 is a little more than 0.1 in binary.
        return abs(number - wanted) <= room + 1e-9 * max(abs(wanted), room)


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap of a cloze, shown as `[1 ____]`; the first of `answers` is the one to print."""

    number: int
    answers: tuple[str, ...]
    hint: str = ""
    line: int = 0

    def holds(self, typed: str) -> bool:
        """Tell whether a text is what belongs there; case, spaces, punctuation do not count."""
        return bool(folded(typed)) and folded(typed) in map(folded, self.answers)


def folded(text: str) -> str:
    """Return a text without what typing makes of it: case, spaces, punctuation."""
    kept = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return " ".join(kept.split())


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with gaps to fill in; their numbers are stable (`q-7k2m9d#1`)."""

    kind: ClassVar[QuestionKind] = "cloze"
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A point of a rubric, worth `points`."""

    points: int
    blocks: Blocks
    line: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to ask next; `tag` is probe, deeper, twist or if stuck."""

    tag: str
    blocks: Blocks
    line: int = 0


@dataclass(frozen=True, slots=True)
class Recall:
    """An answer in one's own words, graded by its author with the rubric."""

    kind: ClassVar[QuestionKind] = "recall"
    rubric: tuple[Criterion, ...]
    answer: Blocks
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def points(self) -> int:
        """The points of the whole rubric."""
        return sum(criterion.points for criterion in self.rubric)


@dataclass(frozen=True, slots=True)
class Ordering:
    """Things to put in order; `items` stand in the right one."""

    kind: ClassVar[QuestionKind] = "order"
    items: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs to find; `distractors` stand on the right and belong to nothing."""

    kind: ClassVar[QuestionKind] = "match"
    left_title: Cell
    right_title: Cell
    pairs: tuple[tuple[Cell, Cell], ...]
    distractors: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class BugHunt:
    """A listing with a wrong line, 1-based, and options for its cure.

    With `is_after` nothing in the line is wrong, but something is missing after it. `fix` holds the
    lines that cure it, without their indentation in the listing.
    """

    kind: ClassVar[QuestionKind] = "bug"
    listing: str
    bug: int
    fix: str
    options: tuple[Option, ...] = ()
    is_after: bool = False
    language: str = "python"

    @property
    def fixed(self) -> str:
        """The listing with the fix in it, indented like the line it replaces or follows."""
        lines = self.listing.split("\n")
        accused = lines[self.bug - 1]
        indent = accused[: len(accused) - len(accused.lstrip())]
        if self.is_after and accused.rstrip().endswith(":"):
            indent += "    "
        cure = [indent + line if line.strip() else line for line in self.fix.split("\n")]
        start = self.bug if self.is_after else self.bug - 1
        return "\n".join([*lines[:start], *cure, *lines[self.bug :]])


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a plot is drawn from: a shape to vary, and points of one example of it.

    `points` has a row for each of `series`, with a value for each of `at`; `epochs` is the length
    of the horizontal axis, `noise` the standard deviation around the shape, in units of `axis`.

    What `handbook.study.curves` may change in another instance:
    keep     positions among `at` that stay where they are, as the first and the last one always do
    levels   values that stay what they are and that no point crosses, as 0 always is
    pace     by what share a stretch of the horizontal axis may be squeezed or widened, below 1
    stretch  the same of the vertical axis
    trend    where the noise is part of the story: the shape beneath it, with an empty row for each
             series that has none; () if no series has any
    """

    shape: str
    series: tuple[str, ...]
    epochs: float
    at: tuple[float, ...]
    points: tuple[tuple[float, ...], ...]
    noise: float = 0.0
    axis: str = "loss"
    x: str = "epoch"
    keep: tuple[float, ...] = ()
    levels: tuple[float, ...] = ()
    pace: float = 0.35
    stretch: float = 0.15
    trend: tuple[tuple[float, ...], ...] = ()

    @property
    def chart(self) -> Chart:
        """The example as a chart."""
        lines = tuple(
            Series(name, tuple(zip(self.at, row, strict=True)))
            for name, row in zip(self.series, self.points, strict=True)
        )
        return Chart("lines", series=lines, x_label=self.x, y_label=self.axis)


@dataclass(frozen=True, slots=True)
class CurveReading:
    """A plot to read, with options of which one is right."""

    kind: ClassVar[QuestionKind] = "curve"
    recipe: Recipe
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a scenario: a question without an id of its own."""

    blocks: Blocks
    task: StepTask
    difficulty: int = 2
    minutes: float = 1.0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """Several steps that share one story."""

    kind: ClassVar[QuestionKind] = "scenario"
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A question heading of a page; the answer is the notes at `place`, wherever they go."""

    kind: ClassVar[QuestionKind] = "cue"
    place: Place


StepTask: TypeAlias = (
    SingleChoice
    | MultipleChoice
    | Numeric
    | Cloze
    | Recall
    | Ordering
    | Matching
    | BugHunt
    | CurveReading
)
Task: TypeAlias = StepTask | Scenario | Cue


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank, or a cue of a page.

    id          `q-` and six signs of Crockford's base 32; means nothing and never changes
    blocks      the question itself; the links of all blocks are indices into `links`
    difficulty  1 to 3
    minutes     how long an answer takes
    use         "exam" questions are held out: they never show in study
    version     goes up when what is right has changed
    origin      where the question comes from, an id of its author's, or ""
    see         the places that teach it
    sources     the keys it cites
    page        the page that a cue stands on, "" for a question of a bank
    path, line  where its heading stands, in the content folder
    """

    id: str
    title: str
    topic: str
    blocks: Blocks
    task: Task
    chapter: str = ""
    difficulty: int = 2
    minutes: float = 1.0
    use: Use = "both"
    version: int = 1
    origin: str = ""
    why: Blocks = ()
    hints: tuple[Blocks, ...] = ()
    see: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()
    page: str = ""
    path: str = ""
    line: int = 0

    @property
    def kind(self) -> QuestionKind:
        """The kind of the task."""
        return self.task.kind

    @property
    def is_held_out(self) -> bool:
        """Whether the question is kept for exams."""
        return self.use == "exam"

    @property
    def is_objective(self) -> bool:
        """Whether a program can tell a right answer from a wrong one."""
        task = self.task
        tasks = [step.task for step in task.steps] if isinstance(task, Scenario) else [task]
        return not any(isinstance(each, Recall | Cue) for each in tasks)


def topic_title(topic: str, titles: Mapping[str, str]) -> str:
    """Return what a topic is called: its title, or its own words."""
    title = titles.get(topic, "")
    words = topic.replace("-", " ")
    return title if title not in {"", topic} else words[:1].upper() + words[1:]
