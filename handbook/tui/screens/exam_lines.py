"""The lines of the exam screens: the list, the start, the grid of questions, the standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model import Span
from handbook.practice.exam_clock import clock_text
from handbook.practice.exam_words import date_text, interval_text, percent, score_text
from handbook.render.cells import cells, fit
from handbook.render.line import EMPTY, Line, Run
from handbook.render.wrap import wrap
from handbook.study.exam_result import CONFIDENCES
from handbook.tui.widgets.choices import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handbook.model.exam import Blueprint, ClockPolicy, Form
    from handbook.practice.exam_log import Unfinished
    from handbook.study.exam import Exam
    from handbook.study.exam_result import Result

SIGNS = {
    "answered": ("●", "*"),
    "empty": ("○", "."),
    "right": ("✓", "+"),
    "partly right": ("~", "~"),
    "wrong": ("✗", "x"),
    "to grade": ("?", "?"),
    "flagged": ("⚑", "!"),
}
"""What a question's state looks like: as DejaVu Sans Mono has it, and in ASCII."""

STYLES = {"flagged": "warning", "wrong": "error", "empty": "muted", "right": "task.done"}

RULES = (
    "Any order, any number of changes; every one is kept at once.",
    "No hints, and nothing is said of right and wrong before the end.",
    "You may leave and go on later; X hands in.",
)
CLOCKS = {
    "pause": "the clock stops while the exam is closed",
    "wall": "the clock runs on, also while the exam is closed",
}


def says(text: str, width: int, style: str = "text", indent: int = 1) -> list[Line]:
    """Return a text as lines with a margin."""
    rows = wrap((Span(text),), max(8, width - indent), style)
    return [Line((Run(" " * indent), *row)) for row in rows]


# The list


def heading_item(text: str) -> Item:
    """Return a heading that the cursor passes over."""
    return Item((EMPTY, Line((Run(" "), Run(text, "heading.2")))), can_choose=False)


def row_item(title: str, state: str, value: object, width: int) -> Item:
    """Return an entry with its state at the right, or below it where that is too narrow."""
    room = width - 2
    if cells(title) + cells(state) + 2 > room:
        lines = (Line((Run("  "), Run(fit(title, room).rstrip()))),)
        return Item((*lines, *says(state, width, "muted", 4)), value)
    gap = " " * (room - cells(title) - cells(state))
    return Item((Line((Run("  "), Run(title), Run(gap + state, "muted"))),), value)


def list_items(
    running: Unfinished | None,
    blueprints: Iterable[Blueprint],
    history: Iterable[Result],
    width: int,
) -> list[Item]:
    """Return what the list of exams offers."""
    items: list[Item] = []
    if running is not None:
        clock = f"{clock_text(running.left_ms)} left" if running.left_ms else "the time is up"
        state = f"{clock}, question {running.number} of {running.of}"
        items += [heading_item("In progress"), row_item(running.title, state, running, width)]
    items.append(heading_item("Exams"))
    items += [
        row_item(each.title, f"{each.number} questions, {each.minutes} min", each, width)
        for each in blueprints
    ]
    rows = [
        row_item(
            result.exam.form.title,
            f"{score_text(result.score)}, {date_text(result.exam.started_ms)}",
            result,
            width,
        )
        for result in history
    ]
    return [*items, *([heading_item("Sat before"), *rows] if rows else [])]


def blueprint_lines(blueprint: Blueprint, width: int, title_of: Callable[[str], str]) -> list[Line]:
    """Return what an exam is, and what it is made of."""
    lines = [*_head_lines(blueprint, width), EMPTY]
    return [*lines, *_section_lines(blueprint, width, title_of)]


def _head_lines(blueprint: Blueprint, width: int) -> list[Line]:
    lines = says(blueprint.title, width, "heading.2")
    mark = percent(blueprint.pass_mark)
    facts = f"{blueprint.number} questions, {blueprint.minutes} minutes, pass mark {mark}"
    lines += says(facts, width, "muted")
    return [*lines, EMPTY, *says(blueprint.about, width)] if blueprint.about else lines


def _section_lines(blueprint: Blueprint, width: int, title_of: Callable[[str], str]) -> list[Line]:
    lines: list[Line] = []
    for section in blueprint.sections:
        topics = ", ".join(map(title_of, section.topics))
        name = section.title or topics
        lines += says(f"{section.number:>2}  {name}", width)
        if section.title and section.title != topics:
            lines += says(topics, width, "muted", 5)
    return lines


def start_lines(
    blueprint: Blueprint,
    form: Form,
    width: int,
    *,
    policy: ClockPolicy,
    is_open_book: bool,
    title_of: Callable[[str], str],
) -> list[Line]:
    """Return what one has to know before an exam begins."""
    own = sum(item.kind == "recall" for item in form.items)
    counts = "One question is one point; what is empty counts as wrong."
    if own:
        what = "1 answer" if own == 1 else f"{own} answers"
        counts += f" {what} in your own words you grade yourself, after the end and out of time."
    lines = [EMPTY, *_head_lines(blueprint, width), EMPTY]
    lines += [*(line for rule in RULES for line in says(rule, width)), *says(counts, width), EMPTY]
    book = "open: the chapters may be read meanwhile" if is_open_book else "closed"
    fresh = sum(item.is_fresh for item in form.items)
    for key, name, said in (
        ("c", "clock", CLOCKS[policy]),
        ("o", "book", book),
        ("S", "paper", form.fingerprint),
    ):
        rows = wrap((Span(said),), max(8, width - 10))
        lead = (Run(" "), Run(key, "key"), Run(f" {name:<7}", "muted"))
        lines += [Line((*lead, *rows[0])), *(Line((Run(" " * 10), *row)) for row in rows[1:])]
    met = len(form.items) - fresh
    if met:
        lines += [EMPTY, *says(f"{met} of its questions you have met before.", width, "muted")]
    lines += [EMPTY, Line((Run(" "), Run("Enter", "key"), Run(" begins."))), EMPTY]
    return [*lines, *_section_lines(blueprint, width, title_of), EMPTY]


