"""The lines of the checklist screen: phases, items, and the plan that a date makes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handbook.model import Span, Tick
from handbook.model.readiness import ItemState
from handbook.render.cells import cells, cut
from handbook.render.line import EMPTY, Line, Run
from handbook.render.plan import move_text
from handbook.render.readiness import (
    STATE_STYLES,
    STATE_WORDS,
    counts_text,
    evidence_text,
    lacks_text,
    slip_text,
    state_box,
)
from handbook.render.wrap import wrap
from handbook.tui.widgets.choices import Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model import Checklist, ChecklistItem, Phase
    from handbook.model.readiness import ItemMastery, Move
    from handbook.render.options import Options


def today() -> date:
    """Return the local date."""
    return datetime.now(UTC).astimezone().date()


def until(day: date) -> str:
    """Return how far a day is away, in words."""
    left = (day - today()).days
    if left == 0:
        return "today"
    days = f"{abs(left)} day{'s' * (abs(left) != 1)}"
    return f"in {days}" if left > 0 else f"{days} ago"


def is_done(item: ChecklistItem, ticks: Mapping[str, Tick]) -> bool:
    """Tell whether an item is ticked."""
    return item.id in ticks and ticks[item.id].done


def with_ready(ticks: Mapping[str, Tick], measured: Mapping[str, ItemMastery]) -> dict[str, Tick]:
    """Return ticks in which an item that was measured as ready is done, ticked or not."""
    ready = (each.item for each in measured.values() if each.state is ItemState.READY)
    return {**ticks, **{item: Tick(item, done=True, at_ms=0) for item in ready}}


def sentence(text: str) -> Item:
    """Return a muted sentence that the cursor passes over."""
    return Item((EMPTY, Line((Run("   "), Run(text, "muted")))), can_choose=False)


def wrapped(text: str, width: int, style: str) -> list[Line]:
    """Return a text as lines in one style."""
    return [Line(row) for row in wrap((Span(text),), width, style)]


def is_late(phase: Phase, ticks: Mapping[str, Tick], due: date | None) -> bool:
    """Tell whether a phase should have been finished and is not."""
    return due is not None and due < today() and not all(is_done(i, ticks) for i in phase.items)


def plan_lines(
    checklist: Checklist,
    ticks: Mapping[str, Tick],
    measured: Mapping[str, ItemMastery],
    day: date | None,
    due: Mapping[str, date],
    moved: Move | None,
    width: int,
) -> list[Line]:
    """Return the days that a date gives the phases, how much is left, and what a move means."""
    name = checklist.dated or "date"
    if day is None:
        return wrapped(
            f"D sets the day of the {name}; each phase then has its own.", width, "muted"
        )
    lines = wrapped(f"{name.capitalize()} {day.day} {day:%B %Y}, {until(day)}", width, "strong")
    still = sum(not is_done(item, ticks) for item in checklist.items)
    left = (day - today()).days
    if still and left > 0:
        lines += wrapped(f"{still} open items, {still / left:.1f} a day", width, "text")
    if moved is not None:
        lines += wrapped(move_text(moved), width, "muted")
    if measured:
        lines += wrapped(f"Measured: {counts_text(measured.values())}", width, "text")
    lines += [EMPTY]
    for phase in checklist.phases:
        end = due.get(phase.title)
        done = sum(is_done(item, ticks) for item in phase.items)
        late = is_late(phase, ticks, end)
        when = f"by {end.day} {end:%b}{', late' if late else ''}" if end else ""
        text = f"  {done}/{len(phase.items)}  {when}"
        lines += wrapped(phase.title, width, "text")
        lines += [Line((Run(text, "warning" if late else "muted"),))]
    return lines


def phase_item(
    phase: Phase, ticks: Mapping[str, Tick], due: date | None, width: int, folded: set[str]
) -> Item:
    """Return the head of a phase: title, how much is done, by when, and whether that is late."""
    done = sum(is_done(item, ticks) for item in phase.items)
    late = is_late(phase, ticks, due)
    when = f"by {due.day} {due:%b}  " if due and width >= 50 else ""
    right = f"{'late  ' if late else ''}{when}{done}/{len(phase.items)}"
    sign, style = "+" if phase.title in folded else " ", "warning" if late else "muted"
    room = max(8, width - cells(right) - 5)
    title = cut(phase.title, room)
    gap = " " * max(1, room - cells(title))
    head = Line((Run(f" {sign} ", "muted"), Run(title, "heading.2"), Run(f"{gap}{right} ", style)))
    return Item((EMPTY, head), phase)


def measured_lines(found: ItemMastery, width: int) -> list[Line]:
    """Return where an item stands, what was measured, and what it still needs."""
    lines = [EMPTY, Line((Run(STATE_WORDS[found.state].capitalize(), "heading.2"),))]
    text = evidence_text(found)
    lines += wrapped(f"{text[0].upper()}{text[1:]}.", width, "text")
    return lines + (wrapped(text, width, "muted") if (text := lacks_text(found)) else [])


def check_item(
    item: ChecklistItem,
    ticks: Mapping[str, Tick],
    found: ItemMastery | None,
    width: int,
    options: Options,
    *,
    note: str,
) -> Item:
    """Return an item with its box, the sign of a note, and what it slips by.

    One that can be measured has a round box.
    """
    done = is_done(item, ticks)
    box = Run("[x] " if done else "[ ] ", "task.done" if done else "task.open")
    slip = ""
    if found is not None:
        sign, slip = state_box(found.state, options), slip_text(found)
        box, done = Run(f"{sign.text} ", sign.style), found.state is ItemState.READY
    tail = f" {note}" if note else ""
    rows = wrap((Span(item.text + tail),), max(10, width - 9), "muted" if done else "text")
    if slip:
        rows += wrap((Span(slip),), max(10, width - 9), STATE_STYLES[ItemState.SLIPPING])
    lines = [Line((Run("    "), box, *rows[0]))]
    lines += [Line((Run(" " * 8), *row)) for row in rows[1:]]
    return Item(tuple(lines), item)
