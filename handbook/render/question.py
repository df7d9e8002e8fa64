"""Questions as lines: what is asked, and apart from it what is right and why."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, TypeAlias

from handbook.model import (
    BugHunt,
    Bullets,
    Cloze,
    Code,
    Cue,
    CurveReading,
    Heading,
    ListItem,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Paragraph,
    Recall,
    Rule,
    Scenario,
    SingleChoice,
    Span,
    Table,
    plain,
)
from handbook.model.chance import mixed
from handbook.render.blocks import block_rows, blocks_rows, hung, inner_width
from handbook.render.code import code_rows
from handbook.render.context import Context
from handbook.render.line import Line, Run
from handbook.render.numbers import number, with_unit
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Option, Question, Step, Task
    from handbook.render.options import Options

    Blocks: TypeAlias = tuple[Block, ...]
    Rows: TypeAlias = list[tuple[Run, ...]]


def question_lines(
    question: Question,
    width: int,
    options: Options | None = None,
    *,
    is_solved: bool = False,
    notes: tuple[Block, ...] = (),
) -> tuple[Line, ...]:
    """Return a question as lines of at most `width` cells; its solution only if `is_solved`.

    `notes` are the blocks that a cue's answer refers to.
    """
    context = Context(links=question.links) if options is None else Context(options, question.links)
    rows = block_rows(Heading(1, (Span(question.title),), ""), width, context)
    rows += wrap_runs([Run(_facts(question), "muted")], width)
    if not isinstance(question.task, Cue):
        rows += _apart(asked_rows(question, width, context, question.id))
    if is_solved:
        rows += _apart(block_rows(Rule(), width, context))
        rows += _apart(solution_rows(question, width, context, notes))
    return tuple(Line(row) for row in rows)


def _facts(question: Question) -> str:
    facts = [question.id, question.kind, f"difficulty {question.difficulty}"]
    facts += [f"{question.minutes:g} min", question.topic]
    return ", ".join([*filter(None, facts), *(["exam only"] if question.is_held_out else [])])


def _apart(rows: Rows) -> Rows:
    return [(), *rows] if rows else []


# What is asked


def asked_rows(asked: Question | Step, width: int, context: Context, seed: str) -> Rows:
    """Return what may be seen before an answer is given; nothing in it tells what is right.

    What has to be put in order, or matched, stands in an order that `seed` decides.
    """
    task = asked.task
    rows: Rows = []
    for block in asked.blocks:
        if isinstance(task, BugHunt) and isinstance(block, Code) and block.text == task.listing:
            rows += _apart(code_rows(block, width, context.options, is_numbered=True))
        else:
            rows += _apart(block_rows(block, width, context))
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading() | BugHunt():
            rows += _apart(_lettered([each.blocks for each in task.options], width, context))
        case Ordering():
            rows += _apart(_lettered(_mixed_items(task, seed), width, context))
        case Matching():
            rows += _apart(block_rows(_mixed_table(task, seed), width, context))
        case Scenario():
            for index, step in enumerate(task.steps, 1):
                rows += _titled(f"Step {index}", width)
                rows += asked_rows(step, width, context, f"{seed}/{index}")
        case _:
            return rows[1:]
    return rows[1:]


def _lettered(items: Sequence[Blocks], width: int, context: Context) -> Rows:
    rows: Rows = []
    for letter, blocks in zip(ascii_lowercase, items, strict=False):
        body = blocks_rows(blocks, inner_width(width, 3), context, tight=True)
        rows += hung(body, Run(f"{letter}  ", "key"), width)
    return rows


def _mixed_items(task: Ordering, seed: str) -> list[Blocks]:
    return mixed(task.items, seed, lambda blocks: " ".join(map(_words, blocks)))


def _words(block: Block) -> str:
    if isinstance(block, Code):
        return block.text
    return plain(block.spans) if isinstance(block, Paragraph) else ""


def _mixed_table(task: Matching, seed: str) -> Table:
    """Return both columns of pairs side by side, the left numbered and the right lettered."""
    rights = mixed([*(right for _, right in task.pairs), *task.distractors], seed, plain)
    lefts = [left for left, _ in task.pairs]
    empty = (Span(""),)
    rows = []
    for index, right in enumerate(rights):
        left = (Span(f"{index + 1}  "), *lefts[index]) if index < len(lefts) else empty
        rows.append((left, (Span(f"{ascii_lowercase[index % 26]}  "), *right)))
    return Table((task.left_title, task.right_title), tuple(rows), ("left", "left"))


# What is right


def answer_text(task: Task) -> str:
    """Return what is right on one line: letters, a number, words; "" where that takes a text."""
    answers: list[str] = []
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            return _letters(task.options)
        case Numeric():
            return with_unit(number(task.answer), task.unit) + _tolerance(task)
        case BugHunt():
            where = "after line" if task.is_after else "line"
            return ", ".join(filter(None, [f"{where} {task.bug}", _letters(task.options)]))
        case Cloze():
            answers = [f"{gap.number} {gap.answers[0]}" for gap in task.gaps]
        case Ordering():
            items = (" ".join(map(_words, blocks)) for blocks in task.items)
            answers = [f"{place} {item}" for place, item in enumerate(items, 1)]
        case Matching():
            answers = [f"{plain(left)} = {plain(right)}" for left, right in task.pairs]
        case Scenario():
            answers = [answer_text(step.task) for step in task.steps]
        case _:
            return ""
    return "; ".join(answers)


def _letters(options: Sequence[Option]) -> str:
    marked = zip(ascii_lowercase, options, strict=False)
    return ", ".join(letter for letter, option in marked if option.is_right)


def _tolerance(task: Numeric) -> str:
    kind, amount = task.tolerance.kind, task.tolerance.amount
    if kind == "decade":
        return " (or a factor of ten more or less)"
    if kind == "rel":
        return f" (or {number(100 * amount)}% more or less)"
    return f" (or {number(amount)} more or less)" if amount else ""


def solution_rows(
    question: Question, width: int, context: Context, notes: tuple[Block, ...] = ()
) -> Rows:
    """Return what is right, why, and where it is taught."""
    rows = _task_rows(question.task, width, context)
    if notes:
        rows += _apart(blocks_rows(notes, width, context))
    for title, blocks in (
        ("Why", question.why),
        ("Hints", _hints(question)),
        ("See", _see(question)),
    ):
        if blocks:
            rows += _part(title, blocks, width, context)
    while rows and not rows[0]:
        rows = rows[1:]
    return rows


def _hints(question: Question) -> tuple[Block, ...]:
    items = tuple(ListItem(blocks) for blocks in question.hints)
    return (Bullets(items, start=1),) if items else ()


def _see(question: Question) -> tuple[Block, ...]:
    if question.page:
        return ()
    items = []
    for link in question.see:
        index = question.links.index(link) if link in question.links else -1
        items.append(ListItem((Paragraph((Span(link.text, link=index),)),)))
    return (Bullets(tuple(items)),) if items else ()


def _part(title: str, blocks: Blocks, width: int, context: Context) -> Rows:
    return [*_titled(title, width), *blocks_rows(blocks, width, context)]


def _titled(title: str, width: int) -> Rows:
    return [(), *wrap_runs([Run(title, "heading.3")], width)]


def _task_rows(task: Task, width: int, context: Context) -> Rows:
    rows: Rows = []
    is_set_out = isinstance(task, Ordering | Matching | Scenario)
    if not is_set_out and (answer := answer_text(task)):
        rows += wrap_runs([Run("Answer  ", "muted"), Run(answer, "strong")], width)
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            rows += _reasons(task.options, width, context)
        case BugHunt():
            rows += _reasons(task.options, width, context)
            rows += _part("Fix", (Code(task.fix, task.language),), width, context)
        case Ordering():
            items = tuple(ListItem(blocks) for blocks in task.items)
            rows += block_rows(Bullets(items, start=1), width, context)
        case Matching():
            table = Table((task.left_title, task.right_title), task.pairs, ("left", "left"))
            rows += block_rows(table, width, context)
        case Recall():
            rows += _recall_rows(task, width, context)
        case Scenario():
            for index, step in enumerate(task.steps, 1):
                rows += _titled(f"Step {index}", width)
                rows += _task_rows(step.task, width, context)
        case _:
            return rows
    return rows


def _reasons(options: Sequence[Option], width: int, context: Context) -> Rows:
    rows: Rows = []
    for letter, option in zip(ascii_lowercase, options, strict=False):
        if option.why:
            body = blocks_rows(option.why, inner_width(width, 3), context)
            rows += hung(body, Run(f"{letter}  ", "key"), width)
    return _apart(rows)


def _recall_rows(task: Recall, width: int, context: Context) -> Rows:
    rows = blocks_rows(task.answer, width, context)
    rubric: Rows = []
    for criterion in task.rubric:
        body = blocks_rows(criterion.blocks, inner_width(width, 4), context)
        rubric += hung(body, Run(f"[{criterion.points}] ", "bullet"), width)
    rows += [*_titled(f"Rubric, {task.points} points", width), *rubric]
    asked: Rows = []
    for follow_up in task.follow_ups:
        tag = f"({follow_up.tag}) " if follow_up.tag else f"{context.signs.bullet} "
        body = blocks_rows(follow_up.blocks, inner_width(width, len(tag)), context)
        asked += hung(body, Run(tag, "bullet"), width)
    return rows + ([*_titled("Follow-ups", width), *asked] if asked else [])
