"""The kinds of questions: from the text of each to its task, and to what is left to be asked."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeAlias, cast

from handbook.loader.codes import nearest
from handbook.loader.prose import text_of
from handbook.loader.question_options import check_one_right, read_options
from handbook.loader.question_parts import (
    Draft,
    choice,
    difficulty_of,
    first_list,
    minutes_of,
    parts_of,
    read_settings,
    without,
)
from handbook.model.block import Bullets, Paragraph, Table
from handbook.model.question import (
    Cloze,
    Criterion,
    FollowUp,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    Scenario,
    SingleChoice,
    Step,
    Tolerance,
)
from handbook.model.text import Span, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Literal

    from handbook.loader.question_parts import Blocks, Section
    from handbook.model.block import ListItem
    from handbook.model.question import StepTask, Task

    Read: TypeAlias = tuple[Task, Blocks] | None
    """The task and the blocks that are left to be asked; None if there is no task to be made."""

TAGS = ("probe", "deeper", "twist", "if stuck")
"""What a follow-up is for."""

MOST_STEPS = 10
"""How many steps a scenario may have."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_POINTS = re.compile(r"\[(\d{1,2})\][ \t]+")
_TAG = re.compile(r"\(([^()]{1,20})\)[ \t]+")
_ANSWER_LINE = re.compile(r"(=|tol:|unit:|accept:)[ \t]*(.*)")
_LONG = 40


def read_task(draft: Draft) -> Read:
    """Return what a draft asks for; None, and a problem, if it cannot be told."""
    return _READERS[draft.settings.kind](draft)


def _single(draft: Draft) -> Read:
    found = read_options(draft)
    if found is None:
        return None
    check_one_right(found[0], draft)
    return SingleChoice(found[0]), without(draft.stem, found[1])


def _multi(draft: Draft) -> Read:
    found = read_options(draft)
    if found is None:
        return None
    if not any(option.is_right for option in found[0]):
        draft.wrong("Q111", draft.settings.line, "'multi' needs at least one [x]")
    score = cast("Literal['each', 'all']", choice(draft, "score", ("each", "all"), "each"))
    return MultipleChoice(found[0], score), without(draft.stem, found[1])


# Numbers


def _numeric(draft: Draft) -> Read:
    taken = [block for block in draft.stem if _is_answer(block, draft)]
    words: dict[str, tuple[str, int]] = {}
    for block in taken:
        line = block.line
        while text := draft.source.raw(line).strip():
            match = _ANSWER_LINE.fullmatch(text)
            if match is None or match[1] in words:
                what = "stands twice" if match else "is not understood here"
                hint = "one line each: = 1.65, tol: abs 0.1, unit: %, accept: 0.0165"
                draft.wrong("Q122", line, f"{text[:_LONG]!r} {what}", hint)
            else:
                words[match[1]] = (match[2].strip(), line)
            line += 1
    if "=" not in words:
        hint = "write = 1.65 on a line of its own, after an empty line"
        draft.wrong("Q120", draft.settings.line, "there is no answer", hint)
        return None
    number = _number(draft, *words["="], "Q120")
    if number is None:
        return None
    tolerance = _tolerance(draft, number, *words.get("tol:", ("", words["="][1])))
    accepted = words.get("accept:", ("", 0))
    accept = [_number(draft, word, accepted[1], "Q122") for word in accepted[0].split(",") if word]
    task = Numeric(
        number,
        tolerance or Tolerance("abs"),
        words.get("unit:", ("", 0))[0],
        tuple(each for each in accept if each is not None),
    )
    return task, without(draft.stem, *taken)


def _is_answer(block: object, draft: Draft) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return _ANSWER_LINE.fullmatch(draft.source.raw(block.line).strip()) is not None


def _number(draft: Draft, word: str, line: int, code: str) -> float | None:
    word = word.strip()
    number = float(word) if _NUMBER.fullmatch(word) else math.nan
    if math.isfinite(number):
        return number
    draft.wrong(code, line, f"{word[:_LONG]!r} is not a number", "digits and one point, as in 1.65")
    return None


