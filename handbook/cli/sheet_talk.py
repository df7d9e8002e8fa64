"""From a typed line to an answer: letters, numbers and words for every kind of question."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import UsageError
from handbook.model import (
    Answer,
    BugHunt,
    Cloze,
    Confidence,
    Cue,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    Scenario,
)
from handbook.render.sheet import sheet_lines
from handbook.study import answering, grading

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.cli.paper import Paper
    from handbook.model import Block, Sheet
    from handbook.render.line import Line

_BUG = re.compile(r"(\d+)[ ,]*([a-z]?)[ ,]*([123]?)")
_PAIRS = re.compile(r"(?:\d+[a-z])+")
_LETTERS = re.compile(r"([a-z]+)([123]?)")
MET = "Did you say so?"
"""What is asked of each criterion of a rubric."""

_CUT = re.compile(r"[\s,;.]+")


class Heard(NamedTuple):
    """A sheet with the answer that a line gives, and how sure it says one is, None if not."""

    sheet: Sheet
    confidence: Confidence | None = None


def prompt_for(sheet: Sheet) -> str:
    """Return what to ask for, in a few words and a colon."""
    return f"{_wanted(sheet)}:"


def _wanted(sheet: Sheet) -> str:
    letters, task = answering.letters(sheet), sheet.task
    among = f"{letters[0]} to {letters[-1]}" if letters else ""
    match task:
        case Cue() | Recall():
            prompt = "Say it, or write it; then Enter, or 1 guess, 2 think, 3 sure"
        case Numeric():
            prompt = f"A number{f', in {task.unit}' if task.unit else ''}"
        case Cloze():
            prompt = f"Gap {task.gaps[sheet.cursor].number}"
        case Ordering():
            prompt = f"The order, {among} each once"
        case Matching():
            prompt = f"A letter for each in turn, {among}"
        case BugHunt():
            prompt = f"The line{f', and {among}' if among else ''}"
        case MultipleChoice():
            prompt = f"Your answer, one or more of {among}"
        case _:
            prompt = f"Your answer, {among}"
    return prompt


def heard(sheet: Sheet, line: str) -> Heard:
    """Return a sheet with what a line answers; raise UsageError that says what would be one.

    With letters, a digit at the end says how sure one is. A text with gaps takes one word a line,
    for the gap at the cursor.
    """
    task = sheet.task
    match task:
        case Numeric():
            if grading.find_number(line, task.unit) is None:
                raise UsageError(f"{line!r} is no number", hint="1.65, 3/8, 40% and 1e-3 are")
            return Heard(answering.write(sheet, line))
        case Cloze() | Recall() | Cue():
            return Heard(answering.write(sheet, line))
        case BugHunt():
            return _bug(sheet, task, line)
        case Matching():
            return _pairs(sheet, task, line)
        case _:
            return _letters(sheet, line)


def _letters(sheet: Sheet, line: str) -> Heard:
    match = _LETTERS.fullmatch(_CUT.sub("", line.casefold()))
    can_be_several = isinstance(sheet.task, MultipleChoice | Ordering)
    if match is None or (len(match[1]) > 1 and not can_be_several):
        raise _misheard(sheet, line)
    blank = _blank(sheet)
    for letter in dict.fromkeys(match[1]):
        blank = _picked(blank, letter)
    if not answering.is_step_complete(blank):
        raise _misheard(sheet, line)
    return Heard(blank, _confidence(match[2]))


def _bug(sheet: Sheet, task: BugHunt, line: str) -> Heard:
    match = _BUG.fullmatch(line.casefold().strip())
    if match is None or not 1 <= int(match[1][:6]) <= task.listing.count("\n") + 1:
        raise _misheard(sheet, line)
    blank = answering.toggle(answering.move_to(_blank(sheet), int(match[1]) - 1))
    if match[2]:
        blank = _picked(blank, match[2])
    if not answering.is_step_complete(blank):
        raise _misheard(sheet, line)
    return Heard(blank, _confidence(match[3]))


def _pairs(sheet: Sheet, task: Matching, line: str) -> Heard:
    text = _CUT.sub("", line.casefold().replace("=", "").replace("-", ""))
    if _PAIRS.fullmatch(text):
        pairs = [(int(left[:4]) - 1, right) for left, right in re.findall(r"(\d+)([a-z])", text)]
    elif text.isascii() and text.isalpha():
        pairs = list(enumerate(text))
    else:
        raise _misheard(sheet, line)
    found = _blank(sheet)
    for left, right in pairs:
        if not 0 <= left < len(task.pairs):
            raise _misheard(sheet, line)
        found = _picked(answering.move_to(found, left), right)
    if not answering.is_step_complete(found):
        raise UsageError(
            "each number takes a letter of its own", hint=prompt_for(sheet).rstrip(":")
        )
    return Heard(found)


def _blank(sheet: Sheet) -> Sheet:
    """Return the sheet without an answer to what is on the table."""
    if isinstance(sheet.question.task, Scenario):
        steps = list(sheet.answer.steps)
        if sheet.step < len(steps):
            steps[sheet.step] = Answer()
        return replace(sheet, answer=replace(sheet.answer, steps=tuple(steps)))
    return replace(sheet, answer=Answer())


def _picked(sheet: Sheet, letter: str) -> Sheet:
    if letter not in answering.letters(sheet):
        raise UsageError(
            f"nothing here has the letter {letter!r}", hint=prompt_for(sheet).rstrip(":")
        )
    return answering.pick(sheet, letter)


def _confidence(digit: str) -> Confidence | None:
    return Confidence(int(digit)) if digit else None


def _misheard(sheet: Sheet, line: str) -> UsageError:
    return UsageError(f"{line[:40]!r} is no answer here", hint=_wanted(sheet))


def filled(sheet: Sheet, task: Cloze, line: str, ask: Callable[[str], str]) -> Sheet:
    """Return the sheet with its gaps filled: the first with a line, each other one is asked for."""
    for at in range(len(task.gaps)):
        sheet = answering.move_to(sheet, at)
        given = ask(prompt_for(sheet)) if at else line
        sheet = answering.write(sheet, given.removeprefix("="))
    return sheet


def counted(sheet: Sheet, gap: int) -> Sheet:
    """Return the sheet with a gap counted as right that nearly is; see `grading.near_misses`."""
    current = replace(sheet.current, criteria=sheet.current.criteria | {gap})
    if not isinstance(sheet.question.task, Scenario):
        return replace(sheet, answer=current)
    steps = [*sheet.answer.steps]
    steps[sheet.step] = current
    return replace(sheet, answer=replace(sheet.answer, steps=tuple(steps)))


# What is shown


def asked_lines(sheet: Sheet, paper: Paper, *, is_table: bool) -> tuple[Line, ...]:
    """Return what is asked; of a scenario's later steps only what is new."""
    shown = sheet_lines(_still(sheet), paper.width, paper.options, is_table=is_table)
    if sheet.step:
        title = f"Step {sheet.step + 1} of {len(sheet.orders)}"
        at = next((at for at, line in enumerate(shown.lines) if line.text.strip() == title), 0)
        return shown.lines[at:]
    return shown.lines


