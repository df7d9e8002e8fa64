"""Mock interviews as lines: what the candidate sees, and apart from it what the interviewer needs.

States are told by words and signs and never by a colour alone.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.model.block import Code, Heading, Paragraph
from handbook.model.text import Span
from handbook.render.blocks import block_rows, blocks_rows, gap_between, hung, inner_width
from handbook.render.code import code_rows
from handbook.render.context import Context
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model.interview import Interview, ItemState
    from handbook.model.mock import LoopItem, LoopRound
    from handbook.model.question import Blocks, FollowUp
    from handbook.render.blocks import Rows

MINUTE_MS = 60_000


def clock_text(spent_ms: int, minutes: float) -> str:
    """Return how much of the time of an item or a round is gone: `12:05 of 35 min`."""
    seconds = spent_ms // 1000
    return f"{seconds // 60}:{seconds % 60:02d} of {minutes:g} min"


def titled(title: str, width: int, level: int = 2) -> list[Line]:
    """Return a heading, an empty line before it."""
    return [EMPTY, *(Line(row) for row in wrap_runs([Run(title, f"heading.{level}")], width))]


def wrapped(text: str, width: int, style: str = "text") -> list[Line]:
    """Return a text as lines in one style."""
    return [Line(row) for row in wrap_runs([Run(text, style)], width)]


def _lines(rows: Iterable[tuple[Run, ...]]) -> list[Line]:
    return [Line(tuple(row)) for row in rows]


# What the candidate may see


def asked_lines(
    title: str, blocks: Blocks, width: int, options: Options | None = None
) -> list[Line]:
    """Return an item as it is asked; the lines of listings are numbered, to be spoken of."""
    context = Context(Options() if options is None else options)
    rows: Rows = block_rows(Heading(2, (Span(title),), ""), width, context)
    before = None
    for block in blocks:
        rows += [()] * (1 if before is None else gap_between(before, block))
        if isinstance(block, Code):
            rows += code_rows(block, width, context.options, is_numbered=True)
        else:
            rows += block_rows(block, width, context)
        before = block
    return _lines(rows)


def brief_lines(
    found: LoopRound | None, interview: Interview, width: int, options: Options | None = None
) -> list[Line]:
    """Return what is said before a round begins."""
    planned = interview.plan.rounds[interview.round]
    lines = [
        *titled(f"{interview.plan.title}: {planned.title}", width, 1),
        *wrapped(_facts(interview), width, "muted"),
        EMPTY,
    ]
    if found is not None:
        context = Context(Options() if options is None else options)
        lines += [*_lines(blocks_rows(found.brief, width, context)), EMPTY]
    return lines


def _facts(interview: Interview) -> str:
    planned = interview.plan.rounds[interview.round]
    count = len(interview.of_round(interview.round))
    return (
        f"round {interview.round + 1} of {len(interview.plan.rounds)}, {planned.minutes:g} minutes,"
        f" {count} {'item' if count == 1 else 'items'}"
    )


# What only the interviewer may see


def ladder_lines(item: LoopItem, state: ItemState, width: int, options: Options) -> list[Line]:
    """Return the follow-ups: those asked are ticked, the next one is pointed at."""
    lines = titled("Follow-ups", width) if item.follow_ups else []
    for number, each in enumerate(item.follow_ups):
        is_next = number == state.follow_ups
        box = "[x] " if number < state.follow_ups else "[>] " if is_next else "[ ] "
        if options.spoken:
            box = "Asked: " if number < state.follow_ups else "Next: " if is_next else ""
        style = "muted" if number < state.follow_ups else "text"
        body = _tagged(each, inner_width(width, 4), Context(options), style)
        lines += _lines(hung(body, Run(box, "task.open"), width))
    return lines


def _tagged(follow_up: FollowUp, width: int, context: Context, style: str) -> Rows:
    """Return a follow-up with what it is for in front of it."""
    first, rest = follow_up.blocks[:1], follow_up.blocks[1:]
    tag = Run(f"({follow_up.tag}) ", "muted")
    if first and isinstance(first[0], Paragraph):
        rows = wrap_runs([tag, *context.runs(first[0].spans, style)], width)
        return [*rows, *blocks_rows(rest, width, context, style)]
    return [(tag,), *blocks_rows(follow_up.blocks, width, context, style)]


def hint_lines(item: LoopItem, state: ItemState, width: int, options: Options) -> list[Line]:
    """Return the hints that were given, and how many are left."""
    if not item.hints:
        return []
    lines = titled(f"Hints given: {state.hints} of {len(item.hints)}", width)
    for number, blocks in enumerate(item.hints[: state.hints], 1):
        body = blocks_rows(blocks, inner_width(width, 4), Context(options))
        lines += _lines(hung(body, Run(f"{number}.  ", "bullet"), width))
    return lines


def rubric_lines(
    item: LoopItem, state: ItemState, width: int, options: Options, *, shown: int = 99
) -> list[Line]:
    """Return the first criteria with their letters, ticked where they were met."""
    points = sum(each.points for each in item.rubric)
    met = sum(each.points for n, each in enumerate(item.rubric) if n in state.ticked)
    lines = titled(f"Rubric: {met} of {points} points", width)
    for number, each in enumerate(item.rubric[:shown]):
        is_met = number in state.ticked
        box = "[x]" if is_met else "[-]" if number in state.judged else "[ ]"
        text = f"{ascii_lowercase[number]} {box} "
        if options.spoken:
            word = ", met" if is_met else ", not met" if number in state.judged else ""
            text = f"{ascii_lowercase[number]}{word}: "
        head = Run(text, "task.done" if is_met else "task.open")
        body = blocks_rows(each.blocks, inner_width(width, len(head.text)), Context(options))
        lines += _lines(hung(body, head, width))
    return lines


def levels_lines(item: LoopItem, state: ItemState, chosen: int, width: int) -> list[Line]:
    """Return a dimension with its anchors and its evidence; its score stays hidden."""
    if not item.dimensions:
        return []
    dimension = item.dimensions[chosen % len(item.dimensions)]
    place = f" ({chosen % len(item.dimensions) + 1} of {len(item.dimensions)})"
    lines = titled(dimension.name + (place if len(item.dimensions) > 1 else ""), width)
    is_scored = state.score_of(dimension.name) > 0
    said = "scored; hidden until the round is closed" if is_scored else "no score yet"
    lines += wrapped(said, width, "muted")
    for number, anchor in enumerate(dimension.anchors, 1):
        body = wrap_runs([Run(anchor)], inner_width(width, 3))
        lines += _lines(hung(body, Run(f"{number}  ", "key"), width))
    for text in state.evidence_for(dimension.name):
        lines += _lines(
            hung(wrap_runs([Run(text)], inner_width(width)), Run('" ', "bullet"), width)
        )
    return lines


def notes_lines(state: ItemState, width: int, options: Options) -> list[Line]:
    """Return the notes on an item as a whole."""
    notes = state.evidence_for("")
    lines = titled("Notes", width) if notes else []
    for text in notes:
        body = wrap_runs([Run(text)], inner_width(width))
        lines += _lines(hung(body, Run(f"{options.signs.bullet} ", "bullet"), width))
    return lines


def answer_lines(item: LoopItem, width: int, options: Options) -> list[Line]:
    """Return what to know about an item, and what should make one listen up."""
    lines: list[Line] = []
    if item.answer:
        lines += titled("To know", width)
        lines += _lines(blocks_rows(item.answer, width, Context(options)))
    if item.red_flags:
        lines += titled("Red flags", width)
        for blocks in item.red_flags:
            body = blocks_rows(blocks, inner_width(width), Context(options))
            lines += _lines(hung(body, Run("- " if options.spoken else "! ", "warning"), width))
    return lines


def outline_lines(title: str, text: str, width: int) -> list[Line]:
    """Return what was outlined, under a title."""
    lines = titled(title, width)
    if not text.strip():
        return [*lines, *wrapped("nothing was written down", width, "muted")]
    for row in text.strip().split("\n"):
        lines += wrapped(row, width) if row.strip() else [EMPTY]
    return lines


def score_table(interview: Interview, numbers: Sequence[int], width: int) -> list[Line]:
    """Return the scores of items of a closed round, one line each."""
    lines: list[Line] = []
    for at in numbers:
        planned, state = interview.plan.items[at], interview.items[at]
        if not state.asked_ms:
            lines += [
                *wrapped(planned.title, width, "strong"),
                *wrapped("not asked", width, "muted"),
                EMPTY,
            ]
            continue
        met = sum(planned.points[n] for n in state.ticked if n < len(planned.points))
        facts = f"{met} of {sum(planned.points)} points, {state.spent_ms / MINUTE_MS:.0f} min"
        facts += f", {state.hints} hint{'s' * (state.hints != 1)}" if state.hints else ""
        lines += [*wrapped(planned.title, width, "strong"), *wrapped(facts, width, "muted")]
        for name in planned.dimensions:
            score = state.score_of(name)
            body = wrap_runs([Run(name)], inner_width(width, 4))
            lines += _lines(hung(body, Run(f" {score or '-'}  ", "key"), width))
        lines.append(EMPTY)
    return lines
