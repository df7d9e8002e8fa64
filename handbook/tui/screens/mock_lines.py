"""The lines of the screens of mock interviews: what stands in which pane, and the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from handbook.practice.exam_words import date_text
from handbook.render.cells import cells
from handbook.render.line import EMPTY, Line, Run
from handbook.render.mock import (
    answer_lines,
    asked_lines,
    clock_text,
    hint_lines,
    ladder_lines,
    levels_lines,
    notes_lines,
    outline_lines,
    rubric_lines,
    wrapped,
)
from handbook.study.mock import next_criterion
from handbook.tui.paint import gauge

if TYPE_CHECKING:
    from handbook.model.interview import Interview
    from handbook.model.mock import LoopItem
    from handbook.practice.mocks import Attempt
    from handbook.render.options import Options
    from handbook.tui.paint import Painter

MINUTE_MS = 60_000
GONE = "The book does not have this item any more."


def when(at_ms: int) -> str:
    """Return a moment as date and time of day where the reader is: 16 May 2026, 14:05."""
    return f"{date_text(at_ms)}, {datetime.fromtimestamp(at_ms / 1000, UTC).astimezone():%H:%M}"


def clock_line(interview: Interview, now_ms: int, width: int, painter: Painter) -> Line:
    """Return the clock of the item on the table, and that of its round where there is room."""
    if not interview.is_open:
        return EMPTY
    spent, minutes = interview.spent(interview.at, now_ms), interview.planned.minutes
    items = interview.of_round(interview.round)
    over = spent - int(minutes * MINUTE_MS)
    words = [f"item {items.index(interview.at) + 1} of {len(items)}", clock_text(spent, minutes)]
    if over >= 0:
        words.append("over")
    runs = [Run("  ".join(words), "warning" if over >= 0 else "strong")]
    if width >= 60:
        runs += [Run("  "), Run(gauge(spent / (minutes * MINUTE_MS), 16, painter), "gauge")]
    if width >= 76:
        total = sum(interview.spent(at, now_ms) for at in items)
        planned = interview.plan.rounds[interview.round].minutes
        runs += [Run("  "), Run(f"round {clock_text(total, planned)}", "muted")]
    return Line(tuple(runs))


def question_lines(
    interview: Interview, item: LoopItem | None, width: int, options: Options
) -> list[Line]:
    """Return the item as it is asked, and for an interviewer the ladder below it."""
    if item is None:
        return [*wrapped(interview.planned.title, width, "heading.2"), EMPTY, *wrapped(GONE, width)]
    lines = asked_lines(item.title, item.blocks, width, options)
    if interview.is_solo:
        if interview.state.hints:
            lines += hint_lines(item, interview.state, width, options)
        if not interview.state.is_done and interview.state.outline:
            lines += outline_lines("Your outline", interview.state.outline, width)
        return lines
    lines += ladder_lines(item, interview.state, width, options)
    return lines + hint_lines(item, interview.state, width, options)


def beside_lines(
    interview: Interview, item: LoopItem | None, turn: int, width: int, options: Options
) -> list[Line]:
    """Return what only the interviewer sees: all of it with the dimension `turn`.

    Where panes are turned, see `turned_lines`.
    """
    if item is None:
        return _frozen(interview, width)
    state = interview.state
    lines = rubric_lines(item, state, width, options)[1:]
    lines += levels_lines(item, state, turn, width)
    lines += notes_lines(state, width, options)
    return lines + answer_lines(item, width, options)


def turned_lines(
    interview: Interview, item: LoopItem | None, view: int, width: int, options: Options
) -> list[Line]:
    """Return one pane of several: 1 the rubric, from 2 on a dimension each, then what to know."""
    if item is None:
        return _frozen(interview, width)
    count = len(item.dimensions)
    if view == 1:
        lines = rubric_lines(item, interview.state, width, options)
    elif view < 2 + count:
        lines = levels_lines(item, interview.state, view - 2, width)
    else:
        lines = answer_lines(item, width, options)
        lines += notes_lines(interview.state, width, options)
    return lines[1:]


def _frozen(interview: Interview, width: int) -> list[Line]:
    """Return the criteria as they were when the interview began."""
    lines: list[Line] = []
    for number, text in enumerate(interview.planned.criteria):
        box = "[x]" if number in interview.state.ticked else "[ ]"
        lines += wrapped(f"{'abcdef'[number % 6]} {box} {text}", width)
    return lines


# Alone


def judging_lines(
    interview: Interview,
    item: LoopItem | None,
    turn: int,
    before: Attempt | None,
    width: int,
    options: Options,
) -> list[Line]:
    """Return what an answer is marked by, one thing after the other.

    First the criteria, then the follow-ups, and only then what to know, the levels and the last
    attempt.
    """
    if item is None:
        return _frozen(interview, width)
    state = interview.state
    number = next_criterion(interview)
    if number is not None:
        lines = rubric_lines(item, state, width, options, shown=number + 1)[1:]
        lines += [EMPTY, *wrapped("Was this in your answer? y or n", width, "strong")]
        return lines
    lines = rubric_lines(item, state, width, options)[1:]
    if state.follow_ups < len(item.follow_ups):
        asked = item.follow_ups[: state.follow_ups]
        lines += ladder_lines(replace(item, follow_ups=asked), state, width, options)
        rest = len(item.follow_ups) - state.follow_ups
        word = "1 follow-up is" if rest == 1 else f"{rest} follow-ups are"
        text = f"{word} left. Enter shows the next; answer it aloud."
        return [*lines, EMPTY, *wrapped(text, width, "strong")]
    lines += ladder_lines(item, state, width, options)
    lines += levels_lines(item, state, turn, width)
    lines += answer_lines(item, width, options)
    return lines + attempts_lines(interview, before, width)


def attempts_lines(interview: Interview, before: Attempt | None, width: int) -> list[Line]:
    """Return this answer and the last one: side by side, or one below the other."""
    now = outline_lines("This attempt", interview.state.outline, width)
    if before is None:
        return now
    met = len([n for n in before.state.ticked if n < len(before.planned.criteria)])
    count = f"{met} of {len(before.planned.criteria)}"
    title = f"Last attempt {date_text(before.begun_ms)}: {count}"
    if width < 64:
        return now + outline_lines(title, before.state.outline, width)
    half = (width - 3) // 2
    left = outline_lines("This attempt", interview.state.outline, half)
    right = outline_lines(title, before.state.outline, half)
    return beside(left, right, half)


def beside(left: list[Line], right: list[Line], width: int) -> list[Line]:
    """Return two columns of lines, the left one `width` cells wide."""
    lines: list[Line] = []
    for one, other in zip_longest(left, right, fillvalue=EMPTY):
        gap = Run(" " * (width - cells(one.text) + 3))
        lines.append(Line((*one.runs, gap, *other.runs)))
    return lines