def solved_lines(
    sheet: Sheet, paper: Paper, notes: tuple[Block, ...] = ()
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return what is right: all of it, or for a rubric what comes before its criteria, and after.

    What was asked is not said again, only the options with their marks.
    """
    shown = sheet_lines(_still(answering.reveal(sheet)), paper.width, paper.options, notes=notes)
    chosen = [at for at, target in enumerate(shown.targets) if target >= 0]
    if isinstance(sheet.question.task, Recall) and chosen:
        # The line above the first criterion asks which of them were said; so do we, one by one.
        return shown.lines[shown.solution : chosen[0] - 1], shown.lines[chosen[-1] + 1 :]
    return shown.lines[min([*chosen, shown.solution]) :], ()


def criterion_lines(sheet: Sheet, at: int, paper: Paper) -> tuple[Line, ...]:
    """Return a criterion of the rubric on the table."""
    from handbook.render.blocks import blocks_rows  # noqa: PLC0415  few questions have a rubric
    from handbook.render.context import Context  # noqa: PLC0415
    from handbook.render.line import Line  # noqa: PLC0415

    task = sheet.task
    if not isinstance(task, Recall):
        return ()
    context = Context(paper.options, sheet.question.links)
    return tuple(map(Line, blocks_rows(task.rubric[at].blocks, paper.width, context, tight=True)))


def _still(sheet: Sheet) -> Sheet:
    """Return the sheet without a cursor, which means nothing line by line."""
    return replace(sheet, cursor=-1)
