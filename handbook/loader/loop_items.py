"""The items of a loop: the parts under their heading, and what a question of the bank lends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.loader.codes import nearest
from handbook.loader.question_figures import check_listings
from handbook.loader.question_kinds import read_criterion, read_follow_up
from handbook.loader.question_parts import Draft, Settings, first_list
from handbook.model.block import Paragraph, Table
from handbook.model.mock import LEVELS, MOST_CRITERIA, Dimension, LoopItem
from handbook.model.question import Criterion, Recall
from handbook.model.text import plain

if TYPE_CHECKING:
    from handbook.loader.question_parts import Section, Source
    from handbook.model.question import Blocks, Question
    from handbook.model.text import Link

PARTS = ("Answer", "Rubric", "Follow-ups", "Hints", "Levels", "Red flags", "See")
"""What may stand under an item."""

_DRILL = re.compile(r"q-[0-9a-hjkmnp-tv-z]{6}")


def read_item(
    section: Section,
    end: int,
    source: Source,
    head: tuple[str, float],
    question: Question | None,
) -> LoopItem | None:
    """Return an item; None and a problem if nobody could ask it or mark it.

    `head` is its id and its minutes, `question` the one of the bank that it points at.
    """
    item_id, minutes = head
    parts = _parts_of(section, item_id, source)
    settings = Settings("item", section.line, {})
    draft = Draft(item_id, settings, source, section.blocks, parts, section.line, end)
    check_listings(draft)
    lent = question.task if question and isinstance(question.task, Recall) else None
    rubric, drills = _rubric(draft, lent, question)
    blocks = section.blocks or (question.blocks if question else ())
    if not blocks:
        draft.wrong("M102", section.line, "there is nothing to ask")
    if not rubric:
        hint = "write ### Rubric, and under it - [2] criterion"
        draft.wrong("M107", section.line, "there is no rubric", hint)
    if len(rubric) > MOST_CRITERIA:
        hint = f"at most {MOST_CRITERIA}: they are ticked with the letters a to f"
        draft.wrong("M107", section.line, f"{len(rubric)} criteria", hint)
    if not blocks or not rubric:
        return None
    follow_ups = first_list(draft.part("Follow-ups"))
    own_hints = _items(draft, "Hints")
    return LoopItem(
        item_id,
        section.title,
        minutes,
        blocks,
        rubric[:MOST_CRITERIA],
        drills[:MOST_CRITERIA],
        _dimensions(draft),
        tuple(read_follow_up(item, draft) for item in follow_ups.items)
        if follow_ups
        else (lent.follow_ups if lent else ()),
        own_hints or (question.hints if question else ()),
        draft.part("Answer") or (lent.answer if lent else question.why if question else ()),
        _items(draft, "Red flags"),
        _see(draft) or (question.see if question else ()),
        section.line,
    )


def _parts_of(section: Section, name: str, source: Source) -> dict[str, Section]:
    found: dict[str, Section] = {}
    problems = source.reading.problems
    for part in section.parts:
        if part.title not in PARTS:
            message = f"{name}: {part.title[:40]!r} is no part of an item"
            problems.add("M106", part.line, message, nearest(part.title, PARTS))
        elif part.title in found:
            problems.add("M106", part.line, f"{name}: {part.title!r} stands here a second time")
        else:
            found[part.title] = part
    return found


def _rubric(
    draft: Draft, lent: Recall | None, question: Question | None
) -> tuple[tuple[Criterion, ...], tuple[str, ...]]:
    """Return the criteria, and for each the question to study where it was missed."""
    found = first_list(draft.part("Rubric"))
    if found is None:
        rubric = lent.rubric if lent else ()
        own = question.id if question and not question.is_held_out else ""
        return rubric, tuple(own for _ in rubric)
    pairs = [_drilled(read_criterion(item, draft)) for item in found.items]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _drilled(criterion: Criterion) -> tuple[Criterion, str]:
    """Return a criterion without the id of a question at its end, and that id."""
    last = criterion.blocks[-1] if criterion.blocks else None
    if not isinstance(last, Paragraph) or not last.spans:
        return criterion, ""
    span = last.spans[-1]
    if span.style != "code" or not _DRILL.fullmatch(span.text):
        return criterion, ""
    spans = last.spans[:-1]
    if spans:
        before = spans[-1]
        spans = (*spans[:-1], type(before)(before.text.rstrip(), before.style, before.link))
    blocks = (*criterion.blocks[:-1], Paragraph(spans, last.line))
    return Criterion(criterion.points, blocks, criterion.line), span.text


def _items(draft: Draft, part: str) -> tuple[Blocks, ...]:
    found = first_list(draft.part(part))
    return tuple(item.blocks for item in found.items) if found else ()


def _dimensions(draft: Draft) -> tuple[Dimension, ...]:
    """Return what is scored: the rows of the table under Levels, its head being 1 to 4."""
    blocks = draft.part("Levels")
    table = next((block for block in blocks if isinstance(block, Table)), None)
    line = draft.parts["Levels"].line if "Levels" in draft.parts else draft.line
    hint = "| Dimension | 1 | 2 | 3 | 4 |, and a row for each"
    if table is None:
        draft.wrong("M108", line, "no levels say what is scored", hint)
        return ()
    if [plain(cell).strip() for cell in table.header[1:]] != [str(n + 1) for n in range(LEVELS)]:
        draft.wrong("M108", table.line, "the columns are not 1, 2, 3, 4", hint)
        return ()
    found: dict[str, Dimension] = {}
    for number, row in enumerate(table.rows):
        cells = tuple(" ".join(plain(cell).split()) for cell in row)
        at = table.line + 2 + number
        if not all(cells):
            draft.wrong(
                "M108", at, f"{cells[0][:40]!r} lacks an anchor", "say what each sounds like"
            )
        elif cells[0] in found:
            draft.wrong("M108", at, f"{cells[0][:40]!r} stands twice")
        else:
            found[cells[0]] = Dimension(cells[0], cells[1:], at)
    return tuple(found.values())


def _see(draft: Draft) -> tuple[Link, ...]:
    part = draft.parts.get("See")
    if part is None:
        return ()
    later = [each.line for each in draft.parts.values() if each.line > part.line]
    end = min(later, default=draft.end)
    links = [link for link in draft.source.reading.links if part.line < link.line < end]
    return tuple(link for link in links if link.kind == "page")
