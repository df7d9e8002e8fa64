"""The plan as words, lines and Markdown: what each phase is for, whether it fits, how it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handbook.model.checklist import ChecklistItem
    from handbook.model.readiness import Interview, Move, PhaseDates, PlanCheck


def spoken(day: date, *, with_year: bool = False) -> str:
    """Return a date as people write it: "3 May", "3 May 2027"."""
    return f"{day.day} {day:%B} {day.year}" if with_year else f"{day.day} {day:%B}"


def counted(number: int, word: str) -> str:
    """Return a number with its word: "1 day", "3 days"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def move_text(move: Move) -> str:
    """Return how the date moved and what that means: "moved from 12 to 19 May: ..."."""
    if move.before is None or move.after is None or move.more is None:
        return ""
    is_same_month = (move.before.year, move.before.month) == (move.after.year, move.after.month)
    before = str(move.before.day) if is_same_month else spoken(move.before)
    size = abs(move.more)
    if size < 0.05:
        change = "hardly a change a day"
    else:
        items = f"{size:.0f}" if size >= 2.5 else f"{size:.1f}"
        change = f"{items} items a day {'more' if move.more > 0 else 'fewer'}"
    return f"Moved from {before} to {spoken(move.after)}: {change}."


def check_text(check: PlanCheck, *, is_sprint: bool = False) -> str:
    """Return whether the time is enough, in one or two sentences."""
    open_items = len(check.fits) + len(check.leaves)
    minutes = counted(check.needs, "minute")
    if not open_items and not check.studying:
        return "Nothing is left to do before the day."
    said = f"Needs {minutes} a day, you set {check.minutes}"
    if check.leaves:
        these = "this one" if len(check.leaves) == 1 else f"these {len(check.leaves)}"
        said += f": {len(check.fits)} of {open_items} items by the date; leave {these}?"
    else:
        said += ": enough." if check.needs <= check.minutes else ", but all items fit."
    study = counted(round(check.studying / max(1, check.days)), "minute")
    rest = "for a sprint" if is_sprint else "for reviews and new questions"
    return f"{said} Of this, {study} a day {rest}."


def phase_text(phase: PhaseDates) -> str:
    """Return when a phase runs: "3 to 20 May", "3 May"."""
    if phase.start >= phase.end:
        return spoken(phase.end)
    is_same = (phase.start.year, phase.start.month) == (phase.end.year, phase.end.month)
    return f"{phase.start.day if is_same else spoken(phase.start)} to {spoken(phase.end)}"


def interview_text(interview: Interview, today: date) -> str:
    """Return an interview: "12 May 2027, ml-engineer, in 8 days"."""
    left = (interview.day - today).days
    days = counted(abs(left), "day")
    when = "today" if left == 0 else f"in {days}" if left > 0 else f"{days} ago"
    return ", ".join(
        part for part in (spoken(interview.day, with_year=True), interview.role, when) if part
    )


def plan_markdown(
    title: str,
    sentences: Sequence[str],
    phases: Sequence[PhaseDates],
    items: Mapping[str, ChecklistItem],
    states: Mapping[str, str],
) -> str:
    """Return a plan as Markdown: sentences, then each phase with its dates and its items.

    `states` says of items whether they are done; one that is missing is open.
    """
    lines = [f"# {escaped(title)}", ""]
    for each in sentences:
        lines += [escaped(each), ""]
    for phase in phases:
        lines += [
            f"## {escaped(phase.title)} ({phase.start.isoformat()} to {phase.end.isoformat()})",
            "",
        ]
        for item_id in phase.items:
            item, state = items[item_id], states.get(item_id, "open")
            box = "x" if state in ("done", "ready") else " "
            facts = [f"{item.minutes} min" if item.minutes else "", "core" if item.core else ""]
            facts.append("" if state in ("open", "done") else state)
            after = ", ".join(fact for fact in facts if fact)
            lines.append(f"- [{box}] {escaped(item.text)}" + (f" ({after})" if after else ""))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
