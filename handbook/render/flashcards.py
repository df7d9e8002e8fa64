"""Questions as the two sides of a flash card, in HTML."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from handbook.model import (
    BugHunt,
    Cloze,
    Code,
    CurveReading,
    Matching,
    MultipleChoice,
    Ordering,
    Paragraph,
    Recall,
    Scenario,
    SingleChoice,
    Span,
    plain,
)
from handbook.model.chance import mixed
from handbook.render.html import (
    blocks_html,
    inner_html,
    list_html,
    listing_html,
    table_html,
    text_html,
)
from handbook.render.question import answer_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Link, Option, Question, Step, Task


class Sides(NamedTuple):
    """What is asked, and what is right and why."""

    front: str
    back: str


def sides(
    question: Question, notes: Sequence[Block] = (), note_links: Sequence[Link] = ()
) -> Sides:
    """Return both sides of a card; `notes` are the blocks that answer a cue, with their links."""
    links = question.links
    front = f"<h3>{text_html(question.title)}</h3>" + _asked(question, links, question.id)
    back = _solved(question.task, links) + blocks_html(notes, note_links)
    if question.why:
        back += f"<h4>Why</h4>{blocks_html(question.why, links)}"
    if question.see:
        back += f"<h4>See</h4>{list_html(text_html(link.text) for link in question.see)}"
    return Sides(front, back)


# The front


def _asked(asked: Question | Step, links: Sequence[Link], seed: str) -> str:
    task = asked.task
    html = ""
    for block in asked.blocks:
        if isinstance(task, BugHunt) and isinstance(block, Code) and block.text == task.listing:
            html += listing_html(block.text, is_numbered=True)
        else:
            html += blocks_html((block,), links)
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading() | BugHunt():
            return html + _options(task.options, links)
        case Ordering():
            shown = mixed(task.items, seed, lambda blocks: " ".join(map(_words, blocks)))
            return html + list_html((inner_html(item, links) for item in shown), "a")
        case Matching():
            return html + _columns(task, links, seed)
        case Scenario():
            for number, step in enumerate(task.steps, 1):
                html += f"<h4>Step {number}</h4>{_asked(step, links, f'{seed}/{number}')}"
            return html
        case _:
            return html


def _options(options: Sequence[Option], links: Sequence[Link]) -> str:
    if not options:
        return ""
    return list_html((inner_html(option.blocks, links) for option in options), "a")


def _words(block: Block) -> str:
    if isinstance(block, Code):
        return block.text
    return plain(block.spans) if isinstance(block, Paragraph) else ""


def _columns(task: Matching, links: Sequence[Link], seed: str) -> str:
    """Return both columns of pairs, the right one mixed and lettered."""
    rights = mixed([*(right for _, right in task.pairs), *task.distractors], seed, plain)
    rows = []
    for index, right in enumerate(rights):
        is_pair = index < len(task.pairs)
        left = (Span(f"{index + 1}  "), *task.pairs[index][0]) if is_pair else (Span(""),)
        rows.append((left, (Span(f"{ascii_lowercase[index % 26]}  "), *right)))
    return table_html((task.left_title, task.right_title), rows, links)


# The back


def _solved(task: Task, links: Sequence[Link]) -> str:
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            html = _answer(task) + _right(task.options, links) + _reasons(task.options, links)
        case BugHunt():
            fix = f"<h4>Fix</h4>{listing_html(task.fix)}"
            html = _answer(task) + fix + _reasons(task.options, links)
        case Cloze():
            html = list_html((text_html(" / ".join(gap.answers)) for gap in task.gaps), "1")
        case Ordering():
            html = list_html((inner_html(item, links) for item in task.items), "1")
        case Matching():
            html = table_html((task.left_title, task.right_title), task.pairs, links)
        case Recall():
            html = _recall(task, links)
        case Scenario():
            steps = enumerate(task.steps, 1)
            html = "".join(f"<h4>Step {n}</h4>{_solved(step.task, links)}" for n, step in steps)
        case _:
            html = _answer(task)
    return html


def _answer(task: Task) -> str:
    text = answer_text(task)
    return f"<p><strong>{text_html(text)}</strong></p>" if text else ""


def _right(options: Sequence[Option], links: Sequence[Link]) -> str:
    return list_html(inner_html(option.blocks, links) for option in options if option.is_right)


def _reasons(options: Sequence[Option], links: Sequence[Link]) -> str:
    reasons = [
        f"<p><strong>{letter}</strong> {inner_html(option.why, links)}</p>"
        for letter, option in zip(ascii_lowercase, options, strict=False)
        if option.why
    ]
    return "".join(reasons)


def _recall(task: Recall, links: Sequence[Link]) -> str:
    rubric = (f"[{each.points}] {inner_html(each.blocks, links)}" for each in task.rubric)
    html = f"{blocks_html(task.answer, links)}<h4>Rubric, {task.points} points</h4>"
    html += list_html(rubric)
    if task.follow_ups:
        asked = (inner_html(each.blocks, links) for each in task.follow_ups)
        html += f"<h4>Follow-ups</h4>{list_html(asked)}"
    return html
