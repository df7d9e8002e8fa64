"""What is answered on a sheet as it is heard: a word for each sign, nothing for what is empty."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.model import (
    BugHunt,
    Cloze,
    Code,
    Cue,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    SingleChoice,
    plain,
)
from handbook.render.blocks import blocks_rows
from handbook.render.code import code_rows
from handbook.render.line import Run
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Option
    from handbook.render.sheet_page import Page


def add_answers(page: Page) -> None:
    """Add what there is to choose or what was typed to the rows of a sheet."""
    task = page.sheet.task
    before = len(page.rows)
    page.add([()])
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            _options(page, task.options)
        case BugHunt():
            _bug(page, task)
        case Ordering():
            _ordering(page, task)
        case Matching():
            _matching(page, task)
        case Cloze():
            _gaps(page, task)
        case Numeric() | Recall() | Cue():
            _typed(page, task)
    if len(page.rows) == before + 1:
        page.rows.pop()
        page.targets.pop()


def _choice(page: Page, number: int, words: Sequence[str], body: Sequence[Block]) -> None:
    """Add something to choose after its letter and what is to be said of it."""
    rows = blocks_rows(body, page.width, page.context, tight=True) or [()]
    lead = Run(f"{', '.join(filter(None, words))}: ", "key")
    page.choose(number, [*wrap_runs([lead, *rows[0]], page.width), *rows[1:]])


def _options(page: Page, options: Sequence[Option], first: int = 0) -> None:
    sheet = page.sheet
    struck = sheet.struck[sheet.step] if sheet.struck else frozenset[int]()
    for place, (letter, index) in enumerate(zip(ascii_lowercase, sheet.order, strict=False)):
        option, is_chosen = options[index], index in sheet.current.options
        word = "chosen" if is_chosen else ""
        out = "struck out" if index in struck and not sheet.is_revealed else ""
        right = ""
        if sheet.is_revealed and (option.is_right or is_chosen):
            right = "right" if option.is_right else "not right"
        _choice(page, first + place, (letter, word, right, out), option.blocks)
        if sheet.is_revealed and is_chosen and not option.is_right:
            page.add(blocks_rows(option.why, page.width, page.context, "muted"))


def _bug(page: Page, task: BugHunt) -> None:
    sheet, number = page.sheet, -1
    code = Code(task.listing, task.language)
    for row in code_rows(code, page.width, page.context.options, is_numbered=True):
        number += row[0].style == "muted" and row[0].text.strip().isdigit()
        page.choose(number, [row])
    accused = sheet.current.line
    if accused:
        page.apart(page.said(f"You accused line {accused}."))
    elif not sheet.is_revealed:
        where = "after which something is missing" if task.is_after else "with the bug"
        page.apart(page.said(f"Find the line {where}."))
    if task.options:
        page.apart(page.said("What mends it?", "strong"))
        _options(page, task.options, first=number + 1)


def _ordering(page: Page, task: Ordering) -> None:
    sheet, placed = page.sheet, page.sheet.current.order
    if sheet.is_revealed:
        for at, item in enumerate(task.items):
            yours = placed.index(at) + 1 if at in placed else 0
            word = "" if not yours else "right" if yours == at + 1 else f"you put it at {yours}"
            _choice(page, at, (str(at + 1), word), item)
        return
    for place, (letter, index) in enumerate(zip(ascii_lowercase, sheet.order, strict=False)):
        word = f"put at {placed.index(index) + 1}" if index in placed else ""
        _choice(page, place, (letter, word), task.items[index])


def _matching(page: Page, task: Matching) -> None:
    sheet = page.sheet
    rights = [plain(right) for _, right in task.pairs] + [plain(each) for each in task.distractors]
    letters = dict(zip(sheet.order, ascii_lowercase, strict=False))
    given = (*sheet.current.pairs, *(-1,) * len(task.pairs))
    for at, (left, _) in enumerate(task.pairs):
        yours = given[at]
        said = f"{at + 1}: {plain(left)}"
        if sheet.is_revealed:
            said += f", goes with: {rights[at]}"
            if yours >= 0:
                said += ". Right." if yours == at else f". You said: {rights[yours]}."
        elif yours >= 0:
            said += f", goes with {letters[yours]}: {rights[yours]}"
        page.choose(at, wrap_runs([Run(said)], page.width))
    if not sheet.is_revealed:
        page.add([()])
        for index, letter in letters.items():
            page.add(wrap_runs([Run(f"{letter}: {rights[index]}")], page.width))


def _gaps(page: Page, task: Cloze) -> None:
    sheet = page.sheet
    for at, gap in enumerate(task.gaps):
        typed = sheet.current.gaps[at] if at < len(sheet.current.gaps) else ""
        said = f"Gap {gap.number}: {typed or 'empty'}"
        if sheet.is_revealed:
            said += f"; right is: {gap.answers[0]}"
        elif gap.hint and sheet.hints:
            said += f"; hint: {gap.hint}"
        page.choose(at, wrap_runs([Run(said)], page.width))


def _typed(page: Page, task: Numeric | Recall | Cue) -> None:
    text = page.sheet.current.text.strip()
    if not text or (isinstance(task, Numeric) and page.sheet.is_revealed):
        return  # what was not typed needs no words; a number stands beside what is right
    unit = f" {task.unit}" if isinstance(task, Numeric) and task.unit else ""
    rows = f"Your answer: {text}{unit}".split("\n")
    page.add([row for each in rows for row in wrap_runs([Run(each or " ")], page.width)])
