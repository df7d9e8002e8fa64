"""Readiness as lines and words: the heat map of topics, bars of days, and where an item stands.

A share is shown by a shade and by its figure, so nothing depends on colour.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.readiness import ItemState
from handbook.render.cells import cut, pad
from handbook.render.line import Line, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handbook.model.readiness import (
        ExamLine,
        ItemMastery,
        MixedResult,
        Shortfall,
        Spread,
        StudyDay,
        TopicMastery,
    )
    from handbook.render.options import Options

SHADES = ((0.5, ("░", ".")), (0.7, ("▒", ":")), (0.85, ("▓", "+")), (2.0, ("█", "#")))
"""Below which share a shade is shown, and the sign of it in ASCII."""

STATE_SIGNS = {
    ItemState.OPEN: ("○", "( )"),
    ItemState.DONE: ("◐", "(~)"),
    ItemState.READY: ("●", "(*)"),
    ItemState.SLIPPING: ("◑", "(!)"),
}
STATE_WORDS = {
    ItemState.OPEN: "open",
    ItemState.DONE: "said done",
    ItemState.READY: "measured ready",
    ItemState.SLIPPING: "slipping",
}
STATE_STYLES = {
    ItemState.OPEN: "task.open",
    ItemState.DONE: "task.open",
    ItemState.READY: "task.done",
    ItemState.SLIPPING: "warning",
}

HONEST = "That is what was measured with this book's questions; it foretells no interview."
_MIDDLING, _ROOMY, _WIDE_CELL = 60, 100, 8
_LONGEST_BAR = 60
_EPOCH = date(1970, 1, 1)


def percent(share: float) -> str:
    """Return a share as a whole percentage that never rounds up to all."""
    return f"{int(share * 100 + 1e-9)}%"


def state_box(state: ItemState, options: Options) -> Run:
    """Return the box of an item that can be measured, three cells wide like `[x]`."""
    sign = STATE_SIGNS[state][options.ascii]
    return Run(sign if len(sign) == 3 else f" {sign} ", STATE_STYLES[state])


# What is said of an item


def slip_text(found: ItemMastery) -> str:
    """Return the figure that an item slips by, "" for one that does not."""
    if found.state is not ItemState.SLIPPING or not found.lacks:
        return ""
    lack = found.lacks[0]
    figure = "none" if lack.share is None else percent(lack.share)
    return f"{_MEASURED[lack.what]} {figure}"


_MEASURED = {"seen": "questions seen", "recall": "recall on the day", "test": "mixed tests"}


def evidence_text(found: ItemMastery) -> str:
    """Return what was measured of an item, in one line."""
    recall = "unknown" if found.recall is None else percent(found.recall)
    parts = [f"questions seen {percent(found.seen)}", f"recall on the day {recall}"]
    parts.append(f"mixed tests {test_text(found.test)}")
    return ", ".join(parts)


def measured_text(found: ItemMastery) -> str:
    """Return where an item stands and why, in one line for an export."""
    slip = slip_text(found)
    state = STATE_WORDS[found.state] + (f" ({slip})" if slip else "")
    return f"{state.capitalize()}: {evidence_text(found)}."


def lacks_text(found: ItemMastery) -> str:
    """Return what an item still needs to be measured as ready, "" for nothing."""
    if not found.has_day:
        return "A date is needed: nothing is ready for no day."
    needs = [_needed(lack) for lack in found.lacks]
    return f"To be ready: {', '.join(needs)}." if needs else ""


def _needed(lack: Shortfall) -> str:
    wanted = percent(lack.wanted)
    if lack.what == "seen":
        return f"{wanted} of the questions seen"
    if lack.what == "recall":
        return f"{wanted} expected recall on the day"
    if lack.questions < 5:
        return f"a mixed test on a later day with 5 new questions, {wanted} of them right"
    return f"{wanted} right in mixed tests, clearly more than half"


def test_text(test: MixedResult | None) -> str:
    """Return a result of mixed tests as "7 of 8"."""
    return "none" if test is None else f"{test.right} of {test.questions}"


def counts_text(found: Iterable[ItemMastery]) -> str:
    """Return how many items stand where: "2 ready, 1 slipping, 3 said done, 3 open"."""
    states = [each.state for each in found]
    order = (ItemState.READY, ItemState.SLIPPING, ItemState.DONE, ItemState.OPEN)
    words = {**STATE_WORDS, ItemState.READY: "ready"}
    return ", ".join(f"{states.count(state)} {words[state]}" for state in order)


# The heat map


class Columns(NamedTuple):
    """How wide the columns of the heat map are; 0 leaves one out."""

    title: int
    seen: int
    recall: int
    then: int
    test: int
    level: int
    is_roomy: bool


def columns(topics: Sequence[TopicMastery], width: int) -> Columns:
    """Return the columns that fit a width; where there is room, figures carry intervals.

    Without a day to prepare for there is no column for it, and the titles have its room.
    """
    longest = max((len(each.title) for each in topics), default=5)
    is_dated = any(each.then is not None for each in topics)
    if width >= _ROOMY:
        then = 16 * is_dated
        return Columns(min(longest, width - 54 - then), 10, 16, then, 18, 10, is_roomy=True)
    if width >= _MIDDLING:
        then = 8 * is_dated
        return Columns(min(longest, width - 35 - then), 9, 8, then, 8, 10, is_roomy=False)
    then = 5 * is_dated
    return Columns(max(8, width - 15 - then), 5, 5, then, 5, 0, is_roomy=False)


def heat_header(across: Columns) -> Line:
    """Return the heads of the columns."""
    then = "day" if across.recall < 7 else "on day"
    now = "now" if across.recall < 7 else "today"
    gap = 8 if across.is_roomy else 0
    cells = [pad("Topic", across.title), _right("seen", across.seen)]
    cells += [_right(now, across.recall - gap) + " " * gap]
    if across.then:
        cells += [_right(then, across.then - gap) + " " * gap]
    cells += [_right("test", across.test - gap) + " " * gap]
    if across.level:
        cells.append("  " + pad("level", across.level - 2))
    return Line((Run("".join(cells), "table.header"),))


def heat_line(topic: TopicMastery, across: Columns, options: Options) -> Line:
    """Return a topic as a row: what was seen, recalled today and on the day, and tested."""
    title = cut(topic.title, across.title, options.signs.ellipsis)
    runs = [Run(pad(title, across.title))]
    count = f"{topic.seen}/{topic.items}" if across.seen > 5 else ""
    runs += _cell(topic.seen_share if topic.items else None, across.seen, options, count)
    runs += _spread(topic.today, across, options)
    if across.then:
        runs += _spread(topic.then, across, options)
    test = topic.test
    figure = f"{test.right}/{test.questions}" if test and across.test > 5 else ""
    between = _between(test.low, test.high) if test and across.is_roomy else ""
    share = test.share if test else None
    runs += _cell(share, across.test, options, figure, between, is_roomy=across.is_roomy)
    if across.level:
        runs.append(Run("  " + pad(str(topic.level), across.level - 2), "muted"))
    return Line(tuple(runs))


def _spread(spread: Spread | None, across: Columns, options: Options) -> list[Run]:
    between = _between(spread.low, spread.high) if spread and across.is_roomy else ""
    share, roomy = spread.share if spread else None, across.is_roomy
    return _cell(share, across.recall, options, "", between, is_roomy=roomy)


def _between(low: float, high: float) -> str:
    return f"  {f'{int(low * 100)}-{round(high * 100)}':<6}"


def _cell(
    share: float | None,
    width: int,
    options: Options,
    figure: str = "",
    between: str = "",
    *,
    is_roomy: bool = False,
) -> list[Run]:
    """Return a shade, a figure, and perhaps an interval, flush right; a dash for nothing."""
    if share is None:
        gap = 8 if is_roomy else 0
        return [Run(_right("-" if options.ascii else "–", width - gap) + " " * gap, "muted")]
    figure = figure or f"{int(share * 100 + 1e-9)}"
    signs = shade(share, options) * (1 if width < _WIDE_CELL else 2)
    room = width - len(between) - len(signs) - 1
    runs = [Run(" "), Run(signs, "gauge"), Run(f"{figure:>{room}}")]
    return [*runs, Run(between, "muted")] if between else runs


def shade(share: float, options: Options) -> str:
    """Return the sign of a share, a blank for none at all."""
    if share <= 0:
        return " "
    return next(signs[options.ascii] for bound, signs in SHADES if share < bound)


def legend(options: Options) -> str:
    """Return what the shades mean."""
    signs = [each[options.ascii] for _, each in SHADES]
    return f"{signs[0]} below 50  {signs[1]} below 70  {signs[2]} below 85  {signs[3]} 85 and more"


def _right(text: str, width: int) -> str:
    return f"{text:>{width}}"


# A topic in words


def topic_texts(topic: TopicMastery, day: date | None) -> list[str]:
    """Return what was measured of a topic, in sentences."""
    if not topic.items:
        return ["All its questions are kept for exams."]
    due = f", {topic.due} due" if topic.due else ""
    said = [f"{topic.seen} of {topic.items} questions seen{due}."]
    if topic.today is not None:
        said.append(f"Expected recall today {_of(topic.today)}.")
    if topic.then is not None and day is not None:
        said.append(f"On {day.day} {day:%B} {_of(topic.then)}, if nothing is studied until then.")
    said += [_tests(topic.test), _fresh(topic)]
    said.append(f"Level: {topic.level}. {_next_level(topic)}".rstrip())
    return said


def _of(spread: Spread) -> str:
    return f"{percent(spread.share)} ({int(spread.low * 100)} to {round(spread.high * 100)})"


def _tests(test: MixedResult | None) -> str:
    if test is None:
        return "No mixed test on a later day yet."
    bounds = f"{int(test.low * 100)} to {round(test.high * 100)}%"
    where = "the last mixed test" if test.tests == 1 else f"the last {test.tests} mixed tests"
    few = "" if test.questions >= 5 else "; 5 are needed before they say anything"
    return f"{test.right} of {test.questions} new questions right in {where} ({bounds}){few}."


def _fresh(topic: TopicMastery) -> str:
    if topic.fresh == 1:
        return "1 new question is left for mixed tests."
    return f"{topic.fresh or 'No'} new questions are left for mixed tests."


def _next_level(topic: TopicMastery) -> str:
    return {
        "unseen": "It begins with the first question.",
        "begun": "Solid takes 80% seen and 85% recall today.",
        "solid": "Only mixed tests can show that it is mastered.",
        "mastered": "",
    }[str(topic.level)]


# Days


def day_of(study_day: int) -> date:
    """Return a day of study as a date."""
    return _EPOCH + timedelta(days=study_day)


def bar_lines(
    rows: Sequence[tuple[str, float, str]], width: int, options: Options, most: float = 0.0
) -> list[Line]:
    """Return rows of a label, a bar and a figure; the longest bar takes what room there is."""
    if options.spoken:
        return [Line((Run(f"{label}: {figure or 'nothing'}"),)) for label, _, figure in rows]
    labels = max((len(label) for label, _, _ in rows), default=0)
    figures = max((len(figure) for _, _, figure in rows), default=0)
    room = min(_LONGEST_BAR, max(4, width - labels - figures - 3))
    most = max(most, max((value for _, value, _ in rows), default=0.0), 1e-9)
    full = "#" if options.ascii else "█"
    lines = []
    for label, value, figure in rows:
        length = min(room, max(round(value / most * room), 1 if value > 0 else 0))
        bar = Run(full * length + " " * (room - length), "chart.bar")
        lines.append(Line((Run(f"{label:<{labels}} ", "muted"), bar, Run(f" {figure:>{figures}}"))))
    return lines


def ahead_rows(
    counts: Sequence[int], today: date, marks: Mapping[date, str]
) -> list[tuple[str, float, str]]:
    """Return how many questions fall due on each of the coming days; `marks` names some days."""
    rows = []
    for number, count in enumerate(counts):
        day = today + timedelta(days=number)
        name = "today" if number == 0 else f"{day:%a} {day.day} {day:%b}"
        rows.append((f"{name} {marks.get(day, '')}".rstrip(), float(count), str(count)))
    return rows


def week_rows(days: Sequence[StudyDay], today: date, weeks: int) -> list[tuple[str, float, str]]:
    """Return the minutes studied in the last weeks, from Monday on, newest first.

    They end with the week in which the reader began.
    """
    monday = today - timedelta(days=today.weekday())
    rows = []
    for number in range(weeks):
        start = monday - timedelta(weeks=number)
        if not any(day_of(each.day) < start + timedelta(weeks=1) for each in days):
            break
        inside = [each for each in days if start <= day_of(each.day) < start + timedelta(weeks=1)]
        minutes, answers = sum(e.minutes for e in inside), sum(e.answers for e in inside)
        label = "this week" if number == 0 else f"{start.day} {start:%b}"
        rows.append((label, minutes, _done(minutes, answers)))
    return rows


def _done(minutes: float, answers: int) -> str:
    """Return what was done; nothing where nothing was."""
    if not answers:
        return ""
    word = "answer" if answers == 1 else "answers"
    return f"{max(1, round(minutes))} min, {answers} {word}"


def day_rows(days: Sequence[StudyDay], today: date, count: int) -> list[tuple[str, float, str]]:
    """Return the minutes studied on each of the last days, today first; a day without is blank."""
    by_day = {day_of(each.day): each for each in days}
    rows = []
    for number in range(count):
        day = today - timedelta(days=number)
        done = by_day.get(day)
        label = "today" if number == 0 else f"{day:%a} {day.day} {day:%b}"
        minutes, answers = (done.minutes, done.answers) if done else (0.0, 0)
        rows.append((label, minutes, _done(minutes, answers)))
    return rows


def exam_text(exam: ExamLine) -> str:
    """Return an exam in one line: day, title, score and interval."""
    day = day_of(exam.day)
    bounds = f"{int(exam.low * 100)} to {round(exam.high * 100)}%"
    score = f"{round(exam.right, 2):g} of {exam.questions}"
    return f"{day.day} {day:%b} {day.year}  {exam.title}: {score} ({bounds})"
