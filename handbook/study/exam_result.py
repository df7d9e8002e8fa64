"""What an exam says: scores with their intervals, a verdict, calibration, time against plan.

A small exam says little, and this says how little: a verdict only where the pass mark lies outside
the interval, an order of topics only where their intervals are apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from handbook.model.answer import Mark
from handbook.model.question import Recall, topic_title
from handbook.study.grading import guessing_share, mark
from handbook.study.intervals import Interval, brier, chance_corrected, newcombe, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handbook.model.exam import FormItem
    from handbook.model.question import Question
    from handbook.study.exam import Exam, Slip

Verdict: TypeAlias = Literal["passed", "not passed", "too close to call"]
ItemState: TypeAlias = Literal["right", "partly right", "wrong", "empty", "to grade"]

SAID = {1: 0.5, 2: 0.75, 3: 0.9}
"""What a confidence says, as a chance to be right.

The middle, rounded, of what each level pays for under certainty-based marks: below 67 %, from 67 to
80 %, above 80 % (A. Gardner-Medwin, "Confidence-based marking", 2006), the lowest from a guess at
one option of three upwards.
"""

CONFIDENCES = {1: "guess", 2: "think", 3: "sure"}

_PAYS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
"""Certainty-based marks of a right and of a wrong answer (Gardner-Medwin, as above)."""


class ItemResult(NamedTuple):
    """What became of one question; `question` is as it was shown."""

    number: int
    item: FormItem
    question: Question
    slip: Slip
    mark: Mark
    guessing: float
    state: ItemState

    @property
    def counts(self) -> bool:
        """Whether it counts by now: all but what is still to be graded."""
        return self.state != "to grade"


class Score(NamedTuple):
    """Points of so many questions; one question is one point."""

    points: float
    number: int
    guessing: float

    @property
    def share(self) -> float:
        """The share of the points, 0 without questions."""
        return self.points / self.number if self.number else 0.0

    @property
    def interval(self) -> Interval:
        """Where the share would lie on many more questions of the kind, with 95 %."""
        return wilson(self.points, self.number)

    @property
    def beyond_chance(self) -> float | None:
        """The share beyond what guesses give; None where that says nothing."""
        return chance_corrected(self.points, self.guessing, self.number)


class Calibration(NamedTuple):
    """How often answers of one confidence were right."""

    confidence: int
    said: float
    right: int
    number: int

    @property
    def word(self) -> str:
        """The confidence in a word."""
        return CONFIDENCES[self.confidence]


@dataclass(frozen=True, slots=True)
class Result:
    """What an exam says.

    topics     a score for each topic, in the order of the form's titles
    fresh      the questions that the reader had never met before; `met` the others
    brier      the Brier score of the confidences, None if none was given
    certainty  certainty-based marks, and the most there could be
    titles     what topics are called
    """

    exam: Exam
    items: tuple[ItemResult, ...]
    score: Score
    topics: tuple[tuple[str, Score], ...]
    fresh: Score
    met: Score
    calibration: tuple[Calibration, ...]
    brier: float | None
    certainty: tuple[int, int]
    titles: Mapping[str, str]

    def title_of(self, topic: str) -> str:
        """Return what a topic is called; one without a title is its own words."""
        return topic_title(topic, self.titles)

    @property
    def verdict(self) -> Verdict:
        """Whether it is passed, as far as so few questions can tell."""
        low, high = self.score.interval
        if low > self.exam.form.pass_mark:
            return "passed"
        return "not passed" if high < self.exam.form.pass_mark else "too close to call"

    @property
    def can_rank(self) -> bool:
        """Whether there are enough questions to tell the best topic from the worst."""
        intervals = [score.interval for _, score in self.topics]
        return any(
            not one.overlaps(other)
            for at, one in enumerate(intervals)
            for other in intervals[at + 1 :]
        )

    @property
    def to_grade(self) -> int:
        """How many answers its author still has to judge."""
        return sum(not each.counts for each in self.items)

    @property
    def planned_ms(self) -> int:
        """How long all questions should take by their own minutes."""
        return round(sum(each.item.minutes for each in self.items) * 60_000)


def result_of(
    exam: Exam, questions: Mapping[str, Question], titles: Mapping[str, str] | None = None
) -> Result:
    """Return what an exam says; `questions` are those of its form, as they were shown.

    A question that is missing there is passed over.
    """
    items = tuple(
        _item(number, item, slip, questions[item.id])
        for number, (item, slip) in enumerate(zip(exam.form.items, exam.slips, strict=True), 1)
        if item.id in questions
    )
    # How sure one is says nothing without an answer that one is sure of.
    answered = [each for each in items if each.counts and each.slip.is_answered]
    rated = [each for each in answered if each.slip.confidence]
    return Result(
        exam,
        items,
        _score(items),
        _by_topic(items),
        _score(each for each in items if each.item.is_fresh),
        _score(each for each in items if not each.item.is_fresh),
        _calibration(rated),
        brier((SAID[each.slip.confidence], each.mark.is_right) for each in rated),
        _certainty(rated),
        titles or {},
    )


def _item(number: int, item: FormItem, slip: Slip, question: Question) -> ItemResult:
    marked = mark(question.task, slip.answer) if slip.is_answered else Mark(0.0, is_right=False)
    state: ItemState = "wrong"
    if isinstance(question.task, Recall) and slip.answer.text.strip() and not slip.is_graded:
        state = "to grade"
    elif not slip.is_answered:
        state = "empty"
    elif marked.is_right and marked.share >= 1:
        state = "right"
    elif marked.share > 0:
        state = "partly right"
    return ItemResult(number, item, question, slip, marked, guessing_share(question.task), state)


def _score(items: Iterable[ItemResult]) -> Score:
    counted = [each for each in items if each.counts]
    return Score(
        sum(each.mark.share for each in counted),
        len(counted),
        sum(each.guessing for each in counted),
    )


def _by_topic(items: Sequence[ItemResult]) -> tuple[tuple[str, Score], ...]:
    topics = sorted({each.item.topic for each in items if each.counts})
    return tuple(
        (topic, _score(each for each in items if each.item.topic == topic)) for topic in topics
    )


def _calibration(rated: Sequence[ItemResult]) -> tuple[Calibration, ...]:
    found = []
    for confidence, said in SAID.items():
        of_it = [each for each in rated if each.slip.confidence == confidence]
        right = sum(each.mark.is_right for each in of_it)
        found.append(Calibration(confidence, said, right, len(of_it)))
    return tuple(found) if rated else ()


def _certainty(rated: Sequence[ItemResult]) -> tuple[int, int]:
    marks = sum(_PAYS[each.slip.confidence][not each.mark.is_right] for each in rated)
    return marks, 3 * len(rated)


# One attempt against another


class Growth(NamedTuple):
    """A score beside the one before it.

    `direction` is 1 or -1 only where the interval of the difference excludes 0.
    """

    score: Score
    before: Score | None = None

    @property
    def difference(self) -> Interval | None:
        """Newcombe's interval for how much the share has grown, None for a first attempt."""
        if self.before is None:
            return None
        return newcombe(
            self.score.points, self.score.number, self.before.points, self.before.number
        )

    @property
    def direction(self) -> int:
        """1 for a rise, -1 for a fall, 0 where it may be chance."""
        grown = self.difference
        return 0 if grown is None else (grown.low > 0) - (grown.high < 0)


def growths(results: Sequence[Result]) -> tuple[Growth, ...]:
    """Return each attempt beside the one before it with the same blueprint, in the order given.

    `results` has the newest first.
    """
    found = []
    for at, result in enumerate(results):
        name = result.exam.form.name
        before = next((r.score for r in results[at + 1 :] if r.exam.form.name == name), None)
        found.append(Growth(result.score, before))
    return tuple(found)


def topic_growths(results: Sequence[Result]) -> tuple[tuple[str, Growth], ...]:
    """Return each topic's newest score beside the one before, of any blueprint; by topic."""
    scores: dict[str, list[Score]] = {}
    for result in results:
        for topic, score in result.topics:
            scores.setdefault(topic, []).append(score)
    return tuple(
        (topic, Growth(found[0], found[1] if len(found) > 1 else None))
        for topic, found in sorted(scores.items())
    )