# A sitting


def sign(name: str, *, is_ascii: bool) -> str:
    """Return the sign of a question's state."""
    return SIGNS[name][is_ascii]


def grid_columns(count: int, width: int) -> int:
    """Return how many questions stand in a row of the grid: all that fit, at most ten."""
    return max(1, min(10, (width - 1) // (len(str(count)) + 4), count))


class Grid(NamedTuple):
    """All questions of an exam: their states, which are flagged, and which is on the screen."""

    states: tuple[str, ...]
    flagged: frozenset[int]
    at: int

    def cell(self, number: int, *, is_ascii: bool) -> str:
        """Return a question as "[●12⚑]": brackets where it is on the screen, the flag if it has."""
        digits = len(str(len(self.states)))
        left, right = "[]" if number == self.at else "  "
        state = sign(self.states[number], is_ascii=is_ascii)
        if number in self.flagged:
            right = sign("flagged", is_ascii=is_ascii) + right.strip()
        return f"{left}{state}{number + 1:>{digits}}{right}"

    def is_wide(self, number: int) -> bool:
        """Tell whether a cell takes a column more: flag and bracket, in place of the gap."""
        return number == self.at and number in self.flagged

    def style(self, number: int) -> str:
        """Return the style of a question's cell."""
        if number in self.flagged:
            return "warning"
        return STYLES.get(self.states[number], "text")


def grid_of(exam: Exam) -> Grid:
    """Return the grid of an exam while it is sat."""
    states = tuple("answered" if slip.is_answered else "empty" for slip in exam.slips)
    return Grid(states, frozenset(exam.flagged), exam.at)


def grid_lines(grid: Grid, width: int, *, is_ascii: bool, cursor: int = -1) -> list[Line]:
    """Return all questions with their states."""
    count = len(grid.states)
    columns = grid_columns(count, width)
    lines = []
    for start in range(0, count, columns):
        runs: list[Run] = [Run(" ")]
        for number in range(start, min(start + columns, count)):
            style = "cursor" if number == cursor else grid.style(number)
            gap = "" if grid.is_wide(number) else " "
            runs += [Run(grid.cell(number, is_ascii=is_ascii), style), Run(gap)]
        lines.append(Line(tuple(runs)))
    return lines


def strip_line(grid: Grid, width: int, *, is_ascii: bool) -> Line:
    """Return the questions around the one on the screen in a row."""
    count = len(grid.states)
    fits = max(1, (width - 3) // (len(str(count)) + 3))
    start = max(0, min(grid.at - fits // 2, count - fits))
    shown = range(start, min(start + fits, count))
    runs = [Run(" " if start == 0 else "<" if is_ascii else "‹", "muted")]
    for each in shown:
        text = grid.cell(each, is_ascii=is_ascii)
        after_wide = each > shown.start and grid.is_wide(each - 1)
        runs.append(Run(text[after_wide:], grid.style(each)))
    if shown.stop < count:
        runs.append(Run(">" if is_ascii else "›", "muted"))
    return Line(tuple(runs))


def legend_lines(grid: Grid, width: int, *, is_ascii: bool) -> list[Line]:
    """Return what the signs mean, with how many there are of each."""
    counts = {name: grid.states.count(name) for name in SIGNS}
    counts["flagged"] = len(grid.flagged)
    said = "  ".join(
        f"{sign(name, is_ascii=is_ascii)}\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}{count}"
        for name, count in counts.items()
        if count
    )
    return says(said, width, "muted")


def standing_line(exam: Exam, width: int, *, is_ascii: bool, what: str = "") -> Line:
    """Return what is the case with the question on the screen, and with all of them.

    `what` says what to press where that is not plain to see.
    """
    slip = exam.slips[exam.at]
    here = []
    if slip.is_flagged:
        here.append(f"{sign('flagged', is_ascii=is_ascii)} flagged")
    if slip.confidence:
        here.append(f"you said {CONFIDENCES[slip.confidence]}")
    left = ", ".join([*here, *([what] if what else [])])
    right = f"{exam.answered} answered, {len(exam.empty)} empty"
    if cells(left) + cells(right) + 3 > width:
        right = f"{exam.answered}/{exam.number}"
    left = fit(left, max(1, width - cells(right) - 3)).rstrip()
    gap = " " * max(1, width - cells(left) - cells(right) - 1)
    style = "warning" if slip.is_flagged else "text"
    return Line((Run(" "), Run(left, style), Run(gap), Run(right, "muted")))


def attempt_lines(result: Result, width: int) -> list[Line]:
    """Return an attempt in a few lines."""
    lines = says(result.exam.form.title, width, "heading.2")
    lines += says(result.exam.form.fingerprint, width, "muted")
    score = f"{score_text(result.score)} points, {interval_text(result.score.interval)}"
    lines += [EMPTY, *says(score, width, "strong"), *says(result.verdict.capitalize(), width)]
    for topic, part in result.topics:
        lines += says(f"{score_text(part)}  {result.title_of(topic)}", width)
    return lines
