"""Setting listings: on their ground, with air at both sides, long lines broken and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.cells import cells, split_at
from handbook.render.line import Run

if TYPE_CHECKING:
    from handbook.model import Code
    from handbook.render.options import Options

_GROUND = "code.block"
_TAB = 4


def code_rows(
    block: Code, width: int, options: Options, *, is_numbered: bool = False
) -> list[tuple[Run, ...]]:
    """Return a listing as rows that fill the width; nothing of a long line is lost.

    With `is_numbered` the number of each line stands before it.
    """
    text = block.text.expandtabs(_TAB).rstrip("\n")
    lines = coloured(text, block.language if options.highlight else "")
    digits = len(str(len(lines)))
    rows: list[tuple[Run, ...]] = []
    for number, line in enumerate(lines, 1):
        if not is_numbered or width - digits < 2 * _TAB:
            rows.extend(_line_rows(line, width, options))
            continue
        first, *rest = _line_rows(line, width - digits, options)
        rows.append((Run(f"{number:>{digits}}", "muted"), *first))
        rows.extend((Run(" " * digits), *row) for row in rest)
    return rows


def coloured(text: str, language: str) -> list[list[Run]]:
    """Return the lines of a listing as runs, in the colours of its language if it is known."""
    if language:
        from handbook.render.highlight import find_coloured  # noqa: PLC0415 - loads pygments

        found = find_coloured(text, language)
        if found is not None:
            return found
    return [[Run(line, _GROUND)] for line in text.split("\n")]


def _line_rows(line: list[Run], width: int, options: Options) -> list[tuple[Run, ...]]:
    air = 1 if width >= 8 else 0
    room = width - 2 * air
    rows: list[tuple[Run, ...]] = []
    row: list[Run] = [Run(" ", _GROUND)] * air
    used = 0
    for text, style, _ in line:
        left = text
        while left:
            head, rest = split_at(left, room - used)
            if head:
                row.append(Run(head, style))
                used += cells(head)
            left = rest
            if left:
                rows.append(_filled(row, width))
                mark = options.signs.continuation + " " if air else ""
                row = [Run(" " * air, _GROUND), Run(mark, "code.comment")] if air else []
                used = len(mark)
    rows.append(_filled(row, width))
    return rows


def _filled(row: list[Run], width: int) -> tuple[Run, ...]:
    gap = width - sum(cells(run.text) for run in row)
    return (*row, Run(" " * gap, _GROUND)) if gap > 0 else tuple(row)
