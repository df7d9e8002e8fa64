"""The form of an exam on paper, without answers: what two people need who want the same one."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.model import (
    Block,
    Bullets,
    Code,
    CurveReading,
    Heading,
    ListItem,
    Matching,
    MultipleChoice,
    Ordering,
    Paragraph,
    Scenario,
    SingleChoice,
    Span,
)
from handbook.model.question import BugHunt
from handbook.practice.exam_words import percent
from handbook.study.answering import go_to_step, sheet_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model import Question, Sheet
    from handbook.model.exam import Form


def paper_blocks(form: Form, questions: Sequence[Question]) -> tuple[Block, ...]:
    """Return a form with its questions in order, as they are shown, without what is right."""
    head = f", {len(form.items)} questions, {form.minutes} minutes, pass mark "
    found: list[Block] = [
        Heading(1, (Span(form.title),), ""),
        Paragraph((Span(form.fingerprint, "code"), Span(f"{head}{percent(form.pass_mark)}."))),
    ]
    for number, (item, question) in enumerate(zip(form.items, questions, strict=True), 1):
        sheet = sheet_for(question, item.seed, orders=item.orders)
        found.append(Heading(2, (Span(f"{number}. {question.title}"),), ""))
        found += asked_blocks(sheet)
    return tuple(found)


def asked_blocks(sheet: Sheet) -> Iterator[Block]:
    """Yield what a question asks, with its options under the letters of the screen."""
    task = sheet.question.task
    # In a listing for a hunt only the lines' numbers are missing.
    for block in sheet.question.blocks:
        is_listing = isinstance(task, BugHunt) and isinstance(block, Code)
        yield _numbered(block) if is_listing and isinstance(block, Code) else block
    if isinstance(task, Scenario):
        for number, step in enumerate(task.steps):
            yield Paragraph((Span(f"Step {number + 1}", "strong"),))
            yield from step.blocks
            yield from _choices(go_to_step(sheet, number))
    else:
        yield from _choices(sheet)


def _numbered(code: Code) -> Code:
    rows = code.text.split("\n")
    wide = len(str(len(rows)))
    numbered = (f"{number:>{wide}}  {row}".rstrip() for number, row in enumerate(rows, 1))
    return Code("\n".join(numbered), "", code.line)


def _choices(sheet: Sheet) -> Iterator[Block]:
    task = sheet.task
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading() | BugHunt():
            choices = [task.options[at].blocks for at in sheet.order]
        case Ordering():
            choices = [task.items[at] for at in sheet.order]
        case Matching():
            lefts = [(Paragraph((Span(f"{n}  "), *left)),) for n, (left, _) in _counted(task)]
            yield Bullets(tuple(ListItem(left) for left in lefts))
            rights = [*(right for _, right in task.pairs), *task.distractors]
            choices = [(Paragraph(rights[at]),) for at in sheet.order]
        case _:
            return
    if choices:
        yield lettered(choices)


def _counted(task: Matching) -> enumerate[tuple[tuple[Span, ...], tuple[Span, ...]]]:
    return enumerate(task.pairs, 1)


def lettered(choices: Sequence[tuple[Block, ...]]) -> Bullets:
    """Return choices as a list in which each begins with its letter."""
    items = []
    for letter, blocks in zip(ascii_lowercase, choices, strict=False):
        first, *rest = blocks
        if isinstance(first, Paragraph):
            lead = Paragraph((Span(f"{letter}  "), *first.spans))
            items.append(ListItem((lead, *rest)))
        else:
            items.append(ListItem((Paragraph((Span(letter),)), *blocks)))
    return Bullets(tuple(items))


def paper_record(form: Form, questions: Sequence[Question]) -> dict[str, object]:
    """Return a form as `--json` promises it; `orders` are indices of the file, for each step."""
    return {
        "exam": form.name,
        "title": form.title,
        "seed": form.seed,
        "fingerprint": form.fingerprint,
        "minutes": form.minutes,
        "pass_mark": form.pass_mark,
        "items": [
            {
                "number": number,
                "id": item.id,
                "version": item.version,
                "title": question.title,
                "topic": item.topic,
                "kind": item.kind,
                "orders": [list(order) for order in item.orders],
            }
            for number, (item, question) in enumerate(zip(form.items, questions, strict=True), 1)
        ],
    }