def _tolerance(draft: Draft, answer: float, word: str, line: int) -> Tolerance | None:
    kind, _, amount = word.partition(" ")
    amount = amount.strip()
    if kind == "decade" and not amount:
        return Tolerance("decade")
    if kind == "abs" and _NUMBER.fullmatch(amount) and float(amount) >= 0:
        return Tolerance("abs", float(amount))
    share = amount.removesuffix("%").strip()
    if kind == "rel" and amount.endswith("%") and _NUMBER.fullmatch(share) and float(share) > 0:
        if answer:
            return Tolerance("rel", float(share) / 100)
        draft.wrong("Q121", line, "a share of 0 is 0", "write tol: abs")
        return None
    what = f"{word[:_LONG]!r} is no tolerance" if word else "the tolerance is missing"
    draft.wrong("Q121", line, what, "tol: abs 0.1, tol: rel 5% or tol: decade; a count has abs 0")
    return None


# Gaps


def _cloze(draft: Draft) -> Read:
    gaps = [gap for gap in draft.source.gaps if draft.line <= gap.line < draft.end]
    draft.source.used.update(gap.line for gap in gaps)
    if not gaps:
        hint = "write {{1:answer|another::hint}} into the text"
        draft.wrong("Q125", draft.settings.line, "there are no gaps", hint)
        return None
    numbers: set[int] = set()
    for gap in gaps:
        if gap.number in numbers:
            draft.wrong("Q126", gap.line, f"two gaps have the number {gap.number}")
        numbers.add(gap.number)
        if not all(gap.answers):
            draft.wrong("Q126", gap.line, f"gap {gap.number} has an empty answer")
    return Cloze(tuple(gaps)), without(draft.stem)


# Own words


def _recall(draft: Draft) -> Read:
    rubric = first_list(draft.part("Rubric"))
    answer = draft.part("Answer")
    if rubric is None:
        hint = "write ### Rubric, and under it - [2] criterion"
        draft.wrong("Q130", draft.settings.line, "there is no rubric", hint)
        return None
    if not answer:
        draft.wrong("Q132", draft.settings.line, "there is no model answer", "write ### Answer")
    criteria = tuple(read_criterion(item, draft) for item in rubric.items)
    asked = first_list(draft.part("Follow-ups"))
    follow_ups = tuple(read_follow_up(item, draft) for item in asked.items) if asked else ()
    return Recall(criteria, answer, follow_ups), without(draft.stem)


def read_criterion(item: ListItem, draft: Draft) -> Criterion:
    """Return a criterion of a rubric, `[2] what it asks for`."""
    match, blocks = _cut(item.blocks, _POINTS)
    points = int(match[1]) if match else 0
    if not points:
        draft.wrong("Q131", item.line, "a criterion without its points", "write - [2] criterion")
    return Criterion(points, blocks, item.line)


def read_follow_up(item: ListItem, draft: Draft) -> FollowUp:
    """Return a follow-up, `(probe) what is asked`."""
    match, blocks = _cut(item.blocks, _TAG)
    tag = match[1] if match else ""
    if tag not in TAGS:
        hint = nearest(tag, TAGS) if tag else "write - (probe) question"
        draft.wrong("Q133", item.line, "a follow-up without a tag that is known", hint)
    return FollowUp(tag, blocks, item.line)


