"""Grading: what an answer is worth, and which rating that suggests.

The rules are those of the book's manual: a single choice is right or wrong, several choices count
the share of right ticks less that of wrong ones, an order by Kendall's tau.
"""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

from handbook.model.answer import Answer, Confidence, Mark, Rating
from handbook.model.question import (
    BugHunt,
    Cloze,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    Scenario,
    SingleChoice,
    folded,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.question import Gap, Option, Question, Task

NEARLY = 0.9
"""How alike a typed word and the answer are, from 0 to 1, for the reader to be asked."""

PASSED, WELL = 0.5, 0.8
"""Shares of a rubric from which an answer counts as recalled, and as recalled well."""

_FRACTION = re.compile(r"([^/]+)/([^/]+)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


def mark(task: Task, answer: Answer) -> Mark:
    """Return what an answer is worth; a cue, which only its reader can judge, gets nothing."""
    marked = Mark(0.0, is_right=False)
    match task:
        case SingleChoice() | CurveReading():
            marked = _all_or_nothing(answer.options == _right(task.options))
        case MultipleChoice():
            marked = _several(task, answer)
        case Numeric():
            number = find_number(answer.text, task.unit)
            marked = _all_or_nothing(number is not None and task.is_right(number))
        case Cloze():
            marked = _parts([is_filled(task, answer, at) for at in range(len(task.gaps))])
        case Recall():
            share = _points(task, answer) / max(1, task.points)
            marked = Mark(share, share >= PASSED)
        case Ordering():
            tau = kendall(answer.order) if len(answer.order) == len(task.items) else 0.0
            marked = Mark(max(0.0, tau), tau == 1.0)
        case Matching():
            given = (*answer.pairs, *(-1,) * len(task.pairs))
            marked = _parts([given[at] == at for at in range(len(task.pairs))])
        case BugHunt():
            parts = [is_accused(task, answer.line)]
            parts += [answer.options == _right(task.options)] if task.options else []
            marked = _parts(parts)
        case Scenario():
            marked = _whole(marks_of_steps(task, answer))
    return marked


def marks_of_steps(task: Scenario, answer: Answer) -> tuple[Mark, ...]:
    """Return what the answer to each step is worth."""
    given = (*answer.steps, *(Answer(),) * len(task.steps))
    return tuple(mark(step.task, each) for step, each in zip(task.steps, given, strict=False))


def _whole(marks: Sequence[Mark]) -> Mark:
    share = sum(each.share for each in marks) / max(1, len(marks))
    return Mark(share, all(each.is_right for each in marks))


def mark_of_rating(rating: Rating) -> Mark:
    """Return what a reader's own judgement is worth, for what only they can judge."""
    share = {Rating.AGAIN: 0.0, Rating.HARD: 0.5}.get(rating, 1.0)
    return Mark(share, rating is not Rating.AGAIN)


def suggested_rating(
    question: Question, marked: Mark, confidence: Confidence | None, hints: int
) -> Rating:
    """Return the rating that an answer suggests; the reader may choose another.

    A right guess and a right answer after a hint are no more than hard; so is an order that is
    nearly right, and a recall with half of its points.
    """
    is_loose = isinstance(question.task, Ordering | Recall | Scenario)
    if not marked.is_right and not (is_loose and marked.share >= WELL):
        return Rating.AGAIN
    is_whole = marked.share >= WELL and marked.is_right
    if hints or confidence is Confidence.GUESS or not is_whole:
        return Rating.HARD
    return Rating.GOOD


def guessing_share(task: Task) -> float:
    """Return the share of right answers that pure guessing would reach, from 0 to 1."""
    share = 0.0
    match task:
        case SingleChoice() | CurveReading():
            share = 1 / len(task.options)
        case MultipleChoice():
            share = 1 / (2 ** len(task.options) - 1)
        case Ordering():
            share = 1 / math.factorial(len(task.items))
        case Matching():
            count = len(task.pairs) + len(task.distractors)
            share = 1 / math.perm(count, len(task.pairs))
        case BugHunt():
            share = 1 / (task.listing.count("\n") + 1) / max(1, len(task.options))
        case Scenario():
            share = math.prod(guessing_share(step.task) for step in task.steps)
    return share


# Choices


def _right(options: Sequence[Option]) -> frozenset[int]:
    return frozenset(at for at, option in enumerate(options) if option.is_right)


def _all_or_nothing(is_right: bool) -> Mark:  # noqa: FBT001
    return Mark(float(is_right), is_right)


def _parts(parts: Sequence[bool]) -> Mark:
    return Mark(sum(parts) / max(1, len(parts)), all(parts))


def _several(task: MultipleChoice, answer: Answer) -> Mark:
    right = _right(task.options)
    wrong = len(task.options) - len(right)
    is_right = answer.options == right
    if task.score == "all":
        return _all_or_nothing(is_right)
    share = len(answer.options & right) / max(1, len(right))
    share -= len(answer.options - right) / max(1, wrong)
    return Mark(max(0.0, share), is_right)


def is_accused(task: BugHunt, line: int) -> bool:
    """Tell whether a line is the one with the bug.

    Where something is missing after a line, the next line is as good an answer.
    """
    return line == task.bug or (task.is_after and line == task.bug + 1)


def kendall(order: Sequence[int]) -> float:
    """Return Kendall's tau of an order to the rising one, from -1 to 1 (Kendall, 1938)."""
    pairs = list(combinations(order, 2))
    agreeing = sum(first < second for first, second in pairs)
    return 2 * agreeing / len(pairs) - 1 if pairs else 1.0


def _points(task: Recall, answer: Answer) -> int:
    return sum(task.rubric[at].points for at in answer.criteria if at < len(task.rubric))


# What is typed


def find_number(text: str, unit: str = "") -> float | None:
    """Return the number that somebody typed, None if it is none.

    Understood are 1.65, 1,65, 1 000, 1,000, 1e-3, 3/8, a percent sign and the unit behind it. A
    percent sign where the answer is not asked in percent divides by a hundred.
    """
    text = text.strip().replace("\u2212", "-").replace("\u00a0", " ")
    if unit and unit != "%":
        text = text.removesuffix(unit).strip()
    is_percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        above, below = _plain_number(fraction[1]), _plain_number(fraction[2])
        number = above / below if above is not None and below else None
    else:
        number = _plain_number(text)
    if number is None or not math.isfinite(number):
        return None
    return number / 100 if is_percent and unit != "%" else number


def _plain_number(text: str) -> float | None:
    text = text.strip().replace(" ", "").replace("'", "")
    text = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text.replace(",", ".")
    try:
        return float(text) if text.isascii() and "_" not in text else None
    except ValueError:
        return None


def is_filled(task: Cloze, answer: Answer, at: int) -> bool:
    """Tell whether a gap, counted from 0, holds what belongs there.

    A near miss counts once the reader has said so: its index is then among the `criteria`.
    """
    typed = answer.gaps[at] if at < len(answer.gaps) else ""
    gap = task.gaps[at]
    return gap.holds(typed) or (at in answer.criteria and _is_near(gap, typed))


def near_misses(task: Cloze, answer: Answer) -> tuple[int, ...]:
    """Return the gaps, counted from 0, that hold nearly what belongs there: to be asked about."""
    given = enumerate(zip(task.gaps, answer.gaps, strict=False))
    return tuple(at for at, (gap, typed) in given if not gap.holds(typed) and _is_near(gap, typed))


def _is_near(gap: Gap, typed: str) -> bool:
    word = folded(typed)
    return any(SequenceMatcher(None, word, folded(a)).ratio() >= NEARLY for a in gap.answers)
