"""Answering: from a question to a sheet, and from a sheet and a key to the next sheet.

Nothing here judges; `handbook.study.grading` does. Letters and rows are those of the screen, the
answer holds indices of the file.
"""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING, Literal, TypeAlias

from handbook.model.answer import Answer
from handbook.model.chance import mixed, rank
from handbook.model.question import (
    BugHunt,
    Cloze,
    Cue,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    Scenario,
    SingleChoice,
)
from handbook.model.sheet import Sheet
from handbook.study.curves import drawn

if TYPE_CHECKING:
    from handbook.model.question import Question, Task

Words: TypeAlias = Literal["", "number", "word", "outline"]


def sheet_for(
    question: Question,
    seed: str,
    answer: Answer | None = None,
    *,
    orders: tuple[tuple[int, ...], ...] = (),
) -> Sheet:
    """Return a question ready to be answered, or as it was answered before.

    `seed` decides what stands where and what a curve looks like; `orders` of an earlier sheet are
    taken as they are if they still fit the question.
    """
    question = drawn(question, seed)
    task = question.task
    tasks = [step.task for step in task.steps] if isinstance(task, Scenario) else [task]
    made = tuple(_order(each, f"{seed}/{number}") for number, each in enumerate(tasks))
    if [sorted(order) for order in orders] == [sorted(order) for order in made]:
        made = orders
    return Sheet(question, seed, made, answer or Answer(), struck=(frozenset(),) * len(made))


def _order(task: Task, seed: str) -> tuple[int, ...]:
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading() | BugHunt():
            return tuple(sorted(range(len(task.options)), key=lambda at: rank(seed, str(at))))
        case Ordering():
            return tuple(mixed(range(len(task.items)), seed, str))
        case Matching():
            return tuple(mixed(range(len(task.pairs) + len(task.distractors)), seed, str))
        case _:
            return ()


# What the keys act on


def rows(sheet: Sheet) -> int:
    """Return how many rows the cursor can stand on, 0 where there is nothing to choose."""
    task = sheet.task
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading() | Ordering():
            return len(sheet.order)
        case BugHunt():
            return lines_of(task) + len(task.options)
        case Matching():
            return len(task.pairs)
        case Cloze():
            return len(task.gaps)
        case Recall():
            return len(task.rubric) if sheet.is_revealed else 0
        case _:
            return 0


def lines_of(task: BugHunt) -> int:
    """Return how many lines the listing has; below them the cursor stands on the options."""
    return task.listing.count("\n") + 1


def letters(sheet: Sheet) -> str:
    """Return the letters that pick something, in their order on the screen."""
    task = sheet.task
    count = len(sheet.order)
    if isinstance(task, Recall):
        count = len(task.rubric) if sheet.is_revealed else 0
    return ascii_lowercase[:count]


def words_wanted(sheet: Sheet) -> Words:
    """Return what is typed: a number, a word for the gap of the cursor, an outline, or nothing."""
    match sheet.task:
        case Numeric():
            return "number"
        case Cloze():
            return "word"
        case Recall() | Cue():
            return "outline"
        case _:
            return ""


def needs_text(sheet: Sheet) -> bool:
    """Tell whether the question cannot be answered without typing."""
    return words_wanted(sheet) in {"number", "word"}


def first_open(sheet: Sheet) -> int:
    """Return the row where the next part of the answer is due, the cursor's own if any will do."""
    task, answer = sheet.task, sheet.current
    open_rows: list[int] = []
    match task:
        case BugHunt() if answer.line:
            open_rows = [lines_of(task)]
        case Matching():
            given = (*answer.pairs, *(-1,) * len(task.pairs))
            open_rows = [at for at in range(len(task.pairs)) if given[at] < 0]
        case Ordering():
            open_rows = [at for at, index in enumerate(sheet.order) if index not in answer.order]
    return open_rows[0] if open_rows else sheet.cursor


def is_complete(sheet: Sheet) -> bool:
    """Tell whether every part is answered; what is only recalled counts as answered."""
    task = sheet.question.task
    if isinstance(task, Scenario):
        given = sheet.answer.steps
        return len(given) == len(task.steps) and all(
            _is_answered(step.task, answer) for step, answer in zip(task.steps, given, strict=True)
        )
    return _is_answered(task, sheet.answer)


def is_step_complete(sheet: Sheet) -> bool:
    """Tell whether the step on the screen, or the one task, is answered."""
    return _is_answered(sheet.task, sheet.current)


def _is_answered(task: Task, answer: Answer) -> bool:
    is_answered = True
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            is_answered = bool(answer.options)
        case Numeric():
            is_answered = bool(answer.text.strip())
        case Cloze():
            is_answered = len(answer.gaps) == len(task.gaps) and all(answer.gaps)
        case Ordering():
            is_answered = len(answer.order) == len(task.items)
        case Matching():
            is_answered = len(answer.pairs) == len(task.pairs) and min(answer.pairs, default=0) >= 0
        case BugHunt():
            is_answered = bool(answer.line and (answer.options or not task.options))
    return is_answered


# From a sheet to the next


def move(sheet: Sheet, step: int) -> Sheet:
    """Move the cursor by rows, not past either end."""
    return move_to(sheet, sheet.cursor + step)


