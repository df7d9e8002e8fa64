"""The solution of a sheet: verdict in words, the reader's answer, why, rubric, and where it is."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.model import (
    BugHunt,
    Bullets,
    Cloze,
    Code,
    Cue,
    CurveReading,
    ListItem,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Paragraph,
    Recall,
    Scenario,
    SingleChoice,
    Span,
)
from handbook.render.blocks import block_rows, blocks_rows, hung, inner_width
from handbook.render.line import Run
from handbook.render.question import answer_text
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Option, Question, Sheet
    from handbook.render.blocks import Rows
    from handbook.render.context import Context
    from handbook.render.sheet import SheetPage


def add_solution(page: SheetPage, notes: tuple[Block, ...]) -> None:
    """Add what is right, and why, to the rows of a sheet."""
    sheet, width, context = page.sheet, page.width, page.context
    task = sheet.question.task
    page.apart([(Run(context.signs.rule * width, "heading.rule"),)])
    if isinstance(task, Recall):
        _recall(page, task)
    elif isinstance(task, Cue):
        page.add(blocks_rows(notes, width, context))
    elif isinstance(task, Scenario):
        _steps(page, task)
    else:
        page.add(_verdict_rows(page))
    if isinstance(task, BugHunt):
        page.titled("Fix", block_rows(Code(task.fix, task.language), width, context))
    if isinstance(task, SingleChoice | MultipleChoice | CurveReading | BugHunt):
        page.titled("Why", blocks_rows(sheet.question.why, width, context))
        page.titled("The others", _reasons(task.options, page))
    else:
        page.titled("Why", blocks_rows(sheet.question.why, width, context))
    if not sheet.question.page:
        page.titled("See", see_rows(sheet.question, width, context))


def _verdict_rows(page: SheetPage) -> Rows:
    """Return what is right in a line; what stands row by row above needs none."""
    task, words = page.sheet.task, answer_words(page.sheet)
    if not words or isinstance(task, Ordering | Matching | Cloze):
        return []
    runs = [Run("Answer  ", "muted"), Run(words, "strong")]
    if isinstance(task, Numeric) and page.sheet.current.text.strip():
        runs.append(Run(f"   you: {page.sheet.current.text.strip()}", "muted"))
    return wrap_runs(runs, page.width)


def _reasons(options: Sequence[Option], page: SheetPage) -> Rows:
    """Return why the options that were not taken are wrong; the taken one says it where it is."""
    sheet = page.sheet
    rows: Rows = []
    for letter, index in zip(ascii_lowercase, sheet.order, strict=False):
        option = options[index]
        is_said = index in sheet.current.options
        if option.why and not option.is_right and not is_said:
            body = blocks_rows(option.why, inner_width(page.width, 3), page.context, "muted")
            rows += hung(body, Run(f"{letter}  ", "key"), page.width)
    return rows


def _recall(page: SheetPage, task: Recall) -> None:
    page.add(blocks_rows(task.answer, page.width, page.context))
    if not task.rubric:
        return
    sheet = page.sheet
    points = sum(task.rubric[at].points for at in sheet.current.criteria if at < len(task.rubric))
    title = f"Which of these did you say?  {points} of {task.points} points"
    page.apart(wrap_runs([Run(title, "heading.3")], page.width))
    for at, (letter, criterion) in enumerate(zip(ascii_lowercase, task.rubric, strict=False)):
        mark = "[x]" if at in sheet.current.criteria else "[ ]"
        page.choice(at, mark, criterion.blocks, letter=letter)
    asked: Rows = []
    for follow_up in task.follow_ups:
        tag = f"({follow_up.tag}) " if follow_up.tag else f"{page.context.signs.bullet} "
        inner = inner_width(page.width, len(tag))
        body = blocks_rows(follow_up.blocks, inner, page.context)
        asked += hung(body, Run(tag, "bullet"), page.width)
    page.titled("Follow-ups", asked)


def _steps(page: SheetPage, task: Scenario) -> None:
    """Add every step with what was asked, what was answered and what is right."""
    whole = page.sheet
    for number in range(len(task.steps)):
        page.sheet = replace(whole, step=number, cursor=-1)
        page.step()
        page.answers()
        if isinstance(page.sheet.task, Recall):
            page.apart(blocks_rows(page.sheet.task.answer, page.width, page.context))
        else:
            page.apart(_verdict_rows(page))
    page.sheet = whole


def answer_words(sheet: Sheet) -> str:
    """Return what is right in one line, with the letters of the screen; "" if that takes a text."""
    task = sheet.task
    if not isinstance(task, SingleChoice | MultipleChoice | CurveReading | BugHunt):
        return answer_text(task)
    right = ", ".join(
        letter
        for letter, index in zip(ascii_lowercase, sheet.order, strict=False)
        if task.options[index].is_right
    )
    if not isinstance(task, BugHunt):
        return right
    where = "after line" if task.is_after else "line"
    return ", ".join(filter(None, [f"{where} {task.bug}", right]))


def see_rows(question: Question, width: int, context: Context) -> Rows:
    """Return the places that teach a question, as a list."""
    items = [
        ListItem((Paragraph((Span(link.text, link=question.links.index(link)),)),))
        for link in question.see
        if link in question.links
    ]
    return block_rows(Bullets(tuple(items)), width, context) if items else []
