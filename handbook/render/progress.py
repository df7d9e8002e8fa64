"""Progress as lines or Markdown: the heat map of topics, what is coming, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.line import EMPTY, Line, Run
from handbook.render.markdown import escaped
from handbook.render.plan import check_text, counted, move_text, spoken
from handbook.render.readiness import (
    HONEST,
    ahead_rows,
    bar_lines,
    columns,
    counts_text,
    day_of,
    day_rows,
    exam_text,
    heat_header,
    heat_line,
    legend,
    test_text,
    topic_texts,
    week_rows,
)
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.readiness import Progress, Spread, TopicMastery
    from handbook.render.options import Options

WEEKS, DAYS, AHEAD, EXAMS = 8, 14, 14, 8
"""How much of the past and of the future is shown where nothing else is asked for."""


def summary_texts(progress: Progress) -> list[str]:
    """Return how ready the reader is, in sentences: counts, no verdict."""
    said = []
    if progress.day is not None:
        left = (progress.day - progress.today).days
        when = "today" if left == 0 else f"in {counted(left, 'day')}" if left > 0 else "past"
        name = (progress.dated or "date").capitalize()
        said.append(f"{name} on {spoken(progress.day, with_year=True)}, {when}.")
    if progress.items:
        said.append(
            f"{len(progress.items)} items of the checklist can be measured:"
            f" {counts_text(progress.items)}."
        )
        said.append(HONEST)
    if progress.check is not None:
        said.append(check_text(progress.check, is_sprint=progress.is_sprint))
    if progress.move is not None:
        said.append(move_text(progress.move))
    return said


def progress_lines(progress: Progress, width: int, options: Options) -> Iterator[Line]:
    """Yield the whole of it as lines."""
    yield Line((Run("Progress", "heading.1"),))
    for text in summary_texts(progress):
        yield from said(text, width, "text")
    if progress.day is None:
        yield from said("No date is set: `handbook plan --date 2027-03-01`.", width, "muted")
    yield EMPTY
    yield from _topic_lines(progress, width, options)
    for part in (ahead_lines, done_lines):
        yield EMPTY
        yield from part(progress, width, options)


def _topic_lines(progress: Progress, width: int, options: Options) -> Iterator[Line]:
    """Yield the heat map, or where it is heard what it shows in sentences."""
    if options.spoken:
        for topic in progress.topics:
            texts = " ".join(topic_texts(topic, progress.day))
            yield from said(f"{topic.title}: {texts}", width, "text")
        return
    across = columns(progress.topics, width)
    yield heat_header(across)
    for topic in progress.topics:
        yield heat_line(topic, across, options)
    yield from said(f"Per cent; {legend(options)}", width, "muted")


def ahead_lines(
    progress: Progress, width: int, options: Options, days: int = AHEAD
) -> Iterator[Line]:
    """Yield how many questions fall due on the coming days."""
    yield Line((Run("Falling due", "heading.2"),))
    if not any(progress.ahead[:days]):
        yield from said(f"Nothing falls due in the next {counted(days, 'day')}.", width, "muted")
        return
    marks = {progress.day: progress.dated} if progress.day else {}
    yield from bar_lines(ahead_rows(progress.ahead[:days], progress.today, marks), width, options)
    yield from said("What today's answers will bring is not among them.", width, "muted")


def done_lines(progress: Progress, width: int, options: Options) -> Iterator[Line]:
    """Yield what was studied by week and by day, and the exams."""
    yield Line((Run("Study by week", "heading.2"),))
    if progress.days:
        yield from bar_lines(week_rows(progress.days, progress.today, WEEKS), width, options)
        yield EMPTY
        yield Line((Run("Study by day", "heading.2"),))
        yield from bar_lines(day_rows(progress.days, progress.today, DAYS), width, options)
    else:
        yield from said("Nothing has been answered yet.", width, "muted")
    yield EMPTY
    yield Line((Run("Exams", "heading.2"),))
    if not progress.exams:
        yield from said("No exam has been handed in yet.", width, "muted")
    for exam in progress.exams[:EXAMS]:
        yield from said(exam_text(exam), width, "text")


def said(text: str, width: int, style: str) -> Iterator[Line]:
    """Yield a text as lines in one style."""
    for row in wrap_runs([Run(text, style)], width):
        yield Line(tuple(row))


# Markdown


def progress_markdown(progress: Progress) -> str:
    """Return the whole of it as Markdown, figures with their intervals; ends with a line feed."""
    lines = ["# Progress", "", f"As of {spoken(progress.today, with_year=True)}.", ""]
    for text in summary_texts(progress):
        lines += [escaped(text), ""]
    head = ("Topic", "seen", "recall today", "recall on the day", "mixed tests", "level")
    lines += [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    lines += [_row(topic) for topic in progress.topics]
    lines += ["", "Intervals are 95%. Recall on the day is what is left without more study.", ""]
    if progress.exams:
        lines += ["## Exams", "", *(f"- {escaped(exam_text(each))}" for each in progress.exams), ""]
    if progress.days:
        lines += ["## Days of study", "", "| Day | answers | right | minutes |", "|---" * 4 + "|"]
        lines += [
            f"| {day_of(each.day).isoformat()} | {each.answers} | {each.right:g} |"
            f" {round(each.minutes)} |"
            for each in progress.days
        ]
    return "\n".join(lines).rstrip() + "\n"


def _row(topic: TopicMastery) -> str:
    cells = [
        escaped(topic.title),
        f"{topic.seen}/{topic.items}",
        _share(topic.today),
        _share(topic.then),
    ]
    test = topic.test
    bounds = f" ({int(test.low * 100)} to {round(test.high * 100)})" if test else ""
    cells += [f"{test_text(test)}{bounds}", str(topic.level)]
    return f"| {' | '.join(cells)} |"


def _share(spread: Spread | None) -> str:
    if spread is None:
        return "none"
    return f"{int(spread.share * 100)} ({int(spread.low * 100)} to {round(spread.high * 100)})"
