"""What a file of questions, or all of them together, give away: how right answers look and lie."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.loader.codes import problem
from handbook.loader.question_options import option_text
from handbook.model.question import BugHunt, CurveReading, SingleChoice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.loader.codes import Problems
    from handbook.model.problem import Problem
    from handbook.model.question import Option, Question

LEAST_JUDGED = 5
"""Fewer questions than this say nothing of their author's habits."""

MOST_LONGEST = 0.6
LEAST_ITEMS, LEAST_HELD_OUT = 8, 3
LEAST_EXPECTED = 3.0
"""Below so many right answers expected at each position, chi-square is not to be trusted."""

CHI_SQUARE = {2: 6.63, 3: 9.21, 4: 11.34, 5: 13.28}
"""By the number of options: what chance exceeds once in a hundred files."""


def check_file(questions: Sequence[Question], problems: Problems) -> None:
    """Add a warning if the right option is too often the longest, or too often at one place."""
    chosen = [options for each in questions if (options := options_of(each))]
    longest = sum(map(_is_right_longest, chosen))
    if len(chosen) >= LEAST_JUDGED and longest > MOST_LONGEST * len(chosen):
        message = f"the longest option is right in {longest} of {len(chosen)} questions"
        problems.add("Q201", 1, message, "make wrong options as long, or right ones shorter")
    for size, limit in CHI_SQUARE.items():
        places = [_place_of_right(options) for options in chosen if len(options) == size]
        expected = len(places) / size
        if expected < LEAST_EXPECTED:
            continue
        counts = Counter(places)
        skew = sum((counts[place] - expected) ** 2 / expected for place in range(size))
        if skew > limit:
            listed = ", ".join(str(counts[place]) for place in range(size))
            message = f"right answers by position, of {size} options: {listed}"
            problems.add("Q202", 1, message, "move some of them")


def options_of(question: Question) -> tuple[Option, ...]:
    """Return the options of a question of which exactly one is right, else none."""
    task = question.task
    options = task.options if isinstance(task, SingleChoice | CurveReading | BugHunt) else ()
    return options if sum(option.is_right for option in options) == 1 else ()


def _place_of_right(options: tuple[Option, ...]) -> int:
    return next(place for place, option in enumerate(options) if option.is_right)


def _is_right_longest(options: tuple[Option, ...]) -> bool:
    lengths = [len(option_text(option)) for option in options]
    right = lengths.pop(_place_of_right(options))
    return right > max(lengths, default=right)


def check_topics(questions: Sequence[Question]) -> Iterator[Problem]:
    """Yield a warning for each topic with too few questions, or too few kept for exams."""
    topics: dict[str, list[Question]] = {}
    for question in questions:
        topics.setdefault(question.topic, []).append(question)
    for topic, items in topics.items():
        if len(items) < LEAST_ITEMS:
            message = f"the topic {topic!r} has {len(items)} questions"
            yield problem("Q203", items[0].path, 1, message, f"at least {LEAST_ITEMS}")
        held_out = sum(item.is_held_out for item in items)
        if held_out < LEAST_HELD_OUT:
            message = f"the topic {topic!r} keeps {held_out} questions for exams"
            yield problem(
                "Q204", items[0].path, 1, message, f"use=exam on at least {LEAST_HELD_OUT}"
            )


def check_ids(questions: Sequence[Question]) -> Iterator[Problem]:
    """Yield the ids that stand in more than one file, with the place that has them first.

    An id that stands twice in one file is told where the file is read.
    """
    first: dict[str, Question] = {}
    for each in questions:
        taken = first.setdefault(each.id, each)
        if taken.path != each.path or (each.page and taken is not each):
            message = f"{each.id}: the id is taken by {taken.path}:{taken.line}"
            yield problem("Q101", each.path, each.line, message)
