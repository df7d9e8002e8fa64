"""Marking in a table what the cursor stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.find import find_matches, highlighted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.render.line import Line


def with_focus(lines: Sequence[Line], name: str) -> list[Line]:
    """Return lines with the first place where a name stands marked as the chosen one."""
    marked = list(lines)
    for match in find_matches(lines, name)[:1]:
        for line, start, end in match.pieces:
            marked[line] = highlighted(marked[line], [(start, end, "focus")])
    return marked


def focused_line(lines: Sequence[Line]) -> int:
    """Return the first line on which something is marked as chosen, 0 if none is."""
    marked = (n for n, line in enumerate(lines) if any(run.style == "focus" for run in line.runs))
    return next(marked, 0)
