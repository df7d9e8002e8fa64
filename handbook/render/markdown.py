"""Writing Markdown to take away: a checklist with its state, and roles side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.render.numbers import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handbook.model import Checklist, ChecklistItem, Note, Phase, Role, Tick

_SKILLS = (
    ("ML knowledge", "ml"),
    ("Software skill", "software"),
    ("Communication", "communication"),
)
_MISSING = "not said"
_SIGNS = re.compile(
    r"[\\`*\[\]~|]"  # these mean something wherever they stand,
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"  # these before a tag or a reference,
    r"|(?<!\w)_|_(?!\w)"  # and an underscore only at the edge of a word
)
_OPENING = re.compile(r"^(?:[#>+=-]|(\d+)(?=[.)](?:\s|$)))")
"""What would make the start of a line a heading, a quote, a list or an underline."""


def checklist_markdown(
    checklist: Checklist,
    ticks: Mapping[str, Tick],
    notes: Mapping[str, Note],
    due: Mapping[str, date],
    measured: Mapping[str, str] | None = None,
) -> str:
    """Return a checklist with its ticks and notes as a task list.

    `ticks` and `notes` are by item id, `due` is by phase title, `measured` says of items that can
    be measured where they stand; ends with a line feed.
    """
    done = sum(_is_done(item, ticks) for item in checklist.items)
    lines = [f"# {escaped(checklist.title)}", "", f"{done} of {len(checklist.items)} done."]
    for phase in checklist.phases:
        lines += ["", _phase_heading(phase, due), ""]
        for item in phase.items:
            lines += _item_lines(item, ticks, notes, (measured or {}).get(item.id, ""))
    return "\n".join(lines) + "\n"


def _is_done(item: ChecklistItem, ticks: Mapping[str, Tick]) -> bool:
    return item.id in ticks and ticks[item.id].done


def _phase_heading(phase: Phase, due: Mapping[str, date]) -> str:
    day = due.get(phase.title)
    return f"## {escaped(phase.title)}" + (f" (by {day.isoformat()})" if day else "")


def _item_lines(
    item: ChecklistItem, ticks: Mapping[str, Tick], notes: Mapping[str, Note], measured: str
) -> list[str]:
    lines = [f"- [{'x' if _is_done(item, ticks) else ' '}] {escaped(item.text)}"]
    if measured:
        lines.append(f"  *{escaped(measured)}*  ")
    if item.why:
        lines.append(f"  {escaped(item.why)}")
    if item.id in notes:
        # The reader's own words may be Markdown, so they are quoted as they are.
        lines += ["", *(f"  > {line}".rstrip() for line in notes[item.id].text.splitlines()), ""]
    return lines


def compare_markdown(roles: Sequence[Role]) -> str:
    """Return roles as a table, a column each: their skills and their facts."""
    if not roles:
        return ""
    rows = [["", *(f"{role.title} ({role.letter})" for role in roles)]]
    for name, skill in _SKILLS:
        rows.append([name, *(number(getattr(role.skills, skill)) for role in roles)])
    facts = dict.fromkeys(name for role in roles for name, _ in role.facts)
    rows += [[name, *(dict(role.facts).get(name) or _MISSING for role in roles)] for name in facts]
    header, *body = [f"| {' | '.join(map(escaped, row))} |" for row in rows]
    title = escaped(" and ".join(role.title for role in roles))
    rule = "|---" * len(rows[0]) + "|"
    return "\n".join([f"# {title}", "", header, rule, *body]) + "\n"


def escaped(text: str) -> str:
    """Return a line of plain text as Markdown that shows exactly that text."""
    text = " ".join(text.split())
    text = _SIGNS.sub(lambda sign: "\\" + sign[0], text)
    return _OPENING.sub(lambda start: start[0] + "\\" if start[1] else "\\" + start[0], text)