def _cut(blocks: Blocks, pattern: re.Pattern[str]) -> tuple[re.Match[str] | None, Blocks]:
    """Return what a pattern finds at the beginning of blocks, and the blocks without it."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not first.spans:
        return None, blocks
    opening = first.spans[0]
    match = pattern.match(opening.text)
    if match is None:
        return None, blocks
    rest = Span(opening.text[match.end() :], opening.style, opening.link)
    spans = (rest, *first.spans[1:]) if rest.text else first.spans[1:]
    return match, (Paragraph(spans, first.line), *blocks[1:])


# Order and pairs


def _order(draft: Draft) -> Read:
    found = next((b for b in draft.stem if isinstance(b, Bullets) and b.start is not None), None)
    if found is None or len(found.items) < 3:
        hint = "a numbered list of three or more, in the right order"
        draft.wrong("Q140", found.line if found else draft.settings.line, "nothing to order", hint)
        return None
    items = tuple(item.blocks for item in found.items)
    _check_distinct(map(text_of, items), draft, found.line, "Q140", "two items say the same")
    return Ordering(items), without(draft.stem, found)


def _match(draft: Draft) -> Read:
    found = next((block for block in draft.stem if isinstance(block, Table)), None)
    if found is None or len(found.header) != 2:
        hint = "a table of two columns; an empty left cell makes a distractor"
        line = found.line if found else draft.settings.line
        draft.wrong("Q141", line, "there is no table of pairs", hint)
        return None
    rows = [(row[0], row[1]) for row in found.rows]
    pairs = tuple(row for row in rows if plain(row[0]).strip())
    others = tuple(right for left, right in rows if not plain(left).strip())
    if len(pairs) < 2:
        draft.wrong("Q141", found.line, "fewer than two pairs")
        return None
    if not all(plain(right).strip() for _, right in rows):
        draft.wrong("Q142", found.line, "a right cell is empty")
    lefts = (plain(left) for left, _ in pairs)
    _check_distinct(lefts, draft, found.line, "Q142", "two left cells say the same")
    rights = (plain(right) for _, right in rows)
    _check_distinct(rights, draft, found.line, "Q142", "two right cells say the same")
    left_title, right_title = found.header
    return Matching(left_title, right_title, pairs, others), without(draft.stem, found)


def _check_distinct(texts: Iterable[str], draft: Draft, line: int, code: str, message: str) -> None:
    words = [" ".join(text.split()).casefold() for text in texts]
    if len(set(words)) < len(words):
        draft.wrong(code, line, message, "then more than one answer is right")


# Steps


def _scenario(draft: Draft) -> Read:
    sections = [part for name, part in draft.parts.items() if name.startswith("Step ")]
    if not sections:
        hint = "write ### Step 1, under it a comment with its kind"
        draft.wrong("Q170", draft.settings.line, "a scenario without steps", hint)
        return None
    if len(sections) > MOST_STEPS:
        line = sections[MOST_STEPS].line
        draft.wrong("Q170", line, f"{len(sections)} steps, more than {MOST_STEPS}")
        return None
    for number, section in enumerate(sections, 1):
        if section.title != f"Step {number}":
            draft.wrong("Q171", section.line, f"{section.title!r} comes as number {number}")
    ends = [_next_line(section, draft) for section in sections]
    steps = tuple(
        step
        for section, end in zip(sections, ends, strict=True)
        if (step := _step(section, end, draft))
    )
    return (Scenario(steps), without(draft.stem)) if len(steps) == len(sections) else None


def _next_line(section: Section, draft: Draft) -> int:
    """Return the line of the part after one, or the question's end."""
    later = [part.line for part in draft.parts.values() if part.line > section.line]
    return min(later, default=draft.end)


def _step(section: Section, end: int, outer: Draft) -> Step | None:
    name = f"{outer.name} {section.title.lower()}"
    settings = read_settings(section, outer.source, name, end=end, is_step=True)
    if settings is None:
        return None
    parts = parts_of(section, settings.kind, name, outer.problems, is_step=True)
    draft = Draft(name, settings, outer.source, section.blocks, parts, section.line, end)
    found = read_task(draft)
    if found is None:
        return None
    task = cast("StepTask", found[0])
    return Step(found[1], task, difficulty_of(draft), minutes_of(draft), section.line)


def _bug(draft: Draft) -> Read:
    # Few questions have a listing or a plot, so their readers are apart.
    from handbook.loader.question_figures import read_bug  # noqa: PLC0415

    return read_bug(draft)


def _curve(draft: Draft) -> Read:
    from handbook.loader.question_figures import read_curve  # noqa: PLC0415  see _bug

    return read_curve(draft)


_READERS: dict[str, Callable[[Draft], Read]] = {
    "single": _single,
    "multi": _multi,
    "numeric": _numeric,
    "cloze": _cloze,
    "recall": _recall,
    "order": _order,
    "match": _match,
    "bug": _bug,
    "curve": _curve,
    "scenario": _scenario,
}