def move_to(sheet: Sheet, row: int) -> Sheet:
    """Put the cursor on a row, or on the nearest there is."""
    return replace(sheet, cursor=max(0, min(row, rows(sheet) - 1)))


def pick(sheet: Sheet, letter: str) -> Sheet:
    """Do what a letter means: choose or tick its option, place its item, pair it, tick a criterion.

    A letter that stands for nothing changes nothing.
    """
    at = letters(sheet).find(letter) if letter else -1
    if at < 0:
        return sheet
    task = sheet.task
    if isinstance(task, Matching):
        return _paired(sheet, task, sheet.order[at])
    if isinstance(task, Recall):
        return _with(move_to(sheet, at), criteria=sheet.current.criteria ^ {at})
    sheet = sheet if isinstance(task, BugHunt) else move_to(sheet, at)
    return _chosen(sheet, sheet.order[at])


def toggle(sheet: Sheet) -> Sheet:
    """Do what the cursor's row stands for: choose, tick, place, accuse; or take that back."""
    task, at = sheet.task, sheet.cursor
    if not rows(sheet) or isinstance(task, Cloze):
        return sheet
    if isinstance(task, BugHunt) and at < lines_of(task):
        return _with(sheet, line=0 if sheet.current.line == at + 1 else at + 1)
    if isinstance(task, Matching):
        return _paired(sheet, task, -1)
    if isinstance(task, Recall):
        return _with(sheet, criteria=sheet.current.criteria ^ {at})
    first = lines_of(task) if isinstance(task, BugHunt) else 0
    return _chosen(sheet, sheet.order[at - first])


def _chosen(sheet: Sheet, index: int) -> Sheet:
    """Choose an option or place an item, by its index in the file."""
    answer = sheet.current
    match sheet.task:
        case MultipleChoice():
            return _with(sheet, options=answer.options ^ {index})
        case Ordering():
            order = answer.order
            at = order.index(index) if index in order else -1
            return _with(sheet, order=order[:at] + order[at + 1 :] if at >= 0 else (*order, index))
        case _:
            return _with(sheet, options=frozenset() if index in answer.options else {index})


def _paired(sheet: Sheet, task: Matching, right: int) -> Sheet:
    """Give the left side of the cursor a right one, which no other then has; -1 takes it away."""
    count = len(task.pairs)
    before = sheet.current.pairs if len(sheet.current.pairs) == count else (-1,) * count
    pairs = [-1 if each == right else each for each in before]
    pairs[sheet.cursor] = right
    sheet = _with(sheet, pairs=tuple(pairs))
    following = [*range(sheet.cursor + 1, count), *range(sheet.cursor)]
    free = next((left for left in following if pairs[left] < 0), sheet.cursor)
    return sheet if right < 0 else move_to(sheet, free)


def write(sheet: Sheet, text: str) -> Sheet:
    """Write the number, the word of the cursor's gap or the outline."""
    task = sheet.task
    if not isinstance(task, Cloze):
        return _with(sheet, text=text) if words_wanted(sheet) else sheet
    count = len(task.gaps)
    gaps = list(sheet.current.gaps if len(sheet.current.gaps) == count else ("",) * count)
    gaps[sheet.cursor] = text.strip()
    return _with(sheet, gaps=tuple(gaps))


def written(sheet: Sheet) -> str:
    """Return what is written where `write` would write."""
    answer = sheet.current
    if not isinstance(sheet.task, Cloze):
        return answer.text
    return answer.gaps[sheet.cursor] if sheet.cursor < len(answer.gaps) else ""


def strike(sheet: Sheet, letter: str) -> Sheet:
    """Strike out the option of a letter, or take that back."""
    at = letters(sheet).find(letter) if letter else -1
    if at < 0 or isinstance(sheet.task, Recall | Ordering | Matching):
        return sheet
    struck = list(sheet.struck)
    struck[sheet.step] = struck[sheet.step] ^ {sheet.order[at]}
    return replace(sheet, struck=tuple(struck))


def go_to_step(sheet: Sheet, step: int) -> Sheet:
    """Go to a step of a scenario, or to the nearest there is."""
    step = max(0, min(step, len(sheet.orders) - 1))
    return sheet if step == sheet.step else replace(sheet, step=step, cursor=0)


def hint(sheet: Sheet) -> Sheet:
    """Show one more hint, if there is one."""
    return replace(sheet, hints=min(sheet.hints + 1, len(sheet.question.hints)))


def reveal(sheet: Sheet) -> Sheet:
    """Show what is right."""
    return replace(sheet, is_revealed=True, cursor=0)


def _with(sheet: Sheet, **changes: object) -> Sheet:
    """Return the sheet with another answer to what is on the screen."""
    if isinstance(changes.get("options"), set):
        changes["options"] = frozenset(changes["options"])  # type: ignore[call-overload]
    current = replace(sheet.current, **changes)  # type: ignore[arg-type]
    if not isinstance(sheet.question.task, Scenario):
        return replace(sheet, answer=current)
    steps = [*sheet.answer.steps, *[Answer()] * (len(sheet.orders) - len(sheet.answer.steps))]
    steps[sheet.step] = current
    return replace(sheet, answer=replace(sheet.answer, steps=tuple(steps)))
