"""Questions in GIFT, the text format of Moodle's question bank; texts are HTML inside.

See docs.moodle.org, "GIFT format". What the format cannot ask comes back with the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from handbook.model import (
    Cloze,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Recall,
    SingleChoice,
    plain,
)
from handbook.render.html import blocks_html, inner_html, list_html, spans_html, text_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model import Link, Option, Question, Task

_SIGNS = re.compile(r"[\\~=#{}:]")
_GAP = re.compile(r"\[\d+ _+\]")


class Gift(NamedTuple):
    """A file in GIFT, and the questions that are not in it, each with the reason."""

    text: str
    skipped: tuple[tuple[str, str], ...]


def gift(title: str, questions: Iterable[Question]) -> Gift:
    """Return questions as GIFT, by topic below a category with a title."""
    parts: list[str] = []
    skipped: list[tuple[str, str]] = []
    topic = None
    for question in questions:
        answer = _answer(question.task, question.links)
        if not answer and not isinstance(question.task, Recall):
            skipped.append((question.id, _reason(question.task)))
            continue
        if question.topic != topic:
            topic = question.topic
            parts.append(f"$CATEGORY: $course$/{_category(title)}/{_category(topic)}\n")
        parts.append(_item(question, answer))
    return Gift("\n".join(parts), tuple(skipped))


def escaped(text: str) -> str:
    """Return a text in which no sign means anything to GIFT, on one line."""
    safe = _SIGNS.sub(lambda sign: "\\" + sign[0], text)
    return safe.replace("\r", "").replace("\n", "\\n")


def _category(text: str) -> str:
    return " ".join(text.replace("/", "//").split())


def _reason(task: Task) -> str:
    if isinstance(task, Cloze):
        return "cloze with several gaps"
    if isinstance(task, Matching):
        return "match with fewer than three pairs"
    return task.kind


def _item(question: Question, answer: str) -> str:
    name = escaped(f"{question.id} {question.title}")
    asked = blocks_html(question.blocks, question.links)
    if isinstance(question.task, Cloze):
        # A short answer after the text; in the middle of HTML the gap would lose its place.
        asked = _GAP.sub("____", asked)
    if isinstance(question.task, Numeric) and question.task.unit:
        asked += f"<p>Unit: {text_html(question.task.unit)}</p>"
    why = blocks_html(question.why, question.links)
    if isinstance(question.task, Recall):
        why = _rubric(question.task, question.links) + why
    lines = [answer, f"####[html]{escaped(why)}" if why else ""]
    inside = "\n".join(filter(None, lines))
    return f"::{name}::[html]{escaped(asked)} {{\n{inside}\n}}\n"


def _answer(task: Task, links: Sequence[Link]) -> str:
    """Return what stands between the braces, "" for a task that the format cannot ask."""
    lines: list[str] = []
    match task:
        case SingleChoice() | CurveReading():
            lines = [_option(each, "=" if each.is_right else "~", links) for each in task.options]
        case MultipleChoice():
            lines = _weighted(task.options, links)
        case Numeric():
            lines = ["#", *(_number(task, each) for each in (task.answer, *task.accept))]
        case Cloze() if len(task.gaps) == 1:
            lines = [f"=%100%{escaped(each)}" for each in task.gaps[0].answers]
        case Matching() if len(task.pairs) >= 3:
            lines = _pairs(task, links)
    return "\n".join(lines)


def _option(option: Option, mark: str, links: Sequence[Link]) -> str:
    why = f"#[html]{escaped(inner_html(option.why, links))}" if option.why else ""
    return f"{mark}[html]{escaped(inner_html(option.blocks, links))}{why}"


def _weighted(options: Sequence[Option], links: Sequence[Link]) -> list[str]:
    """Return options of which several are right: shares of 100 %, and of -100 % for wrong ones."""
    right = sum(option.is_right for option in options)
    shares = {True: right, False: -(len(options) - right)}
    return [
        _option(option, f"~%{_percent(100 / shares[option.is_right])}%", links)
        for option in options
    ]


def _percent(share: float) -> str:
    return f"{share:.5f}".rstrip("0").rstrip(".")


def _number(task: Numeric, wanted: float) -> str:
    if task.tolerance.kind == "decade":
        low, high = sorted((wanted / 10, wanted * 10))
        return f"=%100%{low!r}..{high!r}"
    room = task.tolerance.amount
    if task.tolerance.kind == "rel":
        room *= abs(wanted)
    elif task.answer:
        room *= abs(wanted / task.answer)
    return f"=%100%{wanted!r}:{room:.10g}"


def _pairs(task: Matching, links: Sequence[Link]) -> list[str]:
    """Return pairs; a right side is plain text in the format, and an arrow ends the left one."""
    pairs = [(f"[html]{escaped(spans_html(left, links))}", right) for left, right in task.pairs]
    pairs += [("", each) for each in task.distractors]
    return [f"={left} -> {escaped(plain(right).replace('->', '→'))}" for left, right in pairs]


def _rubric(task: Recall, links: Sequence[Link]) -> str:
    """Return what an essay, which nothing is compared with, gets as its feedback."""
    rubric = (f"[{each.points}] {inner_html(each.blocks, links)}" for each in task.rubric)
    return blocks_html(task.answer, links) + list_html(rubric)
